// Titles of a record besides its own: one for each language, those that services give, and those of the works on it.
import type { OtherTitle } from "../../model/model.ts";
import type { AlbumBlock } from "../albums/album-block.ts";
import { toTitleKey } from "../titles/title.ts";
import { splitByLanguage } from "../titles/languages.ts";
import { isVetoed, createNearTitleFilter } from "../titles/near-title.ts";
import {
  matchEqualTitles,
  matchNearTitles,
  selectReliable,
  weakenRules,
  matchSpellings,
  type Candidate,
} from "./candidates.ts";
import type { TitleRule } from "./rule-order.ts";
import { buildPieceTarget, replaceTitle, type Target } from "./target.ts";

/** Each part of a title in several languages is a title of its own: "Shizuka = 静か". */
export function matchTranslations(target: Target, block: AlbumBlock): readonly Candidate[] {
  const rows = splitByLanguage(target.title.stemText).flatMap((part) => {
    const piece = buildPieceTarget(target, part);
    return [
      ...matchEqualTitles(piece, block),
      ...matchNearTitles(piece, block),
      ...matchSpellings(piece, block),
    ];
  });
  return weakenRules("translation", rows);
}

export function matchOtherTitles(
  target: Target,
  titles: readonly OtherTitle[],
  block: AlbumBlock,
): readonly Candidate[] {
  return titles.flatMap(({ title, source }) => {
    const other = replaceTitle(target, title);
    return isRuledOut(target, other) ? [] : matchReliableTitles(other, block, `${source}-title`);
  });
}

/** Returns true if the record's own title rules the other title out. */
function isRuledOut({ title, own }: Target, { title: other, selfTitled }: Target): boolean {
  if (other.key === title.key) return true;
  // Services call "Name (Green Album)" and "Name (Blue Album)" both "Name".
  if (selfTitled && own.isMentionedIn(title.stemText)) return true;
  return createNearTitleFilter(title)(other) && isVetoed(title, other);
}

function matchReliableTitles(target: Target, block: AlbumBlock, limit: TitleRule): readonly Candidate[] {
  return selectReliable(limit, matchEqualTitles(target, block));
}

const slash = /\s\/\s/;
/** Signs between the albums of a title. Most also join words of one title. */
const titleSeparators = [slash, /\/(?=\S)/, /\s\+\s|;\s/, /\s(?:&|and)\s/i];
const separatorPattern = /[/+;&]|\sand\s/i;
const maxAlbums = 8;

/** The albums that the title of a two-in-one names, if the artist has all of them: "Paper Kite / Tin Moon". */
export function matchAlbumsInTitle(target: Target, block: AlbumBlock): readonly Candidate[] {
  const { kind, compilation, title } = target;
  if ((kind === "ep" || kind === "single") && !compilation) return [];
  if (!separatorPattern.test(title.raw)) return [];
  for (const sign of titleSeparators) {
    const parts = title.raw.split(sign);
    if (parts.length < 2 || parts.length > maxAlbums) continue;
    const rows = parts.map((part) => matchReliableTitles(replaceTitle(target, part), block, "both-albums"));
    const found = rows.filter(({ length }) => length > 0).length;
    // A box may hold an album that was never played.
    if (found > 1 && (found === parts.length || (sign === slash && found * 2 >= parts.length)))
      return rows.flat();
  }
  return [];
}

/** Rows with the record's title and that of another album of the artist: "Paper Kite/Tin Moon". */
export function matchTwoInOne(target: Target, block: AlbumBlock): readonly Candidate[] {
  const { kind, title, selfTitled } = target;
  if (kind === "ep" || kind === "single") return [];
  return block.twoInOneEntries.flatMap((entry) => {
    const keys = entry.title.stemText.split("/").map(toTitleKey);
    const [other = ""] = keys.filter((key) => key !== title.key);
    const isTwo =
      keys.length === 2 && keys.includes(title.key) && block.getEntriesByTitleKey(other).length > 0;
    return isTwo && !selfTitled ? [{ entry, rule: "both-albums" }] : [];
  });
}

/** Rows for the first side of a single. Albums are often named after a release that Discogs calls a single. */
export function matchFirstSide(target: Target, block: AlbumBlock): readonly Candidate[] {
  const [side = "", ...others] = target.title.raw.split(slash);
  if (target.kind !== "single" || others.length === 0) return [];
  const rows = matchReliableTitles(replaceTitle(target, side), block, "single-or-album");
  return target.saysSingle ? rows.filter(({ entry }) => entry.title.format === "single") : rows;
}
