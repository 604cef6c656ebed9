// The questions beside the cross-reference: stats, gaps, dusty, pick; and sql for all others.
import { dimensions } from "../queries/dimension.ts";
import { recordSorts } from "../queries/filter-words.ts";
import { gapSorts } from "../queries/gap-sort.ts";
import type { ArgumentDeclaration, CommandDeclaration } from "./declaration.ts";
import { duringOption, filterOptions, formOptions, wordsArgument } from "./filters.ts";
import { jsonOption, pagingOptions } from "./listings.ts";
import { choice, repeated, text, wholeNumber } from "./values.ts";

const stats: CommandDeclaration = {
  name: "stats",
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

const albumsArgument: ArgumentDeclaration = {
  name: "<albums...>",
  help: "ids from the first column (a219,a311), or words of one album",
};

/** Of the shared filters those that an album has. */
const albumFilters = filterOptions.filter(({ flags }) => /^--(artist|title|plays|played) /.test(flags));

const gaps: CommandDeclaration = {
  name: "gaps",
  details: `Editions are added up; an album owned in any pressing, or linked to a box, is not listed.
Tracks: how many different ones you heard. 12 mo: plays in the last 12 months. Own: your records by the artist.
JSON: data [{ album { id, album_name, artist_name, play_count, last_played, url }, editions, tracks,
plays_last_12_months, wanted, owned_by_artist, box_by_artist }], summary { total, wanted, plays }, pagination.
Without a listening history tracks and plays_last_12_months are null, and no album is left out by its tracks.`,
  arguments: [{ name: "[words...]", help: "only albums whose artist or title holds all of these words" }],
  options: [
    { flags: "--sort <order>", help: `${gapSorts.join(", ")} (plays)`, parse: choice("--sort", gapSorts) },
    { flags: "--reverse", help: "the other way round" },
    ...albumFilters,
    { flags: "--tracks <range>", help: "different tracks heard: 1.. for all (4..)", parse: repeated(text) },
    duringOption,
    { flags: "--hidden", help: "those that you have hidden" },
    ...pagingOptions,
    jsonOption,
    ...formOptions,
  ],
  examples: [
    ["rewind gaps", "albums with 10 plays or more on 4 tracks or more"],
    ["rewind gaps --during 1y --plays 20..", "what you played much in the last year"],
    ["rewind gaps hide a219", "never show this one again"],
    ["rewind gaps --json | jq '.data[] | select(.wanted) | .album.album_name'", "those on your wantlist"],
  ],
  load: async () => (await import("../commands/gaps.ts")).runGaps,
  commands: [
    {
      name: "hide",
      summary: "never show these albums among the gaps",
      arguments: [albumsArgument],
      examples: [["rewind gaps hide a219,a311", "two albums, all their editions"]],
      load: async () => (await import("../commands/gaps-hide.ts")).runGapsHide,
    },
    {
      name: "unhide",
      summary: "show these albums again",
      arguments: [albumsArgument],
      examples: [["rewind gaps unhide a219", "the hidden ones: rewind gaps --hidden"]],
      load: async () => (await import("../commands/gaps-hide.ts")).runGapsUnhide,
    },
  ],
};

const dustySorts = ["asleep", ...recordSorts.filter((sort) => sort !== "artist-plays")] as const;

const dusty: CommandDeclaration = {
  name: "dusty",
  details: `A spin is one sitting in which at least half of the album was heard. Copies of one album share a line.
JSON: data [{ collection, listening, copies, spins, last_spin }], summary { total }, pagination.`,
  arguments: [wordsArgument],
  options: [
    { flags: "--idle <time>", help: "no spin for so long: 90d, 12mo, 2y (12mo)" },
    {
      flags: "--sort <order>",
      help: `${dustySorts.join(", ")} (asleep)`,
      parse: choice("--sort", dustySorts),
    },
    { flags: "--reverse", help: "the other way round" },
    ...filterOptions.map((option) =>
      option.flags.startsWith("--spins") ? { ...option, help: "how often it was spun (5..)" } : option,
    ),
    ...pagingOptions,
    jsonOption,
    ...formOptions,
  ],
  examples: [
    ["rewind dusty", "5 spins or more, none in the last 12 months"],
    ["rewind dusty --spins 10.. --idle 3y", "much loved, long asleep"],
    ["rewind dusty --genre Jazz --as csv > dusty.csv", "for a spreadsheet"],
  ],
  load: async () => (await import("../commands/dusty.ts")).runDusty,
};

const pick: CommandDeclaration = {
  name: "pick",
  details: `Albums and EPs, unless --kind names others; copies of one album count once. Without --seed an album does not
come again within a month.
An album's chance is its weight's share of all: neglect × rating × past love.
  neglect    never scrobbled 6; else 1, and 1 more for each whole year since the last spin (the last play where
             spins are not known), 6 at most; 2 where the last time is not known
  rating     5 stars 3, 4 stars 2, 1 or 2 stars 0.5, else 1
  past love  10 spins or more 2, 5 to 9 spins 1.5, else 1 (10 plays for a spin where spins are not known)
Where it stands: label, catalogue number, folder, and the custom field that the setting shelf_field names.
JSON: data [{ collection, listening, copies, spins, last_spin, label, catalog_number, folder, shelf, why, weight }],
summary { albums, records, proposed_lately }, seed.`,
  arguments: [wordsArgument],
  options: [
    { flags: "-n, --number <count>", help: "how many, 1 to 100 (1)", parse: wholeNumber("--number", 1, 100) },
    {
      flags: "--seed <number>",
      help: "the same answer for the same number, whatever was proposed before",
      parse: wholeNumber("--seed", 0),
    },
    ...filterOptions,
    jsonOption,
    ...formOptions,
  ],
  examples: [
    ["rewind pick", "one record"],
    ["rewind pick -n 3 --folder Jazz --rating 4..", "three good ones from a folder"],
    ["rewind pick --never --kind any", "something that you never scrobbled"],
  ],
  load: async () => (await import("../commands/pick.ts")).runPick,
};

const status: CommandDeclaration = {
  name: "status",
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
  details: `One statement that reads; nothing can be written. --json is an array of objects; a whole number
that JSON's readers would round, beyond 2^53, is text there.
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

export const questions: readonly CommandDeclaration[] = [stats, gaps, dusty, pick, sql, status];
