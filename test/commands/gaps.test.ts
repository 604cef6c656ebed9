import { describe, expect, test } from "vitest";
import type { GapsDocument } from "../../src/queries/documents/album-documents.ts";
import type { ReviewDocument } from "../../src/queries/documents/match-documents.ts";
import { queryValues } from "../../src/store/file/sql.ts";
import { refreshOwnedAlbums } from "../../src/store/shelf/stored-albums.ts";
import { saveTracklist } from "../../src/store/shelf/tracklists.ts";
import { rematch } from "../../src/sync/matching/rematch.ts";
import {
  boxSet,
  buildArtistCredit,
  buildListedTrack,
  createSharedHome,
  withHomeCache,
  buildRecord,
  buildAlbumPlays,
  buildWant,
} from "../support/filled-cache.ts";
import { createFilledHome, createCommandRunner } from "../support/command-runner.ts";
import { runCli, runCliJson } from "../support/run-cli.ts";
import type { Play } from "../support/service-data.ts";
import { allMatchCases, createSmallCollection, type BriefRecord } from "../support/small-collection.ts";

const plays = [
  ...buildAlbumPlays("Sufjan Stevens", "Illinois", { from: "2026-02-27T20:00:00Z", tracks: 22, count: 30 }),
  ...buildAlbumPlays("Sufjan Stevens", "Illinois (Special Anniversary Blowout Edition)", {
    from: "2019-01-01T20:00:00Z",
    tracks: 20,
  }),
  ...buildAlbumPlays("David Bowie", "Hunky Dory", { from: "2025-10-05T20:00:00Z", tracks: 11, count: 22 }),
  ...buildAlbumPlays("David Bowie", "Low", { from: "2018-10-05T20:00:00Z", tracks: 11 }),
  ...buildAlbumPlays("Neu!", "Neu! 75", { from: "2025-11-05T20:00:00Z", tracks: 6, count: 12 }),
  // One song on a playlist.
  ...buildAlbumPlays("Gotye", "Making Mirrors", { from: "2012-05-05T20:00:00Z", tracks: 1, count: 40 }),
  ...buildAlbumPlays("Various Artists", "Pop Ambient 2003", { from: "2025-12-05T20:00:00Z", tracks: 10 }),
  ...buildAlbumPlays("Unknown Artist", "Unknown Album", {
    from: "2010-12-05T20:00:00Z",
    tracks: 10,
    count: 30,
  }),
  ...buildAlbumPlays("Can", "Tago Mago (Remastered)", { from: "2025-12-24T20:00:00Z", tracks: 7, count: 14 }),
];
const records = [
  buildRecord({ artist: "Can", title: "Tago Mago" }),
  buildRecord({ artist: "David Bowie", title: "Five Years 1969 - 1973", formats: boxSet }),
  buildRecord({ artist: "David Bowie", title: "Heathen" }),
];
const filling = { records, plays, wants: [buildWant({ artist: "Neu!", title: "Neu! 75 (Remaster)" })] };

const home = createSharedHome(filling);
const { run, json, screen } = createCommandRunner<GapsDocument>("gaps", home);
const listTitles = ({ data }: GapsDocument): string[] => data.map(({ album }) => album.album_name);

test("editions are counted together; owned albums and playlist songs are left out", async () => {
  const document = await json();
  expect(listTitles(document)).toEqual(["Illinois", "Hunky Dory", "Neu! 75", "Low", "Pop Ambient 2003"]);
  expect(document.summary).toEqual({ total: 5, wanted: 1, plays: 50 + 22 + 12 + 11 + 10 });
  expect(document.pagination).toEqual({ page: 1, limit: 20, total: 5, total_pages: 1 });
  expect(document.data[0]).toEqual({
    album: {
      id: expect.any(Number),
      album_name: "Illinois",
      artist_name: "Sufjan Stevens",
      play_count: 50,
      last_played: "2026-02-27T21:56:00Z",
      url: "https://www.last.fm/music/Sufjan+Stevens/Illinois",
    },
    kind: "album",
    editions: 2,
    tracks: 22,
    plays_last_12_months: 30,
    wanted: false,
    owned_by_artist: 0,
    box_by_artist: false,
    maybe_record_id: null,
  });
  expect(document.data[1]).toMatchObject({ owned_by_artist: 2, box_by_artist: true });
  expect(document.data[2]).toMatchObject({ wanted: true });
  const [csvNames = ""] = (await run(["--as", "csv"])).stdout.split("\r\n");
  const { album, ...others } = document.data[0] ?? {};
  expect(csvNames.split(",").toSorted()).toEqual(
    [...Object.keys(album ?? {}), ...Object.keys(others)].toSorted(),
  );
});

