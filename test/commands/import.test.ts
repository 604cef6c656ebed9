// rewind import: files of every shape, once, again and newer; nothing half imported, nothing personal kept.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { FileImportDocument } from "../../src/queries/documents/sync-documents.ts";
import {
  appleColumns,
  buildAppleRow,
  formatCsv,
  exportFormats,
  type SamplePlay,
  personalData,
  getExportFormat,
  buildSpotifyRow,
  buildSpotifyZip,
} from "../support/export-formats.ts";
import { lockSync } from "../../src/store/file/file-lock.ts";
import { getHomeCachePath, withHomeCache } from "../support/filled-cache.ts";
import { writeFiles } from "../support/read-history.ts";
import { requireError, runCli, runCliJson } from "../support/run-cli.ts";
import { sampleItems } from "../support/sampling.ts";
import { createTempDirectory } from "../support/temp-directories.ts";

const plays: readonly SamplePlay[] = Array.from({ length: 12 }, (_, at) => ({
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
const readImportedRows = (home: string): Row[] =>
  withHomeCache(home, (database) =>
    database
      .prepare<[], Row>(
        `SELECT source.name AS source, uts, artist, title FROM source_play
         JOIN source_track ON source_track.id = source_track_id JOIN source ON source.id = source_play.source_id
         ORDER BY source.name, uts, title, occurrence`,
      )
      .all(),
  );

const countScrobbles = (home: string): unknown =>
  withHomeCache(home, (database) => database.prepare("SELECT count(*) FROM scrobble").pluck().get());

const runImportJson = async (home: string, ...argv: readonly string[]): Promise<FileImportDocument> =>
  (await runCliJson(["import", ...argv, "--json"], { home })) as FileImportDocument;

const sumAdded = ({ sources }: FileImportDocument): number =>
  sources.reduce((sum, source) => sum + source.added, 0);

test.each(sampleItems("imports", exportFormats, 8))(
  "imports $format $generation once, without personal data",
  async ({ text, source }) => {
    const home = createTempDirectory();
    const [half = "", whole = ""] = writeFiles({ half: text(plays.slice(0, 6)), whole: text(plays) });
    expect(await runImportJson(home, half)).toMatchObject({
      sources: [{ name: source, plays: 6, added: 6 }],
    });
    // A newer export, which has the older one in it.
    expect(await runImportJson(home, whole)).toMatchObject({
      sources: [{ name: source, plays: 12, added: 6 }],
    });
    const rows = readImportedRows(home);
    expect(rows).toHaveLength(12);
    expect(sumAdded(await runImportJson(home, half, whole))).toBe(0);
    expect(readImportedRows(home)).toEqual(rows);
    const folder = join(home, "data", "rewind");
    const bytes = Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name)))).toString(
      "latin1",
    );
    expect(Object.values(personalData).filter((value) => bytes.includes(value))).toEqual([]);
  },
);

test("imports the same plays from both generations of a Spotify export", async () => {
  const home = createTempDirectory();
  const shapes = exportFormats.filter(({ format }) => format === "spotify-history");
  const [old = "", current = ""] = writeFiles(
    Object.fromEntries(shapes.map(({ text }, at) => [`${at}.json`, text(plays)])),
  );
  expect(sumAdded(await runImportJson(home, old))).toBe(12);
  expect(sumAdded(await runImportJson(home, current))).toBe(0);
});

/** The lengths of "2024-02-03T20:17:05", "2024-02-03T20:17" and "2024-02-03". */
const timeLengths = [19, 16, 10];

/** A table of no known program. */
const buildTable = (rows: readonly SamplePlay[], timeLength: number): string =>
  formatCsv(
    ["artist", "track", "album", "time"],
    rows.map(({ artist, title, album, startUts }) => ({
      artist,
      track: title,
      album,
      time: new Date(startUts * 1000).toISOString().slice(0, timeLength),
    })),
  );

test.each([
  [
    "another guest",
    (play: SamplePlay) => ({ ...play, artist: `${play.artist} & Friends`, album: "Best of" }),
  ],
  [
    "other capitals and signs",
    (play: SamplePlay) => ({ ...play, artist: `The ${play.artist.toUpperCase()}!` }),
  ],
  ["a remark in the title", (play: SamplePlay) => ({ ...play, title: `${play.title} (2009 Remaster)` })],
])("adds no new play if a service renamed a track since the last export: %s", async (_, rename) => {
  const home = createTempDirectory();
  const names = ["lastfm-csv", "lastfm-json", "maloja-export", "koito-export", "listenbrainz-lines"];
  const texts = names.map((name) => getExportFormat(name).text);
  for (const text of [...texts, (rows: readonly SamplePlay[]) => buildTable(rows, 19)]) {
    const [old = "", current = ""] = writeFiles({ old: text(plays), current: text(plays.map(rename)) });
    await runImportJson(home, old);
    expect(sumAdded(await runImportJson(home, current))).toBe(0);
    expect(sumAdded(await runImportJson(home, old, current))).toBe(0);
  }
});

