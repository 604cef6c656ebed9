// rewind export plays: the whole history in a file, which rewind import reads in another home to the same counts.
import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import {
  buildArtistCredit,
  buildRecord,
  cd,
  fillCache,
  buildPlay,
  buildAlbumPlays,
} from "../support/filled-cache.ts";
import { buildSpotifyRow, exportFormats, type SamplePlay } from "../support/export-formats.ts";
import { runCli, runCliJson } from "../support/run-cli.ts";
import { createSharedDirectory, createTempDirectory } from "../support/temp-directories.ts";

const collection = {
  records: [
    buildRecord({ artist: "Nirvana", title: "Nevermind" }),
    buildRecord({ artist: "Nirvana", title: "Nevermind (Remastered)", formats: cd }),
    buildRecord({ artist: "Miles Davis", title: "Kind Of Blue" }),
    buildRecord({ artists: [buildArtistCredit("Various", { id: 194 })], title: "Northern Soul" }),
    buildRecord({ artist: "Can", title: "Tago Mago" }),
    buildRecord({ artist: "Neu!", title: "Neu!" }),
    buildRecord({ artist: "Sigur Rós", title: "Ágætis Byrjun" }),
  ],
};

const buildPlays = (
  artist: string,
  album: string,
  from: string,
  { count = 8, step = 240 } = {},
): SamplePlay[] =>
  Array.from({ length: count }, (_, at) => ({
    artist,
    album,
    title: `Track ${(at % 8) + 1}`,
    startUts: Date.parse(from) / 1000 + at * step,
    seconds: 200,
  }));

const soul = (title: string, artist: string, uts: number) => ({
  ...buildPlay(artist, "Northern Soul", title, uts),
  albumArtist: "Various Artists",
});
const twice = buildPlay("Can", "Tago Mago", "Halleluhwah", Date.UTC(2024, 4, 1, 20) / 1000);

const lastfmPlays = [
  ...buildAlbumPlays("Nirvana", "Nevermind", { from: "2025-03-10T20:00:00Z" }),
  ...buildAlbumPlays("Nirvana", "Nevermind (Remastered)", { from: "2025-06-10T20:00:00Z" }),
  ...buildAlbumPlays("Miles Davis", "Kind of Blue", { from: "2024-02-01T20:00:00Z", tracks: 5 }),
  soul("Soul One", "Some Singer", Date.UTC(2025, 6, 2, 20) / 1000),
  soul("Soul Two", "Another Singer", Date.UTC(2025, 6, 2, 20, 4) / 1000),
  soul("Soul Three", 'A Third, and "more"\nof them', Date.UTC(2025, 6, 2, 20, 8) / 1000),
  twice,
  twice,
  { ...twice, uts: 0 },
  { ...twice, uts: 86_400 * 365 },
  // This second is also the first of a day, which is all that another source knows.
  buildPlay("Can", "Tago Mago", "Track 3", new Date(2023, 2, 2).getTime() / 1000),
  buildPlay("The Beatles", "", "Help!", Date.UTC(2025, 6, 1, 20) / 1000),
];

/** The files know seconds, minutes, days or ends, and one has albums that say nothing. */
const files: Readonly<Record<string, string>> = {
  "spotify.json": JSON.stringify(
    [
      ...buildPlays("Can", "Tago Mago", "2023-03-01T20:00:00Z"),
      ...buildPlays("Nirvana", "Nevermind", "2025-03-10T20:00:03Z"),
    ].map((play) => buildSpotifyRow(play)),
  ),
  "account.json": formatAs("spotify-account", buildPlays("Neu!", "Neu!", "2022-05-05T18:00:30Z")),
  // Three plays of one day, of which another source has one to the second.
  "apple.csv": formatAs("apple-daily-tracks", [
    ...buildPlays("Can", "Tago Mago", "2023-03-01T08:00:00Z", { count: 3, step: 0 }),
    ...buildPlays("Can", "Tago Mago", "2023-03-02T08:00:00Z", { count: 2, step: 0 }),
  ]),
  "minutes.csv": formatAs("lastfm-to-csv", buildPlays("Neu!", "Neu!", "2021-05-05T18:00:30Z")),
  "maloja.json": formatAs("maloja-export", [
    ...buildPlays("Sigur Rós", "The Best of Everything", "2022-08-05T18:00:30Z"),
    ...buildPlays("Can", "A Compilation", "2023-03-01T20:00:00Z", { count: 2 }),
  ]),
  "listens.jsonl": buildPlays("Sigur Rós", "Ágætis Byrjun", "2024-08-05T18:00:30Z")
    .map((play) =>
      JSON.stringify({
        listened_at: play.startUts + 240,
        track_metadata: {
          artist_name: play.artist,
          track_name: play.title,
          release_name: play.album,
          additional_info: { music_service: "spotify.com", submission_client: "listenbrainz" },
          mbid_mapping: null,
        },
      }),
    )
    .join("\n"),
  "player.log": `#AUDIOSCROBBLER/1.1\n#TZ/UTC\nCan\tTago Mago\tPaperhouse\t1\t440\tL\t0\t\n`,
};

function formatAs(name: string, plays: readonly SamplePlay[]): string {
  const format = exportFormats.find((each) => each.format === name);
  if (format === undefined) throw new Error(name);
  return format.text(plays);
}

const home = createSharedDirectory("rewind-home");
beforeAll(async () => {
  await fillCache(home, { ...collection, plays: lastfmPlays });
  const folder = createSharedDirectory("rewind-files");
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  await run(home, "import", folder);
});

