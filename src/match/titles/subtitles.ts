// Titles with a subtitle behind a colon or a dash, or in brackets.
import { fold } from "../text/fold.ts";
import { toPieceWords, extractNumbers } from "../text/numbers.ts";
import { findLastBracket } from "./split-tail.ts";
import {
  editionWords,
  identityWords,
  isSmallWord,
  isOtherAlbumWord,
  isPartWord,
} from "../text/vocabulary.ts";

/** Words for a new edition of the same album. */
const remade = new Set(["reloaded", "redux", "reduxe", "revisited", "epilogue", "extended"]);

/** Returns true if a subtitle names a new edition of the album. */
export function isEditionSubtitle(sub: string): boolean {
  return fold(sub)
    .split(" ")
    .some((word) => remade.has(word) || editionWords.has(word));
}

/** One word behind a longer title mostly names another album: "Two Tides: Ebb". */
export function isLoneName(title: string, sub: string): boolean {
  const word = fold(sub);
  return !word.includes(" ") && !remade.has(word) && setOffWord.test(title);
}

const setOffWord = /\s\S*(?:[:…]|\s[-–—])\s\S+$/;

/** A short word stands for a longer title only if the rest is clearly an explanation or a note. */
export function canHeadStandAlone(head: string, sub: string, annotated: boolean): boolean {
  const foldedHead = fold(head);
  return (
    annotated ||
    foldedHead.length >= 7 ||
    foldedHead.includes(" ") ||
    (foldedHead.length >= 4 && fold(sub).split(" ").length >= 4)
  );
}

export type SubtitleRule = "own-subtitle" | "subtitle";

export function findSubtitleRule(
  head: string,
  sub: string,
  headIsArtist: boolean,
  bracketed: boolean,
): SubtitleRule | null {
  const words = toPieceWords(fold(sub));
  if (words.some(isOtherAlbumWord)) return null;
  const headWords = toPieceWords(fold(head));
  if (headWords.some((word) => identityWords.has(word))) return null;
  // "Re: Title" is an answer to another album.
  if (headWords.length === 1 && headWords[0] === "re") return null;
  if (bracketed && isTitleInBracket(words)) return "own-subtitle";
  const onlyNumber = headWords.length === 1 && /^(?:\d+|[ivx]+)$/.test(headWords[0] ?? "");
  const content = words.filter((word) => !isSmallWord(word) && !/\d/.test(word));
  if (content.length < 2 || words.length < 3)
    return onlyNumber || (headIsArtist && words.length >= 2) ? "subtitle" : null;
  if (bracketed || headWords.some((word) => /^(?:best|greatest|hits)$/.test(word))) return null;
  // The title follows a number: "Act II: …", "2007 - …".
  return extractNumbers(headWords.join(" ")) !== "" ? "own-subtitle" : "subtitle";
}

/** "Lanterns (The Harbour Book)": the album may be known by the title in brackets. */
function isTitleInBracket(words: readonly string[]): boolean {
  return (
    words.some((word) => word.length >= 4 && !isSmallWord(word)) &&
    !words.some((word) => isPartWord(word) || /\p{N}/u.test(word))
  );
}

/** "Head: Sub", "Head - Sub", "Head (Sub)". */
export function* splitSubtitles(
  text: string,
): Generator<{ readonly head: string; readonly sub: string; readonly bracketed: boolean }> {
  const bracket = findLastBracket(text);
  if (bracket) yield { head: bracket.head, sub: bracket.inner, bracketed: true };
  const at = text.search(/:\s|\s[-–—•~]\s|[.?!…]\s(?=\p{Lu})/u);
  if (at > 0)
    yield { head: text.slice(0, at), sub: text.slice(at + 1).replace(/^[\s\-–—•~]+/, ""), bracketed: false };
}
