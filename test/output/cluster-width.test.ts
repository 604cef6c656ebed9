import { array, assert, constantFrom, property } from "fast-check";
import stringWidth from "string-width";
import { expect, test } from "vitest";
import { clusterWidth, shownLetters } from "../../src/output/width.ts";

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
    { seed: 7, numRuns: 500 },
  );
});

test("letters joined are the text", () => {
  const text = "Ro\u0301s 椎名👩‍👩‍👧‍👦|漢";
  expect(shownLetters(text).join("")).toBe(text);
  expect(shownLetters(text)).toContain("👩‍👩‍👧‍👦");
  expect(shownLetters("漢字")).toEqual(["漢", "字"]);
});

test("a letter is whole wherever the pieces of a long text end", () => {
  const family = "👨‍👩‍👧";
  for (let before = 240; before < 260; before += 1) {
    for (const letter of [family, "e\u0301", "👍🏽", "🇩🇪", "각"]) {
      const text = "a".repeat(before) + letter + "b".repeat(300);
      expect(shownLetters(text)).toEqual([
        ...Array.from("a".repeat(before)),
        letter,
        ...Array.from("b".repeat(300)),
      ]);
    }
  }
  // A letter that never ends is cut.
  expect(shownLetters("\u0301".repeat(100_000)).join("")).toBe("\u0301".repeat(100_000));
});
