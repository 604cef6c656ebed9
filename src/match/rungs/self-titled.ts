// Albums named after their artist.
import type { Entry } from "../library/entry.ts";
import type { OwnNames } from "../titles/own-names.ts";
import type { ParsedTitle } from "../titles/title.ts";

/** "Name I", "Name 1", "Name Album". */
const firstAlbum = [" i", " 1", " album"];

/** "Name", "Name I", "Name Album", "Name Name", "Self-Titled": an album named after its artist. */
export function isSelfTitled(title: ParsedTitle, own: OwnNames): boolean {
  const { stem } = title;
  if (own.is(stem) || stem === "self titled" || stem === "s t" || stem === "selftitled") return true;
  // "The Name Album" is a title of its own.
  if (stem.startsWith("the ") && stem.endsWith(" album") && !own.beginWithArticle) return false;
  for (let at = 0; at < firstAlbum.length; at++) {
    const ending = firstAlbum[at] as string;
    if (stem.endsWith(ending) && own.is(stem.slice(0, -ending.length))) return true;
  }
  const middle = stem.length >> 1;
  if (middle < 4 || stem.length % 2 === 0 || stem[middle] !== " ") return false;
  const half = stem.slice(0, middle);
  return stem.endsWith(half) && own.is(half);
}

/** Whether brackets tell several self-titled albums apart. An edition of the plain name could be any of them. */
export function hasNamesakes(title: ParsedTitle, entries: readonly Entry[]): boolean {
  const keys = new Set<string>();
  for (const entry of entries) {
    if (entry.title.stem.startsWith(`${title.stem} `) && /[([]/.test(entry.title.stemText))
      keys.add(entry.title.key);
  }
  return keys.size > 1;
}
