import { expect, test } from "vitest";
import type { ListedTrack } from "../../../src/model/model.ts";
import { readPlayedAlbums } from "../../../src/queries/top/top-albums.ts";
import type { Database } from "../../../src/store/file/database.ts";
import { readPublication } from "../../../src/store/file/listings.ts";
import { queryValues } from "../../../src/store/file/sql.ts";
import { refreshAlbumGroups } from "../../../src/store/plays/album-groups.ts";
import { refreshMatchStats } from "../../../src/store/plays/record-matches.ts";
import { refreshSpins } from "../../../src/store/plays/spins.ts";
import { recordSpinsSql } from "../../../src/queries/statistics/play-counts.ts";
import { saveTracklist } from "../../../src/store/shelf/tracklists.ts";
import {
  fillDatabase,
  buildRecord,
  buildAlbumPlays,
  createTestCache,
  buildListedTrack,
} from "../../support/filled-cache.ts";
import type { Play } from "../../support/service-data.ts";

async function createCacheWith(plays: readonly Play[], records = [buildRecord()]): Promise<Database> {
  const database = createTestCache();
  await fillDatabase(database, { plays, records });
  return database;
}

/** Spins by album title. */
function readSpins(database: Database): Record<string, number> {
  const rows = database
    .prepare<[], { title: string; spins: number }>(
      "SELECT title, spins FROM album_spin JOIN album ON album.id = album_id",
    )
    .all();
  return Object.fromEntries(rows.map(({ title, spins }) => [title, spins]));
}

function buildTrackPlay(parts: Partial<Play> & { uts: number; track: string }): Play {
  return { artist: "A", album: "X", albumMbid: null, albumArtist: "A", ...parts };
}

/** Plays of tracks at minutes of one evening. */
function buildEvening(
  start: string,
  ...tracks: readonly (readonly [minute: number, track: string])[]
): Play[] {
  const startUts = Date.parse(start) / 1000;
  return tracks.map(([minute, track]) => buildTrackPlay({ uts: startUts + minute * 60, track }));
}

const buildKnownTracks = (tracks: number): Play[] =>
  Array.from({ length: tracks }, (_, at) =>
    buildTrackPlay({ uts: 1_000_000_000 + at * 86_400, track: `T${at + 1}` }),
  );

test.each([
  // A spin needs half of the known tracks, but three at least and six at most.
  [3, 2, 0],
  [3, 3, 1],
  [4, 2, 0],
  [6, 3, 1],
  [7, 4, 1],
  [10, 4, 0],
  [40, 5, 0],
  [40, 6, 1],
])("counts of %i known tracks, %i in one session, as %i spins", async (tracks, heard, spins) => {
  const sittingPlays = buildEvening(
    "2020-01-01T20:00:00Z",
    ...Array.from({ length: heard }, (_, at) => [at * 4, `T${at + 1}`] as const),
  );
  const database = await createCacheWith([...buildKnownTracks(tracks), ...sittingPlays]);
  expect(readSpins(database)).toEqual({ X: spins });
});

const joined = buildEvening("2020-01-01T20:00:00Z", [0, "T1"], [60, "T2"], [120, "T3"]);

test.each<readonly [string, readonly Play[], Readonly<Record<string, number>>]>([
  [
    "with fewer than three known tracks there is no figure",
    buildEvening("2020-01-01T20:00:00Z", [0, "T1"], [40, "T2"], [80, "T1"], [120, "T2"]),
    {},
  ],
  [
    "a pause of an hour holds a sitting together, a second more parts it",
    [
      ...buildKnownTracks(3),
      ...joined,
      ...joined.map((row, at) => ({ ...row, uts: row.uts + (at === 2 ? 1 : 0) + 864_000 })),
    ],
    { X: 1 },
  ],
  [
    "a repeated track adds nothing, whatever its artist and spelling",
    [
      ...buildKnownTracks(3),
      ...buildEvening("2020-01-01T20:00:00Z", [0, "T1"], [4, "t1"], [8, "T2"]),
      ...buildEvening("2020-01-03T20:00:00Z", [0, "T1"], [4, "T2"], [8, "T3"]).map((row) => ({
        ...row,
        artist: "A feat. B",
      })),
    ],
    { X: 1 },
  ],
  [
    "scrobbles without a date are no spin, but their tracks count",
    [...buildKnownTracks(8).map((row) => ({ ...row, uts: 0 })), ...joined],
    { X: 0 },
  ],
])("%s", async (_, plays, spins) => {
  expect(readSpins(await createCacheWith(plays))).toEqual(spins);
});

