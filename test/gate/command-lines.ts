// What the gate runs: every command that is declared, with examples of its arguments, in every form that it declares.
import { fileURLToPath } from "node:url";
import { listingForms } from "../../src/output/field.ts";
import { dimensionNames } from "../../src/queries/figures/breakdown.ts";
import { views } from "../../src/store/sql-views.ts";
import type { Declared } from "../support/declarations.ts";
import { everyCase } from "../support/small-shelf.ts";
import { hostile, loud } from "./hostile-text.ts";

export interface CommandLine {
  readonly argv: readonly string[];
  readonly stdin?: string | readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Runs against services in place of the cache. */
  readonly syncs?: true;
  /** Tells what it found, whole, however it ends. */
  readonly reports?: true;
}

const records = everyCase.records.map((_, at) => String(at + 1));
const document = JSON.stringify({
  version: 2,
  decisions: [],
  aliases: [{ name: loud, same_as: hostile("Somebody") }],
});

const history = fileURLToPath(new URL("hostile-history.json", import.meta.url));

/** A command that isn't in here fails the gate. */
export const examples: Readonly<Record<string, readonly (readonly string[] | CommandLine)[]>> = {
  "": [[]],
  xref: [
    [],
    ["--copies", "--reverse"],
    ["--never", "--sort", "artist-plays"],
    ["--kind", "any", "--folder", "Unc"],
    [loud],
    ["--during", loud],
    ["--sort", loud],
  ],
  stats: [
    [],
    ...dimensionNames.map((by) => ["--by", by]),
    ["--by", "artist", "--sort", "never"],
    ["--by", "artist", "--over", "year"],
    ["--by", "genre", "--over", "month", "--during", loud],
  ],
  gaps: [["--plays", "1..", "--tracks", "1.."], ["--kind", "any"], ["--kind", loud], ["--hidden"], [loud]],
  "gaps hide": [["a5"], ["a1,a3"], [loud]],
  "gaps unhide": [["a2"], ["a1"], [loud]],
  recap: [[], ["2025"], ["--month"], [loud], ["1y"], ["..2026-01"]],
  report: [
    ["--out", "-", "--group", "genre", "--wall", "dimmed", "--sort", "artist-plays"],
    ["--out", loud, "--genre", loud],
  ],
  top: [
    [],
    ["artists"],
    ["tracks", "--during", "1y"],
    ["--sort", "spins"],
    [loud],
    ["--not-owned", "--tracks", "1.."],
  ],
  wants: [[], ["--owned"], ["--not-owned", "--sort", "added", "--reverse"], [loud], ["--sort", loud]],
  recent: [[], ["--during", "1y", "--limit", "3"], [loud], ["--during", loud]],
  dusty: [
    ["--spins", "1..", "--idle", "1d"],
    ["--idle", loud],
  ],
  dupes: [[], ["--sort", "plays", "--reverse"], [loud]],
  cull: [[], ["--why", "never", "--why", "copy"], ["--why", loud]],
  pick: [
    ["--seed", "1"],
    ["--snooze", "1"],
    ["--not", "2"],
    ["--snoozed"],
    ["--unsnooze", "1"],
    ["--snooze", loud],
    ["--snooze", "1", "--for", loud],
    ["-n", "12", "--seed", "2", "--kind", "any"],
    { argv: [], env: { REWIND_SHELF_FIELD: loud } },
    { argv: ["--seed", "3"], env: { REWIND_SHELF_FIELD: hostile("Something") } },
  ],
  have: [["blue"], ["e"], [loud], ["nevermimd"], ["low", "5"]].map((argv) => ({ argv, reports: true })),
  played: [
    ["1", "--note", loud],
    ["2", "--on", "yesterday", "--dry-run"],
    ["low", "--on", "2026-03-01"],
    ["1", "--on", "2026-03-01"],
    ["1", "--on", "2026-03-01"],
    ["--list", "--all"],
    ["--undo"],
    ["1", "--scrobble", "--yes"],
    ["--send"],
    ["--send", loud],
    ["1", "--on", loud],
    ["1", "--at", loud],
    [loud],
  ],
  explain: [...records.map((id) => ["--verbose", id]), ["low"], [loud], ["e"], ["a1"], ["a5"], ["a99"]],
  open: [["1"], ["a1"], ["low"], [loud]],
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
    ["1", "--add", loud],
    [loud, "--none"],
  ],
  links: [[]],
  "links export": [[]],
  "links import": [
    { argv: ["-"], stdin: document },
    { argv: ["-"], stdin: loud },
    [`nowhere/${loud.replaceAll("\u0000", "")}`],
  ],
  alias: [[], [hostile("Low"), hostile("Gong")], [loud, hostile("Somebody")], [loud]],
  "alias add": [[loud, hostile("Low")]],
  "alias list": [[]],
  "alias remove": [[hostile("Some Name")], [loud]],
  sql: [
    ["--schema"],
    ...views.map(({ name }) => [`SELECT * FROM ${name}`]),
    ['SELECT notes AS "=1\u001b[2J", \'\' AS "\n" FROM want'],
    ["SELECT 9007199254740993 AS n, -1 AS m, 1.5 AS r, NULL AS nothing"],
    [`SELECT "${loud.replaceAll('"', "")}" FROM records`],
  ],
  status: [[]],
  sources: [[]],
  "sources list": [[]],
  "sources remove": [["spotify", "--yes"], [loud]],
  "sources stop": [["lastfm"], [loud]],
  "sources resume": [["lastfm"], [loud]],
  sync: [
    { argv: [], syncs: true },
    { argv: ["--verbose"], syncs: true },
  ],
  import: [["--dry-run", history], [loud.replaceAll("\u0000", "")], ["--zone", loud, history]],
  mcp: [[]],
  login: [
    [],
    { argv: ["--stdin"], stdin: JSON.stringify({ discogs_token: hostile("token") }) },
    { argv: ["--stdin"], stdin: JSON.stringify({ [loud]: loud }) },
    { argv: ["--stdin"], stdin: loud },
  ],
  logout: [[]],
  doctor: [
    { argv: ["--offline"], reports: true },
    { argv: ["--offline", "--fix"], reports: true },
  ],
  config: [[], { argv: [], env: { REWIND_CONTACT: loud, REWIND_MUSICBRAINZ: hostile("perhaps") } }],
  "config get": [["contact"], { argv: ["contact"], env: { REWIND_CONTACT: loud } }, [loud]],
  "config set": [
    ["shelf_field", hostile("Something")],
    ["shelf_field", loud],
    [loud, loud],
  ],
  "config unset": [["shelf_field"], [loud]],
  "config path": [[]],
  keys: [[]],
  "keys create": [
    ["--name", hostile("phone")],
    ["--name", loud],
  ],
  "keys list": [[]],
  "keys revoke": [["1"], [loud]],
  // One that starts would not end.
  serve: [
    ["--cors", loud],
    ["--port", loud],
  ],
  save: [
    [],
    ["never", "--", "xref", "--never", "--genre", loud],
    [loud, "--", "xref"],
    ["never", "--", loud],
    ["--remove", loud],
  ],
  completion: [["bash"], ["zsh"], ["fish"], ["powershell"], [loud]],
  demo: [[], ["status"], ["xref", loud], ["explain", loud]],
};

