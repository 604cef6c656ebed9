import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { safe } from "../../src/output/safe-text.ts";
import { showProgress } from "../../src/output/progress.ts";

test.each([
  [true, /^[\u2800-\u28ff]$/u],
  [false, /^[-\\|/]$/u],
])("draws the spinner with characters that the terminal can show: unicode %s", async (unicode, glyph) => {
  let drawn = "";
  const stream = {
    isTTY: true,
    columns: 80,
    write: (text: string) => {
      drawn += text;
      return true;
    },
    cursorTo: () => true,
    moveCursor: () => true,
    clearLine: () => true,
  };
  (await showProgress(stream, { unicode }, () => [safe`Asking`])).stop();
  expect(drawn).toContain("Asking");
  expect(stripVTControlCharacters(drawn).trimEnd().at(-1)).toMatch(glyph);
});
