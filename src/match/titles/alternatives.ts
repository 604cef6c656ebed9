import { fold } from "../text/fold.ts";
import { digitsOfPiece, numbersIn } from "../text/numbers.ts";
import type { OwnNames } from "./own-names.ts";
import { languagesOf } from "./languages.ts";
import { leadingYear, spannedTitle } from "./title-year.ts";
import { keyOf, parseTitle, withoutArticle, type ParsedTitle } from "./title.ts";
import { changesIdentity } from "./identity.ts";
import { lastPiece } from "./tail-cuts.ts";
import { countedTitle, madeBy, notedTitle, withoutJubilee } from "./notes.ts";
import { headStands, isLoneName, saysEdition, splits, subtitleRule, type SubtitleRule } from "./subtitles.ts";
import { bestOfWords, collectionWords, isSmall } from "../text/vocabulary.ts";

/** Rungs by which a piece of a title may be a title of its own. */
type PieceRule =
  | SubtitleRule
  | "artist-in-title"
  | "translation"
  | "half"
  | "dated"
  | "note"
  | "anniversary"
  | "best-of"
  | "catalogue-number";

/** Another title under which an album may be known. */
export interface Alternative {
  readonly key: string;
  readonly rule: PieceRule;
}

const setOff = /[:/|([]|\s[-–—]/;
const divided = /[:([{<（【]|\s[-–—•~]\s|[.?!…]\s/;
/** Signs between the pieces of a title, or letters that could be a number. */
const pieced = /[^\p{L}\p{M} '’]|X[XVL]*$/u;
/** "ABC-123 Title", "[ab12] Title". */
const codeInFront =
  /^(?:\[?[A-Z]{3,8}[-\s]?\d{2,5}[A-Z]{0,3}\]?|\[(?!disc|disk|part|vol|side)[A-Za-z]{2,12}[-\s]?\d{1,5}\])\s*[-–:]?\s+(\S.*)$/i;
/** "Series presents Title", "Title (aka Other Title)". */
const presents = / presents|[([]a/i;
const inName = / presents:? (\S.*)$|[([](?:aka|a\.k\.a\.|also known as) ([^()[\]]+)[)\]]?$/i;
const capitals = /^(?:\[?[A-Z]{3}|\[[A-Za-z]{2})/;
const longTitle = 300;
/** The halves, heads and subtitles of a title, and the title without the artist's name. */
export function alternativesOf(
  title: ParsedTitle,
  own: OwnNames,
  side: "record" | "album",
): readonly Alternative[] {
  const text = title.stemText;
  if (text.length > longTitle) return [];
  const pieces: Alternative[] = [];
  const add = (piece: string, rule: PieceRule): void => {
    if (piece === "") return;
    const key = keyOf(piece);
    if (key !== "" && key !== title.key) pieces.push({ key, rule });
  };
  for (const rest of withoutArtist(title.stem, own)) {
    if (setOff.test(text) || standsAlone(rest, title.stem)) add(rest, "artist-in-title");
  }
  const named = presents.test(text) ? inName.exec(text) : null;
  add(named?.[1] ?? named?.[2] ?? "", "own-subtitle");
  // A record's title in each language is looked up as a title of its own.
  for (const part of side === "record" ? [] : languagesOf(text))
    add(parseTitle(part).stemText, "translation");
  if (!pieced.test(text)) return pieces;
  if (text.includes("/")) {
    const halves = text.split(/\s\/\s/);
    if (halves.length === 2)
      for (const half of halves) if (half.trim().length > 2 && !own.is(half)) add(half, "half");
  }
  const dated = leadingYear(text);
  if (dated !== null) add(dated.rest, "dated");
  const spanned = spannedTitle(text);
  if (spanned !== null && !own.is(spanned)) add(spanned, "dated");
  const volumeTitle = title.numbers === "" ? null : countedTitle(text);
  if (volumeTitle !== null) add(volumeTitle, "note");
  const jubilee = withoutJubilee(title);
  if (jubilee !== null && !own.is(jubilee)) add(jubilee, "anniversary");
  const [, name = "", kind = ""] = /^(.*\S)(?::\s|\s[-–—•~]\s|[.?!…]\s|\s[([])(.+)$/.exec(text) ?? [];
  if (isBestOf(kind, own) && !own.is(name)) add(name, "best-of");
  if (capitals.test(text)) add(codeInFront.exec(text)?.[1] ?? "", "catalogue-number");
  const last = lastPiece(text);
  if (madeBy.test(last.inner) && own.areNames(last.inner.replace(madeBy, "")))
    add(last.head, "artist-in-title");
  const parts = notedTitle(text);
  const whole = parseTitle(parts?.head ?? "");
  const noted = whole.format === "" ? whole.stemText : whole.raw;
  if (parts !== null && !own.is(noted)) add(noted, own.is(parts.note) ? "artist-in-title" : "note");
  for (const { head, sub, bracketed } of divided.test(text) ? splits(text) : []) {
    if (own.is(sub)) {
      // "Series: Name" is the artist's part of a series. A short word could be anything.
      if (!own.is(head) && /\S\W+\S|.{7}/.test(head)) add(head, "artist-in-title");
      continue;
    }
    const headIsOwn = own.is(head) || (!bracketed && own.isLastName(head));
    if (headIsOwn && !bracketed) add(sub, "artist-in-title");
    const stands = !headIsOwn && headStands(head, sub, bracketed && text.endsWith("]"));
    // "Song (From …)" is one song of an album.
    if (
      stands &&
      !changesIdentity(sub) &&
      !(bracketed ? /^(?:from|in|at) /i : /^from /i).test(sub) &&
      (bracketed || !isLoneName(text, sub))
    ) {
      const rule = own.areToldIn(sub) ? "artist-in-title" : "subtitle";
      // "Title: The Lost Years" is another release than the record called "Title".
      if (side === "record" || rule !== "subtitle" || saysEdition(sub)) add(head, rule);
    }
    const rule = subtitleRule(head, sub, headIsOwn, bracketed);
    if (rule !== null && (side === "record" || !bracketed || rule === "subtitle")) add(sub, rule);
  }
  return pieces;
}

/**
 * Whether the rest of a title without the artist's name is a title. In "Band Word" the name may be part of the title, but not
 * if the word is one of collections, or if the name has several words: "Band Gold", "Ada Vole Sings".
 */
function standsAlone(rest: string, stem: string): boolean {
  if (rest.includes(" ") || collectionWords.has(rest)) return true;
  if (genericTitles.has(rest)) return false;
  if (numbersIn(digitsOfPiece(rest).join(" ")) !== "") return true;
  const name = stem.length - rest.length - 1;
  return withoutArticle(stem.startsWith(rest) ? stem.slice(-name) : stem.slice(0, name)).includes(" ");
}

/** "Name's Christmas" without the name could be any album. */
const genericTitles = new Set(
  "christmas xmas weihnachten noel natale navidad natal album songs music love life dream dreams world story".split(
    " ",
  ),
);

/** "The Best Of Name", "Greatest Hits", "The Singles 1992-1998". */
function isBestOf(sub: string, own: OwnNames): boolean {
  if (!/best|hits|singles|collection|anthology|essential|rarities/i.test(sub)) return false;
  const words = fold(sub)
    .split(" ")
    .filter((word) => !isSmall(word) && !own.hasWord(word) && !/^\d+$/.test(word));
  return words.length > 0 && words.every((word) => bestOfWords.has(word));
}

function withoutArtist(stem: string, own: OwnNames): readonly string[] {
  const rests: string[] = [];
  for (const name of own.folded) {
    if (name.length < 2 || stem.length <= name.length + 1 || !stem.includes(name)) continue;
    if (stem.startsWith(name)) {
      for (const lead of [`${name} `, `${name}s `]) {
        if (!stem.startsWith(lead)) continue;
        rests.push(stem.slice(lead.length));
        // "Name Sings The Songbook".
        const sung = /^(?:sings|plays|performs|is|are) (\S+ \S.*)$/.exec(stem.slice(lead.length));
        if (sung) rests.push(sung[1] ?? "");
      }
    }
    // "The Best Of X, Vol. 1" is "The Best Of, Vol. 1".
    if (stem.includes(` of ${name} `)) rests.push(stem.replace(` of ${name} `, " of "));
    // "The Best Of X" is "The Best Of"; "Introducing X" is another matter.
    if (stem.endsWith(` ${name}`)) {
      const before = stem.slice(0, -name.length - 1);
      const bare = withoutArticle(before);
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
