// The lines that the gate runs: every declared command, with examples of its arguments, in every form that it declares.
import { fileURLToPath } from "node:url";
import { outputFormats } from "../../src/output/field.ts";
import { dimensionNames } from "../../src/queries/statistics/stats-by-dimension.ts";
import { views } from "../../src/store/sql-views.ts";
import type { RunnableCommand } from "../support/declarations.ts";
import { allMatchCases } from "../support/small-collection.ts";
import { makeHostile, longHostileText } from "./hostile-text.ts";

export interface CommandLine {
  readonly argv: readonly string[];
  readonly stdin?: string | readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Runs against services in place of the cache. */
  readonly syncs?: true;
  /** Tells what it found, whole, however it ends. */
  readonly reports?: true;
}

const records = allMatchCases.records.map((_, at) => String(at + 1));
const document = JSON.stringify({
  version: 2,
  decisions: [],
  aliases: [{ name: longHostileText, same_as: makeHostile("Somebody") }],
});

const history = fileURLToPath(new URL("hostile-history.json", import.meta.url));

/** A command that isn't in here fails the gate. */
export const examples: Readonly<Record<string, readonly (readonly string[] | CommandLine)[]>> = {
  "": [[], ["--json"]],
  xref: [
    [],
    ["--copies", "--reverse"],
    ["--never", "--sort", "artist-plays"],
    ["--kind", "any", "--folder", "Unc"],
    [longHostileText],
    ["--during", longHostileText],
    ["--sort", longHostileText],
  ],
  stats: [
    [],
    ...dimensionNames.map((by) => ["--by", by]),
    ["--by", "artist", "--sort", "never"],
    ["--by", "artist", "--over", "year"],
    ["--by", "genre", "--over", "month", "--during", longHostileText],
  ],
  gaps: [
    ["--plays", "1..", "--tracks", "1.."],
    ["--kind", "any"],
    ["--kind", longHostileText],
    ["--hidden"],
    [longHostileText],
  ],
  "gaps hide": [["a5"], ["a1,a3"], [longHostileText]],
  "gaps unhide": [["a2"], ["a1"], [longHostileText]],
  recap: [[], ["2025"], ["--month"], [longHostileText], ["1y"], ["..2026-01"]],
  report: [
    ["--out", "-", "--group", "genre", "--wall", "dimmed", "--sort", "artist-plays"],
    ["--out", longHostileText, "--genre", longHostileText],
  ],
  card: [
    ["year", "--out", "-"],
    ["wall", "--out", "-"],
    ["never", "--out", "-"],
    ["--year", longHostileText],
    [longHostileText, "--out", longHostileText],
  ],
  top: [
    [],
    ["artists"],
    ["tracks", "--during", "1y"],
    ["--sort", "spins"],
    [longHostileText],
    ["--not-owned", "--tracks", "1.."],
  ],
  wants: [
    [],
    ["--owned"],
    ["--not-owned", "--sort", "added", "--reverse"],
    [longHostileText],
    ["--sort", longHostileText],
  ],
  recent: [[], ["--during", "1y", "--limit", "3"], [longHostileText], ["--during", longHostileText]],
  dusty: [
    ["--spins", "1..", "--idle", "1d"],
    ["--idle", longHostileText],
  ],
  dupes: [[], ["--sort", "plays", "--reverse"], [longHostileText]],
  cull: [[], ["--why", "never", "--why", "copy"], ["--why", longHostileText]],
  pick: [
    ["--seed", "1"],
    ["--snooze", "1"],
    ["--not", "2"],
    ["--snoozed"],
    ["--unsnooze", "1"],
    ["--snooze", longHostileText],
    ["--snooze", "1", "--for", longHostileText],
    ["-n", "12", "--seed", "2", "--kind", "any"],
    { argv: [], env: { REWIND_SHELF_FIELD: longHostileText } },
    { argv: ["--seed", "3"], env: { REWIND_SHELF_FIELD: makeHostile("Something") } },
  ],
  now: [{ argv: [], reports: true }],
  have: [["blue"], ["e"], [longHostileText], ["nevermimd"], ["low", "5"]].map((argv) => ({
    argv,
    reports: true,
  })),
  played: [
    ["1", "--note", longHostileText],
    ["2", "--on", "yesterday", "--dry-run"],
    ["low", "--on", "2026-03-01"],
    ["1", "--on", "2026-03-01"],
    ["1", "--on", "2026-03-01"],
    ["1", "--scrobble", "--yes"],
    ["1", "--on", longHostileText],
    ["1", "--at", longHostileText],
    [longHostileText],
  ],
  "played list": [["--all"], ["--during", "1y"], [longHostileText]],
  "played undo": [[], [longHostileText]],
  "played send": [[], [longHostileText]],
  "played import": [
    { argv: ["-"], stdin: `${JSON.stringify({ artist: longHostileText, title: longHostileText })}\n` },
    [longHostileText],
  ],
  "played pending": [[], [longHostileText], [longHostileText, longHostileText]],
  explain: [
    ...records.map((id) => ["--verbose", id]),
    ["low"],
    [longHostileText],
    ["e"],
    ["a1"],
    ["a5"],
    ["a99"],
  ],
  open: [["1"], ["a1"], ["low"], [longHostileText]],
  review: [
    ["--list", "--all"],
    ["--changed"],
    {
      argv: [],
      stdin: ["y", "n", "e", "o", "1", "s", "u", "?", "/", "e", "\r", "y", "\u001b", "y", "y", "y", "y"],
    },
  ],
  link: [
    ["1", "--add", "a3"],
    ["3", "--none"],
    ["4", "--clear"],
    ["13,14", "--only", "a8,a12"],
    ["low", "--none"],
    ["1", "--add", longHostileText],
    [longHostileText, "--none"],
  ],
  links: [[]],
  "export plays": [[], ["--during", longHostileText]],
  "send plays": [
    ["--to", longHostileText],
    ["--to", "lastfm"],
    ["--to", "listenbrainz", "--dry-run"],
  ],
  "links export": [[]],
  "links import": [
    { argv: ["-"], stdin: document },
    { argv: ["-"], stdin: longHostileText },
    [`nowhere/${longHostileText.replaceAll("\u0000", "")}`],
  ],
  alias: [
    [],
    [makeHostile("Low"), makeHostile("Gong")],
    [longHostileText, makeHostile("Somebody")],
    [longHostileText],
  ],
  "alias add": [[longHostileText, makeHostile("Low")]],
  "alias list": [[]],
  "alias remove": [[makeHostile("Some Name")], [longHostileText]],
  sql: [
    ["--schema"],
    ...views.map(({ name }) => [`SELECT * FROM ${name}`]),
    ['SELECT notes AS "=1\u001b[2J", \'\' AS "\n" FROM want'],
    ["SELECT 9007199254740993 AS n, -1 AS m, 1.5 AS r, NULL AS nothing"],
    [`SELECT "${longHostileText.replaceAll('"', "")}" FROM records`],
  ],
  status: [[]],
  sources: [[]],
  "sources list": [[]],
  "sources check": [[]],
  "sources remove": [["spotify", "--yes"], [longHostileText]],
  "sources stop": [["lastfm"], [longHostileText]],
  "sources resume": [["lastfm"], [longHostileText]],
  sync: [
    { argv: [], syncs: true },
    { argv: ["--verbose"], syncs: true },
  ],
  import: [
    ["--dry-run", history],
    [longHostileText.replaceAll("\u0000", "")],
    ["--zone", longHostileText, history],
  ],
  mcp: [[]],
  login: [
    [],
    { argv: ["--stdin"], stdin: JSON.stringify({ discogs_token: makeHostile("token") }) },
    { argv: ["--stdin"], stdin: JSON.stringify({ [longHostileText]: longHostileText }) },
    { argv: ["--stdin"], stdin: longHostileText },
  ],
  logout: [[]],
  doctor: [
    { argv: ["--offline"], reports: true },
    { argv: ["--offline", "--fix"], reports: true },
  ],
  config: [
    [],
    { argv: [], env: { REWIND_CONTACT: longHostileText, REWIND_MUSICBRAINZ: makeHostile("perhaps") } },
  ],
  "config get": [
    ["contact"],
    { argv: ["contact"], env: { REWIND_CONTACT: longHostileText } },
    [longHostileText],
  ],
  "config set": [
    ["shelf_field", makeHostile("Something")],
    ["shelf_field", longHostileText],
    [longHostileText, longHostileText],
  ],
  "config unset": [["shelf_field"], [longHostileText]],
  "config path": [[]],
  keys: [[]],
  "keys create": [
    ["--name", makeHostile("phone")],
    ["--name", longHostileText],
  ],
  "keys list": [[]],
  "keys revoke": [["1"], [longHostileText]],
  // One that starts would not end.
  serve: [
    ["--cors", longHostileText],
    ["--port", longHostileText],
  ],
  save: [
    [],
    ["never", "--", "xref", "--never", "--genre", longHostileText],
    [longHostileText, "--", "xref"],
    ["never", "--", longHostileText],
    ["--remove", longHostileText],
  ],
  completion: [["bash"], ["zsh"], ["fish"], ["powershell"], [longHostileText]],
  demo: [[], ["explain", longHostileText]],
};

