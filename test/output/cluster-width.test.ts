import { array, assert, constantFrom, property } from "fast-check";
import stringWidth from "string-width";
import { expect, test } from "vitest";
import { clusterWidth, lettersOf } from "../../src/output/cluster-width.ts";

test.each([
  ["椎名林檎", 8],
  ["한국어 노래", 11],
  ["ﾊﾟﾝｸ", 4],
  ["Ｆｕｌｌ", 8],
  ["「夜」〜", 8],
  ["Sigur Ro\u0301s", 9],
  ["שָׁלוֹם", 4],
  ["नमस्ते", 3],
  ["สวัสดี", 4],
  ["🇯🇵", 2],
  ["👩‍👩‍👧‍👦", 2],
  ["👍🏽", 2],
  ["☎️", 2],
  ["1️⃣", 2],
  ["♫ ♪", 3],
  ["\u200b\u00ad", 0],
])("%s takes %i columns, as the library says", (text, width) => {
  expect([clusterWidth(text), stringWidth(text)]).toEqual([width, width]);
});

test("agrees with the library on mixtures of scripts", () => {
  const letter = constantFrom(
    ..."aZ09 éñøß–’…жЯЁαΩאבגसकขกあんアヴー漢字〆々ㄅ한글힣ＡｚｱﾞﾟｶΩ★×♫☂①㈱℃№".split(""),
    ..."🎧 🎸 👍 ❤ 🔥 🀄 💿".split(" "),
    "e\u0301",
    "が",
    "か\u3099",
    "🇯🇵",
    "👩‍🎤",
    "❤️",
    "👍🏿",
    "\u200d",
    "\u0e31",
  );
  assert(
    property(array(letter, { maxLength: 12 }), (letters) => {
      const text = letters.join("|");
      expect({ text, width: clusterWidth(text) }).toEqual({ text, width: stringWidth(text) });
    }),
    { seed: 7, numRuns: 2_000 },
  );
});

test("letters joined are the text", () => {
  const text = "Ro\u0301s 椎名👩‍👩‍👧‍👦|漢";
  expect(lettersOf(text).join("")).toBe(text);
  expect(lettersOf(text)).toContain("👩‍👩‍👧‍👦");
  expect(lettersOf("漢字")).toEqual(["漢", "字"]);
});
