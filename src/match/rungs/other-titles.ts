// Titles of a record besides its own: one for each language, those that services give, and those of the works on it.
import type { OtherTitle } from "../../model/model.ts";
import type { AlbumBlock } from "../library/entry.ts";
import { compact } from "../text/fold.ts";
import { keyOf } from "../titles/title.ts";
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
/** Signs between the albums of a title. Most also join words of one title. */
const joints = [slash, /\/(?=\S)/, /\s\+\s/, /;\s/, /\s(?:&|and)\s/i, /(?:\.{3}|…)\s?(?:it['’]s )?/i];
const jointSigns = /[/+;&…]|\.{3}|\sand\s/i;
const mostAlbums = 8;

/** The albums that the title of a two-in-one names, if the artist has all of them: "Paper Kite / Tin Moon". */
export function albumsInTitle(target: Target, block: AlbumBlock): readonly Candidate[] {
  const { kind, compilation, title } = target;
  if ((kind === "ep" || kind === "single") && !compilation) return [];
  if (!jointSigns.test(title.raw)) return [];
  for (const sign of joints) {
    const parts = title.raw.split(sign);
    if (parts.length < 2 || parts.length > mostAlbums) continue;
    const rows = parts.map((part) => soundTitles(underTitle(target, part), block, "both-albums"));
    const found = rows.filter(({ length }) => length > 0).length;
    // A box may hold an album that was never played.
    if (found > 1 && (found === parts.length || (sign === slash && found * 2 >= parts.length)))
      return rows.flat();
  }
  return [];
}

/** Rows with the record's title and that of another album of the artist: "Paper Kite/Tin Moon". */
export function twoInOne(target: Target, block: AlbumBlock): readonly Candidate[] {
  const { kind, title, selfTitled } = target;
  if (kind === "ep" || kind === "single") return [];
  return block.doubles.flatMap((entry) => {
    const keys = entry.title.stemText.split("/").map(keyOf);
    const [other = ""] = keys.filter((key) => key !== title.key);
    const isTwo = keys.length === 2 && keys.includes(title.key) && block.titled(other).length > 0;
    return isTwo && !selfTitled ? [{ entry, rule: "both-albums" }] : [];
  });
}

/** Rows for the first side of a single. Albums are often named after a release that Discogs calls a single. */
export function firstSide(target: Target, block: AlbumBlock): readonly Candidate[] {
  const [side = "", ...others] = target.title.raw.split(slash);
  if (target.kind !== "single" || others.length === 0) return [];
  const rows = soundTitles(underTitle(target, side), block, "single-or-album");
  return target.saysSingle ? rows.filter(({ entry }) => entry.title.format === "single") : rows;
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
