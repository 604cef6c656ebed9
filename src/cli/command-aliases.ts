// Names that people try before they know the real one. The program doesn't run them; its error names the real
// command.
import { findNearestChoice } from "../model/errors.ts";

/** One command a line, before the words that people type instead. */
const aliasesByCommand = parseAliasTable(`
have: search find lookup own owned check grep query
explain: show info why view details record album describe inspect
pick: random shuffle suggest recommend tonight choose roulette surprise
cull: sell purge prune declutter trade
links import: restore
links export: backup dump
xref: list ls records collection shelf all match matches crossref cross-reference
xref --never: never unplayed unlistened unheard neglected
gaps: missing buy shop shopping unowned
wants: want wantlist wishlist
played: play spin log listen listened note scrobble turntable
played list: spins notes
now: playing nowplaying now-playing current np
recent: plays history last latest lately scrobbles
played undo: undo
dupes: duplicates duplicate doubles copies
dusty: forgotten asleep stale rediscover sleepers
top: charts chart best most favourites favorites artists albums tracks songs
recap: week weekly month monthly year wrapped digest
stats: statistics summary overview stat genres dashboard
report: html page wall poster web
open: browse browser url discogs lastfm goto
sync: update fetch refresh pull download reload
status: state age
doctor: diagnose debug fix repair verify
login: auth setup init connect signin authenticate start account
logout: signout disconnect
config: settings setting set configure preferences options
alias: rename merge same
link: credit assign
links: decisions overrides
review: doubts questions settle resolve
gaps hide: hide ignore block
pick --snooze: snooze skip
save: bookmark saved
serve: server api http
keys: key token tokens
demo: sample example try tour
help: man usage commands
--version: version
`);

/** Whole commands by the word that people type. */
export const commandsByAlias: ReadonlyMap<string, string> = new Map(
  aliasesByCommand.flatMap(([command, words]) => words.map((word) => [word, command])),
);

function parseAliasTable(table: string): (readonly [command: string, words: readonly string[]])[] {
  return table
    .trim()
    .split("\n")
    .map((line) => {
      const [command = "", words = ""] = line.split(": ");
      return [command, words.split(" ")];
    });
}

/**
 * The words that people type for an option of this program, or for a command. `rewind top artists` only helps after
 * `rewind top`. A number stands for the one that was typed, 2025 for the period.
 */
const aliasesByFlag = parseAliasTable(`
--as csv: --csv --output=csv --format=csv
--as tsv: --tsv --output=tsv --format=tsv
--as table: --table --text --output=table --format=table
--as box: --box --output=box --format=box
--as markdown: --markdown --md --output=markdown --format=markdown
--as ndjson: --ndjson --jsonl --output=ndjson --format=ndjson
--as json: --output=json --format=json
--json: --output=json --format=json
rewind played undo: --undo
rewind played list: --list
rewind played send: --send
rewind played import FILE: --from
rewind played pending: --pending
rewind recap 2025: --year --during --period --when --since --from --date --until --to
rewind wants WORDS: --artist --title --album
rewind recent WORDS: --artist --title --album --track
rewind top artists: --artists --by=artist
rewind top tracks: --tracks --songs --by=track --by=song
rewind top albums: --albums --by=album
--clear or --not: --remove --delete --undo --unset --reset
--year 1970s: --decade --decades
--year 1975: --years
--during 2025: --year --period --when --since --from --date --until --to
--limit 5: --count --number --top --max --first
--plays 3..: --min --min-plays --minimum
--never: --unplayed --unheard --unlistened --not-played --never-played --not-listened
--filter listened: --listened --played --heard
--format Vinyl: --media --medium
--sort plays: --order --order-by --by
--all: --everything
--kind album: --type
`);

/**
 * The option or command that was meant by a flag that the command at this path lacks; undefined if none is near. `value` is
 * the word behind the flag, "" if there is none; `period` is what the flags for a time mean, if they mean one.
 */
export function suggestOption(
  flag: string,
  { value, period }: { readonly value: string; readonly period: string | undefined },
  path: string,
  flags: readonly string[],
): string | undefined {
  const isAvailable = (replacement: string): boolean =>
    replacement.startsWith("--")
      ? flags.includes(replacement.split(" ")[0] ?? "")
      : replacement.startsWith(`${path} `);
  const typed = [flag, `${flag}=${value.replace(/s$/, "")}`].map((text) => text.toLowerCase());
  const row = aliasesByFlag.find(
    ([replacement, words]) => words.some((word) => typed.includes(word)) && isAvailable(replacement),
  );
  if (row?.[0].endsWith(" 2025") === true) {
    const isThisYear = flag === "--year" && value === "" && !row[0].startsWith("--");
    return row[0].replace("2025", isThisYear ? "year" : (period ?? "2025"));
  }
  if (row !== undefined) return /^\d{1,4}$/.test(value) ? row[0].replace(/\d+/, value) : row[0];
  const names = flags.map((each) => each.replace(/^--/, ""));
  const nearest = findNearestChoice(flag.replace(/^--/, ""), names);
  return nearest === undefined ? undefined : `--${nearest}`;
}

/** The command that a word means, or else the one with the nearest name. Undefined if no name is near. */
export function suggestCommand(word: string, commands: readonly string[]): string | undefined {
  const name = word.toLowerCase();
  return commandsByAlias.get(name) ?? findNearestChoice(name, commands);
}

/** The same for commands within a command: "keys add" means keys create. */
const subcommandsByAlias = new Map(
  parseAliasTable(`
list: ls show all print
create: add new make generate
add: create new set
revoke: remove delete rm del
remove: delete rm del unset undo
unset: remove delete rm clear
set: change edit write add
get: print read
path: where file location
import: restore load read
export: backup dump save write
hide: ignore remove block skip
unhide: show unignore restore
`),
);

/** Like suggestCommand, for commands within one. Returns "" for "list" if the command itself lists. */
export function suggestSubcommand(word: string, commands: readonly string[]): string | undefined {
  const name = word.toLowerCase();
  const command = commands.find((each) => subcommandsByAlias.get(each)?.includes(name) === true);
  if (command !== undefined) return command;
  if (name === "list" || subcommandsByAlias.get("list")?.includes(name) === true) return "";
  return findNearestChoice(name, commands);
}
