// Names and titles in two alphabets: first those that are as near and are others, then those that are the same.
import { describe, expect, test } from "vitest";
import { createMatcher, type Match } from "../../src/match/matcher.ts";
import { releaseBy, rows } from "./scenarios.ts";

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
    ["Ночные Огни", "Nočnye ogni"],
    ["Ночные Огни 2", "Nochnyye Ogni II"],
    ["Ночные Огни", "Nochnye ogni (Deluxe Edition)"],
    ["Ещё Один Щенок", "Yeshchyo odin shchenok"],
    ["Ещё Один Щенок", "Eshche odin schenok"],
    ["Живой Хлеб", "Zhivoy khleb"],
    ["Живой Хлеб", "Živoj xleb"],
    ["Живой Хлеб", "Zhivoi hleb"],
    ["Юная Эпоха", "Yunaya epokha"],
    ["Юная Эпоха", "Junaja èpoha"],
    ["Подъезд", "Podyezd"],
    ["Соль Земли", "Sol' zemli"],
    ["Гарна Їжа", "Harna yizha"],
    ["Гора", "Hora"],
    ["Бързо", "Barzo"],
    ["Шёпот", "Szepot"],
    ["Њихова Љубав", "Njihova ljubav"],
    ["Ψηλά Βουνά", "Psila Vouna"],
    ["Ευχή Του Χειμώνα", "Efhi tou heimona"],
    ["Μπλε Ντύμα", "Ble dyma"],
    ["さくらのうた", "Sakura no Uta"],
    ["しゅうまつ", "Shūmatsu"],
    ["しんぶんし", "Shimbunshi"],
    ["바람의 노래", "Baramui Norae"],
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

ruleOfTitles("katakana", {
  not: [
    ["サイレント・ハーバー", "Silent Hunter"],
    ["サイレント・ハーバー", "Silent Harbour II"],
    ["サイレント・ハーバー・ライブ", "Silent Harbour"],
    ["サイレント・ハーバー", "Silent Harbour (Live)"],
    ["サイレント・ハーバー 2", "Silent Harbour"],
    ["サイレント", "Silent Harbour"],
    ["ママズ・ハーバー", "Miss Harbour"],
    ["ハーバー", "Harbour"],
    ["静かなハーバー", "Shizuka Harbour"],
  ],
  same: [
    ["サイレント・ハーバー", "Silent Harbour"],
    ["サイレント・ハーバー（デラックス・エディション）", "Silent Harbour"],
    ["ザ・サンダー・ディスコネクション LP", "The Thunder Disconnection LP"],
    ["ナイツ・オブ・ヴェルヴェット", "Nights Of Velvet"],
    ["グラスホッパー", "The Grasshopper"],
    ["マスターズ・アンド・メイジズ", "Masters & Mages"],
    ["アンノウン・フューチャーズ", "Unknown Futures"],
    ["アクセス・サーキット", "Access Circuit"],
  ],
});

test("a title in katakana is none of two that sound like it", () => {
  const both = [
    ["Cactus Meridian", "Silent Harbour"],
    ["Cactus Meridian", "Salient Harbour"],
  ] as const;
  expect(verdict(["Cactus Meridian", "サイレント・ハーバー"], ...both).credited).toEqual([]);
  expect(
    verdict(["Cactus Meridian", "Silent Harbour"], ["Cactus Meridian", "サイレント・ハーバー"], both[1])
      .credited,
  ).toEqual([]);
});

test.each([
  ["サ".repeat(20) + "カマラ", `s${"ae".repeat(4_000)}!`],
  ["ラ".repeat(40) + "カマ", `r${"ar".repeat(4_000)}!`],
  ["ナンナンナンナンカマ", "an".repeat(4_000)],
  ["サササササササカマ", "sas h".repeat(1_500)],
])("a title in katakana that a long one could be in many ways is soon told from it: %s", (kana, latin) => {
  for (const [one, other] of [
    [kana, latin],
    [latin, kana],
  ] as const) {
    expect(verdict(["Cactus Meridian", one], ["Cactus Meridian", other]).credited).toEqual([]);
    expect(verdict([one, "Meridian"], [other, "Meridian"]).credited).toEqual([]);
  }
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
      ["Tihii Majak", "Pristan’"],
    ],
    [
      ["Тихий Маяк", "Harbours"],
      ["Tikhij Majak", "Harbours (Remastered)"],
    ],
    [
      ["Ηλίας Χαράλαμπος", "Νερό"],
      ["Ilias Charalambos", "Nero"],
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

describe("the rung other-script", () => {
  test.each<[Name, ...Name[]]>([
    [
      ["Lin Qiu", "秋天的第七封信"],
      ["林秋", "秋天的第八封信"],
    ],
    [
      ["Lin Qiu", "秋天的第七封信"],
      ["Qiu Fang", "秋天的第七封信"],
    ],
    [
      ["林秋", "秋天的第七封信"],
      ["方海", "秋天的第七封信"],
    ],
    [
      ["Lin Qiu", "七封信"],
      ["林秋", "七封信"],
    ],
    [
      ["Lin Qiu", "秋天的第七封信"],
      ["林秋", "秋天的第七封信"],
      ["方海", "秋天的第七封信"],
    ],
    [
      ["Lin Qiu", "秋天的第七封信"],
      ["林秋", "秋天的第七封信 (演唱會)"],
    ],
    [
      ["Lin Qiu", "秋天的第七封信精選"],
      ["林秋", "秋天的第七封信精選"],
    ],
    [
      ["Lin Qiu", "秋天的第七封信 (Original Soundtrack)"],
      ["林秋", "秋天的第七封信"],
    ],
    [
      ["Harbour Stones", "Autumn Letters"],
      ["ハーバー・ストーブ", "Autumn Letters"],
    ],
    [
      ["Harbour Stones", "Autumn Letters"],
      ["ハーバー・ストーンズ", "Autumn Letters 2"],
    ],
  ])("not: %j", (one, ...others) => {
    expect(verdict(one, ...others).credited).toEqual([]);
    for (const other of others) expect(verdict(other, one).credited.length).toBe(others.length - 1);
  });

  test.each<[Name, Name]>([
    [
      ["Lin Qiu", "秋天的第七封信"],
      ["林秋", "秋天的第七封信 (豪華版)"],
    ],
    [
      ["Hana Mori", "あきのてがみをよむひと"],
      ["森花", "あきのてがみをよむひと"],
    ],
    [
      ["Harbour Stones", "Autumn Letters"],
      ["ハーバー・ストーンズ", "Autumn Letters"],
    ],
    [
      ["Harbour Stones", "Autumn Letters"],
      ["ハーバー・ストーンズ", "オータム・レターズ"],
    ],
    [
      ["Harbour Stones", "秋"],
      ["ハーバー・ストーンズ", "秋"],
    ],
  ])("%j / %j", (one, other) => {
    expect(verdict(one, other).rule).toBe("other-script");
    expect(verdict(other, one).rule).toBe("other-script");
  });
});

test("albums of both alphabets are credited together", () => {
  const match = verdict(
    ["Тихий Маяк", "Пристань"],
    ["Тихий Маяк", "Пристань"],
    ["Тихий Маяк", "Pristan"],
    ["Tikhiy Mayak", "Pristan"],
    ["Tikhiy Mayak", "Pristan 2"],
  );
  expect(new Map(match.credited.map(({ album, rule }) => [album.id, rule]))).toEqual(
    new Map([
      [1, "title"],
      [2, "transliteration"],
      [3, "credit"],
    ]),
  );
});
