import { stripSpaces } from "../text/fold.ts";
import { getWeakerRule, type TitleRule } from "./rule-order.ts";
import { normalizeNotation } from "../text/notation.ts";
import { getVolume } from "../titles/soundtracks.ts";
import type { ReleaseKind } from "./matched-release.ts";
import type { Target } from "./target.ts";
import { type ParsedTitle, stripArticle } from "../titles/title.ts";

/** The rule by which two titles with the same key match; null if their tails contradict. */
export function findTitleRule(target: Target, album: ParsedTitle): TitleRule | null {
  const rule = findBaseRule(target, album);
  if (rule === null || !target.selfTitled || !target.compilation) return rule;
  // A box named after the artist holds several albums; any other collection may not be the album of that name.
  return target.collection ? null : getWeakerRule("self-titled", rule);
}

function findBaseRule(target: Target, album: ParsedTitle): TitleRule | null {
  const record = target.title;
  if (record.folded === album.folded) return "title";
  const tails = findTailRule(target, album);
  if (tails === null || record.core === album.core) return tails === null ? null : "edition";
  const rule = getStemRule(record, album);
  // A single is often named after its song, and the album without the article.
  if (rule === "article" && target.kind === "single" && album.format === "") return null;
  return getWeakerRule(tails, rule);
}

/** The loosest rule that the tails of two titles need; null if they contradict. */
export function findTailRule(target: Target, album: ParsedTitle): TitleRule | null {
  const record = target.title;
  // A remaster with a single's title is the album's.
  if (target.kind === "single" && album.core !== album.folded && album.format !== "single") return null;
  if (target.selfTitled && (target.collection || isCollectionTitle(record) !== isCollectionTitle(album)))
    return null;
  // A film about a band has its name too, and is not its album.
  if (target.selfTitled && record.soundtrack !== "" && album.soundtrack === "") return null;
  // EPs have no deluxe editions, but albums with their title have.
  if (target.kind === "ep" && album.format !== "ep" && /deluxe|expanded/i.test(album.raw)) return null;
  let rule: TitleRule = "edition";
  if (record.disc !== album.disc) {
    if (record.disc !== "" && album.disc !== "") return null;
    // "Name (LP2)" is the second album of that name.
    if (target.selfTitled && /\blp ?\d/i.test(record.raw + album.raw)) return null;
    rule = getWeakerRule(rule, "disc");
  }
  if (record.soundtrack !== album.soundtrack) {
    if (getVolume(record.soundtrack) !== getVolume(album.soundtrack)) return null;
    // The cast on stage is not that of the film.
    const casts = [record, album].filter(({ soundtrack }) => soundtrack.startsWith("cast"));
    if (casts.length === 1 && record.soundtrack !== "" && album.soundtrack !== "") return null;
    rule = getWeakerRule(
      rule,
      target.noSoundtrack && record.soundtrack === "" ? "against-genres" : "soundtrack",
    );
  }
  if (record.format !== album.format) {
    if (!formatsAgree(target, album)) return null;
    rule = getWeakerRule(rule, "format");
  }
  if (record.extra !== album.extra) {
    for (const extra of [record.extra, album.extra]) if (extra !== "") rule = getWeakerRule(rule, extra);
  }
  if (record.catalogue !== album.catalogue) {
    if (record.catalogue !== "" && album.catalogue !== "") return null;
    rule = getWeakerRule(rule, "catalogue-number");
  }
  return rule;
}

/** "Name (Box Set)", "Name Remasters (Disc 1)": several albums under the artist's name. */
function isCollectionTitle({ raw, stemText }: ParsedTitle): boolean {
  return /\b(?:box|boxset|remasters|best|complete|collection|anthology)\b/i.test(raw.slice(stemText.length));
}

function getStemRule(record: ParsedTitle, album: ParsedTitle): TitleRule {
  if (record.stem === album.stem) return "edition";
  if (stripSpaces(record.stem) === stripSpaces(album.stem)) return "spacing";
  if (normalizeStem(record.stem) === normalizeStem(album.stem)) return "article";
  if (normalizeStem(record.plain) === normalizeStem(album.plain))
    return [record, album].every(({ stem }) => normalizeNotation(stem) === stem) ? "article" : "notation";
  return record.numbers === "" ? "article" : "numbering";
}

function normalizeStem(stem: string): string {
  return stripSpaces(stripArticle(stem));
}

function formatsAgree(target: Target, album: ParsedTitle): boolean {
  const recordKind = toReleaseKind(target.title.format) || target.kind;
  const albumKind = toReleaseKind(album.format);
  // A 12" without a format description may be an EP.
  if (target.kind === "single" && !target.saysSingle && target.title.format === "" && albumKind === "ep")
    return true;
  if (target.mini && target.title.format === "" && albumKind === "ep") return true;
  // A plain row is mostly the album, not a single, and not an EP named after the band.
  if (albumKind === "") return recordKind !== "single" && !(recordKind === "ep" && target.selfTitled);
  if (recordKind === "") return !target.selfTitled && albumKind !== "album";
  return recordKind === albumKind;
}

function toReleaseKind(format: string): ReleaseKind {
  return format === "lp" ? "album" : format === "ep" || format === "single" ? format : "";
}
