// docs/ and the manual match the declarations, and document every command, setting, file and exit code. To write
// them: npm run docs
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import remarkMan from "remark-man";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { expect, test } from "vitest";
import { settings } from "../../src/settings/all-settings.ts";
import { exitCodes } from "./facts.ts";
import { manualText, referencePages } from "./pages.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const read = (path: string): string => readFileSync(`${root}${path}`, "utf8");
const pages = await referencePages();
const dated = String(
  await unified()
    .use(remarkParse)
    .use(remarkMan, {
      name: "rewind",
      section: 1,
      description: "your records and your listening, side by side",
      date: "",
      version: "rewind",
      manual: "",
    })
    .process(await manualText()),
);

/** docs/guide/ is written by hand. */
const made = (): string[] =>
  readdirSync(`${root}docs`, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .toSorted();

/** The same sources make the same manual, on any day. */
const manual = dated.replace(/^(\.TH "REWIND" "1") "[^"]*"/m, '$1 ""');

test.runIf(process.env["DOCS"] === "write")("writes docs/ and the manual", () => {
  for (const name of made()) rmSync(`${root}docs/${name}`);
  for (const folder of ["docs", "man"]) mkdirSync(`${root}${folder}`, { recursive: true });
  for (const [name, text] of pages) writeFileSync(`${root}docs/${name}`, text);
  writeFileSync(`${root}man/rewind.1`, manual);
  expect(pages.size).toBeGreaterThan(10);
});

test("docs/ is up to date; if not: npm run docs", () => {
  expect(made()).toEqual([...pages.keys()].toSorted());
  for (const [name, text] of pages) expect(read(`docs/${name}`)).toBe(text);
});

test("the manual is up to date; if not: npm run docs", () => {
  expect(read("man/rewind.1")).toBe(manual);
});

const sources = readdirSync(`${root}src`, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => read(`src/${name}`));

test("every environment variable and every setting is documented", () => {
  const text = pages.get("settings.md") ?? "";
  const names = new Set([
    ...sources.flatMap((source) =>
      [...source.matchAll(/\benv\[\s*"([A-Z_]+)"\s*\]/g)].map(([, name]) => name ?? ""),
    ),
    ...Object.values(settings).map(({ environment }) => environment),
    ...Object.keys(settings),
  ]);
  expect(names.size).toBeGreaterThan(20);
  expect([...names].filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
});

test("every file the program uses is documented", () => {
  const text = pages.get("files.md") ?? "";
  const names = new Set(
    sources.flatMap((source) =>
      [...source.matchAll(/["`}]([\w.-]*\.(?:json|db|lock)|-wal|-shm)["`]/g)].map(([, name]) => name ?? ""),
    ),
  );
  names.delete("package.json");
  expect([...names].toSorted()).toEqual(expect.arrayContaining(["config.json", "rewind.db", "saved.json"]));
  expect([...names].filter((name) => !text.includes(name))).toEqual([]);
});

test("every exit code is documented", () => {
  const [, union = ""] = /export type ExitCode = ([^;]+);/.exec(read("src/model/errors.ts")) ?? [];
  const codes = union.split("|").map((code) => code.trim());
  expect(exitCodes.flatMap(([names]) => names)).toEqual(codes);
});
