// Every command in every form with every example, and every seed, take minutes. The suite runs a sample by seed;
// REWIND_GATE=whole, which .ci/run sets, runs all of it, or a larger sample of what takes longest. REWIND_SEED draws
// another one.
import { pickInteger, createSeededRandom } from "./random.ts";

export const isFullRun = process.env["REWIND_GATE"] === "whole";
const seed = Number(process.env["REWIND_SEED"] ?? 1);

/**
 * Returns at most `few` of the items, in their order. A full run returns all, or at most `whole` of those that take
 * minutes. `name` gives each list a sample of its own.
 */
export function sampleItems<Item>(
  name: string,
  items: readonly Item[],
  few: number,
  whole = items.length,
): readonly Item[] {
  const count = isFullRun ? whole : few;
  if (items.length <= count) return items;
  const random = createSeededRandom(
    Array.from(name).reduce((sum, letter) => sum * 31 + (letter.codePointAt(0) ?? 0), seed),
  );
  const places = items.map((_, at) => at);
  while (places.length > count) places.splice(pickInteger(random, 0, places.length - 1), 1);
  return places.flatMap((at) => items.slice(at, at + 1));
}

/** How often a test of chance runs: as the variable says, else few times in the suite and more as a whole. */
export function getRoundCount(
  variable: string,
  { few, whole }: { readonly few: number; readonly whole: number },
): number {
  return Number(process.env[variable] ?? (isFullRun ? whole : few));
}
