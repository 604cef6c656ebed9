import { compact } from "./fold.ts";
import { withDigits } from "./numbers.ts";
import type { ReleaseKind } from "./release-format.ts";
import { looser } from "./ladder.ts";
import type { TitleRule } from "./ladder.ts";
import type { ParsedTitle } from "./title.ts";

/** Two titles of one key: by which rung they are the same, or null when their tails speak against it. */
export function compareTitles(
  record: ParsedTitle,
  album: ParsedTitle,
  kind: ReleaseKind,
  selfTitled: boolean,
): TitleRule | null {
  if (record.folded === album.folded) return "title";
  if (record.core === album.core) return "edition";
  let rule: TitleRule = "edition";
  if (record.disc !== album.disc) {
    if (record.disc !== "" && album.disc !== "") return null;
    rule = looser(rule, "disc");
  }
  if (record.soundtrack !== album.soundtrack) {
    if (record.soundtrack !== "" && album.soundtrack !== "" && record.soundtrack !== album.soundtrack) {
      rule = looser(rule, "soundtrack");
    }
    rule = looser(rule, "soundtrack");
  }
  if (record.format !== album.format) {
    if (!formatsAgree(record, album, kind, selfTitled)) return null;
    rule = looser(rule, "format");
  }
  if (record.catalogue !== album.catalogue) rule = looser(rule, "catalogue-number");
  return looser(rule, compareStems(record, album));
}

function compareStems(record: ParsedTitle, album: ParsedTitle): TitleRule {
  if (record.stem === album.stem) return "edition";
  if (compact(record.stem) === compact(album.stem)) return "spacing";
  if (withDigits(record.stem).join(" ") === withDigits(album.stem).join(" ")) return "numbering";
  const plain = (title: ParsedTitle): string => compact(title.stem.replace(/^(?:the|an?) /, ""));
  return plain(record) === plain(album) ? "article" : "numbering";
}

function formatsAgree(
  record: ParsedTitle,
  album: ParsedTitle,
  kind: ReleaseKind,
  selfTitled: boolean,
): boolean {
  const recordKind = record.format === "lp" ? "album" : record.format !== "" ? record.format : kind;
  const albumKind = album.format === "lp" ? "album" : album.format;
  if (albumKind === "") {
    // A plain row is mostly the album: an EP of the band's own name, or a single, isn't.
    return recordKind === "album" || (recordKind === "ep" && !selfTitled) || recordKind === "";
  }
  if (recordKind === "") return !selfTitled && albumKind !== "album";
  return recordKind === albumKind;
}
