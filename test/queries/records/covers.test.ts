// Which picture is the cover of a record, and what the answers say of it.
import type { ContractRow } from "../../../src/queries/documents/shared-fields.ts";
import { afterEach, beforeEach, expect, test } from "vitest";
import { coversOf } from "../../../src/queries/records/read-records.ts";
import type { Database } from "../../../src/store/file/database.ts";
import { keepGroups, keepReleases } from "../../../src/store/shelf/musicbrainz-answers.ts";
import { keepPicture, type PictureAnswer } from "../../../src/store/shelf/stored-pictures.ts";
import { cacheIn, fillCache, openCache, record } from "../../support/filled-cache.ts";
import { runCli } from "../../support/run-cli.ts";
import { tempDirectory } from "../../support/temp.ts";

const nowUts = 1_770_000_000;
const mbid = (digit: string): string => `${digit.repeat(8)}-1111-4111-8111-111111111111`;
const coverUrl = "https://i.discogs.com/tago-mago.jpeg";

let home: string;
let database: Database;

beforeEach(async () => {
  home = tempDirectory();
  await fillCache(home, {
    records: [
      record({ id: 77, masterId: 7, artist: "Can", title: "Tago Mago", coverUrl }),
      record({ id: 77, masterId: 7, artist: "Can", title: "Tago Mago", coverUrl }),
      record({ id: 78, artist: "Can", title: "Landed" }),
    ],
  });
  database = openCache(cacheIn(home));
  const releases = ["b", "a"].map((digit) => ({
    mbid: mbid(digit),
    title: "",
    barcode: null,
    country: null,
  }));
  keepReleases(database, [77], new Map([[77, releases]]), nowUts);
  const group = { mbid: mbid("9"), title: "", firstYear: 1971, primaryType: "Album", secondaryTypes: [] };
  keepGroups(database, [7], new Map([[7, [group]]]), nowUts);
});

afterEach(() => void database.close());

/** By its name, a picture that was asked for. */
const addresses = {
  "release b": { source: "archive", address: `release/${mbid("b")}` },
  "release a": { source: "archive", address: `release/${mbid("a")}` },
  album: { source: "archive", address: `release-group/${mbid("9")}` },
  discogs: { source: "discogs", address: coverUrl },
} as const;

function answer(name: keyof typeof addresses, state: "known" | "none" | "unreadable" = "known"): void {
  const preview = { thumbhash: name, dominantColour: "#102030", accentColour: "#a0b0c0" };
  const given: PictureAnswer = state === "known" ? preview : state;
  keepPicture(database, addresses[name], given, nowUts);
}

const hashes = (): unknown =>
  [...coversOf(database, [1, 2, 3])].map(([id, { thumbhash }]) => [id, thumbhash]);

test("the archive's picture of the pressing comes before that of the album, and Discogs' own last", () => {
  expect(hashes()).toEqual([]);
  for (const [name, shown] of [
    ["discogs", "discogs"],
    ["album", "album"],
    ["release b", "release b"],
    ["release a", "release a"],
  ] as const) {
    answer(name);
    expect(hashes()).toEqual([
      [1, shown],
      [2, shown],
    ]);
  }
  answer("release a", "none");
  answer("release b", "unreadable");
  expect(hashes()).toEqual([
    [1, "album"],
    [2, "album"],
  ]);
});

test("a release that takes another picture at Discogs has no cover until that one came", () => {
  answer("discogs");
  database.prepare("UPDATE release SET cover_url = 'https://i.discogs.com/other.jpeg'").run();
  expect(hashes()).toEqual([]);
});

test("the JSON tells hash and colours of the cover beside Discogs' address of it", async () => {
  answer("release a");
  const { code, stdout } = await runCli(["xref", "--json", "--sort", "added"], { home });
  const { data } = JSON.parse(stdout) as { data: ContractRow[] };
  expect(code).toBe(0);
  expect(data.map(({ collection }) => [collection.id, collection.image])).toEqual([
    ...[1, 2].map((id) => [
      id,
      { url: coverUrl, thumbhash: "release a", dominant_color: "#102030", accent_color: "#a0b0c0" },
    ]),
    [3, null],
  ]);
});

test("CSV and SQL tell the address", async () => {
  answer("release a");
  const csv = await runCli(["xref", "--as", "csv", "--columns", "id,cover_url"], { home });
  const sql = await runCli(["sql", "SELECT id, cover_url FROM records ORDER BY id", "--as", "csv"], {
    home,
  });
  expect(csv.stdout.split("\r\n").toSorted().slice(1, 4)).toEqual([`1,${coverUrl}`, `2,${coverUrl}`, "3,"]);
  expect(sql.stdout).toContain(`1,${coverUrl}`);
});
