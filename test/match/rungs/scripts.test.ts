// Names and titles in two alphabets: first those that are as near and are others, then those that are the same.
import { describe, expect, test } from "vitest";
import { createMatcher, type AlbumRow, type Match } from "../../../src/match/matcher.ts";
import { releaseBy, rows } from "../scenarios.ts";

type Titles = readonly [one: string, other: string];
type Name = readonly [artist: string, title: string];

const lp = ["LP", "Album"];

function verdict([artist, title]: Name, ...albums: readonly Name[]): Match {
  return createMatcher(rows(...albums)).match(releaseBy([artist], title, lp));
}

/** Titles of one artist, whichever side has which. */
function ruleOfTitles(
  rule: string,
  cases: { readonly not: readonly Titles[]; readonly same: readonly Titles[] },
): void {
  const artist = "Cactus Meridian";
  describe(`the rung ${rule}`, () => {
    test.each(cases.not)("not: %s / %s", (one, other) => {
      expect(verdict([artist, one], [artist, other]).credited).toEqual([]);
      expect(verdict([artist, other], [artist, one]).credited).toEqual([]);
    });
    test.each(cases.same)("%s / %s", (one, other) => {
      expect(verdict([artist, one], [artist, other]).rule).toBe(rule);
      expect(verdict([artist, other], [artist, one]).rule).toBe(rule);
    });
  });
}

ruleOfTitles("transliteration", {
  not: [
    ["Ночные Огни", "Nochnoy ogon"],
    ["Ночные Огни", "Nochnye ogni 2"],
    ["Ночные Огни 3", "Nochnye ogni 2"],
    ["Ночные Огни", "Nochnye ogni (Live)"],
    ["Ночные Огни", "Dnevnye ogni"],
    ["Ночные Огни EP", "Nochnye ogni (The Album)"],
    ["Том Первый", "Tom vtoroy"],
    ["Ы", "Y"],
    ["Ψηλά Βουνά", "Psila nera"],
    ["さくらのうた", "Sakura no uta 2"],
    ["さくらのうた", "Sakuranbo no uta"],
    ["바람의 노래", "Baramui Kkot"],
    ["夜のうた", "Yoru no uta"],
  ],
  same: [
    ["Ночные Огни", "Nochnye ogni"],
    ["Ночные Огни 2", "Nochnyye Ogni II"],
    ["Ещё Один Щенок", "Eshche odin shchenok"],
    ["Ночные Огни", "Nochnye ogni (Deluxe Edition)"],
    ["Живой Хлеб", "Zhivoy khleb"],
    ["Живой Хлеб", "Zhivoi hleb"],
    ["Юная Эпоха", "Yunaya epokha"],
    ["Юная Эпоха", "Junaja èpoha"],
    ["Соль Земли", "Sol' zemli"],
    ["Њихова Љубав", "Njihova ljubav"],
    ["さくらのうた", "Sakura no Uta"],
  ],
});

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
  test.each<[Name, Name]>([
    [
      ["Тихий Маяк", "Пристань"],
      ["Tikhiy Mayak", "Prichal"],
    ],
    [
      ["Тихий Маяк", "Пристань"],
      ["Tikhie Mayaki", "Пристань"],
    ],
    [
      ["Тихий Маяк", "Harbours"],
      ["Tikhaya Mayka", "Harbours"],
    ],
    [
      ["Тихий Маяк", "Пристань"],
      ["Tikhiy Mayak", "Пристань 2"],
    ],
  ])("not: %j / %j", (one, other) => {
    expect(verdict(one, other).credited).toEqual([]);
    expect(verdict(other, one).credited).toEqual([]);
  });

  test.each<[Name, Name]>([
    [
      ["Тихий Маяк", "Пристань"],
      ["Tikhiy Mayak", "Пристань"],
    ],
    [
      ["Тихий Маяк", "Пристань"],
      ["Tihii Mayak", "Пристань"],
    ],
    [
      ["Тихий Маяк", "Harbours"],
      ["Tikhij Majak", "Harbours (Remastered)"],
    ],
    [
      ["Ηλίας Χαράλαμπος", "Νερό"],
      ["Ilias Charalampos", "Νερό"],
    ],
    [
      ["ことりのもり", "Harbours"],
      ["Kotori no Mori", "Harbours"],
    ],
  ])("%j / %j", (one, other) => {
    expect(verdict(one, other).rule).toBe("credit");
    expect(verdict(other, one).rule).toBe("credit");
  });

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
