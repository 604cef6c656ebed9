import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { loadDeclarations } from "../support/declarations.ts";
import { requireError, runCli, runCliJson, type CliResult } from "../support/run-cli.ts";
import { sampleHome } from "../support/sample-home.ts";
import { createTempDirectory } from "../support/temp-directories.ts";

let home: string;
let file: string;

beforeEach(async () => {
  home = await sampleHome();
  file = `${home}/config/rewind/saved.json`;
});

async function runRewind(...argv: string[]): Promise<CliResult> {
  return runCli(argv, { home });
}

function writeSavedQueries(text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text, { mode: 0o600 });
}

test("saves, runs with more options, lists and deletes a query", async () => {
  const saved = await runRewind("save", "never-jazz", "--", "xref", "--never", "--genre", "Funk / Soul");
  expect(saved).toMatchObject({
    code: 0,
    stdout: 'Saved: rewind never-jazz is rewind xref --never --genre "Funk / Soul"\n',
    stderr: "",
  });
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({
    "never-jazz": ["xref", "--never", "--genre", "Funk / Soul"],
  });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const plain = await runRewind("xref", "--never", "--genre", "Funk / Soul");
  expect(plain.stdout).not.toBe("");
  expect(await runRewind("never-jazz")).toEqual(plain);
  const db = `${home}/data/rewind/rewind.db`;
  expect(await runRewind("--db", db, "-q", "never-jazz", "--json", "--limit", "1")).toEqual(
    await runRewind("xref", "--never", "--genre", "Funk / Soul", "--json", "--limit", "1"),
  );
  expect(await runCliJson(["save", "--list", "--json"], { home })).toEqual({
    saved: [{ name: "never-jazz", line: ["xref", "--never", "--genre", "Funk / Soul"] }],
  });
  expect(await runCliJson(["save", "other", "--json", "--", "stats"], { home })).toMatchObject({
    saved: [{ name: "never-jazz" }, { name: "other", line: ["stats"] }],
  });
  expect(await runCliJson(["save", "other", "--json"], { home })).toEqual({
    saved: [{ name: "other", line: ["stats"] }],
  });
  expect(await runCliJson(["save", "--remove", "other", "--json"], { home })).toMatchObject({
    saved: [{ name: "never-jazz" }],
  });
  expect((await runRewind("save")).stdout).toBe('never-jazz  rewind xref --never --genre "Funk / Soul"\n');
  expect((await runRewind("save", "never-jazz")).stdout).toBe('rewind xref --never --genre "Funk / Soul"\n');
  const again = await runRewind("save", "never-jazz", "--", "stats");
  expect(again.stderr).toBe('It was: rewind xref --never --genre "Funk / Soul"\n');
  expect(await runRewind("never-jazz")).toEqual(await runRewind("stats"));
  expect((await runRewind("save", "--remove", "never-jazz")).stdout).toBe("Deleted: never-jazz\n");
  expect(await runRewind("never-jazz")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("unknown command") as string,
  });
});

test.each([
  [["save", "xref", "--", "stats"], "rewind xref is a command already"],
  [["save", "help", "--", "stats"], "rewind help is a command already"],
  [["save", "no/name", "--", "stats"], 'a question can\'t be called "no/name"'],
  [["save", "x", "--", "xerf"], 'unknown command "xerf". Did you mean xref?'],
  [["save", "x", "--", "sync"], "rewind sync can't be saved, because it can change something"],
  [["save", "x", "--", "gaps", "hide", "a1"], "rewind gaps can't be saved, because it can change something"],
  [
    ["save", "x", "--", "gaps", "--plays", "5..", "hide", "a1"],
    "rewind gaps can't be saved, because it can change something",
  ],
  [["save", "x", "--", "demo", "sync"], "rewind demo can't be saved, because it can change something"],
  [["save", "x"], "no command given"],
  [["save", "--remove"], "no name given"],
  [["save", "--remove", "x"], 'nothing is saved as "x"'],
])("rewind %j is refused", async (argv, message) => {
  expect(requireError(await runRewind(...argv), 2)).toContain(message);
});

test("only commands that read can be saved", async () => {
  const inner = ["played list", "sources check", "export plays"];
  const reading =
    "alias card config cull dupes dusty explain gaps have links now pick recap recent report sql stats status top wants xref";
  const saved: string[] = [];
  for (const { path, declaration } of await loadDeclarations())
    if (declaration.isQuestion === true) saved.push(path.join(" "));
  expect(saved.filter((name) => ![...inner, ...reading.split(" ")].includes(name))).toEqual([]);
  expect(saved).toContain("xref");
});

test("prefers a command over a saved query of the same name", async () => {
  writeSavedQueries('{ "stats": ["xref", "--never"] }');
  const { code, stdout, stderr } = await runRewind("stats");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toContain("records of");
});

test.each(["not JSON", "[]", '{ "x": "xref" }', '{ "x": [] }', '{ "x": ["xref", 1] }'])(
  "a file with %s is reported where it is needed, and other commands still work",
  async (text) => {
    writeSavedQueries(text);
    expect(await runRewind("x")).toMatchObject({ code: 2, stderr: expect.stringContaining(file) as string });
    expect(await runRewind("save")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("saved questions") as string,
    });
    expect(await runRewind("xref")).toMatchObject({ code: 0, stderr: "" });
  },
);

test("completes saved queries like commands", async () => {
  await runRewind("save", "never-jazz", "--", "xref", "--never");
  const readProposals = async (...words: string[]): Promise<string> =>
    (await runRewind("__complete", "fish", "rewind", ...words)).stdout;
  expect(await readProposals("nev")).toBe("words\nnever-jazz\trewind xref --never\n");
  expect(await readProposals("never-jazz", "--kind", "sing")).toBe("words\nsingle\t\n");
  expect(await readProposals("save", "x", "--", "du")).toContain("dusty");
});

test.each([
  ["xref --genr Jazz", 'unknown option "--genr". Did you mean --genre?'],
  ["xref --sort plas", 'unknown value "plas" for --sort. Did you mean plays?'],
  ["recap --week --month", "--week and --month contradict each other"],
  // The cache knows these.
  ["xref --genre Nope", 'no record carries the genre "Nope"'],
  ["xref --columns title,nope", "nope"],
  ["xref --added soon", '--added takes a span of time, not "soon"'],
  ["recap 2025-13", "there is no month 2025-13"],
  ["sql SELECT+nope+FROM+records", "no such column: nope"],
])("rewind save refuses rewind %s as running it does", async (line, message) => {
  const argv = line.split(" ").map((word) => word.replaceAll("+", " "));
  const stderr = requireError(await runRewind("save", "typo", ...argv), 2);
  expect(stderr).toContain(message);
  expect(stderr).toBe(requireError(await runRewind(...argv), 2));
  expect((await runRewind("save", "--list")).stdout).toBe("");
});

test("saves a question before there is a cache, and one that finds nothing", async () => {
  const empty = createTempDirectory();
  expect(await runCli(["save", "nope", "xref", "--genre", "Nope"], { home: empty })).toMatchObject({
    code: 0,
    stdout: "Saved: rewind nope is rewind xref --genre Nope\n",
  });
  expect(await runRewind("save", "none", "xref", "zyzzyva")).toMatchObject({
    code: 0,
    stdout: "Saved: rewind none is rewind xref zyzzyva\n",
    stderr: "",
  });
});
