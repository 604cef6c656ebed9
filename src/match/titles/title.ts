import { foldArtist, isVariousArtists } from "../text/artist-name.ts";
import { createPattern } from "../../model/unicode-patterns.ts";
import { stripSpaces, fold } from "../text/fold.ts";
import { alternateNotations, normalizeNotation } from "../text/notation.ts";
import { countingWords, extractNumbers, replaceNumberWords } from "../text/numbers.ts";
import { toWordSet } from "../text/vocabulary.ts";
import { editionTail, type Tails } from "./tails.ts";
import { splitTail } from "./split-tail.ts";

/** A title parsed once, so that two titles are compared as strings. */
export interface ParsedTitle extends Tails {
  readonly raw: string;
  readonly folded: string;
  /** The folded title without edition words at the end. */
  readonly core: string;
  /** The folded title without any tail. */
  readonly stem: string;
  /** The stem, with abbreviations and spellings in one notation. */
  readonly plain: string;
  /** `plain` with numbers in digits. */
  readonly counted: string;
  /** `counted` without leading article and spaces: the least that equal titles share. */
  readonly key: string;
  readonly numbers: string;
  /** Some letters are missing or replaced by signs. */
  readonly lacksLetters: boolean;
  /** The raw title without its tails. */
  readonly stemText: string;
}

const elidedArticle = createPattern(String.raw`^l['’](?=\p{L})`, "iu");

const noTails: Tails = { disc: "", format: "", soundtrack: "", catalogue: "", extra: "" };

/** A piece of a title has the tails of the whole, unless it has its own. */
export function parseTitle(raw: string, ofWhole = noTails): ParsedTitle {
  const foldedTitle = fold(raw);
  let text = (raw.includes("_") ? raw.replace(raw.includes(" ") ? joinedEdition : /_/g, " ") : raw).trim();
  let coreText = text;
  let onlyEditions = true;
  let tails = editionTail;
  for (let cuts = 0; cuts < maxTails; cuts++) {
    const cut = splitTail(text);
    if (cut === null) break;
    text = stripEditionYear(cut.rest, text.slice(cut.rest.length));
    // Tails are read from the end, and the last of each kind counts.
    tails = tails === editionTail ? cut.tail : { ...cut.tail, ...tails };
    if (cut.tail !== editionTail) onlyEditions = false;
    if (onlyEditions) coreText = text;
  }
  const lead = !text.includes("rom ") ? null : soundtrackLead.exec(text);
  if (lead) {
    text = text.slice(lead[0].length);
    tails = { soundtrack: "songs", ...tails };
  }
  const stem = text === raw ? foldedTitle : fold(text);
  const isPlain = isWrittenPlainly(text, stem);
  const plain = isPlain ? stem : normalizeTitle(text, stem);
  const inDigits = isPlain ? stem : replaceNumberWords(plain);
  const { disc, format, soundtrack, catalogue, extra } =
    tails === editionTail ? ofWhole : { ...ofWhole, ...tails };
  return {
    raw,
    folded: foldedTitle,
    core: coreText === raw ? foldedTitle : coreText === text ? stem : fold(coreText),
    stem,
    plain,
    counted: inDigits,
    key: stripSpaces(stripArticle(inDigits)),
    numbers: extractNumbers(inDigits),
    disc,
    format,
    soundtrack,
    catalogue,
    extra,
    lacksLetters: lostSign.test(text) && lostLetter.test(text),
    stemText: text,
  };
}

/** The words of a title, with numbers in digits. */
export function splitTitle({ counted }: ParsedTitle): readonly string[] {
  return counted.split(" ");
}

const lostSign = /[*?\ufffd]/;
/** A star next to a letter, or the sign that replaces a lost letter. */
const lostLetter = /\p{L}\*|\*\p{L}|\p{L}\?\p{L}|\ufffd/u;

const joinedEdition = /_(?=edition|version|remaster)/gi;
const maxTails = 8;
const soundtrackLead =
  /^(?:the )?(?:original )?(?:motion picture )?(?:soundtrack from (?:the (?:film|movie|motion picture|series) )?|music from the (?:film|movie|motion picture|series) )(?=\S)/i;

/** "Name - 2011 - Remaster": the year is of the edition. */
function stripEditionYear(text: string, tail: string): string {
  return /remaster/i.test(tail) ? text.replace(/(?<=[^\s\d])\s+[-–]\s(?:19|20)\d\d$/, "") : text;
}

const articles = toWordSet("the a an le la les el los las il der das");

/** Removes a leading article, but not the first of several lone letters ("A W B"). */
export function stripArticle(foldedText: string): string {
  const first = foldedText.indexOf(" ");
  if (first === -1 || !articles.has(foldedText.slice(0, first))) return foldedText;
  const isLone = foldedText.length === first + 2 || foldedText[first + 2] === " ";
  const loneLetter = isLone && !/\d/.test(foldedText.charAt(first + 1));
  return loneLetter ? foldedText : foldedText.slice(first + 1);
}

export function toTitleKey(text: string): string {
  const [trimmed, foldedText] = [text.trim(), fold(text)];
  const isPlain = isWrittenPlainly(trimmed, foldedText);
  return stripSpaces(
    stripArticle(isPlain ? foldedText : replaceNumberWords(normalizeTitle(trimmed, foldedText))),
  );
}

const rewrittenWords = [...alternateNotations, ...countingWords].join("|");
const rewritten = new RegExp(String.raw`\d|our|(?:^| )(?:[ivx]+|${rewrittenWords})(?= |$)`);

/** Returns true if a title has no number and no word with another notation, as most. */
function isWrittenPlainly(text: string, foldedText: string): boolean {
  return !rewritten.test(foldedText) && !elidedArticle().test(text);
}

function normalizeTitle(text: string, foldedText: string): string {
  return normalizeNotation(elidedArticle().test(text) ? fold(text.replace(elidedArticle(), "")) : foldedText);
}

/** Equal for all editions and pressings of an album, however "Various" is spelled. */
export function toEditionKey(artist: string, title: string): string {
  return `${foldArtist(isVariousArtists(artist) ? "Various" : artist)}\u0000${parseTitle(title).key}`;
}

/** The keys of the artist and of the title in an edition key. */
export function splitEditionKey(editionKey: string) {
  return editionKey.split("\u0000") as [artist: string, title: string];
}
