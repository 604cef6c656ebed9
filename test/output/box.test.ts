import { expect, test } from "vitest";
import { boxTable } from "../../src/output/box.ts";
import { plainScreen } from "../support/plain-screen.ts";
import type { Screen } from "../../src/output/screen.ts";
import type { Column } from "../../src/output/field.ts";

interface Row {
  readonly id: number;
  readonly title: string;
}

const linesOf = (...given: Parameters<typeof boxTable<Row>>) => boxTable(...given).lines;

const columns: readonly Column<Row>[] = [
  { header: "#", cell: ({ id }) => id, numeric: true, isKey: true },
  {
    header: "Title",
    cell: ({ title }) => title,
    flexible: { share: 3, maxWidth: 30, cut: "middle" },
    isName: true,
  },
];

const screen = (width: number, over: Partial<Screen> = {}): Screen => plainScreen({ width, ...over });

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
