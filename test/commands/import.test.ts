// rewind import: files of every shape, once, again and newer; nothing half imported, nothing personal kept.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { FileImportDocument } from "../../src/queries/documents/sync-documents.ts";
import {
  appleColumns,
  appleRow,
  csvOf,
  exportShapes,
  type MadePlay,
  personal,
  shapeOf,
  spotifyRow,
  spotifyZip,
} from "../support/exported-files.ts";
import { lockSync } from "../../src/store/file/file-lock.ts";
import { cacheIn, inCache } from "../support/filled-cache.ts";
import { writtenFiles } from "../support/read-history.ts";
import { errorOf, runCli, runCliJson } from "../support/run-cli.ts";
import { sampled } from "../support/sample.ts";
import { tempDirectory } from "../support/temp.ts";

const plays: readonly MadePlay[] = Array.from({ length: 12 }, (_, at) => ({
  startUts: Date.UTC(2024, 1, 3 + at, 20, 17, 5) / 1000,
  artist: at % 2 === 0 ? "Can" : "Neu!",
  album: at % 2 === 0 ? "Tago Mago" : "Neu! 2",
  title: `Track ${at}`,
  seconds: 200,
}));

interface Row {
  readonly source: string;
  readonly uts: number;
  readonly artist: string;
  readonly title: string;
}

/** Everything that was imported, as raw rows. */
const rowsIn = (home: string): Row[] =>
  inCache(home, (database) =>
    database
      .prepare<[], Row>(
        `SELECT source.name AS source, uts, artist, title FROM source_play
         JOIN source_track ON source_track.id = source_track_id JOIN source ON source.id = source_play.source_id
         ORDER BY source.name, uts, title, occurrence`,
      )
      .all(),
  );

const countScrobbles = (home: string): unknown =>
  inCache(home, (database) => database.prepare("SELECT count(*) FROM scrobble").pluck().get());

const importJson = async (home: string, ...argv: readonly string[]): Promise<FileImportDocument> =>
  (await runCliJson(["import", ...argv, "--json"], { home })) as FileImportDocument;

const added = ({ sources }: FileImportDocument): number =>
  sources.reduce((sum, source) => sum + source.added, 0);

test.each(sampled("imports", exportShapes, 8))(
  "$format $generation comes in once, and nothing personal with it",
  async ({ text, source }) => {
    const home = tempDirectory();
    const [half = "", whole = ""] = writtenFiles({ half: text(plays.slice(0, 6)), whole: text(plays) });
    expect(await importJson(home, half)).toMatchObject({ sources: [{ name: source, plays: 6, added: 6 }] });
    // A newer export, which has the older one in it.
    expect(await importJson(home, whole)).toMatchObject({ sources: [{ name: source, plays: 12, added: 6 }] });
    const rows = rowsIn(home);
    expect(rows).toHaveLength(12);
    expect(added(await importJson(home, half, whole))).toBe(0);
    expect(rowsIn(home)).toEqual(rows);
    const folder = join(home, "data", "rewind");
    const bytes = Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name)))).toString(
      "latin1",
    );
    expect(Object.values(personal).filter((value) => bytes.includes(value))).toEqual([]);
  },
);

test("both generations of one Spotify export are the same plays", async () => {
  const home = tempDirectory();
  const shapes = exportShapes.filter(({ format }) => format === "spotify-history");
  const [old = "", current = ""] = writtenFiles(
    Object.fromEntries(shapes.map(({ text }, at) => [`${at}.json`, text(plays)])),
  );
  expect(added(await importJson(home, old))).toBe(12);
  expect(added(await importJson(home, current))).toBe(0);
});

test("what a service renamed since the last export is not a new play", async () => {
  const home = tempDirectory();
  const renamed = plays.map((play) => ({ ...play, artist: `${play.artist} & Friends`, album: "Best of" }));
  for (const format of ["lastfm-csv", "lastfm-json", "maloja-export", "koito-export", "listenbrainz-lines"]) {
    const { text } = shapeOf(format);
    const [old = "", current = ""] = writtenFiles({ old: text(plays), current: text(renamed) });
    await importJson(home, old);
    expect(added(await importJson(home, current))).toBe(0);
    expect(added(await importJson(home, old, current))).toBe(0);
  }
});

