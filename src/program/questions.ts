// The questions beside the cross-reference: stats, gaps, dusty, pick; and sql for all others.
import { dimensions } from "../queries/breakdown.ts";
import type { CommandDeclaration } from "./declaration.ts";
import { duringOption, formOptions } from "./filters.ts";
import { jsonOption, pagingOptions } from "./listings.ts";
import { choice } from "./values.ts";

const stats: CommandDeclaration = {
  name: "stats",
  summary: "your shelf at a glance: how much of it you play, and where your plays go",
  details: `Scrobbled: records with at least one play on Last.fm. Plays on records you own count each album once,
however many copies there are: over the rows of rewind xref the sum is larger.
By pressing: a 1977 album repressed in 2016 stands in the 2010s.
JSON: records, albums, scrobbled, never_artist_known, never_artist_unknown (these three add up to records),
match_types, by_kind and by_decade (records, scrobbled, plays of each), plays { owned, not_owned, no_album_tag },
scrobbles, unlinked_scrobbles (their album is in no row of the chart), first_scrobble, plays_by_month (the last 24
whole months), during, synced_at, history (complete, incomplete, hidden). With --by: by, data [{ value, records,
scrobbled, plays }], totals (each record and album once), during, synced_at, history, pagination.`,
  options: [
    { flags: "--by <quality>", help: dimensions.join(", "), parse: choice("--by", dimensions) },
    duringOption,
    ...pagingOptions,
    jsonOption,
    ...formOptions,
  ],
  examples: [
    ["rewind stats", "the whole in one screen"],
    ["rewind stats --by genre --during 1y", "which genres you played in the last year"],
    ["rewind stats --json | jq '.scrobbled / .records'", "the share that you play"],
  ],
  load: async () => (await import("../commands/stats.ts")).runStats,
};

const status: CommandDeclaration = {
  name: "status",
  summary: "what the cache holds, how old it is, and what is missing",
  details: `Reads the cache alone; before the first sync it says so.
JSON: accounts, cache { path, bytes }, syncing, listings [{ name, state (complete, missing, short, hidden, private),
rows, reported, synced_at, walked_at, walk }], next_full_walk, matches.`,
  options: [jsonOption],
  examples: [
    ["rewind status", "accounts, rows, ages"],
    ["rewind status --json | jq -r '.listings[] | [.name, .rows] | @tsv'", "the rows, for a script"],
  ],
  load: async () => (await import("../commands/status.ts")).runStatus,
};

const sql: CommandDeclaration = {
  name: "sql",
  summary: "ask the cache in SQL: views of records, albums, scrobbles, matches and wants",
  details: `One statement that reads; nothing can be written. --json is an array of objects.
On a terminal the table shows the first 1,000 rows, the other forms give all.`,
  arguments: [{ name: "[statement]", help: "SELECT …" }],
  options: [{ flags: "--schema", help: "the views, with a line on each column" }, jsonOption, ...formOptions],
  examples: [
    ["rewind sql --schema", "what there is to ask"],
    [
      "rewind sql 'SELECT artist, count(*), sum(play_count) FROM records GROUP BY artist ORDER BY 3 DESC LIMIT 10'",
      "the ten artists whose records you play most",
    ],
    [
      "rewind sql 'SELECT * FROM scrobbles' --as csv > scrobbles.csv",
      "your listening history, for a spreadsheet",
    ],
  ],
  load: async () => (await import("../commands/sql.ts")).runSql,
};

export const questions: readonly CommandDeclaration[] = [stats, status, sql];