test.each([
  ["one by one", [["can"], ["neu"], ["repeats"]]],
  ["the repeats first", [["repeats"], ["neu"], ["can"]]],
  ["some at once", [["neu", "can"], ["repeats"]]],
  ["all at once", [["can", "repeats", "neu"]]],
  ["an export with all of them last", [["can"], ["all"]]],
  ["an export with all of them first", [["all"], ["neu"]]],
])("keeps songs of one name and repeats of one time: %s", async (_, steps) => {
  const [can, neu] = plays.map((play) => ({ ...play, title: "Intro", startUts: 1_700_000_040 })) as [
    SamplePlay,
    SamplePlay,
  ];
  const writers = [
    ...["lastfm-csv", "lastfm-to-csv"].map((name) => getExportFormat(name).text),
    ...timeLengths.map((length) => (rows: readonly SamplePlay[]) => buildTable(rows, length)),
  ];
  for (const write of writers) {
    const home = createTempDirectory();
    const contents = { can: [can], neu: [neu], repeats: [can, can], all: [neu, can, can] };
    const paths = new Map(
      Object.entries(contents).map(([name, rows]) => [name, writeFiles({ [name]: write(rows) })[0] ?? ""]),
    );
    for (const files of steps) await runImportJson(home, ...files.map((name) => paths.get(name) ?? ""));
    const artists = readImportedRows(home).map(({ artist }) => artist);
    expect(artists.toSorted()).toEqual(["Can", "Can", "Neu!"]);
    expect(sumAdded(await runImportJson(home, ...paths.values()))).toBe(0);
  }
});

test("dumps of one history by several tools are merged to one play each", async () => {
  const home = createTempDirectory();
  const shapes = exportFormats.filter(({ source }) => source.startsWith("lastfm"));
  const files = writeFiles(Object.fromEntries(shapes.map(({ text }, at) => [String(at), text(plays)])));
  const { sources } = await runImportJson(home, ...files);
  expect(sources.map((source) => [source.name, source.plays])).toEqual([
    ["lastfm-file", 12],
    ["lastfm-to-csv", 12],
  ]);
  expect(countScrobbles(home)).toBe(12);
});

/** The merged plays after each file. */
const countPlaysAfterEach = async (...order: readonly string[]): Promise<unknown[]> => {
  const home = createTempDirectory();
  const counts: unknown[] = [];
  for (const file of order) {
    await runImportJson(home, file);
    counts.push(countScrobbles(home));
  }
  return counts;
};

test("Spotify's account data adds only what its extended history does not cover, in any order", async () => {
  const close = plays.map((play, at) => ({ ...play, startUts: Date.UTC(2024, 1, 3) / 1000 + at * 3600 }));
  const later = {
    ...(close.at(-1) as SamplePlay),
    title: "Afterwards",
    startUts: Date.UTC(2024, 1, 5) / 1000,
  };
  // Paused for ten minutes: the account data, with the end and the played time alone, dates it too late.
  const extended = JSON.stringify(
    close.map((play, at) =>
      buildSpotifyRow(play, {
        ts: new Date((play.startUts + 800) * 1000).toISOString().replace(".000Z", "Z"),
        offline_timestamp: at % 3 === 0 ? play.startUts : play.startUts + 600,
      }),
    ),
  );
  const late = close.map((play) => ({ ...play, startUts: play.startUts + 600 }));
  const account = getExportFormat("spotify-account").text([...late, later]);
  const [whole = "", recent = ""] = writeFiles({ "e.json": extended, "a.json": account });
  expect(await countPlaysAfterEach(whole, recent)).toEqual([12, 13]);
  expect(await countPlaysAfterEach(recent, whole)).toEqual([13, 13]);
  const home = createTempDirectory();
  await runImportJson(home, whole, recent);
  const { data } = JSON.parse((await runCli(["sources", "--json"], { home })).stdout) as { data: unknown[] };
  expect(data).toContainEqual(expect.objectContaining({ name: "spotify-account", plays: 13, shared: 12 }));
});

