import { expect, test } from "vitest";
import { safe } from "../../src/output/escape.ts";
import { showProgress } from "../../src/output/progress.ts";

test.each([
  [true, /[^\n -~\u001b]/u],
  [false, /^[\n -~\u001b]*$/u],
])("what turns is drawn by what the terminal can show: unicode %s", async (unicode, pattern) => {
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
  expect(drawn).toMatch(pattern);
});
