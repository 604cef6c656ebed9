import type { Alternative } from "../titles/alternatives.ts";
import { compact } from "../text/fold.ts";
import { looser, type TitleRule } from "./ladder.ts";
import { plainNotation } from "../text/notation.ts";
import { volumeOf } from "../titles/soundtracks.ts";
import type { OwnNames } from "../titles/own-names.ts";
import type { ReleaseKind } from "./matched-release.ts";
import type { Spelling } from "../titles/spellings.ts";
import type { Bag } from "../titles/telling-words.ts";
import type { ParsedTitle } from "../titles/title.ts";

/** The years of a record, each null where it isn't known. */
export interface Years {
  /** The year in which the album was first released, according to a service. */
  readonly original: number | null;
  readonly pressing: number | null;
  /** The original year, or that of a first pressing. */
  readonly first: number | null;
}

/** A record, prepared for comparing. */
export interface Wanted {
  readonly title: ParsedTitle;
  readonly kind: ReleaseKind;
  readonly saysSingle: boolean;
  readonly own: OwnNames;
  readonly selfTitled: boolean;
  /** It is by several artists. */
  readonly shared: boolean;
  /** It is a mini-album, which many call an EP. */
  readonly mini: boolean;
  readonly compilation: boolean;
  readonly alternatives: readonly Alternative[];
  readonly bag: Bag;
  readonly spellings: readonly Spelling[];
  /** It is a box of several albums. */
  readonly collection: boolean;
  /** Its genres say that it is no soundtrack. */
  readonly noSoundtrack: boolean;
  readonly years: Years;
}

/** The rung by which two titles with the same key match; null if their tails contradict. */
export function compareTitles(wanted: Wanted, album: ParsedTitle): TitleRule | null {
  const record = wanted.title;
  // A collection named after the artist may not be the album of that name.
  if (record.folded === album.folded)
    return wanted.selfTitled && wanted.compilation ? "self-titled" : "title";
  const tails = compareTails(wanted, album);
  return tails === null
    ? null
    : record.core === album.core
      ? "edition"
      : looser(tails, compareStems(record, album));
}

/** The loosest rung that the tails of two titles need; null if they contradict. */
export function compareTails(wanted: Wanted, album: ParsedTitle): TitleRule | null {
  const record = wanted.title;
  // A remaster with a single's title is the album's.
  if (wanted.kind === "single" && album.core !== album.folded && album.format !== "single") return null;
  if (wanted.selfTitled && (wanted.collection || isCollected(record) !== isCollected(album))) return null;
  // A film about a band has its name too, and is not its album.
  if (wanted.selfTitled && record.soundtrack !== "" && album.soundtrack === "") return null;
  // EPs have no deluxe editions, but albums with their title have.
  if (wanted.kind === "ep" && album.format !== "ep" && /deluxe|expanded/i.test(album.raw)) return null;
  let rule: TitleRule = "edition";
  if (record.disc !== album.disc) {
    if (record.disc !== "" && album.disc !== "") return null;
    rule = looser(rule, "disc");
  }
  if (record.soundtrack !== album.soundtrack) {
    if (volumeOf(record.soundtrack) !== volumeOf(album.soundtrack)) return null;
    rule = looser(rule, wanted.noSoundtrack && record.soundtrack === "" ? "against-genres" : "soundtrack");
  }
  if (record.format !== album.format) {
    if (!formatsAgree(wanted, album)) return null;
    rule = looser(rule, "format");
  }
  if (record.mix !== album.mix) rule = looser(rule, "mix");
  if (record.extra !== album.extra) {
    for (const extra of [record.extra, album.extra]) if (extra !== "") rule = looser(rule, extra);
  }
  if (record.catalogue !== album.catalogue) {
    if (record.catalogue !== "" && album.catalogue !== "") return null;
    rule = looser(rule, "catalogue-number");
  }
  return rule;
}

/** "Name (Box Set)", "Name Remasters (Disc 1)": several albums under the artist's name. */
function isCollected({ raw, stemText }: ParsedTitle): boolean {
  return /\b(?:box|boxset|remasters|best|complete|collection|anthology)\b/i.test(raw.slice(stemText.length));
}

function compareStems(record: ParsedTitle, album: ParsedTitle): TitleRule {
  if (record.stem === album.stem) return "edition";
  if (compact(record.stem) === compact(album.stem)) return "spacing";
  if (plainStem(record.stem) === plainStem(album.stem)) return "article";
  if (plainStem(record.plain) === plainStem(album.plain))
    return [record, album].every(({ stem }) => plainNotation(stem) === stem) ? "article" : "notation";
  return record.numbers === "" ? "article" : "numbering";
}

function plainStem(stem: string): string {
  return compact(stem.replace(/^(?:the|an?|les?|la|l|el|los|las|il|der|das) /, ""));
}

function formatsAgree(wanted: Wanted, album: ParsedTitle): boolean {
  const recordKind = asKind(wanted.title.format) || wanted.kind;
  const albumKind = asKind(album.format);
  // A 12" without a format description may be an EP.
  if (wanted.kind === "single" && !wanted.saysSingle && wanted.title.format === "" && albumKind === "ep")
    return true;
  if (wanted.mini && wanted.title.format === "" && albumKind === "ep") return true;
  // A plain row is mostly the album, not a single, and not an EP named after the band.
  if (albumKind === "") return recordKind !== "single" && !(recordKind === "ep" && wanted.selfTitled);
  if (recordKind === "") return !wanted.selfTitled && albumKind !== "album";
  return recordKind === albumKind;
}

function asKind(format: string): ReleaseKind {
  return format === "lp" ? "album" : format === "ep" || format === "single" ? format : "";
}