type FormName = "table" | "csv, safe" | (typeof listingForms)[number];

export interface Form {
  readonly name: FormName;
  readonly flags: readonly string[];
}

/** The forms that a command declares; "table" is the one without a flag. */
export function formsOf({ flags }: Declared): Form[] {
  const has = (flag: string): boolean => flags.some((each) => each.split(/[ ,]+/).includes(flag));
  const named = listingForms.filter((form) => form !== "table" && form !== "json");
  return [
    { name: "table", flags: [] },
    ...(has("--json") ? [{ name: "json", flags: ["--json"] } as const] : []),
    ...(has("--as") ? named.map((name): Form => ({ name, flags: ["--as", name] })) : []),
    ...(has("--safe-csv") ? [{ name: "csv, safe", flags: ["--as", "csv", "--safe-csv"] } as const] : []),
  ];
}

export function examplesOf({ path }: Declared): CommandLine[] {
  return (examples[path] ?? []).map((example) => ("argv" in example ? example : { argv: example }));
}

/** The whole line, with further flags behind the command's name. */
export function lineOf({ path }: Declared, line: CommandLine, flags: readonly string[]): CommandLine {
  return { ...line, argv: [...path.split(" ").filter(Boolean), ...flags, ...line.argv] };
}

/** What a command can be told without a value, beside its forms. */
export function switchesOf({ flags }: Declared): string[] {
  return flags
    .filter((each) => !each.includes("<") && each !== "--json" && each !== "--safe-csv")
    .map((each) => each.split(/[ ,]+/).at(-1) ?? each);
}