type FormatName = "table" | "csv, safe" | (typeof outputFormats)[number];

export interface OutputFormat {
  readonly name: FormatName;
  readonly flags: readonly string[];
}

/** The forms that a command declares; "table" is the one without a flag. */
export function listFormats({ flags }: RunnableCommand): OutputFormat[] {
  const hasFlag = (flag: string): boolean => flags.some((each) => each.split(/[ ,]+/).includes(flag));
  const named = outputFormats.filter((form) => form !== "table" && form !== "json");
  return [
    { name: "table", flags: [] },
    ...(hasFlag("--json") ? [{ name: "json", flags: ["--json"] } as const] : []),
    ...(hasFlag("--as") ? named.map((name): OutputFormat => ({ name, flags: ["--as", name] })) : []),
    ...(hasFlag("--safe-csv") ? [{ name: "csv, safe", flags: ["--as", "csv", "--safe-csv"] } as const] : []),
  ];
}

export function getExamples({ path }: RunnableCommand): CommandLine[] {
  return (examples[path] ?? []).map((example) => ("argv" in example ? example : { argv: example }));
}

/** The whole line, with further flags behind the command's name. */
export function buildLine(
  { path }: RunnableCommand,
  line: CommandLine,
  flags: readonly string[],
): CommandLine {
  return { ...line, argv: [...path.split(" ").filter(Boolean), ...flags, ...line.argv] };
}

/** Lists the flags of a command that take no value, except its forms. */
export function listSwitches({ flags }: RunnableCommand): string[] {
  return flags
    .filter((each) => !each.includes("<") && each !== "--json" && each !== "--safe-csv")
    .map((each) => each.split(/[ ,]+/).at(-1) ?? each);
}
