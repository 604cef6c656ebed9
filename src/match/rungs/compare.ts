import { compact } from "../text/fold.ts";
import { looser, type TitleRule } from "./ladder.ts";
import { plainNotation } from "../text/notation.ts";
import { volumeOf } from "../titles/soundtracks.ts";
import type { ReleaseKind } from "./matched-release.ts";
import type { Wanted } from "./wanted.ts";
import type { ParsedTitle } from "../titles/title.ts";

/** The rung by which two titles with the same key match; null if their tails contradict. */
export function compareTitles(wanted: Wanted, album: ParsedTitle): TitleRule | null {
  const rule = compareStems(wanted, album);
  if (rule === null || !wanted.selfTitled || !wanted.compilation) return rule;
  // A box named after the artist holds several albums; any other collection may not be the album of that name.
  return wanted.collection ? null : looser("self-titled", rule);
}

function compareStems(wanted: Wanted, album: ParsedTitle): TitleRule | null {
  const record = wanted.title;
  if (record.folded === album.folded) return "title";
  const tails = compareTails(wanted, album);
  if (tails === null || record.core === album.core) return tails === null ? null : "edition";
  return looser(tails, stemRule(record, album));
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

function stemRule(record: ParsedTitle, album: ParsedTitle): TitleRule {
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
