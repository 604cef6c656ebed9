// Titles of a record besides its own: one for each language, those that services give, and those of the works on it.
import type { OtherTitle } from "../../model/model.ts";
import type { AlbumBlock } from "../library/entry.ts";
import type { Library } from "../library/library.ts";
import { compact } from "../text/fold.ts";
import { languagesOf } from "../titles/languages.ts";
import { isVetoed, nearTitle } from "../titles/near-title.ts";
import { equalTitles, nearTitles, notTighter, spelledOtherwise, type Candidate } from "./candidates.ts";
import { isDoubtful, type TitleRule } from "./ladder.ts";
import { pieceOf, underTitle, type Target } from "./target.ts";

/** Each part of a title in several languages is a title of its own: "Shizuka = 静か". */
export function inEachLanguage(target: Target, block: AlbumBlock): readonly Candidate[] {
  const rows = languagesOf(target.title.stemText).flatMap((part) => {
    const piece = pieceOf(target, part);
    return [...equalTitles(piece, block), ...nearTitles(piece, block), ...spelledOtherwise(piece, block)];
  });
  return notTighter("translation", rows);
}

export function underOtherTitles(
  target: Target,
  titles: readonly OtherTitle[],
  block: AlbumBlock,
): readonly Candidate[] {
  return titles.flatMap(({ title, source }) => {
    const other = underTitle(target, title);
    return isAnother(target, other) ? [] : soundTitles(other, block, `${source}-title`);
  });
}

/** Returns true if the record's own title rules the other title out. */
function isAnother({ title, own }: Target, { title: other, selfTitled }: Target): boolean {
  if (other.key === title.key) return true;
  // Services call "Name (Green Album)" and "Name (Blue Album)" both "Name".
  if (selfTitled && own.areToldIn(title.stemText)) return true;
  return nearTitle(title)(other) && isVetoed(title, other);
}

function soundTitles(target: Target, block: AlbumBlock, rung: TitleRule): readonly Candidate[] {
  const sound = equalTitles(target, block).filter(({ rule }) => !isDoubtful(rule));
  return notTighter(rung, sound);
}

const slash = /\s\/\s/;
/** Signs that also join words of one title, so they separate albums only on compilations. */
const joints = [/\s\+\s/, /;\s/, /\s&\s/];
const mostAlbums = 4;

/** The albums that the title of a two-in-one names, if the artist has all of them: "Paper Kite / Tin Moon". */
export function albumsInTitle(target: Target, block: AlbumBlock): readonly Candidate[] {
  const { kind, compilation, title } = target;
  if (kind !== "album" && !compilation) return [];
  for (const sign of compilation ? [slash, ...joints] : [slash]) {
    const parts = title.raw.split(sign);
    if (parts.length < 2 || parts.length > mostAlbums) continue;
    const rows = parts.map((part) => soundTitles(underTitle(target, part), block, "both-albums"));
    if (rows.every(({ length }) => length > 0)) return rows.flat();
  }
  return [];
}

/** Rows for the first side of a single. Albums are often named after a release that Discogs calls a single. */
export function firstSide(target: Target, block: AlbumBlock): readonly Candidate[] {
  const [side = "", ...others] = target.title.raw.split(slash);
  if (target.kind !== "single" || others.length === 0) return [];
  const rows = soundTitles(underTitle(target, side), block, "single-or-album");
  return target.saysSingle ? rows.filter(({ entry }) => entry.title.format === "single") : rows;
}

/** Rows for each half of the title, by the artist at the same position: "Name / Other – Title / Another". */
export function halvesOfSplit(target: Target, library: Library): readonly Candidate[] {
  const { names } = target.credits;
  const halves = target.title.stemText.split(" / ");
  const artists = names.length === 1 ? (names[0] ?? "").split(" / ") : names;
  if (halves.length !== 2 || artists.length !== 2) return [];
  const rows = halves.map((half, at) => {
    const block = library.blockBy(artists[at] ?? "");
    // A record named after both artists has no self-titled album of either.
    return block === undefined || target.own.is(half)
      ? []
      : soundTitles({ ...underTitle(target, half), selfTitled: false }, block, "half");
  });
  // One side of a single is a song.
  const isWhole = target.kind === "album" || target.compilation || rows.every(({ length }) => length > 0);
  return isWhole ? rows.flat() : [];
}

/** Returns true if both halves of a double title were found. A half that is an artist's name needs no row. */
export function areBothHalvesFound(
  { kind, compilation, alternatives, own }: Target,
  rows: readonly Candidate[],
): boolean {
  if (kind !== "album" && !compilation) return false;
  const halves = alternatives.filter(({ rule }) => rule === "half");
  const isName = (key: string): boolean =>
    !/live|remix|demo/.test(key) && own.folded.some((name) => key.includes(compact(name)));
  const there = new Set(rows.filter(({ rule }) => rule === "half").map(({ entry }) => entry.title.key));
  return halves.length === 2 && halves.every(({ key }) => there.has(key) || isName(key));
}