test.each([
  ["the older export first", [["old"], ["new"]]],
  ["the newer export first", [["new"], ["old"]]],
  ["both at once", [["old", "new"]]],
  ["both at once, the newer one first", [["new", "old"]]],
])("songs of one name and repeats within a minute are all kept: %s", async (_, steps) => {
  const [intro, other] = plays.map((play) => ({ ...play, title: "Intro", startUts: 1_700_000_040 })) as [
    MadePlay,
    MadePlay,
  ];
  for (const format of ["lastfm-csv", "lastfm-to-csv", "librefm-csv"]) {
    const { text } = shapeOf(format);
    const home = tempDirectory();
    const paths = Object.fromEntries(
      ["old", "new"].map((name) => {
        const [path = ""] = writtenFiles({ [name]: text(name === "old" ? [intro] : [other, intro, intro]) });
        return [name, path];
      }),
    );
    for (const names of steps) await importJson(home, ...names.map((name) => paths[name] ?? ""));
    expect(
      rowsIn(home)
        .map(({ artist }) => artist)
        .toSorted(),
    ).toEqual(["Can", "Can", "Neu!"]);
    for (const path of Object.values(paths)) expect(added(await importJson(home, path))).toBe(0);
  }
});

test("dumps of one history by several tools are merged to one play each", async () => {
  const home = tempDirectory();
  const shapes = exportShapes.filter(({ source }) => source.startsWith("lastfm"));
  const files = writtenFiles(Object.fromEntries(shapes.map(({ text }, at) => [String(at), text(plays)])));
  const { sources } = await importJson(home, ...files);
  expect(sources.map((source) => [source.name, source.plays])).toEqual([
    ["lastfm-file", 12],
    ["lastfm-to-csv", 12],
  ]);
  expect(countScrobbles(home)).toBe(12);
});

/** The merged plays after each file. */
const countedAfter = async (...order: readonly string[]): Promise<unknown[]> => {
  const home = tempDirectory();
  const counts: unknown[] = [];
  for (const file of order) {
    await importJson(home, file);
    counts.push(countScrobbles(home));
  }
  return counts;
};

test("Spotify's account data adds only what its extended history does not cover, in any order", async () => {
  const close = plays.map((play, at) => ({ ...play, startUts: Date.UTC(2024, 1, 3) / 1000 + at * 3600 }));
  const later = { ...(close.at(-1) as MadePlay), title: "Afterwards", startUts: Date.UTC(2024, 1, 5) / 1000 };
  // Paused for ten minutes: the account data, with the end and the played time alone, dates it too late.
  const extended = JSON.stringify(
    close.map((play, at) =>
      spotifyRow(play, {
        ts: new Date((play.startUts + 800) * 1000).toISOString().replace(".000Z", "Z"),
        offline_timestamp: at % 3 === 0 ? play.startUts : play.startUts + 600,
      }),
    ),
  );
  const late = close.map((play) => ({ ...play, startUts: play.startUts + 600 }));
  const account = shapeOf("spotify-account").text([...late, later]);
  const [whole = "", recent = ""] = writtenFiles({ "e.json": extended, "a.json": account });
  expect(await countedAfter(whole, recent)).toEqual([12, 13]);
  expect(await countedAfter(recent, whole)).toEqual([13, 13]);
  const home = tempDirectory();
  await importJson(home, whole, recent);
  const { data } = JSON.parse((await runCli(["sources", "--json"], { home })).stdout) as { data: unknown[] };
  expect(data).toContainEqual(expect.objectContaining({ name: "spotify-account", plays: 13, shared: 12 }));
});

test("an artist that a later export of Apple Music knows takes the place of none", async () => {
  const home = tempDirectory();
  const activity = csvOf(
    appleColumns,
    plays.map((play) => appleRow(play)),
  );
  const totals = csvOf(
    ["Track Description", "Date Played", "Play Count"],
    plays.map(({ artist, title }) => ({
      "Track Description": `${artist} - ${title}`,
      "Date Played": 20240101,
      "Play Count": 1,
    })),
  );
  const [alone = "", daily = ""] = writtenFiles({ "a.csv": activity, "d.csv": totals });
  await importJson(home, alone);
  expect(new Set(rowsIn(home).map(({ artist }) => artist))).toEqual(new Set([""]));
  expect(added(await importJson(home, alone, daily))).toBe(0);
  const rows = rowsIn(home);
  expect(rows).toHaveLength(12);
  expect(new Set(rows.map(({ artist }) => artist))).toEqual(new Set(["Can", "Neu!"]));
  await importJson(home, alone);
  expect(rowsIn(home)).toEqual(rows);
});

