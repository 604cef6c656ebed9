import { fold } from "../text/fold.ts";
import type { TitleRule } from "./ladder.ts";
import { digitsOfPiece, numbersIn } from "../text/numbers.ts";
import type { OwnNames } from "../text/own-names.ts";
import { lastBracket } from "../text/tail-cuts.ts";
import { keyOf, parseTitle, type ParsedTitle } from "../text/title.ts";
import {
  bestOfWords,
  collectionWords,
  identityWords,
  partWords,
  smallWords,
  venueWords,
} from "../text/vocabulary.ts";

/** Another text under which a title may be known. */
export interface Alternative {
  readonly key: string;
  readonly rule: TitleRule;
}

const foreign = /[^\P{L}\p{Script=Latin}]/u;
const setOff = /[:/|([]|\s[-–—]/;
const divided = /[:([{<（【]|\s[-–—•~]\s|[.?!…]\s/;
/** What sets pieces of a title off from one another, or could be a number. */
const pieced = /[^\p{L}\p{M} '’]|X[XVL]*$/u;
/** The same of a title with its tails. */
const wholeTitle = /^[A-WYZa-z '’]*$/;
const longTitle = 300;
const gluedPart = /^(?:part|pt|vol|volume|chapter)(?:\d+|one|two|three|four|i{1,3}|iv)$/;

/** Whether words left aside could make it another album: a number, "live", "best of". */
export function changesIdentity(text: string): boolean {
  const words = digitsOfPiece(fold(text));
  // Editions and versions that are none have been cut already: this one is another recording.
  if (/^versions?$/.test(words.at(-1) ?? "") || words[0] === "more") return true;
  if (
    words.includes("x") ||
    (words.length === 1 && words[0] === "re") ||
    words.some((word) => gluedPart.test(word))
  )
    return true;
  // In a whole sentence only its ends can be a mark.
  const telling = words.length > 9 ? [...words.slice(0, 2), ...words.slice(-2)] : words;
  return (
    telling.some((word) => identityWords.has(word) || collectionWords.has(word) || venueWords.has(word)) ||
    // "In 12 Bursts" counts things; a number at either end counts albums.
    [words[0] ?? "", words.at(-1) ?? ""].some((word) => /\p{N}/u.test(word)) ||
    words.filter((word) => /\p{N}/u.test(word)).length > 1
  );
}

/** Whether an album's title may be known by a piece of it, its artist's name aside. */
export function mayHoldPieces(raw: string): boolean {
  return !wholeTitle.test(raw) || mayPresent(raw);
}

function mayPresent(text: string): boolean {
  return text.includes("resents") || text.includes("RESENTS");
}

const none: readonly string[] = [];

/** The halves, heads and subtitles of a title, and the title without the artist's name. */
export function alternativesOf(title: ParsedTitle, own: OwnNames, side: "record" | "album"): Alternative[] {
  const found: Alternative[] = [];
  const text = title.stemText;
  if (text.length > longTitle) return found;
  const add = (piece: string, rule: TitleRule): void => {
    const key = keyOf(piece);
    if (key !== "" && key !== title.key) found.push({ key, rule });
  };
  for (const rest of withoutArtist(title.stem, own)) {
    // "Band: Word" is the album's; in "Band Word" the name may be part of it.
    const tells = rest.includes(" ") || numbersIn(digitsOfPiece(rest).join(" ")) !== "";
    if (tells || setOff.test(text)) add(rest, "artist-in-title");
  }
  const presented = mayPresent(text) ? /^.{3,40}? presents:? (\S.*)$/i.exec(text) : null;
  if (presented) add(presented[1] ?? "", "own-subtitle");
  // Most titles are words alone: nothing sets a piece of them off.
  if (wholeTitle.test(text) || !pieced.test(text)) return found;
  if (side === "record" && text.includes("="))
    for (const half of languagesOf(text)) found.push({ key: half, rule: "translation" });
  if (text.includes("/")) {
    const halves = text.split(/\s\/\s/);
    if (halves.length === 2)
      for (const half of halves) if (half.trim().length > 2 && !own.is(half)) add(half, "half");
  }
  const dated = datedTitle(text);
  if (dated !== null) add(dated, "dated");
  const jubilee = withoutJubilee(title);
  if (jubilee !== null && !own.is(jubilee)) add(jubilee, "anniversary");
  const named = /best|hits|singles|collection|anthology|essential/i.test(text)
    ? /^(.*\S)(?::\s|\s[-–—•~]\s|[.?!…]\s)(.+)$/.exec(text)
    : null;
  // A collection is often called after a song; a sentence is a name of its own.
  if (named && isBestOf(named[2] ?? "", own) && fold(named[1] ?? "").split(" ").length >= 4)
    add(named[1] ?? "", "best-of");
  const coded = !/^\[?[A-Z]{3}/.test(text)
    ? null
    : /^\[?[A-Z]{3,8}[-\s]?\d{2,5}[A-Z]{0,3}\]?\s*[-–:]?\s+(\S.*)$/.exec(text);
  if (coded) add(coded[1] ?? "", "catalogue-number");
  const other = /[([](?:aka|a\.k\.a\.|also known as) ([^()[\]]+)[)\]]?$/i.exec(text);
  if (other) add(other[1] ?? "", "own-subtitle");
  for (const language of scriptsOf(text)) add(language, "translation");
  const noted = notedTitle(text);
  if (noted !== null && !own.is(noted.head)) add(noted.head, own.is(noted.note) ? "artist-in-title" : "note");
  for (const { head, sub, bracketed } of divided.test(text) ? splits(text) : []) {
    if (own.is(sub)) continue;
    const headIsOwn = own.is(head) || (!bracketed && own.isLastName(head));
    if (headIsOwn && !bracketed) add(sub, "artist-in-title");
    const stands = !headIsOwn && headStands(head, sub, bracketed && text.endsWith("]"));
    // What comes from somewhere is a song of it: "Song (From …)".
    if (stands && !changesIdentity(sub) && !/^from /i.test(sub)) add(head, "subtitle");
    const rule = subtitleRule(head, sub, headIsOwn, bracketed);
    if (rule !== null) add(sub, rule);
  }
  return found;
}

/** "1971 - Title", "1971 Title": how shelves of files are sorted. */
function datedTitle(text: string): string | null {
  const found = !/^[([]?[12]/.test(text)
    ? null
    : /^[([]?(?:19|20)\d\d(\s*[-–—:.)\]]\s*|\s+)(\S.*)$/.exec(text);
  if (!found) return null;
  const [, gap = "", rest = ""] = found;
  const words = digitsOfPiece(fold(rest));
  if (words.some((word) => identityWords.has(word) || collectionWords.has(word))) return null;
  if (/\p{N}/u.test(words[0] ?? "")) return null;
  return /\S/.test(gap) || words.filter((word) => !smallWords.has(word)).length >= 2 ? rest : null;
}

/** "Title 25", "Title XX": the number of an anniversary, where no edition says so. */
function withoutJubilee(title: ParsedTitle): string | null {
  if (!/[05XVL]$/.test(title.stemText) || /box/i.test(title.raw)) return null;
  const found = /^(.*\p{L}.{3,}\S)[\s:–—-]+(10|20|25|30|40|50|X|XX|XXV|XXX|XL)$/u.exec(title.stemText);
  return found?.[1]?.replace(/[\s:–—-]+$/, "") ?? null;
}

/** A title with a note behind it that says nothing of another album: "Title [Label]", "Title - Words". */
function notedTitle(text: string): { readonly head: string; readonly note: string } | null {
  const bracket = lastBracket(text);
  const set = bracket && bracket.at > 0 ? null : /^(.*\S)(?:\s[-–—●★☆|]\s|_)(.+)$/.exec(text);
  const head = (bracket && bracket.at > 0 ? text.slice(0, bracket.at) : (set?.[1] ?? "")).trim();
  const note = bracket && bracket.at > 0 ? bracket.inner : (set?.[2] ?? "");
  if (head === "" || note.trim() === "") return null;
  const plain = fold(head);
  if (plain.length < 4 || (set !== null && !plain.includes(" "))) return null;
  return saysNothing(note) ? { head, note } : null;
}

/** Whether a note holds no word, number or part by which an album could be another. */
function saysNothing(note: string): boolean {
  const words = digitsOfPiece(fold(note));
  return (
    words.length <= 8 &&
    !/['’]s? version$/i.test(note) &&
    !/^(?:feat|ft|featuring|from|with|by)$/.test(words[0] ?? "") &&
    words.every(
      (word) =>
        !identityWords.has(word) &&
        !collectionWords.has(word) &&
        !partWords.has(word) &&
        !venueWords.has(word) &&
        (!/\p{N}/u.test(word) || /^(?:19|20)\d\d$/.test(word)),
    )
  );
}

/** "The Best Of Name", "Greatest Hits", "The Singles 1992-1998": what a collection says of itself. */
function isBestOf(sub: string, own: OwnNames): boolean {
  const words = fold(sub)
    .split(" ")
    .filter((word) => !smallWords.has(word) && !own.hasWord(word) && !/^\d+$/.test(word));
  return words.length > 0 && words.every((word) => bestOfWords.has(word));
}

function languagesOf(text: string): string[] {
  const halves = text.split(/\s=\s/);
  if (halves.length < 2) return [];
  const twoLanguages =
    halves.some((half) => foreign.test(half)) || halves.every((half) => half.includes(" "));
  return twoLanguages ? halves.map((half) => parseTitle(half).key) : [];
}

/** A title in two scripts: "東京 (Tokyo)". */
function scriptsOf(text: string): string[] {
  const bracket = lastBracket(text);
  if (!bracket || bracket.at === 0) return [];
  const both = [text.slice(0, bracket.at), bracket.inner];
  const [one, other] = both.map((half) =>
    foreign.test(half) ? (/\p{Script=Latin}/u.test(half) ? "mixed" : "foreign") : "latin",
  );
  const two = one !== other && one !== "mixed" && other !== "mixed";
  return two && both.every((half) => fold(half).length >= 2 && /\p{L}/u.test(half) && !changesIdentity(half))
    ? both
    : [];
}

/** A single short word stands for a longer title only where the rest is plainly an explanation or a note. */
function headStands(head: string, sub: string, annotated: boolean): boolean {
  const folded = fold(head);
  return (
    annotated ||
    folded.length >= 7 ||
    folded.includes(" ") ||
    (folded.length >= 4 && fold(sub).split(" ").length >= 4)
  );
}

function subtitleRule(
  head: string,
  sub: string,
  headIsArtist: boolean,
  bracketed: boolean,
): TitleRule | null {
  const words = digitsOfPiece(fold(sub));
  if (words.some((word) => identityWords.has(word) || collectionWords.has(word))) return null;
  const headWords = digitsOfPiece(fold(head));
  if (headWords.some((word) => identityWords.has(word))) return null;
  const onlyNumber = headWords.length === 1 && /^(?:\d+|[ivx]+)$/.test(headWords[0] ?? "");
  const content = words.filter((word) => !smallWords.has(word));
  if (content.length < 2 || words.length < 3)
    return onlyNumber || (headIsArtist && words.length >= 2) ? "subtitle" : null;
  if (onlyNumber && bracketed) return "subtitle";
  if (bracketed || headWords.some((word) => /^(?:best|greatest|hits)$/.test(word))) return null;
  // What a number leads in has its title after it: "Act II: …", "2007 - …".
  return numbersIn(headWords.join(" ")) !== "" ? "own-subtitle" : "subtitle";
}

/** "Head: Sub", "Head - Sub", "Head (Sub)". */
function* splits(
  text: string,
): Generator<{ readonly head: string; readonly sub: string; readonly bracketed: boolean }> {
  const bracket = lastBracket(text);
  if (bracket && bracket.at > 0)
    yield { head: text.slice(0, bracket.at), sub: bracket.inner, bracketed: true };
  const at = text.search(/:\s|\s[-–—•~]\s|[.?!…]\s(?=\p{Lu})/u);
  if (at > 0)
    yield { head: text.slice(0, at), sub: text.slice(at + 1).replace(/^[\s\-–—•~]+/, ""), bracketed: false };
}

function withoutArtist(stem: string, own: OwnNames): readonly string[] {
  if (!own.mayLead(stem) && !stem.includes(" of ") && !stem.includes(" by ")) return none;
  const rests: string[] = [];
  for (const name of own.folded) {
    if (name.length < 2 || stem.length <= name.length + 1) continue;
    if (stem.startsWith(name)) {
      for (const lead of [`${name} `, `${name}s `])
        if (stem.startsWith(lead)) rests.push(stem.slice(lead.length));
    }
    // "The Best Of X" is "The Best Of"; "Introducing X" is another matter.
    if (stem.endsWith(name)) {
      if (stem.endsWith(` of ${name}`)) rests.push(stem.slice(0, -name.length - 1));
      if (stem.endsWith(` by ${name}`)) rests.push(stem.slice(0, -name.length - 4));
    }
  }
  return rests;
}