async function run(inHome: string, ...argv: string[]): Promise<string> {
  const { code, stdout, stderr } = await runCli(argv, { home: inHome });
  expect({ argv, code, stderr: code === 0 ? "" : stderr }).toEqual({ argv, code: 0, stderr: "" });
  return stdout;
}

const screens: readonly (readonly string[])[] = [
  ["xref", "--all"],
  ["stats"],
  ["stats", "--by", "genre", "--over", "year"],
  ["stats", "--by", "artist"],
  ["top", "--all"],
  ["top", "artists", "--all"],
  ["top", "tracks", "--all"],
  ["recent", "--all"],
  ["gaps", "--all", "--plays", "1.."],
  ["dusty", "--all", "--idle", "1d", "--spins", "1.."],
  ["recap", "2000.."],
  ["cull", "--all"],
  ["have", "nirvana nevermind"],
  ["explain", "1"],
];

/** Ids of albums depend on what was stored first. */
const otherInEveryCache = new Set(["album_id", "id", "sources"]);

async function readScreens(inHome: string): Promise<Record<string, unknown>> {
  const answers: Record<string, unknown> = {};
  for (const argv of screens) {
    const text = JSON.stringify(
      await runCliJson([...argv, "--json"], { home: inHome }),
      (key, value: unknown) => (otherInEveryCache.has(key) ? undefined : value),
    );
    answers[argv.join(" ")] = JSON.parse(text) as unknown;
  }
  return answers;
}

/** The same shelf, with the export as its only history. */
async function createHomeOfExport(argv: readonly string[], fileName: string): Promise<string> {
  const path = join(createTempDirectory(), fileName);
  writeFileSync(path, await run(home, ...argv));
  const other = createTempDirectory("rewind-home");
  await fillCache(other, { ...collection, lastfmUser: null });
  await run(other, "import", path);
  return other;
}

test.each([
  ["JSON Lines", ["export", "plays"], "plays.jsonl"],
  ["CSV", ["export", "plays", "--as", "csv"], "plays.csv"],
])("an export as %s gives the same counts on every screen of another home", async (_, argv, fileName) => {
  const other = await createHomeOfExport(argv, fileName);
  expect(await readScreens(other)).toEqual(await readScreens(home));
  // Everything that an export says comes back.
  expect(parseExport(await run(other, "export", "plays"))).toEqual(
    parseExport(await run(home, "export", "plays")),
  );
});

/** The lines without what the sources say, in a fixed order: plays of one second are in the order of ids. */
function parseExport(text: string): unknown[] {
  const lines = text
    .trim()
    .split("\n")
    .map((line) => {
      const { track_metadata, ...rest } = JSON.parse(line) as { track_metadata: { additional_info: object } };
      const { rewind_sources: _, ...info } = track_metadata.additional_info as { rewind_sources: unknown };
      return JSON.stringify({ ...rest, ...track_metadata, additional_info: info });
    });
  return lines.toSorted();
}

test("an export that is imported twice adds nothing the second time, and joins with what is there", async () => {
  const path = join(createTempDirectory(), "plays.jsonl");
  writeFileSync(path, await run(home, "export", "plays"));
  const other = createTempDirectory("rewind-home");
  await fillCache(other, { ...collection, plays: lastfmPlays });
  expect(await run(other, "import", path)).toContain("Added     77 plays");
  expect(await run(other, "import", path)).toContain("Added     0 plays, 77 in the cache already");
  expect((await readScreens(other))["stats"]).toEqual((await readScreens(home))["stats"]);
});

test("an export that is imported beside its own sources changes no count", async () => {
  const path = join(createTempDirectory(), "plays.jsonl");
  writeFileSync(path, await run(home, "export", "plays"));
  const copy = createTempDirectory("rewind-home");
  cpSync(home, copy, { recursive: true });
  await run(copy, "import", path);
  expect(await readScreens(copy)).toEqual(await readScreens(home));
});

test("--during exports the plays of a period", async () => {
  const text = await run(home, "export", "plays", "--during", "2024-05");
  expect(parseExport(text)).toHaveLength(2);
});

test("says what each source wrote where it differs from the play", async () => {
  const line =
    (await run(home, "export", "plays")).split("\n").find((each) => each.includes("apple-daily")) ?? "";
  const { track_metadata } = JSON.parse(line) as { track_metadata: { additional_info: unknown } };
  expect(track_metadata.additional_info).toEqual({
    duration_ms: 200_000,
    rewind_sources: [
      {
        source: "spotify",
        release_artist_name: "Can",
        key: expect.stringMatching(/^spotify:track:/) as string,
      },
      {
        source: "maloja",
        release_name: "A Compilation",
        release_artist_name: "Can",
        rewind_album_of_track: true,
      },
      {
        source: "apple-daily",
        listened_at: new Date(2023, 2, 1).getTime() / 1000,
        rewind_precision_seconds: 86_400,
      },
    ],
  });
});

test.each([
  [["export", "plays"], 5, /nothing is synced yet/],
  [["export", "plays", "--as", "tsv"], 2, /unknown value "tsv" for --as[^]*Allowed: ndjson, csv/],
])("%j without a history ends with %i", async (argv, exitCode, message) => {
  const { code, stdout, stderr } = await runCli(argv);
  expect({ code, stdout }).toEqual({ code: exitCode, stdout: "" });
  expect(stderr).toMatch(message);
});