test("replaces a missing artist with the one in a later export of Apple Music", async () => {
  const home = createTempDirectory();
  const activity = formatCsv(
    appleColumns,
    plays.map((play) => buildAppleRow(play)),
  );
  const totals = formatCsv(
    ["Track Description", "Date Played", "Play Count"],
    plays.map(({ artist, title }) => ({
      "Track Description": `${artist} - ${title}`,
      "Date Played": 20240101,
      "Play Count": 1,
    })),
  );
  const [alone = "", daily = ""] = writeFiles({ "a.csv": activity, "d.csv": totals });
  await runImportJson(home, alone);
  expect(new Set(readImportedRows(home).map(({ artist }) => artist))).toEqual(new Set([""]));
  expect(sumAdded(await runImportJson(home, alone, daily))).toBe(0);
  const rows = readImportedRows(home);
  expect(rows).toHaveLength(12);
  expect(new Set(rows.map(({ artist }) => artist))).toEqual(new Set(["Can", "Neu!"]));
  await runImportJson(home, alone);
  expect(readImportedRows(home)).toEqual(rows);
});

test("a dry run says the same as the run, and changes nothing", async () => {
  const home = createTempDirectory();
  const [file = ""] = writeFiles({ "my_spotify_data.zip": buildSpotifyZip(plays) });
  const dry = await runImportJson(home, file, "--dry-run");
  expect(existsSync(getHomeCachePath(home))).toBe(false);
  expect(await runImportJson(home, file)).toEqual({ ...dry, dry_run: false });
  const rows = readImportedRows(home);
  expect(await runImportJson(home, file, "--dry-run")).toMatchObject({
    dry_run: true,
    sources: [{ plays: 12, added: 0 }],
  });
  expect(readImportedRows(home)).toEqual(rows);
});