test.each([
  ["--tracks 1.. --plays 40", ["Making Mirrors"]],
  ["bowie", ["Hunky Dory", "Low"]],
  ["--artist neu --artist sufjan", ["Illinois", "Neu! 75"]],
  ["--sort title --limit 2", ["Hunky Dory", "Illinois"]],
  ["--sort recent --reverse --limit 1", ["Low"]],
  ["--last-played ..1y", ["Low"]],
  ["--page 2 --limit 3", ["Low", "Pop Ambient 2003"]],
  ["--during 2019 --plays 1.. --last-played 2026", []],
])("rewind gaps %s lists the expected albums", async (line, titles) => {
  expect(listTitles(await json(...line.split(" ")))).toEqual(titles);
});

test("--during counts plays and the last play of that time", async () => {
  const { data } = await json("--during", "2019", "--plays", "1..");
  expect(
    data.map(({ album }) => [album.album_name, album.play_count, album.last_played?.slice(0, 4)]),
  ).toEqual([["Illinois", 20, "2019"]]);
});

test("singles are left out unless the user asks for them", async () => {
  const singles = createCommandRunner<GapsDocument>(
    "gaps",
    await createFilledHome({
      records,
      plays: [
        ...plays,
        ...buildAlbumPlays("New Order", "Confusion - Single", {
          from: "2025-01-05T20:00:00Z",
          tracks: 5,
          count: 40,
        }),
        ...buildAlbumPlays("Slowdive", "Morningrise (EP)", {
          from: "2025-02-05T20:00:00Z",
          tracks: 3,
          count: 36,
        }),
        ...buildAlbumPlays("Ride", "Nowhere (Single)", {
          from: "2025-03-05T20:00:00Z",
          tracks: 4,
          count: 18,
        }),
        ...buildAlbumPlays("Ride", "Nowhere", { from: "2025-03-06T20:00:00Z", tracks: 9, count: 9 }),
      ],
    }),
  );
  const readKinds = async (...argv: string[]): Promise<string[]> =>
    (await singles.json(...argv)).data.map(({ kind, album }) => `${kind}: ${album.album_name}`);
  // An album that some of its plays call a single is an album.
  const names = ["Illinois", "Nowhere (Single)", "Hunky Dory", "Neu! 75", "Low", "Pop Ambient 2003"];
  const albums = names.map((name) => `album: ${name}`);
  expect(await readKinds()).toEqual(albums);
  expect(await readKinds("--kind", "album")).toEqual(albums);
  expect(await readKinds("--kind", "ep")).toEqual(["ep: Morningrise (EP)"]);
  expect(await readKinds("--kind", "single")).toEqual([
    "single: Confusion - Single",
    "single: Making Mirrors",
  ]);
  expect(await readKinds("--kind", "single", "--tracks", "4..")).toEqual(["single: Confusion - Single"]);
  expect((await readKinds("--kind", "any")).toSorted()).toEqual(
    [...albums, "ep: Morningrise (EP)", "single: Confusion - Single", "single: Making Mirrors"].toSorted(),
  );
  // Whoever asks for what few tracks were heard of asks for singles.
  expect(await readKinds("--tracks", "1..")).toEqual(await readKinds("--kind", "any"));
  // The table names the kinds where singles are among other albums.
  expect(await singles.screen("--kind", "any")).toMatch(/ Kind /);
  expect(await singles.screen()).not.toMatch(/ Kind /);
});

