import { daySeconds } from "../model/times.ts";
// How the sample's tables are read.

const daysPerMonth = 30.436875;

/** Cells of a table: a line a row, "|" between cells. */
export function rowsOf(table: string, cellCount: number): string[][] {
  return table
    .trim()
    .split("\n")
    .map((line) => {
      const cells = line.split("|").map((cell) => cell.trim());
      if (cells.length !== cellCount) throw new Error(`not ${cellCount} cells: ${line}`);
      return cells;
    });
}

export function monthsToSeconds(months: number): number {
  return Math.round(months * daysPerMonth) * daySeconds;
}
