import { describe, expect, test } from "vitest";
import { footerLines, wrapText } from "../../src/output/paragraph.ts";
import { widthOf } from "../../src/output/width.ts";

const at = (width: number): { width: number; unicode: boolean } => ({ width, unicode: true });

describe("a sentence", () => {
  test("breaks between words", () => {
    expect(wrapText("more words than fit", at(10))).toEqual(["more words", "than fit"]);
  });

  test("breaks within a word that is longer than the screen, and never within a letter", () => {
    expect(wrapText("a 無罪モラトリアム b", at(5))).toEqual(["a", "無罪", "モラ", "トリ", "アム", "b"]);
  });
});

test.each([20, 33, 48, 80])("a foot at %i columns is whole, and within them", (width) => {
  const parts = ["In the box #1456? rewind link 1456 --add a91", "Never show: rewind gaps hide a219", ""];
  const lines = footerLines([parts, ["recent: --during 1y"]], at(width));
  for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
  for (const word of parts.join(" ").trim().split(" ")) expect(lines.join("\n")).toContain(word);
});