test("an album linked to a box is no longer listed", async () => {
  const linked = await createFilledHome(filling);
  withHomeCache(linked, (database) => {
    database.exec(`
      INSERT INTO album_match SELECT record.id, album.id, 'user', 1 FROM record JOIN release ON release.id = release_id, album
      WHERE release.kind = 'box' AND album.title = 'Hunky Dory'`);
    refreshOwnedAlbums(database);
  });
  expect(listTitles(await createCommandRunner<GapsDocument>("gaps", linked).json("bowie"))).toEqual(["Low"]);
});

describe("an album with the name of a record that you said is not this album", () => {
  const selfTitled = { artist: "Duran Duran", title: "Duran Duran" };
  const record = { release: 1, ...selfTitled, year: 1993 };
  const albums = [
    { ...selfTitled, plays: 30 },
    { artist: "Duran Duran", title: "Duran Duran (Remastered)", plays: 20 },
    { artist: "Duran Duran", title: "Rio", plays: 12 },
  ];

  async function createShelf(further: readonly BriefRecord[] = []) {
    const { home: own } = await createSmallCollection({ records: [record, ...further], albums });
    return {
      link: async (line: string) => {
        const result = await runCli(["link", ...line.split(" ")], { home: own });
        expect({ line, ...result }).toMatchObject({ line, code: 0 });
      },
      listGaps: async () => listTitles(await createCommandRunner<GapsDocument>("gaps", own).json()),
    };
  }

  test.each(["--not a1,a2", "--none", "--only a3", "--none --this-copy"])(
    "is a gap after link %s until link --clear",
    async (change) => {
      const { link, listGaps } = await createShelf();
      expect(await listGaps()).toEqual(["Rio"]);
      await link(`1 ${change}`);
      expect(await listGaps()).toEqual(["Duran Duran", ...(change.includes("a3") ? [] : ["Rio"])]);
      await link("1 --clear");
      expect(await listGaps()).toEqual(["Rio"]);
    },
  );

  test("is owned in all editions while one of them is credited", async () => {
    const { link, listGaps } = await createShelf();
    await link("1 --not a1");
    expect(await listGaps()).toEqual(["Rio"]);
  });

  test("is owned by another record of this name, or by a copy with a decision of its own", async () => {
    const { link, listGaps } = await createShelf([{ release: 2, ...selfTitled, year: 1981 }, record]);
    await link("1 --none");
    expect(await listGaps()).toEqual(["Rio"]);
    await link("2 --none");
    expect(await listGaps()).toEqual(["Duran Duran", "Rio"]);
    await link("3 --add a1 --this-copy");
    expect(await listGaps()).toEqual(["Rio"]);
  });
});

test("an album that you own can be hidden, with a remark, and stays in --hidden", async () => {
  const owned = withHomeCache(home, (database) =>
    database
      .prepare<[], { album: number; record: number }>(
        "SELECT album_id AS album, min(record_id) AS record FROM record_album JOIN album ON album.id = album_id WHERE play_count > 0 GROUP BY 1 LIMIT 1",
      )
      .get(),
  );
  const id = `a${owned?.album}`;
  const hidden = await run(["hide", id]);
  expect(hidden.stderr).toContain(`(#${owned?.record}), so rewind gaps does not list it now.`);
  const { data } = await json("--hidden");
  expect(data.map(({ album }) => `a${album.id}`)).toEqual([id]);
  await run(["unhide", id]);
});

test("hide hides all editions, --hidden lists them, unhide works by any of them", async () => {
  const [first] = (await json("--limit", "1")).data;
  const other = withHomeCache(home, (database) =>
    database
      .prepare<[number], number>("SELECT id FROM album WHERE artist = 'Sufjan Stevens' AND id <> ?")
      .pluck()
      .get(first?.album.id ?? 0),
  );
  const hidden = await run(["hide", `a${first?.album.id}`]);
  expect(hidden).toMatchObject({ code: 0, stdout: "Hidden: Sufjan Stevens · Illinois\n" });
  expect(listTitles(await json())).not.toContain("Illinois");
  expect((await run(["hide", `a${other}`])).stdout).toMatch(/^Sufjan Stevens.* was hidden before\.$/m);
  expect(listTitles(await json("--hidden"))).toEqual(["Illinois"]);
  expect((await run(["unhide", `a${other}`])).stdout).toMatch(/^Shown again: Sufjan Stevens/);
  expect(listTitles(await json())).toContain("Illinois");
  const unknown = await run(["hide", "a99999"]);
  expect(unknown).toMatchObject({ code: 2, stdout: "" });
  expect(unknown.stderr).toContain("no album a99999");
});

