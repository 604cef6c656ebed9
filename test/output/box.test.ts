import { describe, expect, test } from "vitest";
import { boxed } from "../../src/output/box.ts";
import type { Screen } from "../../src/output/screen.ts";
import type { Column } from "../../src/output/field.ts";
import { widthOf } from "../../src/output/width.ts";

interface Row {
  readonly id: number;
  readonly title: string;
}

const linesOf = (...given: Parameters<typeof boxed<Row>>) => boxed(...given).lines;

const columns: readonly Column<Row>[] = [
  { header: "#", cell: ({ id }) => id, numeric: true, isKey: true },
  {
    header: "Title",
    cell: ({ title }) => title,
    flexible: { share: 3, maxWidth: 30, cut: "middle" },
    isName: true,
  },
];

const screen = (width: number, over: Partial<Screen> = {}): Screen => ({
  isTerminal: true,
  width,
  colourLevel: 0,
  unicode: true,
  hyperlinks: false,
  ...over,
});

/** What cli-table3's own measuring gets wrong, among others: marks of many scripts, newer emoji, flags, families. */
const titles = [
  "Lift Your Skinny Fists Like Antennas To Heaven",
  "ไม่มีอะไรเป็นของเรา",
  "हम दिल दे चुके सनम",
  "무릎 · 椎名林檎 無罪モラトリアム",
  "אֵין כָּמוֹךָ",
  "Sigur Ro\u0301s",
  "🫠🫨 melting 👩‍👩‍👧‍👦 🇯🇵",
  "xxx x",
  "a".repeat(70),
  "",
];

describe.each([24, 48, 60, 100, 200])("at %i columns", (width) => {
  test.each([true, false])(
    "every line is as wide as the frame (UTF-8: %s), and nothing is cut",
    (unicode) => {
      const rows = titles.map((title, at) => ({ id: at + 1, title }));
      const lines = linesOf(columns, rows, screen(width, { unicode }));
      const widths = new Set(lines.map(widthOf));
      expect(widths.size).toBe(1);
      expect([...widths][0]).toBeLessThanOrEqual(width);
      const text = lines.join("").replace(/[│|\s]/g, "");
      for (const title of titles) {
        const words = title.split(" ").filter((word) => widthOf(word) <= Math.min(10, width - 12));
        for (const word of words) expect(text).toContain(word.replace(/\s/g, ""));
      }
    },
  );
});

test("a long title wraps within its cell", () => {
  const rows = [
    { id: 931, title: "Lift Your Skinny Fists Like Antennas To Heaven" },
    { id: 7, title: "Amnesiac" },
  ];
  expect(linesOf(columns, rows, screen(80))[3]).toBe(
    "│ 931 │ Lift Your Skinny Fists Like Antennas To Heaven │",
  );
  expect(linesOf(columns, rows, screen(40)).slice(0, 4)).toEqual([
    "┌──────────────────────────────────────┐",
    "│ 931  Lift Your Skinny Fists Like     │",
    "│      Antennas To Heaven              │",
    "├──────────────────────────────────────┤",
  ]);
});

test("paint goes around the text and moves nothing", () => {
  const painted = columns.map((column) => ({
    ...column,
    paint: (text: ReturnType<typeof linesOf>[number]) => `<${text}>` as typeof text,
  }));
  const rows = [{ id: 1, title: "Tago Mago" }];
  expect(linesOf(painted, rows, screen(80)).join("\n").replace(/[<>]/g, "")).toBe(
    linesOf(columns, rows, screen(80)).join("\n"),
  );
});
