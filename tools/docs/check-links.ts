// Checks that the pages which are written by hand show every command, and name only files and pages that exist.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { commandEntries } from "../../src/commands/command-table.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const guide = readdirSync(`${root}docs/guide`).map((name) => `docs/guide/${name}`);
const pages = new Map(
  ["README.md", "CONTRIBUTING.md", ...guide].map((path) => [path, readFileSync(root + path, "utf8")]),
);

/** The targets of a page's links to other files, as paths from the root. */
function listLinks(page: string): string[] {
  const base = new URL(page, "file:///");
  return [...(pages.get(page) ?? "").matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, target = ""]) =>
    new URL(target, base).pathname.slice(1),
  );
}

/** The files of the repository that a page names as code. `NAME` stands for any name. */
function listNamedFiles(page: string): string[] {
  return [...(pages.get(page) ?? "").matchAll(/`((?:src|test|tools|docs)\/[^`*]*)`/g)]
    .map(([, path = ""]) => path)
    .filter((path) => !path.includes("NAME"));
}

const text = [...pages.values()].join("\n");
const fromReadme = listLinks("README.md");
const problems = [
  ...[...pages.keys()].flatMap((page) =>
    [...listLinks(page), ...listNamedFiles(page)]
      .filter((path) => !existsSync(root + path))
      .map((path) => `${page} names ${path}, which does not exist`),
  ),
  ...guide.filter((page) => !fromReadme.includes(page)).map((page) => `README.md has no link to ${page}`),
  ...commandEntries
    .filter(({ name }) => !new RegExp(`rewind (?:demo )?${name}\\b`).test(text))
    .map(({ name }) => `no page shows rewind ${name}`),
];

for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