test("measures each edition by itself, and sums them for a record", async () => {
  const plays = [
    ...buildAlbumPlays("A", "X", { from: "2020-01-01T20:00:00Z", tracks: 8 }),
    ...buildAlbumPlays("A", "X", { from: "2020-01-02T20:00:00Z", tracks: 8 }),
    ...buildAlbumPlays("A", "X (Remastered)", { from: "2020-01-03T20:00:00Z", tracks: 12 }),
  ];
  const database = await createCacheWith(plays, [buildRecord({ artist: "A", title: "X" })]);
  expect(readSpins(database)).toEqual({ X: 2, "X (Remastered)": 1 });
  const last = Date.parse("2020-01-03T20:00:00Z") / 1000;
  expect(database.prepare("SELECT spins, last_spin_uts FROM match").raw().all()).toEqual([[3, last]]);
});

test.each([
  ["alternate", [0, 1, 0, 1, 0, 1, 0, 1], 1],
  ["follow each other", [0, 0, 0, 0, 1, 1, 1, 1], 1],
  ["are heard on two days", [0, 0, 0, 0, 2, 2, 2, 2], 2],
] as const)("counts a sitting once for a record if two names of its album %s", async (_, names, spins) => {
  const startUts = Date.parse("2020-01-01T20:00:00Z") / 1000;
  const plays = names.map((name, at) =>
    buildTrackPlay({
      uts: startUts + at * 240 + (name === 2 ? 86_400 : 0),
      track: `T${at + 1}`,
      album: name === 0 ? "X" : "X (Remastered)",
    }),
  );
  const database = await createCacheWith(plays, [buildRecord({ artist: "A", title: "X" })]);
  expect(readSpins(database)).toEqual({ X: 1, "X (Remastered)": spins - 1 });
  expect(database.prepare("SELECT spins FROM match").pluck().all()).toEqual([spins]);
  expect(readPlayedAlbums(database, null)).toMatchObject([{ title: "X", spins }]);
  expect(database.prepare(`SELECT count(*) FROM (${recordSpinsSql.sql})`).pluck().get()).toBe(spins);
});

test("counts a sitting once in which two names of the record alternate", async () => {
  const names = ["Trans-Europe Express", "Trans Europa Express", "Trans-Europe Express (Remastered)"];
  const evening = buildEvening(
    "2020-01-01T20:00:00Z",
    ...Array.from({ length: 9 }, (_, at) => [at * 4, `T${at + 1}`] as const),
  );
  const plays = evening.map((play, at) => ({ ...play, album: names[at % 3] ?? "" }));
  const database = await createCacheWith(
    [...plays, ...names.flatMap((album) => buildKnownTracks(9).map((play) => ({ ...play, album })))],
    [buildRecord({ artist: "A", title: "Trans Europa Express" })],
  );
  expect(readSpins(database)).toEqual({ [names[0] ?? ""]: 1, [names[1] ?? ""]: 0, [names[2] ?? ""]: 0 });
  expect(database.prepare("SELECT spins FROM match").pluck().all()).toEqual([1]);
  expect(readPlayedAlbums(database, null)).toMatchObject([{ plays: 36, spins: 1 }]);
});

test("counts a song once in a sitting, whatever its remaster or its artist", async () => {
  const plays = ["2020-03-01T20:00:00Z", "2020-04-01T20:00:00Z"].flatMap((start, at) =>
    buildEvening(
      start,
      [0, at === 0 ? "T1" : "T1 - Remastered"],
      [5, at === 0 ? "T2" : "T2 - 2016 Remaster"],
      [10, at === 0 ? "T2" : "T2 (Remastered)"],
    ),
  );
  const guests = plays.map((play, at) =>
    at % 2 === 0 ? { ...play, artist: "A feat. B", uts: play.uts + 1 } : play,
  );
  const database = await createCacheWith([...plays, ...guests], [buildRecord({ artist: "A", title: "X" })]);
  saveList(database, "X", 2);
  expect(readSpins(database)).toEqual({ X: 2 });
  saveList(database, "X", 6);
  expect(readSpins(database)).toEqual({ X: 0 });
});

test("groups names of an album that one record is surely credited with, and others of the same title", async () => {
  const names = [
    ["Various Artists", "Trains"],
    ["Sleeper", "Trains"],
    ["Sleeper", "More Trains"],
    ["Blur", "Parks"],
  ] as const;
  const plays = names.flatMap(([artist, album]) =>
    buildKnownTracks(3).map((play) => ({ ...play, artist, album, albumArtist: artist })),
  );
  const database = await createCacheWith(plays, [buildRecord({ artist: "Various", title: "Trains" })]);
  database.exec(`DELETE FROM album_match;
    INSERT INTO album_match SELECT 1, id, 'tracklist', iif(artist = 'Sleeper', 0.9, 0.5) FROM album`);
  refreshAlbumGroups(database);
  const groups = queryValues<string>(database)`
    SELECT group_concat(artist || ' ' || title, ', ' ORDER BY artist, title) FROM album GROUP BY group_id ORDER BY 1`;
  expect(groups).toEqual(["Blur Parks", "Sleeper More Trains, Sleeper Trains, Various Artists Trains"]);
});

