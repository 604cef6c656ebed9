// Tests the proposals as the completion scripts receive them.
import { expect, test } from "vitest";
import { kinds } from "../../../src/model/release-kinds.ts";
import { contents } from "../../../src/commands/command-table.ts";
import { everyDeclaration, longFlag } from "../../support/declarations.ts";
import { homeOf, record, sitting } from "../../support/filled-cache.ts";
import { runCli } from "../../support/run-cli.ts";

const home = homeOf({
  folders: [
    { id: 0, name: "All" },
    { id: 1, name: "Jazz & more" },
  ],
  records: [
    record({ artist: "Can (2)", title: "Tago Mago", genres: ["Rock"], styles: ["Krautrock"] }),
    record({
      artist: "Can (2)",
      title: "Landed",
      genres: ["Rock"],
      labels: [{ id: 1, name: "Virgin", catalogNumber: "" }],
    }),
    record({ artist: "Alice Coltrane", title: "Universal\u001b[2J Consciousness", genres: ["Jazz"] }),
  ],
  plays: sitting("Can", "Future Days", { from: "2025-09-01T20:00:00Z", tracks: 4 }),
});

async function proposed(...typed: string[]): Promise<(readonly [word: string, meaning: string])[]> {
  const { code, stdout, stderr } = await runCli(["__complete", "fish", "rewind", ...typed], {
    home,
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const [kind, ...lines] = stdout.split("\n").slice(0, -1);
  expect(kind ?? "words").toBe("words");
  return lines.map((line) => {
    const [word = "", meaning = ""] = line.split("\t");
    return [word, meaning];
  });
}

async function words(...typed: string[]): Promise<string[]> {
  return (await proposed(...typed)).map(([word]) => word);
}

test("proposes commands with their summaries", async () => {
  expect(await words("")).toEqual([...contents.map(({ name }) => name), "help"]);
  expect(await proposed("dus")).toEqual([["dusty", contents.find(({ name }) => name === "dusty")?.summary]]);
  expect(await words("links", "")).toEqual(["export", "import"]);
  expect(await words("demo", "xr")).toEqual(["xref"]);
  expect(await words("help", "links", "ex")).toEqual(["export"]);
});

test("proposes every visible flag of a command and the global flags", async () => {
  for (const { path, declaration } of await everyDeclaration()) {
    const shown = (declaration.options ?? []).filter(({ isHidden }) => isHidden !== true);
    const flags = await words(...path, "-");
    expect(flags).toEqual(expect.arrayContaining([...shown.map(longFlag), "--db", "--help"]));
  }
  expect(await words("--ver")).toEqual(["--version", "--verbose"]);
});

test("proposes the words of a flag after a blank and after an equals sign", async () => {
  expect(await words("xref", "--kind", "")).toEqual([...kinds, "any"]);
  expect(await words("xref", "--kind=al")).toEqual(["--kind=album"]);
  expect(await words("completion", "")).toEqual(["bash", "zsh", "fish", "powershell"]);
  expect(await words("xref", "--limit", "")).toEqual([]);
  expect(await words("xref", "--added", "this")).toEqual(["this-month", "this-year"]);
});

test("proposes values from the shelf, the most common first", async () => {
  expect(await words("xref", "--genre", "")).toEqual(["Rock", "Jazz"]);
  expect(await words("xref", "--not-genre", "j")).toEqual(["Jazz"]);
  expect(await words("xref", "--style", "")).toEqual(["Krautrock"]);
  expect(await words("xref", "--label", "")).toEqual(["Island", "Virgin"]);
  expect(await words("xref", "--folder", "")).toEqual(["All", "Jazz & more"]);
  expect(await words("xref", "--format", "")).toEqual(["Vinyl", "Album", "LP"]);
  expect(await words("xref", "--artist", "")).toEqual(["Can", "Alice Coltrane"]);
  expect(await words("xref", "al")).toEqual(["Alice Coltrane"]);
});

test("proposes records by number or title, and albums by id, also after a comma", async () => {
  expect(await proposed("explain", "")).toEqual([
    ["1", "Can · Tago Mago"],
    ["2", "Can · Landed"],
    ["3", "Alice Coltrane · Universal[2J Consciousness"],
  ]);
  expect(await words("explain", "univ")).toEqual(["Universal[2J Consciousness"]);
  expect(await words("link", "1,")).toEqual(["1,1", "1,2", "1,3"]);
  expect(await proposed("link", "1", "--add", "a")).toEqual([["a1", "Can · Future Days"]]);
  expect(await words("gaps", "hide", "a1,a")).toEqual(["a1,a1"]);
});

test("reads the cache that --db names", async () => {
  expect(await words("--db", "/nowhere/else.db", "xref", "--genre", "")).toEqual([]);
  expect(await words("xref", "--db=/nowhere/else.db", "--genre", "")).toEqual([]);
});

test("proposes nothing for unknown words, and writes nothing to stderr", async () => {
  expect(await words("nonsense", "")).toEqual([]);
  expect(await runCli(["__complete"])).toMatchObject({ code: 0, stderr: "" });
  expect(await runCli(["__complete", "fish", "rewind", "xref", "--genre", ""])).toMatchObject({
    code: 0,
    stderr: "",
  });
});

test.each([
  ["none open", `it's $(x) \`y\` "z" !`, "", String.raw`it\'s\ \$\(x\)\ \`y\`\ \"z\"\ \!`],
  ["single quotes", "it's $(x)", "'", String.raw`it'\''s $(x)`],
  ["double quotes", 'say "$(x)" `y` \\ !', '"', String.raw`say \"\$(x)\" \`y\` \\ "\!"`],
] as const)(
  "quotes a name for bash in the style the user began with: %s",
  async (_, name, quote, written) => {
    const { quotedForBash } = await import("../../../src/program/complete.ts");
    expect(quotedForBash(name, quote)).toBe(written);
  },
);

test("quotes a name for PowerShell in single quotes", async () => {
  const { stdout } = await runCli(["__complete", "powershell", "=xref", "=--folder", "=J"], {
    home,
  });
  expect(stdout).toBe("words\n'Jazz & more'\t\n");
});
