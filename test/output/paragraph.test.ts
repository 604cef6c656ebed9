import { describe, expect, test } from "vitest";
import { renderFooter, renderLineEnds, wrapText } from "../../src/output/paragraph.ts";
import { measureWidth } from "../../src/output/width.ts";

const createTerminal = (width: number): { width: number; unicode: boolean } => ({ width, unicode: true });

describe("a sentence", () => {
  test("breaks between words", () => {
    expect(wrapText("more words than fit", createTerminal(10))).toEqual(["more words", "than fit"]);
  });

  test("breaks within a word that is longer than the screen, and never within a letter", () => {
    expect(wrapText("a 無罪モラトリアム b", createTerminal(5))).toEqual([
      "a",
      "無罪",
      "モラ",
      "トリ",
      "アム",
      "b",
    ]);
  });
});

test.each([20, 33, 48, 80])("fits a whole footer in %i columns", (width) => {
  const parts = ["In the box #1456? rewind link 1456 --add a91", "Never show: rewind gaps hide a219", ""];
  const lines = renderFooter([parts, ["recent: --during 1y"]], createTerminal(width));
  for (const line of lines) expect(measureWidth(line)).toBeLessThanOrEqual(width);
  for (const word of parts.join(" ").trim().split(" ")) expect(lines.join("\n")).toContain(word);
});

test.each([
  [19, ["30 records", "22 plays"]],
  [20, ["30 records  22 plays"]],
  [200, [`30 records${" ".repeat(82)}22 plays`]],
])("puts two texts at the ends of a line of %i columns, at most 100 apart", (width, lines) => {
  expect(renderLineEnds("30 records", "22 plays", createTerminal(width))).toEqual(lines);
});
