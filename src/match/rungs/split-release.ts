// Records of two artists, each with half of the title: "Name / Other – Title / Another".

import type { Library } from "../library/library.ts";
import { parseTitle } from "../titles/title.ts";
import { type Candidate, equalTitles } from "./candidates.ts";
import type { Wanted } from "./compare.ts";
import type { Credits } from "./credits.ts";
import { isDoubtful, looser } from "./ladder.ts";
import { compact } from "../text/fold.ts";

/** Returns true if both halves of a double title were found. A half that is an artist's name needs no row. */
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

const slash = " / ";

/** Rows for each half of the title, by the artist at the same position. */
export function halvesOfSplit(wanted: Wanted, credits: Credits, library: Library): readonly Candidate[] {
  const { stemText } = wanted.title;
  if (!stemText.includes(slash)) return [];
  const halves = stemText.split(slash);
  const artists = credits.names.length === 1 ? (credits.names[0] ?? "").split(slash) : credits.names;
  if (halves.length !== 2 || artists.length !== 2) return [];
  const found = halves.map((half, at) => halfBy(wanted, half, library.keyOf(artists[at] ?? ""), library));
  // One side of a single is a song.
  const isWhole = wanted.kind === "album" || wanted.compilation || found.every(({ length }) => length > 0);
  return isWhole ? found.flat() : [];
}

function halfBy(wanted: Wanted, half: string, artistKey: string, library: Library): Candidate[] {
  const block = library.block(artistKey);
  // A record named after both artists has no self-titled album of either.
  if (block === undefined || wanted.own.is(half)) return [];
  const title = parseTitle(half);
  const part: Wanted = { ...wanted, title, selfTitled: false };
  return equalTitles(part, block).flatMap(({ entry, rule }) =>
    isDoubtful(rule) ? [] : [{ entry, rule: looser("half", rule) }],
  );
}
