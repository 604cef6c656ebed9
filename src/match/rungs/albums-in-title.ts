// Titles that name more than one work: the albums on two-in-one records, "Paper Kite / Tin Moon", and the sides of a single.
import type { AlbumBlock } from "../library/album-block.ts";
import { parseTitle } from "../titles/title.ts";
import { equalTitles, type Candidate } from "./candidates.ts";
import type { Wanted } from "./compare.ts";
import { isDoubtful, looser, type TitleRule } from "./ladder.ts";
import { isSelfTitled } from "./self-titled.ts";

const slash = /\s\/\s/;
/** Signs that also join words of one title, so they separate albums only on compilations. */
const joints = [/\s\+\s/, /;\s/, /\s&\s/];
const mostAlbums = 4;

/** The albums that the title names, if the artist has all of them. */
export function albumsInTitle(wanted: Wanted, block: AlbumBlock): readonly Candidate[] {
  const { kind, compilation, title } = wanted;
  if (kind !== "album" && !compilation) return [];
  for (const sign of compilation ? [slash, ...joints] : [slash]) {
    const parts = title.raw.split(sign);
    if (parts.length < 2 || parts.length > mostAlbums) continue;
    const found = parts.map((part) => titled(wanted, part, block, "both-albums"));
    if (found.every(({ length }) => length > 0)) return found.flat();
  }
  return [];
}

/** Rows for the first side of a single. Albums are often named after a release that Discogs calls a single. */
export function firstSide(wanted: Wanted, block: AlbumBlock): readonly Candidate[] {
  const [side = "", ...others] = wanted.title.raw.split(slash);
  if (wanted.kind !== "single" || others.length === 0) return [];
  const found = titled(wanted, side, block, "single-or-album");
  return wanted.saysSingle ? found.filter(({ entry }) => entry.title.format === "single") : found;
}

function titled(wanted: Wanted, part: string, block: AlbumBlock, rung: TitleRule): readonly Candidate[] {
  const title = parseTitle(part);
  const alone = { ...wanted, title, selfTitled: isSelfTitled(title, wanted.own) };
  return equalTitles(alone, block).flatMap(({ entry, rule }) =>
    isDoubtful(rule) ? [] : [{ entry, rule: looser(rung, rule) }],
  );
}