const buildTracklist = (tracks: number): ListedTrack[] =>
  Array.from({ length: tracks }, (_, at) => buildListedTrack(`T${at + 1}`, { position: `A${at + 1}` }));

/** Keeps the list of a release, as a sync does. */
function saveList(database: Database, title: string, tracks: number): void {
  const releaseId = database.prepare("SELECT id FROM release WHERE title = ?").pluck().get(title) as number;
  database.transaction(() => {
    saveTracklist(database, releaseId, buildTracklist(tracks), 1);
    refreshMatchStats(database);
  })();
}

test.each([
  // Half of the tracks that the record has, six at most, however few of them were heard.
  { listed: 1, known: 1, heard: 0, spins: 1 },
  { listed: 2, known: 2, heard: 0, spins: 2 },
  { listed: 3, known: 3, heard: 1, spins: 0 },
  { listed: 4, known: 2, heard: 2, spins: 1 },
  { listed: 10, known: 4, heard: 4, spins: 0 },
  { listed: 10, known: 5, heard: 5, spins: 1 },
  { listed: 40, known: 6, heard: 5, spins: 0 },
  // More was heard than the record has: of a longer edition, or of the album that a single is from.
  { listed: 10, known: 40, heard: 5, spins: 1 },
  { listed: 2, known: 12, heard: 2, spins: 0 },
  { listed: 2, known: 12, heard: 3, spins: 1 },
  { listed: 1, known: 2, heard: 2, spins: null },
  // A list without tracks says nothing.
  { listed: 0, known: 4, heard: 3, spins: 1 },
  { listed: 0, known: 2, heard: 2, spins: null },
])(
  "counts spins of a record of $listed tracks, $known of them known, $heard in one session",
  async (numbers) => {
    const together = Array.from({ length: numbers.heard }, (_, at) => [at * 4, `T${at + 1}`] as const);
    const plays = [...buildKnownTracks(numbers.known), ...buildEvening("2020-01-01T20:00:00Z", ...together)];
    const database = await createCacheWith(plays, [buildRecord({ artist: "A", title: "X" })]);
    saveList(database, "X", numbers.listed);
    expect(database.prepare("SELECT spins FROM match").pluck().get()).toBe(numbers.spins);
    const message = readSpins(database);
    // The same as after a full sync.
    database.transaction(() => refreshSpins(database))();
    expect(readSpins(database)).toEqual(message);
    expect(message).toEqual(numbers.spins === null ? {} : { X: numbers.spins });
  },
);

test("measures an album by its largest matched record that is no box", async () => {
  const plays = [
    ...buildKnownTracks(5),
    ...buildEvening("2020-01-01T20:00:00Z", [0, "T1"], [4, "T2"], [8, "T3"]),
  ];
  const records = [
    buildRecord({ artist: "A", title: "X" }),
    buildRecord({ artist: "A", title: "X (Deluxe Edition)" }),
    buildRecord({
      artist: "A",
      title: "X (Box Set)",
      formats: [{ name: "Box Set", quantity: 1, text: "", descriptions: [] }],
    }),
  ];
  const database = await createCacheWith(plays, records);
  expect(database.prepare("SELECT count(*) FROM album_match").pluck().get()).toBe(3);
  expect(readSpins(database)).toEqual({ X: 1 });
  saveList(database, "X (Box Set)", 60);
  expect(readSpins(database)).toEqual({ X: 1 });
  saveList(database, "X", 5);
  expect(readSpins(database)).toEqual({ X: 1 });
  saveList(database, "X (Deluxe Edition)", 9);
  expect(readSpins(database)).toEqual({ X: 0 });
  database.exec(
    "DELETE FROM album_match WHERE record_id IN (SELECT record.id FROM record JOIN release ON release.id = release_id WHERE title LIKE '%Deluxe%')",
  );
  database.transaction(() => refreshMatchStats(database))();
  expect(readSpins(database)).toEqual({ X: 1 });
  database.exec("DELETE FROM album_match");
  database.transaction(() => refreshMatchStats(database))();
  expect(readSpins(database)).toEqual({ X: 1 });
  expect(
    database.prepare("SELECT count(*) FROM album_spin WHERE track_count IS NOT NULL").pluck().get(),
  ).toBe(0);
});

test("restores no spins by a tracklist while the history is hidden", async () => {
  const database = await createCacheWith(buildKnownTracks(5), [buildRecord({ artist: "A", title: "X" })]);
  const { detail } = readPublication(database, "history") ?? { detail: {} };
  database
    .prepare("UPDATE publication SET detail = ? WHERE step = 'history'")
    .run(JSON.stringify({ ...detail, hidden: true }));
  refreshSpins(database);
  saveList(database, "X", 1);
  expect(readSpins(database)).toEqual({});
});
