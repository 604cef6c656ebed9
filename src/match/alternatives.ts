import { artistKey, artistWords } from "./artist-name.ts";
import { fold } from "./fold.ts";
import type { TitleRule } from "./ladder.ts";
import { numbersIn, withDigits } from "./numbers.ts";
import { keyOf, lastBracket, parseTitle } from "./title.ts";
import type { ParsedTitle } from "./title.ts";
import { collectionWords, identityWords } from "./vocabulary.ts";

/** Another text under which a title may be known. */
export interface Alternative {
  readonly key: string;
  readonly rule: TitleRule;
}

const foreign = /[^\P{L}\p{Script=Latin}]/u;

/** Whether words left aside could make it another album: a number, "live", "best of". */
export function changesIdentity(text: string): boolean {
  const words = withDigits(fold(text));
  return (
    numbersIn(words) !== "" || words.some((word) => identityWords.has(word) || collectionWords.has(word))
  );
}

/** The halves, heads and subtitles of a title, and the title without the artist's name. */
export function alternativesOf(
  title: ParsedTitle,
  artists: readonly string[],
  side: "record" | "album",
): Alternative[] {
  const found: Alternative[] = [];
  const add = (text: string, rule: TitleRule): void => {
    const key = keyOf(text);
    if (key !== "" && key !== title.key) found.push({ key, rule });
  };
  const text = title.stemText;
  if (text.length > 300) return found;
  const languages = text.split(/\s=\s/);
  if (
    languages.length > 1 &&
    (languages.some((part) => foreign.test(part)) || languages.every((part) => part.includes(" ")))
  ) {
    for (const part of languages) {
      const parsed = parseTitle(part);
      if (parsed.key !== "") found.push({ key: parsed.key, rule: "translation" });
    }
  }
  const halves = text.split(/\s\/\s/);
  if (halves.length === 2 && side === "record")
    for (const half of halves) if (half.trim().length > 2) add(half, "half");
  for (const name of artists) withoutArtist(title.stem, name, (rest) => add(rest, "artist-in-title"));
  for (const [head, sub] of splits(text)) {
    if (!changesIdentity(sub) && !isArtist(head, artists) && stands(head)) add(head, "subtitle");
    if (subtitleStands(head, sub, artists)) add(sub, "subtitle");
  }
  if (side === "record") annotation(title, add);
  return found;
}

function stands(head: string): boolean {
  const folded = fold(head);
  return folded.length >= 7 || folded.includes(" ");
}

function subtitleStands(head: string, sub: string, artists: readonly string[]): boolean {
  const words = withDigits(fold(sub));
  if (words.some((word) => identityWords.has(word) || collectionWords.has(word))) return false;
  const headWords = withDigits(fold(head));
  if (headWords.some((word) => identityWords.has(word))) return false;
  const onlyNumber =
    headWords.length === 1 && (/^\d+$/.test(headWords[0] ?? "") || /^[ivx]+$/.test(headWords[0] ?? ""));
  return onlyNumber || words.length >= 3 || (isArtist(head, artists) && words.length >= 2);
}

function isArtist(text: string, artists: readonly string[]): boolean {
  const key = artistKey(artistWords(text));
  return artists.some((name) => artistKey(artistWords(name)) === key);
}

/** "Head: Sub", "Head - Sub", "Head (Sub)", "(Sub) Head". */
function* splits(text: string): Generator<readonly [string, string]> {
  const bracket = lastBracket(text);
  if (bracket && bracket.at > 0) yield [text.slice(0, bracket.at), bracket.inner];
  const opening = /^[([]([^)\]]{1,80})[)\]]\s/.exec(text);
  if (opening) yield [opening[1] ?? "", text.slice(opening[0].length)];
  const at = text.search(/:\s|\s[-–—•~]\s|\.\s(?=\p{Lu})/u);
  if (at > 0) yield [text.slice(0, at), text.slice(at + 1).replace(/^[\s\-–—•~]+/, "")];
}

function withoutArtist(stem: string, name: string, found: (rest: string) => void): void {
  const folded = fold(name);
  const names = [folded, folded.startsWith("the ") ? folded.slice(4) : `the ${folded}`];
  for (const spelled of names) {
    if (spelled.length < 2 || stem.length <= spelled.length + 1) continue;
    for (const lead of [`${spelled} `, `${spelled}s `]) {
      if (stem.startsWith(lead)) found(stem.slice(lead.length));
    }
    if (stem.endsWith(` ${spelled}`)) {
      const rest = stem.slice(0, -spelled.length - 1);
      // "The Best Of X" is "The Best Of"; "Introducing X" is another matter.
      if (/ of$/.test(rest)) found(rest);
    }
  }
}

function annotation(title: ParsedTitle, add: (text: string, rule: TitleRule) => void): void {
  const bracket = title.stemText.endsWith("]") ? lastBracket(title.stemText) : null;
  if (bracket && bracket.at > 0 && !changesIdentity(bracket.inner))
    add(title.stemText.slice(0, bracket.at), "annotation");
}
