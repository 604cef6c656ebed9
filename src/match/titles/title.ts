import { foldArtist, isVariousArtists } from "../text/artist-name.ts";
import { pattern } from "../../model/unicode-patterns.ts";
import { compact, fold } from "../text/fold.ts";
import { plainNotation } from "../text/notation.ts";
import { digitsOfPiece, numbersIn, withDigits } from "../text/numbers.ts";
import { wordSet } from "../text/vocabulary.ts";
import type { Tail } from "./tails.ts";
import { cutLive, cutTail } from "./tail-cuts.ts";

/** A title parsed once, so that two titles are compared as strings. */
export interface ParsedTitle {
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
  /** The words of `counted`. */
  readonly words: readonly string[];
  /** `counted` without leading article and spaces: the least that equal titles share. */
  readonly key: string;
  readonly numbers: string;
  readonly disc: string;
  readonly format: string;
  readonly soundtrack: string;
  readonly catalogue: string;
  /** An edition by its own name, or guests named in the title. */
  readonly extra: "" | "named-edition" | "guests";
  /** A new mix of the same recordings: "(2018 Remix)". */
  readonly mix: boolean;
  /** Some letters are missing or replaced by signs. */
  readonly lacksLetters: boolean;
  /** The raw title without its tails. */
  readonly stemText: string;
}

const elidedArticle = pattern(String.raw`^l['’](?=\p{L})`, "iu");

export function parseTitle(raw: string): ParsedTitle {
  const foldedTitle = fold(raw);
  let text = raw.includes(" ") ? raw.trim() : raw.replaceAll("_", " ").trim();
  let coreText = text;
  let onlyEditions = true;
  const tags: Tags = { disc: "", format: "", soundtrack: "", catalogue: "", extra: "", mix: false };
  for (let cuts = 0; cuts < mostTails; cuts++) {
    const cut = cutTail(text) ?? cutLive(text);
    if (cut === null) break;
    const edition = text.slice(cut.rest.length);
    text = withoutAnniversary(cut.rest, edition);
    note(tags, cut.tail);
    if (cut.tail.kind !== "edition") onlyEditions = false;
    if (onlyEditions) coreText = text;
  }
  const lead = !text.includes("rom ") ? null : soundtrackLead.exec(text);
  if (lead) {
    text = text.slice(lead[0].length);
    tags.soundtrack ||= "songs";
  }
  const stem = text === raw ? foldedTitle : fold(text);
  const plain = plainOf(text, stem);
  const inDigits = withDigits(plain);
  return {
    raw,
    folded: foldedTitle,
    core: coreText === raw ? foldedTitle : coreText === text ? stem : fold(coreText),
    stem,
    plain,
    counted: inDigits,
    words: inDigits.split(" "),
    key: compact(withoutArticle(inDigits)),
    numbers: numbersIn(inDigits),
    ...tags,
    lacksLetters: lostLetter.test(text),
    stemText: text,
  };
}

/** A star next to a letter, or the sign that replaces a lost letter. */
const lostLetter = /\p{L}\*|\*\p{L}|\p{L}\?\p{L}|\ufffd/u;

export function wordsOfStem(title: ParsedTitle): readonly string[] {
  return title.stem === title.counted ? title.words : title.stem.split(" ");
}

const mostTails = 8;
const soundtrackLead =
  /^(?:the )?(?:original )?(?:motion picture )?(?:soundtrack from (?:the (?:film|movie|motion picture|series) )?|music from the (?:film|movie|motion picture|series) )(?=\S)/i;

type Tags = {
  -readonly [Key in "disc" | "format" | "soundtrack" | "catalogue" | "extra" | "mix"]: ParsedTitle[Key];
};

/** Tails are read from the end: the last of each kind counts, except for discs and named editions, where the first does. */
function note(tags: Tags, { kind, detail }: Tail): void {
  if (kind === "disc") tags.disc = detail;
  else if (kind === "format" || kind === "soundtrack" || kind === "catalogue") tags[kind] ||= detail;
  else if (kind === "named-edition" || kind === "guests") tags.extra = kind;
  else if (kind === "mix") tags.mix = true;
}

/** "Name XX (20th Anniversary Edition)": the number repeats the anniversary. */
function withoutAnniversary(text: string, edition: string): string {
  if (!/anniversary/i.test(edition)) return text;
  const anniversary = /(\d{1,2})(?:th|st|nd|rd)? anniversary/i.exec(edition);
  const number = anniversary === null ? null : /^(.*\S)[\s\-–—:]+(\d{1,2}|[XVL]{1,5})$/.exec(text);
  if (!anniversary || !number) return text;
  const [value = ""] = digitsOfPiece((number[2] ?? "").toLowerCase());
  return value === anniversary[1] ? (number[1] ?? text).replace(/[\s\-–—:]+$/, "") : text;
}

export const articles = wordSet("the a an le la les el los las il der das");

/** Removes a leading article, but not the first of several lone letters ("A W B"). */
export function withoutArticle(foldedText: string): string {
  const first = foldedText.indexOf(" ");
  if (first === -1 || !articles.has(foldedText.slice(0, first))) return foldedText;
  const isLone = foldedText.length === first + 2 || foldedText[first + 2] === " ";
  const loneLetter = isLone && !/\d/.test(foldedText.charAt(first + 1));
  return loneLetter ? foldedText : foldedText.slice(first + 1);
}

export function keyOf(text: string): string {
  return compact(withoutArticle(withDigits(plainOf(text.trim(), fold(text)))));
}

function plainOf(text: string, foldedText: string): string {
  return plainNotation(elidedArticle().test(text) ? fold(text.replace(elidedArticle(), "")) : foldedText);
}

/** Equal for all editions and pressings of an album, however "Various" is spelled. */
export function editionKey(artist: string, title: string): string {
  return `${foldArtist(isVariousArtists(artist) ? "Various" : artist)}\u0000${parseTitle(title).key}`;
}