test("reports what was imported, what was left out by which rule, and the first and last play", async () => {
  const home = createTempDirectory();
  const [file = ""] = writeFiles({
    "a.json": JSON.stringify([
      ...plays.map((play) => buildSpotifyRow(play)),
      buildSpotifyRow({ ...plays[0], startUts: 1_710_000_000, seconds: 12 } as SamplePlay, {
        reason_end: "fwdbtn",
      }),
      buildSpotifyRow({ ...plays[0], startUts: 1_710_001_000 } as SamplePlay, { episode_name: "Talk" }),
    ]),
  });
  const { stdout, stderr, code } = await runCli(["import", file, "--dry-run"], { home });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout.replaceAll(/\d\d\d\d-\d\d-\d\d \d\d:\d\d/g, "DATE")).toBe(
    [
      "Spotify: 12 plays on 12 days, from 14 rows in 1 file (Spotify extended history)",
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

test("rewind status shows plays that were imported before anything was synced", async () => {
  const home = createTempDirectory();
  const [file = ""] = writeFiles({ "a.json": JSON.stringify(plays.map((play) => buildSpotifyRow(play))) });
  await runImportJson(home, file);
  const { stdout } = await runCli(["status"], { home });
  expect(stdout).toMatch(/^Plays: Spotify 12 until 14 Feb 2024$/m);
  expect(stdout).toMatch(/^collection +0 +not synced yet/m);
  expect(stdout).not.toContain("Nothing is synced yet");
  expect(stdout).toContain("Discogs is not connected, so your records are not known: rewind login\n");
  expect(stdout).not.toContain("rewind sync");
});

test("names rewind login after an import until a collection is connected, and rewind sync from then on", async () => {
  const home = createTempDirectory();
  const [file = ""] = writeFiles({ "a.json": JSON.stringify(plays.map((play) => buildSpotifyRow(play))) });
  await runImportJson(home, file);
  const readHint = async (line: string, env = {}): Promise<string | undefined> =>
    /^Run: (.*?) {2}/m.exec(requireError(await runCli(line.split(" "), { home, env }), 5))?.[1];
  const hints = new Set<string | undefined>();
  for (const line of ["xref", "stats", "gaps", "have neu", "played 5"]) {
    hints.add(await readHint(line));
  }
  expect(hints).toEqual(new Set(["rewind login, then rewind sync"]));
  expect(await readHint("xref", { DISCOGS_TOKEN: "a-token-of-discogs" })).toBe("rewind sync");
});

test("imports nothing if one file is damaged", async () => {
  const home = createTempDirectory();
  const good = exportFormats.map(({ text }) => text(plays));
  const files = writeFiles({
    ...Object.fromEntries(good.map((text, at) => [String(at), text])),
    z: '[{"ts":"","ms_played":1},',
  });
  const stderr = requireError(await runCli(["import", ...files], { home }), 2);
  expect(stderr).toMatch(/z, line 1: the file ends too early: it was cut off\nNothing was imported\.\n$/);
  expect(existsSync(getHomeCachePath(home))).toBe(false);
});

test("the CSV of rewind recent is read back, play by play", async () => {
  const { stdout } = await runCli(["demo", "recent", "--all", "--as", "csv"]);
  const home = createTempDirectory();
  const [file = ""] = writeFiles({ "plays.csv": stdout });
  const count = stdout.trim().split("\n").length - 1;
  expect(await runImportJson(home, file)).toMatchObject({
    sources: [{ name: "file", rows: count, plays: count, added: count }],
  });
});

test.each([
  ["artist", "is not a list"],
  ["artist=", "is not a list"],
  ["singer=Band", "is not a list"],
])("--columns %s is an error", async (text, why) => {
  expect(requireError(await runCli(["import", "x", "--columns", text]), 2)).toContain(why);
});

test("a time without a zone is reported with the zone that it was read in", async () => {
  const home = createTempDirectory();
  const [file = ""] = writeFiles({ "a.csv": "artist,track,time\nCan,Vitamin C,2021-05-10 09:59:22\n" });
  const { stdout } = await runCli(["import", file, "--dry-run"], { home });
  expect(stdout).toContain("Times without a zone were read as UTC: check the first play, or give --zone.");
  const { stdout: zoned } = await runCli(["import", file, "--dry-run", "--zone", "Asia/Tokyo"], { home });
  expect(zoned).toContain("were read as Asia/Tokyo");
});

const formatsWithoutZone = new Set(["apple-daily-tracks"]);

test.each(exportFormats)("says that --zone does not apply to $format $generation", async (definition) => {
  const [file = ""] = writeFiles({ export: definition.text(plays) });
  const { stdout } = await runCli(["import", file, "--dry-run", "--zone", "Asia/Tokyo"], {
    home: createTempDirectory(),
  });
  expect(/--zone was not used: the times of .* are UTC\./.test(stdout)).toBe(
    !formatsWithoutZone.has(definition.format),
  );
});

test.each([
  ["a table with zones", "artist,track,time\nCan,Vitamin C,2021-05-10T09:59:22Z\n", true],
  ["a table without zones", "artist,track,time\nCan,Vitamin C,2021-05-10 09:59:22\n", false],
  ["a table of days", "artist,track,time\nCan,Vitamin C,2021-05-10\n", false],
  [
    "a log without a zone",
    "#AUDIOSCROBBLER/1.1\n#TZ/UNKNOWN\nCan\tEge Bamyasi\tVitamin C\t3\t200\tL\t1620640762\t\n",
    false,
  ],
])("says whether --zone applies to %s", async (_, text, isUnused) => {
  const [file = ""] = writeFiles({ file: text });
  const home = createTempDirectory();
  const { stdout } = await runCli(["import", file, "--dry-run", "--zone", "Asia/Tokyo"], { home });
  expect(stdout.includes("--zone was not used: the times of List of plays have a zone.")).toBe(isUnused);
  expect((await runCli(["import", file, "--dry-run"], { home })).stdout).not.toContain("not used");
});

test("a zone that does not exist is an error", async () => {
  const { code, stderr } = await runCli(["import", "x", "--zone", "Europe/Atlantis"]);
  expect(code).toBe(2);
  expect(stderr).toContain('unknown time zone "Europe/Atlantis"');
});

test("a sync that is running is not disturbed", async () => {
  const home = createTempDirectory();
  const [file = ""] = writeFiles({ "a.json": JSON.stringify(plays.map((play) => buildSpotifyRow(play))) });
  await runImportJson(home, file);
  const lock = lockSync(getHomeCachePath(home));
  try {
    const { code, stderr } = await runCli(["import", file], { home });
    expect(code).toBe(1);
    expect(stderr).toContain("another sync of this cache is running");
  } finally {
    lock.release();
  }
});

test("takes files, not stdin", async () => {
  const stderr = requireError(await runCli(["import", "-"], { home: createTempDirectory() }), 2);
  expect(stderr).toBe(
    "rewind: rewind import reads files, not stdin\nSave the plays in a file first, then run: rewind import FILE\n",
  );
});
