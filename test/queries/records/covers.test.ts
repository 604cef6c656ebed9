// The choice of a record's cover, and what the answers say of it.
import type { JsonRow } from "../../../src/queries/documents/shared-fields.ts";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readCovers } from "../../../src/queries/records/read-records.ts";
import type { Database } from "../../../src/store/file/database.ts";
import { saveGroups, saveReleases } from "../../../src/store/shelf/musicbrainz-cache.ts";
import { saveCover, type CoverResult } from "../../../src/store/shelf/stored-covers.ts";
import { getHomeCachePath, fillCache, openCache, buildRecord } from "../../support/filled-cache.ts";
import { runCli } from "../../support/run-cli.ts";
import { createTempDirectory } from "../../support/temp-directories.ts";

const nowUts = 1_770_000_000;
const buildMbid = (digit: string): string => `${digit.repeat(8)}-1111-4111-8111-111111111111`;
const coverUrl = "https://i.discogs.com/tago-mago.jpeg";

let home: string;
let database: Database;

beforeEach(async () => {
  home = createTempDirectory();
  await fillCache(home, {
    records: [
      buildRecord({ id: 77, masterId: 7, artist: "Can", title: "Tago Mago", coverUrl }),
      buildRecord({ id: 77, masterId: 7, artist: "Can", title: "Tago Mago", coverUrl }),
      buildRecord({ id: 78, artist: "Can", title: "Landed" }),
    ],
  });
  database = openCache(getHomeCachePath(home));
  const releases = ["b", "a"].map((digit) => ({
    mbid: buildMbid(digit),
    title: "",
    barcode: null,
    country: null,
  }));
  saveReleases(database, [77], new Map([[77, releases]]), nowUts);
  const group = {
    mbid: buildMbid("9"),
    title: "",
    firstYear: 1971,
    primaryType: "Album",
    secondaryTypes: [],
  };
  saveGroups(database, [7], new Map([[7, [group]]]), nowUts);
});

afterEach(() => void database.close());

/** The requested pictures by name. */
const addresses = {
  "release b": { source: "archive", address: `release/${buildMbid("b")}` },
  "release a": { source: "archive", address: `release/${buildMbid("a")}` },
  album: { source: "archive", address: `release-group/${buildMbid("9")}` },
  discogs: { source: "discogs", address: coverUrl },
} as const;

function saveCoverResult(
  name: keyof typeof addresses,
  state: "known" | "none" | "unreadable" = "known",
): void {
  const preview = { thumbhash: name, dominantColour: "#102030", accentColour: "#a0b0c0" };
  const given: CoverResult = state === "known" ? preview : state;
  saveCover(database, addresses[name], given, nowUts);
}

const readHashes = (): unknown =>
  [...readCovers(database, [1, 2, 3])].map(([id, { thumbhash }]) => [id, thumbhash]);

test("prefers the archive's cover of the pressing, then of the album, then Discogs' own", () => {
  expect(readHashes()).toEqual([]);
  for (const [name, shown] of [
    ["discogs", "discogs"],
    ["album", "album"],
    ["release b", "release b"],
    ["release a", "release a"],
  ] as const) {
    saveCoverResult(name);
    expect(readHashes()).toEqual([
      [1, shown],
      [2, shown],
    ]);
  }
  saveCoverResult("release a", "none");
  saveCoverResult("release b", "unreadable");
  expect(readHashes()).toEqual([
    [1, "album"],
    [2, "album"],
  ]);
});

test("has no cover while the new image on Discogs is not fetched", () => {
  saveCoverResult("discogs");
  database.prepare("UPDATE release SET cover_url = 'https://i.discogs.com/other.jpeg'").run();
  expect(readHashes()).toEqual([]);
});

test("writes hash and colours of the cover beside its Discogs address in JSON", async () => {
  saveCoverResult("release a");
  const { code, stdout } = await runCli(["xref", "--json", "--sort", "added"], { home });
  const { data } = JSON.parse(stdout) as { data: JsonRow[] };
  expect(code).toBe(0);
  expect(data.map(({ collection }) => [collection.id, collection.image])).toEqual([
    ...[1, 2].map((id) => [
      id,
      { url: coverUrl, thumbhash: "release a", dominant_color: "#102030", accent_color: "#a0b0c0" },
    ]),
    [3, null],
  ]);
});

test("CSV and SQL contain the address", async () => {
  saveCoverResult("release a");
  const csv = await runCli(["xref", "--as", "csv", "--columns", "id,cover_url"], { home });
  const sql = await runCli(["sql", "SELECT id, cover_url FROM records ORDER BY id", "--as", "csv"], {
    home,
  });
  expect(csv.stdout.split("\r\n").toSorted().slice(1, 4)).toEqual([`1,${coverUrl}`, `2,${coverUrl}`, "3,"]);
  expect(sql.stdout).toContain(`1,${coverUrl}`);
});
