import { fold } from "./fold.ts";
import type { TitleRule } from "./ladder.ts";
import { digitsOfPiece, numbersIn } from "./numbers.ts";
import type { OwnNames } from "./own-names.ts";
import { lastBracket } from "./tail-cuts.ts";
import { keyOf, parseTitle } from "./title.ts";
import type { ParsedTitle } from "./title.ts";
import { collectionWords, identityWords, smallWords } from "./vocabulary.ts";

/** Another text under which a title may be known. */
export interface Alternative {
  readonly key: string;
  readonly rule: TitleRule;
}

const foreign = /[^\P{L}\p{Script=Latin}]/u;
const setOff = /[:/|([]|\s[-–—]/;
const divided = /[:([{<（【]|\s[-–—•~]\s|\.\s/;
const longTitle = 300;

/** Whether words left aside could make it another album: a number, "live", "best of". */
export function changesIdentity(text: string): boolean {
  const words = digitsOfPiece(fold(text));
  // Editions and versions that are none have been cut already: this one is another recording.
  if (words.at(-1) === "version" || words[0] === "more") return true;
  // In a whole sentence only its ends can be a mark.
  const telling = words.length > 9 ? [...words.slice(0, 2), ...words.slice(-2)] : words;
  return (
    telling.some((word) => identityWords.has(word) || collectionWords.has(word)) ||
    // "In 12 Bursts" counts things; a number at either end counts albums.
    [words[0] ?? "", words.at(-1) ?? ""].some((word) => /\p{N}/u.test(word)) ||
    words.filter((word) => /\p{N}/u.test(word)).length > 1
  );
}

/** The halves, heads and subtitles of a title, and the title without the artist's name. */
export function alternativesOf(title: ParsedTitle, own: OwnNames, side: "record" | "album"): Alternative[] {
  const found: Alternative[] = [];
  const text = title.stemText;
  if (text.length > longTitle) return found;
  const add = (piece: string, rule: TitleRule): void => {
    const key = keyOf(piece);
    if (key !== "" && key !== title.key) found.push({ key, rule });
  };
  if (text.includes("="))
    for (const half of languagesOf(text)) found.push({ key: half, rule: "translation" });
  if (text.includes("/")) {
    const halves = text.split(/\s\/\s/);
    if (halves.length === 2)
      for (const half of halves) if (half.trim().length > 2 && !own.is(half)) add(half, "half");
  }
  for (const rest of withoutArtist(title.stem, own)) {
    // "Band: Word" is the album's; in "Band Word" the name may be part of it.
    const tells = rest.includes(" ") || numbersIn(digitsOfPiece(rest).join(" ")) !== "";
    if (tells || setOff.test(text)) add(rest, "artist-in-title");
  }
  for (const { head, sub, bracketed } of divided.test(text) ? splits(text) : []) {
    if (own.is(sub)) continue;
    const headIsOwn = own.is(head);
    if (headIsOwn && !bracketed) add(sub, "artist-in-title");
    const stands = !headIsOwn && headStands(head, sub, bracketed && text.endsWith("]"));
    if (stands && !changesIdentity(sub)) add(head, "subtitle");
    const rule = subtitleRule(head, sub, headIsOwn, bracketed);
    if (rule !== null) add(sub, rule);
  }
  return side === "record" ? found : found.filter((alternative) => alternative.rule !== "translation");
}

function languagesOf(text: string): string[] {
  const halves = text.split(/\s=\s/);
  if (halves.length < 2) return [];
  const twoLanguages =
    halves.some((half) => foreign.test(half)) || halves.every((half) => half.includes(" "));
  return twoLanguages ? halves.map((half) => parseTitle(half).key) : [];
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
  const at = text.search(/:\s|\s[-–—•~]\s|\.\s(?=\p{Lu})/u);
  if (at > 0)
    yield { head: text.slice(0, at), sub: text.slice(at + 1).replace(/^[\s\-–—•~]+/, ""), bracketed: false };
}

function withoutArtist(stem: string, own: OwnNames): string[] {
  const rests: string[] = [];
  for (const name of own.folded) {
    if (name.length < 2 || stem.length <= name.length + 1) continue;
    if (stem.startsWith(name)) {
      for (const lead of [`${name} `, `${name}s `])
        if (stem.startsWith(lead)) rests.push(stem.slice(lead.length));
    }
    // "The Best Of X" is "The Best Of"; "Introducing X" is another matter.
    if (stem.endsWith(name) && stem.endsWith(` of ${name}`)) rests.push(stem.slice(0, -name.length - 1));
  }
  return rests;
}
