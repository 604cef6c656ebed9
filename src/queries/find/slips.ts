// Finds names that contain all the words but one, which has a typing slip.
import { editsWithin } from "../../match/text/edit-distance.ts";
import type { WordBag } from "../../match/titles/word-bag.ts";
import type { Database } from "../../store/file/database.ts";
import { wordPattern } from "../conditions/words.ts";
import { places, readBags, type FoundName, type FoundNames, type WordQuery } from "./records-named.ts";

/** Shorter words differ from too many others by one letter. */
const shortestSlip = 4;
/** Applies if the word was typed alone, so no other word supports the correction. */
const shortestAlone = 6;

/** The names that contain the words with one word corrected. */
export interface SlippedNames extends FoundNames {
  /** The words as corrected. */
  readonly text: string;
  /** No name contains the typed word, and it is long enough. */
  readonly isSure: boolean;
}

/** The other word has one letter too many, too few, wrong or swapped, or a missing or extra space. */
export function slippedNames(database: Database, { readings }: WordQuery): SlippedNames[] {
  const [words = []] = readings;
  const names = { album: readBags(database, "album"), release: readBags(database, "release") };
  const slips = new Map<string, { typo: string; text: string; album: FoundName[]; release: FoundName[] }>();
  for (const table of ["album", "release"] as const) {
    for (const [id, bag] of names[table]) {
      const slip = slipIn(bag, words);
      if (slip === undefined) continue;
      const [typo, text] = slip;
      const entry = slips.get(text) ?? { typo, text, album: [], release: [] };
      entry[table].push({ id, place: places.whole });
      slips.set(text, entry);
    }
  }
  const all = [...names.album, ...names.release];
  const knownWords = new Set(words.filter((word) => all.some(([, bag]) => holdsWord(bag, word))));
  return Array.from(slips.values(), ({ typo, ...slip }) => ({
    ...slip,
    isSure: !knownWords.has(typo) && (typo !== words.join(" ") || typo.length >= shortestAlone),
  }));
}

function holdsWord(bag: WordBag, word: string): boolean {
  return bag.includes(wordPattern(word));
}

function slipIn(bag: WordBag, words: readonly string[]): [typed: string, text: string] | undefined {
  const missing = words.flatMap((word, at) => (holdsWord(bag, word) ? [] : [at]));
  const [first, second] = missing;
  if (first === undefined || missing.length > 2) return undefined;
  const typo = words[first] ?? "";
  const corrected = (replacement: string, until: number): string =>
    [...words.slice(0, first), replacement, ...words.slice(until)].join(" ");
  if (second === undefined) {
    if (typo.length < shortestSlip) return undefined;
    const spelling = respelled(bag, typo) ?? split(bag, typo);
    return spelling === undefined ? undefined : [typo, corrected(spelling, first + 1)];
  }
  const other = words[second] ?? "";
  if (second !== first + 1 || !holdsWord(bag, typo + other)) return undefined;
  return [`${typo} ${other}`, corrected(typo + other, second + 1)];
}

/** A different number is another album, never a slip. */
const onlyLetters = /^[^\p{N}]+$/u;

function respelled(bag: WordBag, word: string): string | undefined {
  if (!onlyLetters.test(word)) return undefined;
  return bag
    .split(" ")
    .find(
      (other) =>
        other.length >= shortestSlip - 1 && editsWithin(word, other, 1) === 1 && onlyLetters.test(other),
    );
}

function split(bag: WordBag, word: string): string | undefined {
  for (let at = 1; at < word.length; at += 1) {
    const parts = `${word.slice(0, at)} ${word.slice(at)}`;
    if (bag.includes(` ${parts} `)) return parts;
  }
  return undefined;
}