test("hides several albums at once, and the JSON says what changed", async () => {
  const albums = (await json("--limit", "2")).data.map(({ album: { id, album_name, artist_name } }) => ({
    id,
    album_name,
    artist_name,
  }));
  const ids = albums.map(({ id }) => `a${id}`);
  for (const [argv, change] of [
    [["hide", ...ids], { hidden: true, changed: true }],
    [["hide", ids.join(",")], { hidden: true, changed: false }],
    [["unhide", ...ids], { hidden: false, changed: true }],
  ] as const) {
    expect(await runCliJson(["gaps", ...argv, "--json"], { home })).toEqual({
      albums: albums.map((album) => ({ ...album, ...change })),
    });
  }
});

test("hide and unhide say that nothing changed", async () => {
  const id = `a${(await json("--limit", "1")).data[0]?.album.id}`;
  expect(await run(["unhide", id])).toMatchObject({
    code: 0,
    stdout: "Sufjan Stevens · Illinois was not hidden.\n",
    stderr: "",
  });
  expect((await run(["hide", id])).stderr).toBe(`Undo: rewind gaps unhide ${id}\n`);
  expect((await run(["hide", id])).stdout).toBe("Sufjan Stevens · Illinois was hidden before.\n");
  expect((await run(["unhide", id])).stdout).toBe("Shown again: Sufjan Stevens · Illinois\n");
});

test("words mean a gap for hide, and a hidden album for unhide, before other albums", async () => {
  const own = await createFilledHome({
    records: [buildRecord({ artist: "Can", title: "Tago Mago" })],
    plays: ["Tago Mago", "Ege Bamyasi", "Future Days"].flatMap((title, at) =>
      buildAlbumPlays("Can", title, { from: `201${at}-01-01T20:00:00Z`, tracks: 10 }),
    ),
  });
  const runOwn = (...argv: string[]) => runCli(["gaps", ...argv], { home: own });
  const several = await runOwn("hide", "can");
  expect(several.stderr).toContain('"can" is ambiguous: 2 albums fit');
  expect(several.stderr).not.toContain("Tago Mago");
  await runOwn("hide", "ege");
  expect((await runOwn("unhide", "can")).stdout).toBe("Shown again: Can · Ege Bamyasi\n");
  expect((await runOwn("hide", "tago")).stdout).toBe("Hidden: Can · Tago Mago\n");
});