test("a dry run says the same as the run, and changes nothing", async () => {
  const home = tempDirectory();
  const [file = ""] = writtenFiles({ "my_spotify_data.zip": spotifyZip(plays) });
  const dry = await importJson(home, file, "--dry-run");
  expect(existsSync(cacheIn(home))).toBe(false);
  expect(await importJson(home, file)).toEqual({ ...dry, dry_run: false });
  const rows = rowsIn(home);
  expect(await importJson(home, file, "--dry-run")).toMatchObject({
    dry_run: true,
    sources: [{ plays: 12, added: 0 }],
  });
  expect(rowsIn(home)).toEqual(rows);
});

test("it says what came in, what was left out and by which rule, the first and the last play", async () => {
  const home = tempDirectory();
  const [file = ""] = writtenFiles({
    "a.json": JSON.stringify([
      ...plays.map((play) => spotifyRow(play)),
      spotifyRow({ ...plays[0], startUts: 1_710_000_000, seconds: 12 } as MadePlay, { reason_end: "fwdbtn" }),
      spotifyRow({ ...plays[0], startUts: 1_710_001_000 } as MadePlay, { episode_name: "Talk" }),
    ]),
  });
  const { stdout, stderr, code } = await runCli(["import", file, "--dry-run"], { home });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout.replaceAll(/\d\d\d\d-\d\d-\d\d \d\d:\d\d/g, "DATE")).toBe(
    [
      "Spotify extended history: 12 plays on 12 days, from 14 rows in 1 file",
      "  First     DATE  Can: Track 0 (Tago Mago)",
      "  Last      DATE  Neu!: Track 11 (Neu! 2)",
      "  Left out  1: podcasts and audiobooks",
      "  Left out  1: played for under 30 seconds and not to the end",
      "  Would add 12 plays",
      "",
      "Dry run: nothing was changed.",
      "",
    ].join("\n"),
  );
});

test("one damaged file, and nothing of the others is imported", async () => {
  const home = tempDirectory();
  const good = exportShapes.map(({ text }) => text(plays));
  const files = writtenFiles({
    ...Object.fromEntries(good.map((text, at) => [String(at), text])),
    z: '[{"ts":"","ms_played":1},',
  });
  const stderr = errorOf(await runCli(["import", ...files], { home }), 2);
  expect(stderr).toMatch(/z, line 1: the file ends too early: it was cut off\nNothing was imported\.\n$/);
  expect(existsSync(cacheIn(home))).toBe(false);
});

test("the CSV of rewind recent is read back, play by play", async () => {
  const { stdout } = await runCli(["demo", "recent", "--all", "--as", "csv"]);
  const home = tempDirectory();
  const [file = ""] = writtenFiles({ "plays.csv": stdout });
  const count = stdout.trim().split("\n").length - 1;
  expect(await importJson(home, file)).toMatchObject({
    sources: [{ name: "file", rows: count, plays: count, added: count }],
  });
});

test.each([
  ["artist", "is not a list"],
  ["artist=", "is not a list"],
  ["singer=Band", "is not a list"],
])("--columns %s is an error", async (text, why) => {
  expect(errorOf(await runCli(["import", "x", "--columns", text]), 2)).toContain(why);
});

test("a time without a zone is reported with the zone that it was read in", async () => {
  const home = tempDirectory();
  const [file = ""] = writtenFiles({ "a.csv": "artist,track,time\nCan,Vitamin C,2021-05-10 09:59:22\n" });
  const { stdout } = await runCli(["import", file, "--dry-run"], { home });
  expect(stdout).toContain("Times without a zone were read as UTC: check the first play, or give --zone.");
  const { stdout: zoned } = await runCli(["import", file, "--dry-run", "--zone", "Asia/Tokyo"], { home });
  expect(zoned).toContain("were read as Asia/Tokyo");
});

test("a zone that does not exist is an error", async () => {
  const { code, stderr } = await runCli(["import", "x", "--zone", "Europe/Atlantis"]);
  expect(code).toBe(2);
  expect(stderr).toContain('unknown time zone "Europe/Atlantis"');
});

test("a sync that is running is not disturbed", async () => {
  const home = tempDirectory();
  const [file = ""] = writtenFiles({ "a.json": JSON.stringify(plays.map((play) => spotifyRow(play))) });
  await importJson(home, file);
  const lock = lockSync(cacheIn(home));
  try {
    const { code, stderr } = await runCli(["import", file], { home });
    expect(code).toBe(1);
    expect(stderr).toContain("another sync of this cache is running");
  } finally {
    lock.release();
  }
});
