import { fold, otherThanPlainWords } from "../text/fold.ts";
import { toPieceWords, extractNumbers } from "../text/numbers.ts";
import type { NameMatcher } from "./name-matcher.ts";
import { splitByLanguage } from "./languages.ts";
import { findLeadingYear, stripYearRange } from "./title-year.ts";
import { toTitleKey, parseTitle, stripArticle, type ParsedTitle } from "./title.ts";
import { isOtherAlbumPiece } from "./identity.ts";
import { splitNote, stripAnniversary } from "./notes.ts";
import {
  canHeadStandAlone,
  isLoneName,
  isEditionSubtitle,
  splitSubtitles,
  findSubtitleRule,
  type SubtitleRule,
} from "./subtitles.ts";
import { bestOfWords, collectionWords, genericTitles, isSmallWord } from "../text/vocabulary.ts";

/** Rules by which a piece of a title may be a title of its own. */
type PieceRule =
  | SubtitleRule
  | "artist-in-title"
  | "translation"
  | "half"
  | "dated"
  | "note"
  | "anniversary"
  | "best-of";

/** Another title under which an album may be known. */
export interface AlternativeTitle {
  readonly key: string;
  readonly rule: PieceRule;
}

const setOff = /[:/|([]|\s[-–—]/;
const divided = /[:([{<（【]|\s[-–—•~]\s|[.?!…]\s/;
/** Signs between the pieces of a title, or letters that could be a number. */
const pieced = /[^\p{L}\p{M} '’]|X[XVL]*$/u;
const maxTitleLength = 300;
/** The halves, heads and subtitles of a title, and the title without the artist's name. */
export function listAlternatives(
  title: ParsedTitle,
  own: NameMatcher,
  side: "record" | "album",
): readonly AlternativeTitle[] {
  const text = title.stemText;
  if (text.length > maxTitleLength) return [];
  const rests = stripArtist(title.stem, own);
  if (rests.length === 0 && !otherThanPlainWords.test(text) && !pieced.test(text)) return [];
  const pieces: AlternativeTitle[] = [];
  const addPiece = (piece: string, rule: PieceRule): void => {
    if (piece === "") return;
    const key = toTitleKey(piece);
    if (key !== "" && key !== title.key) pieces.push({ key, rule });
  };
  for (const rest of rests) {
    if (setOff.test(text) || isStandaloneTitle(rest, title.stem)) addPiece(rest, "artist-in-title");
  }
  // A record's title in each language is looked up as a title of its own.
  for (const part of side === "record" ? [] : splitByLanguage(text))
    addPiece(parseTitle(part).stemText, "translation");
  if (!pieced.test(text)) return pieces;
  if (text.includes("/")) {
    const halves = text.split(/\s\/\s/);
    if (halves.length === 2)
      for (const half of halves) if (half.trim().length > 2 && !own.matches(half)) addPiece(half, "half");
  }
  const dated = findLeadingYear(text);
  if (dated !== null) addPiece(dated.rest, "dated");
  const spanned = stripYearRange(text);
  if (spanned !== null && !own.matches(spanned)) addPiece(spanned, "dated");
  const jubilee = stripAnniversary(title);
  const isEdition = title.core !== title.folded;
  if (jubilee !== null && (isEdition || !own.matches(jubilee))) addPiece(jubilee, "anniversary");
  const [, name = "", kind = ""] = /^(.*\S)(?::\s|\s[-–—•~]\s|[.?!…]\s|\s[([])(.+)$/.exec(text) ?? [];
  if (isBestOfTitle(kind, own) && !own.matches(name)) addPiece(name, "best-of");
  const parts = splitNote(text);
  if (parts !== null) {
    const whole = parseTitle(parts.head);
    const noted = whole.format === "" ? whole.stemText : whole.raw;
    if (!own.matches(noted)) addPiece(noted, own.matches(parts.note) ? "artist-in-title" : "note");
  }
  for (const { head, sub, bracketed } of divided.test(text) ? splitSubtitles(text) : []) {
    if (own.matches(sub)) continue;
    const headIsOwn = own.matches(head);
    if (headIsOwn && !bracketed) addPiece(sub, "artist-in-title");
    const stands = !headIsOwn && canHeadStandAlone(head, sub, bracketed && text.endsWith("]"));
    // "Song (From …)" is one song of an album.
    if (
      stands &&
      !isOtherAlbumPiece(sub) &&
      !(bracketed ? /^(?:from|in|at) /i : /^from /i).test(sub) &&
      (bracketed || !isLoneName(text, sub))
    ) {
      const rule = own.isMentionedIn(sub) ? "artist-in-title" : "subtitle";
      // "Title: The Lost Years" is another release than the record called "Title".
      if (side === "record" || rule !== "subtitle" || isEditionSubtitle(sub)) addPiece(head, rule);
    }
    const rule = findSubtitleRule(head, sub, headIsOwn, bracketed);
    if (rule !== null && (side === "record" || !bracketed || rule === "subtitle")) addPiece(sub, rule);
  }
  return pieces;
}

/**
 * Returns true if the rest of a title without the artist's name is a title. The name may be part of the title in "Band
 * Word", but not if the word is one of collections, or if the name has several words: "Band Gold", "Ada Vole Sings".
 */
function isStandaloneTitle(rest: string, stem: string): boolean {
  if (rest.includes(" ") || collectionWords.has(rest)) return true;
  if (genericTitles.has(rest)) return false;
  if (extractNumbers(toPieceWords(rest).join(" ")) !== "") return true;
  const name = stem.length - rest.length - 1;
  return stripArticle(stem.startsWith(rest) ? stem.slice(-name) : stem.slice(0, name)).includes(" ");
}

/** "The Best Of Name", "Greatest Hits", "The Singles 1992-1998". */
function isBestOfTitle(sub: string, own: NameMatcher): boolean {
  if (!/best|hits|singles|collection|anthology|essential|rarities/i.test(sub)) return false;
  const words = fold(sub)
    .split(" ")
    .filter((word) => !isSmallWord(word) && !own.hasWord(word) && !/^\d+$/.test(word));
  return words.length > 0 && words.every((word) => bestOfWords.has(word));
}

function stripArtist(stem: string, own: NameMatcher): readonly string[] {
  const rests: string[] = [];
  for (const name of own.folded) {
    if (name.length < 2 || stem.length <= name.length + 1 || !stem.includes(name)) continue;
    if (stem.startsWith(name)) {
      for (const lead of [`${name} `, `${name}s `]) {
        if (!stem.startsWith(lead)) continue;
        rests.push(stem.slice(lead.length));
        // "Name Sings The Songbook".
        const sung = /^(?:sings|plays|performs) (\S+ \S.*)$/.exec(stem.slice(lead.length));
        if (sung) rests.push(sung[1] ?? "");
      }
    }
    // "The Best Of X, Vol. 1" is "The Best Of, Vol. 1".
    if (stem.includes(` of ${name} `)) rests.push(stem.replace(` of ${name} `, " of "));
    // "The Best Of X" is "The Best Of"; "Introducing X" is another matter.
    if (stem.endsWith(` ${name}`)) {
      const before = stem.slice(0, -name.length - 1);
      const bare = stripArticle(before);
      // "The Unforgettable Name" is not "Unforgettable".
      if (bare.includes(" ") || (bare !== before && collectionWords.has(bare))) rests.push(before);
    }
  }
  const last = own.lastNames.find((name) => stem.startsWith(`${name} `));
  const rest = last === undefined ? "" : stem.slice(last.length + 1);
  // "Vole At The Mill" by Ada Vole is "At The Mill"; but "Vole Country" is not "Country".
  if (rest.includes(" ") && !joins.test(rest)) rests.push(rest);
  return rests;
}

const joins = /^(?:and|meets|with|plus|versus|vs|in|on|is|or) /;