test("the footer explains the marks and what to type next", async () => {
  const stdout = await screen();
  expect(stdout).toMatch(/^id +Artist +Album +Plays Tracks 12 mo +Last +Own +Want$/m);
  expect(stdout).toMatch(/David Bowie +Hunky Dory +22 +11 +22 +2025-10-05 +2▣/);
  expect(stdout).toMatch(/Neu! 75 +12 +6 +12 +2025-11-05 +★/);
  expect(stdout).toContain("10+ plays on 4+ tracks, not owned in any pressing");
  expect(stdout).toMatch(/★ on your wantlist \(1\)[^]*Own: your records by the artist, ▣ one is a box/);
  const narrow = await run([], { tty: true, columns: 60 });
  expect(narrow.stdout).not.toMatch(/★/);
  expect(stdout).toMatch(/In the box #(\d+)\? rewind link \1 --add a\d+,a\d+ /);
  expect(await screen("--plays", "5000..")).toBe(
    "No album that you play and do not own fits --plays; 5 without it.\n",
  );
});

test("an empty list without a filter says what is left out, and how to list it", async () => {
  const once = buildAlbumPlays("Neu!", "Neu! 75", { from: "2025-11-05T20:00:00Z", tracks: 6 });
  const quiet = await createFilledHome({ ...filling, plays: once });
  const few = createCommandRunner<GapsDocument>("gaps", quiet);
  expect(await few.screen()).toBe(
    "No album that you play and do not own has 10+ plays on 4+ tracks. To list all:\nrewind gaps --plays 1.. --tracks 1..\n",
  );
  expect(listTitles(await few.json("--plays", "1..", "--tracks", "1.."))).toEqual(["Neu! 75"]);
});

test("without the history a single is recognised by its name, and nothing else is left out", async () => {
  const singles = buildAlbumPlays("New Order", "Confusion - Single", {
    from: "2025-01-05T20:00:00Z",
    count: 40,
  });
  const other = await createFilledHome({ ...filling, plays: [...plays, ...singles], history: false });
  const early = createCommandRunner<GapsDocument>("gaps", other);
  const document = await early.json();
  expect(listTitles(document)).toContain("Making Mirrors");
  expect(listTitles(document)).not.toContain("Confusion - Single");
  for (const gap of document.data) expect(gap).toMatchObject({ tracks: null, plays_last_12_months: null });
  const stdout = await early.screen();
  expect(stdout).not.toMatch(/Tracks 12 mo/);
  expect(stdout).toContain("Tracks, 12 mo: not known yet");
});

test("names the record in review that may be the album", async () => {
  const { home: reviewed } = await createSmallCollection(allMatchCases);
  const { items } = await createCommandRunner<ReviewDocument>("review", reviewed).json();
  const near = items.find(({ kind }) => kind === "near");
  const gaps = createCommandRunner<GapsDocument>("gaps", reviewed);
  const flags = ["--plays", "1..", "--tracks", "1..", "--kind", "any"];
  const { data } = await gaps.json(...flags);
  const named = data.filter(({ maybe_record_id }) => maybe_record_id !== null);
  expect(named.map(({ album, maybe_record_id }) => [album.id, maybe_record_id])).toContainEqual([
    near?.candidates[0]?.id,
    near?.record_ids[0],
  ]);
  for (const columns of [80, 160]) {
    const { stdout } = await runCli(["gaps", ...flags], { home: reviewed, tty: true, columns });
    expect(stdout).toContain(`maybe #${near?.record_ids[0] ?? ""}`);
    expect(stdout).toContain("maybe it is your record: rewind explain");
  }
});

const various = buildArtistCredit("Various", { id: 194 });
const buildSingerPlays = (artist: string, album: string, year: number): Play[] =>
  buildAlbumPlays(artist, album, { from: `${year}-06-01T20:00:00Z`, tracks: 4, count: 12 });

const compilations = createSharedHome({
  records: [
    buildRecord({ artists: [various], title: "Moonraking (Music From The Motion Picture)" }),
    buildRecord({ artists: [various], title: "Northern Weekend" }),
    buildRecord({ artists: [various], title: "Greatest Hits" }),
  ],
  plays: [
    ...buildSingerPlays("Various Artists", "Moonraking", 2024),
    ...buildSingerPlays("Afro Kings", "Moonraking", 2025),
    ...buildSingerPlays("Some Singer", "Northern Weekend", 2023),
    ...buildSingerPlays("Sun Kings", "Greatest Hits", 2022),
  ],
});

test("names the compilation that may be a singer's album until its tracklist is known", async () => {
  const read = createCommandRunner<GapsDocument>("gaps", compilations);
  const readMaybes = async (): Promise<unknown> =>
    (await read.json()).data.map((gap) => [gap.album.artist_name, gap.maybe_record_id]);
  expect(await readMaybes()).toEqual([
    ["Afro Kings", 1],
    ["Some Singer", 2],
    ["Sun Kings", null],
  ]);
  expect(await read.screen()).toContain("maybe it is your record: rewind explain 1");
  withHomeCache(compilations, (database) => {
    for (const releaseId of queryValues<number>(database)`SELECT release_id FROM record`)
      saveTracklist(database, releaseId, [buildListedTrack("Another Song")], 0);
    rematch(database);
  });
  expect(await readMaybes()).toEqual([
    ["Afro Kings", null],
    ["Some Singer", null],
    ["Sun Kings", null],
  ]);
});
