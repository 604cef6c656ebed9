// Tests the proposals as the completion scripts receive them.
import { expect, test } from "vitest";
import { kinds } from "../../../src/model/release-kinds.ts";
import { commandEntries } from "../../../src/commands/command-table.ts";
import { loadDeclarations, getLongFlag } from "../../support/declarations.ts";
import { createSharedHome, buildRecord, buildAlbumPlays } from "../../support/filled-cache.ts";
import { runCli } from "../../support/run-cli.ts";

const home = createSharedHome({
  folders: [
    { id: 0, name: "All" },
    { id: 1, name: "Jazz & more" },
  ],
  records: [
    buildRecord({ artist: "Can (2)", title: "Tago Mago", genres: ["Rock"], styles: ["Krautrock"] }),
    buildRecord({
      artist: "Can (2)",
      title: "Landed",
      genres: ["Rock"],
      labels: [{ id: 1, name: "Virgin", catalogNumber: "" }],
    }),
    buildRecord({ artist: "Alice Coltrane", title: "Universal\u001b[2J Consciousness", genres: ["Jazz"] }),
  ],
  plays: buildAlbumPlays("Can", "Future Days", { from: "2025-09-01T20:00:00Z", tracks: 4 }),
});

async function readProposals(...typed: string[]): Promise<(readonly [word: string, meaning: string])[]> {
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

async function readWords(...typed: string[]): Promise<string[]> {
  return (await readProposals(...typed)).map(([word]) => word);
}

test("proposes commands with their summaries", async () => {
  expect(await readWords("")).toEqual([...commandEntries.map(({ name }) => name), "help"]);
  expect(await readProposals("dus")).toEqual([
    ["dusty", commandEntries.find(({ name }) => name === "dusty")?.summary],
  ]);
  expect(await readWords("links", "")).toEqual(["export", "import"]);
  expect(await readWords("demo", "xr")).toEqual(["xref"]);
  expect(await readWords("help", "links", "ex")).toEqual(["export"]);
});

test("proposes every visible flag of a command and the global flags", async () => {
  for (const { path, declaration } of await loadDeclarations()) {
    const shown = (declaration.options ?? []).filter(({ isHidden }) => isHidden !== true);
    const flags = await readWords(...path, "-");
    expect(flags).toEqual(expect.arrayContaining([...shown.map(getLongFlag), "--db", "--help"]));
  }
  expect(await readWords("--ver")).toEqual(["--version", "--verbose"]);
});

test("proposes the words of a flag after a blank and after an equals sign", async () => {
  expect(await readWords("xref", "--kind", "")).toEqual([...kinds, "any"]);
  expect(await readWords("xref", "--kind=al")).toEqual(["--kind=album"]);
  expect(await readWords("completion", "")).toEqual(["bash", "zsh", "fish", "powershell"]);
  expect(await readWords("xref", "--limit", "")).toEqual([]);
  expect(await readWords("xref", "--added", "this")).toEqual([
    "this-week",
    "this-month",
    "this-quarter",
    "this-year",
  ]);
});

test("proposes values from the shelf, the most common first", async () => {
  expect(await readWords("xref", "--genre", "")).toEqual(["Rock", "Jazz"]);
  expect(await readWords("xref", "--not-genre", "j")).toEqual(["Jazz"]);
  expect(await readWords("xref", "--style", "")).toEqual(["Krautrock"]);
  expect(await readWords("xref", "--label", "")).toEqual(["Island", "Virgin"]);
  expect(await readWords("xref", "--folder", "")).toEqual(["All", "Jazz & more"]);
  expect(await readWords("xref", "--format", "")).toEqual(["Vinyl", "Album", "LP"]);
  expect(await readWords("xref", "--artist", "")).toEqual(["Can", "Alice Coltrane"]);
  expect(await readWords("xref", "al")).toEqual(["Alice Coltrane"]);
});

test("proposes records by number or title, and albums by id, also after a comma", async () => {
  expect(await readProposals("explain", "")).toEqual([
    ["1", "Can · Tago Mago"],
    ["2", "Can · Landed"],
    ["3", "Alice Coltrane · Universal[2J Consciousness"],
  ]);
  expect(await readWords("explain", "univ")).toEqual(["Universal[2J Consciousness"]);
  expect(await readWords("link", "1,")).toEqual(["1,1", "1,2", "1,3"]);
  expect(await readProposals("link", "1", "--add", "a")).toEqual([["a1", "Can · Future Days"]]);
  expect(await readWords("gaps", "hide", "a1,a")).toEqual(["a1,a1"]);
});

test("proposes commands within a command that takes records, also without a cache", async () => {
  expect(await readWords("played", "l")).toEqual(["list"]);
  expect(await readWords("--db", "/nowhere/rewind.db", "played", "p")).toEqual(["pending"]);
  expect(await readWords("played", "pending", "6f0b", "la")).toEqual(["Landed"]);
});

test("reads the cache that --db names", async () => {
  expect(await readWords("--db", "/nowhere/else.db", "xref", "--genre", "")).toEqual([]);
  expect(await readWords("xref", "--db=/nowhere/else.db", "--genre", "")).toEqual([]);
});

test("proposes nothing for unknown words, and writes nothing to stderr", async () => {
  expect(await readWords("nonsense", "")).toEqual([]);
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
    const { quoteForBash } = await import("../../../src/cli/complete.ts");
    expect(quoteForBash(name, quote)).toBe(written);
  },
);

test("quotes a name for PowerShell in single quotes", async () => {
  const { stdout } = await runCli(["__complete", "powershell", "=xref", "=--folder", "=J"], {
    home,
  });
  expect(stdout).toBe("words\n'Jazz & more'\t\n");
});
