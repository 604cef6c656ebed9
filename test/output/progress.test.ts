import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { safe } from "../../src/output/safe-text.ts";
import { showProgress } from "../../src/output/progress.ts";

function createRedrawableStream(columns: number | undefined) {
  const written: string[] = [];
  const stream = {
    isTTY: true,
    columns,
    write: (text: string) => written.push(text) > 0,
    cursorTo: () => true,
    moveCursor: () => true,
    clearLine: () => true,
  };
  return { stream, readWritten: () => written.join("") };
}

test.each([0, undefined])("draws nothing on a terminal that says %s columns", async (columns) => {
  const { stream, readWritten } = createRedrawableStream(columns);
  (await showProgress(stream, { unicode: true }, () => [safe`Asking`])).stop();
  expect(readWritten()).toBe("");
});

test.each([
  [true, /^[\u2800-\u28ff]$/u],
  [false, /^[-\\|/]$/u],
])("draws the spinner with characters that the terminal can show: unicode %s", async (unicode, glyph) => {
  const { stream, readWritten } = createRedrawableStream(80);
  (await showProgress(stream, { unicode }, () => [safe`Asking`])).stop();
  const drawn = readWritten();
  expect(drawn).toContain("Asking");
  expect(stripVTControlCharacters(drawn).trimEnd().at(-1)).toMatch(glyph);
});
