// Names and titles in two alphabets: first those that are as near and are others, then those that are the same.
import { describe, expect, test } from "vitest";
import { createMatcher, type AlbumRow, type Match } from "../../../src/match/matcher.ts";
import { releaseBy, rows } from "../scenarios.ts";
type Name = readonly [artist: string, title: string];

const lp = ["LP", "Album"];

function verdict([artist, title]: Name, ...albums: readonly Name[]): Match {
  return createMatcher(rows(...albums)).match(releaseBy([artist], title, lp));
}

test("of a title in two languages each may be spelled in Latin letters", () => {
  const artist = "Cactus Meridian";
  expect(verdict([artist, "Тихий Берег = Quiet Shore"], [artist, "Tikhiy bereg"]).rule).toBe(
    "transliteration",
  );
  expect(verdict([artist, "Quiet Shore (Тихий Берег)"], [artist, "Tihij bereg"]).rule).toBe(
    "transliteration",
  );
  expect(verdict([artist, "Тихий Берег = Quiet Shore"], [artist, "Tikhiy bereg 2"]).credited).toEqual([]);
});

test("a title that is equal only when transliterated is doubtful until its tracks agree", () => {
  const songs = ["Дождь", "Зимний вечер", "Река", "Окно"].map((title) => ({ title, artists: [] }));
  const release = releaseBy(["Cactus Meridian"], "Ночные Огни", lp);
  const match = (albums: readonly AlbumRow[]): Match =>
    createMatcher(albums, { heard: () => songs }).match({ ...release, tracklist: songs });
  const transliterated: Name = ["Cactus Meridian", "Nochnye ogni"];
  expect(verdict(["Cactus Meridian", "Ночные Огни"], transliterated).rule).toBe("transliteration");
  expect(match(rows(transliterated))).toMatchObject({ rule: "tracklist" });
  const both = rows(transliterated, ["Cactus Meridian", "Ночные Огни"]);
  expect(
    createMatcher(both)
      .match(release)
      .credited.map(({ album }) => album.id),
  ).toEqual([2]);
});

describe("an artist in another alphabet", () => {
  test("is known by his other albums", () => {
    const match = verdict(["Тихий Маяк", "Пристань"], ["Tikhiy Mayak", "Prichal"]);
    expect(match).toMatchObject({ type: "artist_only", artistName: "Tikhiy Mayak" });
    expect(verdict(["Маяк", "Пристань"], ["Mayak", "Prichal"]).type).toBe("none");
  });
});

test("albums of both alphabets are credited together", () => {
  const match = verdict(
    ["Тихий Маяк", "Пристань"],
    ["Тихий Маяк", "Пристань"],
    ["Тихий Маяк", "Pristan"],
    ["Tikhiy Mayak", "Пристань"],
    ["Tikhiy Mayak", "Пристань 2"],
  );
  expect(new Map(match.credited.map(({ album, rule }) => [album.id, rule]))).toEqual(
    new Map([
      [1, "title"],
      [3, "credit"],
    ]),
  );
});
