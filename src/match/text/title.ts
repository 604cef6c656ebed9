import { foldArtist, isVariousArtists } from "./artist-name.ts";
import { pattern } from "../../pattern.ts";
import { compact, fold } from "./fold.ts";
import { mayBeBritish, otherwiseWritten, plainNotation } from "./notation.ts";
import { countingWords, digitsOfPiece, mayBeNumeral, numbersIn, withDigits } from "./numbers.ts";
import type { Tail } from "./tails.ts";
import { cutLive, cutTail, mayEndInTail } from "./tail-cuts.ts";

/** A title taken apart once, so that comparing two is comparing strings. */
export interface ParsedTitle {
  readonly raw: string;
  readonly folded: string;
  /** Without the edition's words at the end. */
  readonly core: string;
  /** Without any tail. */
  readonly stem: string;
  /** The stem in one notation. */
  readonly plain: string;
  /** That with numbers in digits. */
  readonly counted: string;
  /** The words of that. */
  readonly words: readonly string[];
  /** It without leading article and spaces: what equal titles share at least. */
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
  /** What is left of the raw title without its tails. */
  readonly stemText: string;
}

export const longestArticle = 3;
const elidedArticle = pattern(String.raw`^l['’](?=\p{L})`, "iu");

export function parseTitle(raw: string): ParsedTitle {
  return plainTitle(raw) ?? taggedTitle(raw);
}

const wordsOfLetters = /^[A-Za-z]+(?: [A-Za-z]+)*$/;

/** Most titles are words that have one spelling, and end in no tail: they are taken apart at once. */
function plainTitle(raw: string): ParsedTitle | null {
  if (!wordsOfLetters.test(raw) || raw.includes("rom ")) return null;
  const folded = raw.toLowerCase();
  const words = folded.split(" ");
  if (words.some(mayHaveOtherSpelling) || mayEndInTail(words)) return null;
  return {
    raw,
    folded,
    core: folded,
    stem: folded,
    plain: folded,
    counted: folded,
    words,
    key: words.length === 1 ? folded : lettersOfWords(words, withoutArticle(folded) === folded ? 0 : 1),
    numbers: "",
    disc: "",
    format: "",
    soundtrack: "",
    catalogue: "",
    extra: "",
    mix: false,
    stemText: raw,
  };
}

function lettersOfWords(words: readonly string[], from: number): string {
  let letters = words[from] as string;
  for (let at = from + 1; at < words.length; at++) letters += words[at] as string;
  return letters;
}

/** Between two words "n" is "and". */
const otherwiseSpelled: ReadonlySet<string> = new Set([...countingWords, ...otherwiseWritten, "n"]);

/** Whether a word of letters says something that is spelled in other ways as well. */
function mayHaveOtherSpelling(word: string): boolean {
  return otherwiseSpelled.has(word) || mayBeNumeral(word, word.charCodeAt(0)) || mayBeBritish(word);
}

function taggedTitle(raw: string): ParsedTitle {
  const folded = fold(raw);
  let text = raw.trim();
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
    const plain = plainTitle(text);
    if (plain !== null) {
      const core = coreText === text ? plain.folded : coreText === raw ? folded : fold(coreText);
      return { ...plain, ...tags, raw, folded, core };
    }
  }
  const lead = !text.includes("rom ") ? null : soundtrackLead.exec(text);
  if (lead) {
    text = text.slice(lead[0].length);
    tags.soundtrack ||= "songs";
  }
  const stem = text === raw ? folded : fold(text);
  const plain = plainOf(text, stem);
  const counted = withDigits(plain);
  return {
    raw,
    folded,
    core: coreText === raw ? folded : coreText === text ? stem : fold(coreText),
    stem,
    plain,
    counted,
    words: counted.split(" "),
    key: compact(withoutArticle(counted)),
    numbers: numbersIn(counted),
    ...tags,
    stemText: text,
  };
}

export function wordsOfStem({ stem, counted, words }: ParsedTitle): readonly string[] {
  return stem === counted ? words : stem.split(" ");
}

const mostTails = 8;
const soundtrackLead =
  /^(?:the )?(?:original )?(?:motion picture )?(?:soundtrack from (?:the (?:film|movie|motion picture|series) )?|music from the (?:film|movie|motion picture|series) )(?=\S)/i;

/** What the tails of a title say. */
type Tags = {
  -readonly [Key in "disc" | "format" | "soundtrack" | "catalogue" | "extra" | "mix"]: ParsedTitle[Key];
};

/** Read from the end, so that the last of each kind counts; of discs and editions by name the first. */
function note(tags: Tags, { kind, detail }: Tail): void {
  if (kind === "disc") tags.disc = detail;
  else if (kind === "format" || kind === "soundtrack" || kind === "catalogue") tags[kind] ||= detail;
  else if (kind === "named-edition" || kind === "guests") tags.extra = kind;
  else if (kind === "mix") tags.mix = true;
}

/** "Name XX (20th Anniversary Edition)": the number says again what the edition says. */
function withoutAnniversary(text: string, edition: string): string {
  if (!/anniversary/i.test(edition)) return text;
  const anniversary = /(\d{1,2})(?:th|st|nd|rd)? anniversary/i.exec(edition);
  const number = anniversary === null ? null : /^(.*\S)[\s\-–—:]+(\d{1,2}|[XVL]{1,5})$/.exec(text);
  if (!anniversary || !number) return text;
  const [said = ""] = digitsOfPiece((number[2] ?? "").toLowerCase());
  return said === anniversary[1] ? (number[1] ?? text).replace(/[\s\-–—:]+$/, "") : text;
}

export const articles: ReadonlySet<string> = new Set([
  "the",
  "a",
  "an",
  "le",
  "la",
  "les",
  "el",
  "los",
  "las",
  "il",
  "der",
  "das",
]);

/** A folded title without a leading article; a lone letter after it makes it no article ("A W B"). */
export function withoutArticle(folded: string): string {
  const first = folded.indexOf(" ");
  if (first === -1 || first > longestArticle || !articles.has(folded.slice(0, first))) return folded;
  const isLone = folded.length === first + 2 || folded[first + 2] === " ";
  const loneLetter = isLone && !/\d/.test(folded.charAt(first + 1));
  return loneLetter ? folded : folded.slice(first + 1);
}

/** The key of a piece of a title. */
export function keyOf(text: string): string {
  return compact(withoutArticle(withDigits(plainOf(text.trim(), fold(text)))));
}

function plainOf(text: string, folded: string): string {
  return plainNotation(elidedArticle().test(text) ? fold(text.replace(elidedArticle(), "")) : folded);
}

/** Equal for the editions and pressings of one album: its artist, however "Various" is spelled, and its title without
 *  what editions add. */
export function editionKey(artist: string, title: string): string {
  const parsed = parseTitle(title);
  return `${foldArtist(isVariousArtists(artist) ? "Various" : artist)}\u0000${parsed.key}`;
}
