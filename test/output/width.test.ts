import { array, assert, constantFrom, property } from "fast-check";
import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import {
  measureGraphemes,
  cutEnd,
  cutMiddle,
  padEnd,
  padStart,
  splitGraphemes,
  measureWidth,
} from "../../src/output/width.ts";

describe("width in columns", () => {
  test.each([
    ["Nevermind", 9],
    ["椎名林檎", 8],
    ["무릎", 4],
    ["Sigur Ro\u0301s", 9],
    ["🎧 mix", 6],
    ["👩‍👩‍👧‍👦", 2],
    ["", 0],
  ])("measures %s as %i columns", (text, width) => {
    expect(measureWidth(text)).toBe(width);
  });

  test("padding counts columns, not code units", () => {
    expect(padEnd("椎名", 6)).toBe("椎名  ");
    expect(padStart("12", 4)).toBe("  12");
    expect(padEnd("too long", 3)).toBe("too long");
  });
});

describe("cutting", () => {
  test("keeps text that fits", () => {
    expect(cutEnd("Can", 3)).toBe("Can");
    expect(cutMiddle("Tago Mago", 9)).toBe("Tago Mago");
  });

  test("artists are cut at the end", () => {
    expect(cutEnd("Godspeed You! Black Emperor", 19)).toBe("Godspeed You! Blac…");
    expect(cutEnd("Nick Cave & The Bad Seeds", 13)).toBe("Nick Cave &…");
  });

  test("keeps the last word of a title that fits in eight characters", () => {
    expect(cutMiddle("Lift Your Skinny Fists Like Antennas To Heaven", 30)).toBe(
      "Lift Your Skinny Fists…Heaven",
    );
    expect(cutMiddle("Music Has The Right To Children", 30)).toBe("Music Has The Right T…Children");
    expect(cutMiddle("The Complete Recordings Volume 1", 24)).not.toBe(
      cutMiddle("The Complete Recordings Volume 2", 24),
    );
  });

  test("never splits a wide character", () => {
    const cut = cutEnd("無罪モラトリアム", 8);
    expect(measureWidth(cut)).toBeLessThanOrEqual(8);
    expect(cut).toBe("無罪モ…");
  });

  test.each([1, 2, 3, 5, 8, 13, 21, 34])("returns nothing wider than %i", (width) => {
    for (const text of [
      "Lift Your Skinny Fists Like Antennas To Heaven",
      "宇多田ヒカル 宇多田ヒカル",
      "🎧🎧🎧🎧🎧🎧 a b c",
    ]) {
      expect(measureWidth(cutMiddle(text, width))).toBeLessThanOrEqual(Math.max(width, 1));
      expect(measureWidth(cutEnd(text, width))).toBeLessThanOrEqual(Math.max(width, 1));
    }
  });
});

/** A letter beside one outside the short way is measured in full. */
function measureFullWidth(letter: string): number {
  return measureWidth(`桜${letter}`) - 2;
}

test("agrees with the full measure on characters taken as one column wide", () => {
  for (let code = 0x20; code < 0x2030; code += 1) {
    if (code === 0x530) code = 0x2010;
    const letter = String.fromCharCode(code);
    if (/[\p{Cc}\p{M}\p{Cf}]/u.test(letter)) continue;
    expect(`${code.toString(16)} ${measureWidth(letter)}`).toBe(
      `${code.toString(16)} ${measureFullWidth(letter)}`,
    );
  }
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
      expect({ text, width: measureGraphemes(text) }).toEqual({ text, width: stringWidth(text) });
    }),
    { seed: 7, numRuns: 500 },
  );
});

test("splits into characters that join to the text", () => {
  const text = "Ro\u0301s 椎名👩‍👩‍👧‍👦|漢";
  expect(Array.from(splitGraphemes(text)).join("")).toBe(text);
  expect(Array.from(splitGraphemes(text))).toContain("👩‍👩‍👧‍👦");
  expect(Array.from(splitGraphemes("漢字"))).toEqual(["漢", "字"]);
});

test("keeps characters whole at the ends of pieces of a long text", () => {
  const family = "👨‍👩‍👧";
  for (let before = 240; before < 260; before += 1) {
    for (const letter of [family, "e\u0301", "👍🏽", "🇩🇪", "각"]) {
      const text = "a".repeat(before) + letter + "b".repeat(300);
      expect(Array.from(splitGraphemes(text))).toEqual([
        ...Array.from("a".repeat(before)),
        letter,
        ...Array.from("b".repeat(300)),
      ]);
    }
  }
  // A letter that never ends is cut.
  expect(Array.from(splitGraphemes("\u0301".repeat(100_000))).join("")).toBe("\u0301".repeat(100_000));
});
