import { compact } from "../text/fold.ts";
import { looser, type TitleRule } from "./ladder.ts";
import { plainNotation } from "../text/notation.ts";
import { volumeOf } from "../titles/soundtracks.ts";
import type { ReleaseKind } from "./matched-release.ts";
import type { Target } from "./target.ts";
import { type ParsedTitle, withoutArticle } from "../titles/title.ts";

/** The rung by which two titles with the same key match; null if their tails contradict. */
export function compareTitles(target: Target, album: ParsedTitle): TitleRule | null {
  const rule = compareStems(target, album);
  if (rule === null || !target.selfTitled || !target.compilation) return rule;
  // A box named after the artist holds several albums; any other collection may not be the album of that name.
  return target.collection ? null : looser("self-titled", rule);
}

function compareStems(target: Target, album: ParsedTitle): TitleRule | null {
  const record = target.title;
  if (record.folded === album.folded) return "title";
  const tails = compareTails(target, album);
  if (tails === null || record.core === album.core) return tails === null ? null : "edition";
  const rule = stemRule(record, album);
  // A single is often named after its song, and the album without the article.
  if (rule === "article" && target.kind === "single" && album.format === "") return null;
  return looser(tails, rule);
}

/** The loosest rung that the tails of two titles need; null if they contradict. */
export function compareTails(target: Target, album: ParsedTitle): TitleRule | null {
  const record = target.title;
  // A remaster with a single's title is the album's.
  if (target.kind === "single" && album.core !== album.folded && album.format !== "single") return null;
  if (target.selfTitled && (target.collection || isCollected(record) !== isCollected(album))) return null;
  // A film about a band has its name too, and is not its album.
  if (target.selfTitled && record.soundtrack !== "" && album.soundtrack === "") return null;
  // EPs have no deluxe editions, but albums with their title have.
  if (target.kind === "ep" && album.format !== "ep" && /deluxe|expanded/i.test(album.raw)) return null;
  let rule: TitleRule = "edition";
  if (record.disc !== album.disc) {
    if (record.disc !== "" && album.disc !== "") return null;
    // "Name (LP2)" is the second album of that name.
    if (target.selfTitled && /\blp ?\d/i.test(record.raw + album.raw)) return null;
    rule = looser(rule, "disc");
  }
  if (record.soundtrack !== album.soundtrack) {
    if (volumeOf(record.soundtrack) !== volumeOf(album.soundtrack)) return null;
    // The cast on stage is not that of the film.
    const casts = [record, album].filter(({ soundtrack }) => soundtrack.startsWith("cast"));
    if (casts.length === 1 && record.soundtrack !== "" && album.soundtrack !== "") return null;
    rule = looser(rule, target.noSoundtrack && record.soundtrack === "" ? "against-genres" : "soundtrack");
  }
  if (record.format !== album.format) {
    if (!formatsAgree(target, album)) return null;
    rule = looser(rule, "format");
  }
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

function stemRule(record: ParsedTitle, album: ParsedTitle): TitleRule {
  if (record.stem === album.stem) return "edition";
  if (compact(record.stem) === compact(album.stem)) return "spacing";
  if (plainStem(record.stem) === plainStem(album.stem)) return "article";
  if (plainStem(record.plain) === plainStem(album.plain))
    return [record, album].every(({ stem }) => plainNotation(stem) === stem) ? "article" : "notation";
  return record.numbers === "" ? "article" : "numbering";
}

function plainStem(stem: string): string {
  return compact(withoutArticle(stem));
}

function formatsAgree(target: Target, album: ParsedTitle): boolean {
  const recordKind = asKind(target.title.format) || target.kind;
  const albumKind = asKind(album.format);
  // A 12" without a format description may be an EP.
  if (target.kind === "single" && !target.saysSingle && target.title.format === "" && albumKind === "ep")
    return true;
  if (target.mini && target.title.format === "" && albumKind === "ep") return true;
  // A plain row is mostly the album, not a single, and not an EP named after the band.
  if (albumKind === "") return recordKind !== "single" && !(recordKind === "ep" && target.selfTitled);
  if (recordKind === "") return !target.selfTitled && albumKind !== "album";
  return recordKind === albumKind;
}

function asKind(format: string): ReleaseKind {
  return format === "lp" ? "album" : format === "ep" || format === "single" ? format : "";
}
