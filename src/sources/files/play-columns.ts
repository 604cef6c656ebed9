// Finds the columns of a table of plays, or the fields of JSON, by the words that programs call them.

const columnAliases = {
  artist: [
    "artist",
    "artistname",
    "trackartist",
    "artists",
    "artistnames",
    "performer",
    "band",
    "albumartist",
  ],
  track: ["track", "trackname", "tracktitle", "song", "songname", "songtitle", "title", "name"],
  album: ["album", "albumname", "albumtitle", "release", "releasename", "releasetitle"],
  albumArtist: ["albumartist", "albumartistname"],
  durationMs: ["durationms"],
  precisionSeconds: ["precisionseconds"],
  recordingMbid: ["recordingmbid", "trackmbid"],
  releaseMbid: ["releasembid", "albummbid", "albumid"],
  event: ["event"],
} as const;

/** Names with a number come first: a text beside it may lack seconds or the zone. */
const timeAliases = [
  "uts",
  "unixtimestamp",
  "unixtime",
  "timems",
  "timestamp",
  "ts",
  "playedat",
  "listenedat",
  "scrobbledat",
  "startedat",
  "starttime",
  "playedon",
  "dateplayed",
  "datetime",
  "dateandtime",
  "utctime",
  "time",
  "date",
];
/** {"date": {"uts": "1620640762", "#text": "10 May 2021, 09:59"}}, {"timestamp": {"iso": …, "unixtimestamp": …}} */
export const innerTimeFields = ["uts", "unixtimestamp", "iso", "#text"];

/** The columns that a play needs, and the one that it may have. */
export const playColumns = ["artist", "track", "time", "album"] as const;
export type PlayColumn = (typeof playColumns)[number];
/** The user's names for the columns. */
export type ColumnNames = Readonly<Partial<Record<PlayColumn, string>>>;

export type FoundColumns = Readonly<Partial<Record<keyof typeof columnAliases, string>>> & {
  /** The best first. */
  readonly times: readonly string[];
};

/** "Artist Name", "artist_name" and "artistName" are one word. */
const normalizeColumnName = (name: string): string => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");

/** `userNames` count if all of them are there. */
export function findColumns(names: readonly string[], userNames: ColumnNames = {}): FoundColumns {
  const byWord = new Map(names.toReversed().map((name) => [normalizeColumnName(name), name]));
  const findFirstName = (candidates: readonly string[]): string | undefined =>
    candidates.map((word) => byWord.get(word)).find((name) => name !== undefined);
  const found = Object.fromEntries(
    Object.entries(columnAliases).map(([column, candidates]) => [column, findFirstName(candidates)]),
  );
  const times = timeAliases.flatMap((word) => byWord.get(word) ?? []);
  if (findUnknownNames(names, userNames).length > 0) return { ...found, times };
  const own = Object.entries(userNames).map(([column, name]) => [
    column,
    byWord.get(normalizeColumnName(name)),
  ]);
  const { time, ...others } = Object.fromEntries(own) as ColumnNames;
  return { ...found, ...others, times: time === undefined ? times : [time] };
}

/** The names that the user gave and the file does not have. */
export function findUnknownNames(names: readonly string[], userNames: ColumnNames): string[] {
  const known = new Set(names.map(normalizeColumnName));
  return Object.values(userNames).filter((name) => !known.has(normalizeColumnName(name)));
}

/** The columns that a play needs and that are not there. */
export function findMissingColumns({ artist, track, times }: FoundColumns): PlayColumn[] {
  return playColumns.filter(
    (column) =>
      (column === "artist" && artist === undefined) ||
      (column === "track" && track === undefined) ||
      (column === "time" && times.length === 0),
  );
}
