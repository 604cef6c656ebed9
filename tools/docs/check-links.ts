// Checks that the pages which are written by hand show every command, and name only files, pages and headings that exist.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { commandEntries } from "../../src/commands/command-table.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const index = "docs/guide/README.md";
const guide = readdirSync(`${root}docs/guide`).map((name) => `docs/guide/${name}`);
const pages = new Map(
  ["README.md", "CONTRIBUTING.md", ...guide].map((path) => [path, readFileSync(root + path, "utf8")]),
);

/** A link to another file, as a path from the root, and the heading after #. */
interface Link {
  readonly path: string;
  readonly anchor: string;
}

function listLinks(page: string): Link[] {
  const base = new URL(page, "file:///");
  const prose = (pages.get(page) ?? "").replaceAll(/^```[^]*?^```|`[^`\n]*`/gm, "");
  const targets = prose.matchAll(/(?:\]\(|\b(?:src|href)=")(?!https?:)([^)"]+)/g);
  return [...targets].map(([, target = ""]) => {
    const { pathname, hash } = new URL(target, base);
    return { path: pathname.slice(1), anchor: hash.slice(1) };
  });
}

/** "#what-it-cost" leads to "## What it cost". */
function listAnchors(path: string): string[] {
  return [...readFileSync(root + path, "utf8").matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

/** The files of the repository that a page names as code. `NAME` stands for any name. */
function listNamedFiles(page: string): string[] {
  return [...(pages.get(page) ?? "").matchAll(/`((?:src|test|tools|docs)\/[^`*]*)`/g)]
    .map(([, path = ""]) => path)
    .filter((path) => !path.includes("NAME"));
}

function findProblems(page: string): string[] {
  const links = listLinks(page);
  const missing = [...links.map(({ path }) => path), ...listNamedFiles(page)].filter(
    (path) => !existsSync(root + path),
  );
  const broken = links.filter(
    ({ path, anchor }) => anchor !== "" && !missing.includes(path) && !listAnchors(path).includes(anchor),
  );
  return [
    ...missing.map((path) => `${page} names ${path}, which does not exist`),
    ...broken.map(({ path, anchor }) => `${page} names ${path}#${anchor}, which has no such heading`),
  ];
}

const text = [...pages.values()].join("\n");
const indexed = new Set(listLinks(index).map(({ path }) => path));
const problems = [
  ...[...pages.keys()].flatMap(findProblems),
  ...guide
    .filter((page) => page !== index && !indexed.has(page))
    .map((page) => `${index} has no link to ${page}`),
  ...commandEntries
    .filter(({ name }) => !new RegExp(`rewind (?:demo )?${name}\\b`).test(text))
    .map(({ name }) => `no page shows rewind ${name}`),
];

for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
