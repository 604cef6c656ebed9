// Titles of two albums in one: "Paper Kite / Tin Moon".
import { compact } from "../text/fold.ts";
import type { Candidate } from "./candidates.ts";
import type { Wanted } from "./compare.ts";

/** Whether nothing of a double album is missing among its halves: each is there, or tells who is heard on the other. */
export function isComplete(
  { kind, compilation, alternatives, own }: Wanted,
  found: readonly Candidate[],
): boolean {
  if (kind !== "album" && !compilation) return false;
  const halves = alternatives.filter(({ rule }) => rule === "half");
  const there = new Set(found.filter(({ rule }) => rule === "half").map(({ entry }) => entry.title.key));
  return halves.length === 2 && halves.every(({ key }) => there.has(key) || isTold(key, own.folded));
}

function isTold(key: string, names: readonly string[]): boolean {
  return !/live|remix|demo/.test(key) && names.some((name) => key.includes(compact(name)));
}
