// How well typed words fit a name that does not have all of them: begun words, typos, missing or extra spaces, and words
// left over. Only names with a word that is nearly one of the typed are compared, and each different word once.
import { countEdits } from "../../match/text/edit-distance.ts";
import { isSmallWord } from "../../match/text/vocabulary.ts";
import { buildWordPattern, isNumeral, isUnspaced } from "../conditions/words.ts";
import { findLines, escapeRegExp, type NameLines } from "./name-lines.ts";
import { isFiller, canDescribeCopy, type WordQuery } from "./word-query.ts";

/** The costs of a typed word, by its place in the name. */
const costs = { whole: 0, begun: 1, typo: 2, twoTypos: 3 } as const;

export interface LooseFit {
  /** The most that one of the words costs. */
  readonly cost: number;
  readonly typos: number;
  /** The words of the name that were typed, spelled as the name has them. */
  readonly words: readonly string[];
  /** The typed words that say nothing, or may describe a copy. The name lacks them. */
  readonly wishes: readonly string[];
  /** Other typed words that the name lacks. */
  readonly missing: readonly string[];
  /** The words as they were read; null if they were read as typed. */
  readonly readAs: string | null;
}

/** More words are no name: what would be compared grows with them. */
const maxWords = 16;
/** Typed words that the name may lack, besides wishes. */
export const maxMissing = 2;
/**
 * Another letter, or one more, makes another word of a shorter one, and of one of four letters unless the rest of the name
 * agrees. One may still be missing, doubled or swapped.
 */
const minReplacedLength = 4;
const minUnsupportedReplacedLength = 5;
const minTwoTypoLength = 8;
const minRespacedLength = 4;
/** A shorter word has its letters in too many names: "us" in "U.S.". */
const minSpacedLength = 3;
const onlyLetters = /^\p{L}+$/u;

/** Words that people write in short. A title also has them in one notation, with "vol", "pt" and "no" left out. */
const abbreviations: readonly (readonly [short: string, ...full: string[]])[] = [
  ["bros", "brothers"],
  ["dr", "doctor"],
  ["ft", "featuring"],
  ["jr", "junior"],
  ["mr", "mister"],
  ["mt", "mount"],
  ["rd", "road"],
  ["sgt", "sergeant"],
  ["st", "saint", "street"],
];

/** The abbreviation of a word, or the words that it stands for. */
const otherForms: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ...abbreviations.map(([short, ...full]) => [short, full] as const),
  ...abbreviations.flatMap(([short, ...full]) => full.map((word) => [word, [short]] as const)),
]);

function listOtherForms(word: string): readonly string[] {
  return otherForms.get(word) ?? [];
}

/** Returns the edits between a typed word and a word of a name; null if they are different words. */
function countTypos(typed: string, word: string): number | null {
  const [shorter, longer] = [typed.length, word.length].toSorted((a, b) => a - b) as [number, number];
  const maxEdits = longer >= minTwoTypoLength ? 2 : 1;
  if (longer < 2 || longer - shorter > maxEdits || !onlyLetters.test(typed) || !onlyLetters.test(word))
    return null;
  // A different number is another album. A lone I may be the rest of "in".
  if (isNumeral(word) || (isNumeral(typed) && typed.length > 1)) return null;
  // A word without spaces is a whole title.
  if (isUnspaced(typed) && shorter < minRespacedLength) return null;
  const edits = countEdits(typed, word, maxEdits);
  if (edits > maxEdits) return null;
  if (word.length < minReplacedLength && hasAddedLetter(typed, word)) return null;
  const isOther = typed.length < minReplacedLength || typed[0] !== word[0];
  return isOther && hasReplacedLetter(typed, word) ? null : edits;
}

/** Returns true if a word that is too far for a typo may still be meant, beside a title that is right: "goldy" for "goldie". */
export function isNearWord(typed: string, word: string): boolean {
  const isLong = Math.min(typed.length, word.length) >= minUnsupportedReplacedLength;
  return isLong && typed[0] === word[0] && countEdits(typed, word, 2) <= 2;
}

/** Returns true if the typed word is longer, and not by a doubled letter. */
function hasAddedLetter(typed: string, word: string): boolean {
  return typed.length > word.length && !hasDoubledLetter(typed, word);
}

function hasReplacedLetter(typed: string, word: string): boolean {
  return typed.length === word.length && sortLetters(typed) !== sortLetters(word);
}

/** Returns true if the typed word has one letter of the other twice. */
function hasDoubledLetter(typed: string, word: string): boolean {
  return Array.from(word).some((letter, at) => `${word.slice(0, at)}${letter}${word.slice(at)}` === typed);
}

function sortLetters(word: string): string {
  return word.split("").toSorted().join("");
}

interface WordInName {
  readonly cost: number;
  readonly word: string;
}

/** Words to look for, with the typing that they change. */
interface WordReading {
  readonly words: readonly string[];
  readonly isRespaced: boolean;
}

/** The names that the typed words may mean, each with its best fit. */
export function findLooseFits({ readings }: WordQuery, lines: NameLines): [id: number, fit: LooseFit][] {
  const [typed = []] = readings;
  if (typed.length > maxWords) return [];
  const sought = [
    ...readings.map((words) => ({ words, isRespaced: false })),
    ...buildRespacedReadings(typed, lines),
  ];
  const typedWords = [...new Set(sought.flatMap(({ words }) => words))];
  const nameWords = typedWords.filter((word) => !isFiller(word) && !isSmallWord(word));
  if (nameWords.length === 0) return [];
  const unspaced = typedWords.filter(isUnspaced);
  const vocabulary = new Map<string, Costs | null>();
  const hasCosts = (word: string): boolean => {
    let found = vocabulary.get(word);
    if (found === undefined) vocabulary.set(word, (found = computeWordCosts(word, typedWords)));
    return found !== null;
  };
  // Names with the same words have the same fit.
  const fitByWords = new Map<string, LooseFit | undefined>();
  const fits: [id: number, fit: LooseFit][] = [];
  for (const { id, bag } of findLines(
    lines,
    [
      ...nameWords.map(buildNearPattern),
      ...nameWords.flatMap(listOtherForms).map(buildWordPattern),
      ...unspaced.map(escapeRegExp),
    ].join("|"),
  )) {
    const words = bag.split(" ").filter(hasCosts);
    const inside = unspaced.filter((word) => bag.includes(word));
    const doubled = words.filter((word) => bag.includes(` ${word} ${word} `));
    const key = [words, inside, doubled].map((each) => each.join(" ")).join("\n");
    if (!fitByWords.has(key)) {
      const places = findWordPlaces({ words, inside, doubled }, vocabulary);
      const [best] = places
        ? sought.flatMap((each) => computeFit(each, places) ?? []).toSorted(compareFits)
        : [];
      fitByWords.set(key, best);
    }
    const fit = fitByWords.get(key);
    if (fit !== undefined) fits.push([id, fit]);
  }
  return fits;
}

/**
 * Finds every word that begins with the typed one or is within its typos, and others. One edit leaves the first or the
 * last half of a word unchanged, or swaps the letters between them. Two edits leave one third unchanged.
 */
function buildNearPattern(typed: string): string {
  const escapePart = (from: number, to: number): string => escapeRegExp(typed.slice(from, to));
  const { length } = typed;
  const half = Math.ceil(length / 2);
  if (length < minTwoTypoLength - 2) {
    const swapped = `${escapePart(0, half - 1)}${escapePart(half, half + 1)}${escapePart(half - 1, half)}${escapePart(half + 1, length)}`;
    return String.raw` (?:${escapePart(0, half)}|\S{${half - 1},${half + 1}}${escapePart(half, length)} |${swapped} )`;
  }
  const [third, rest] = [Math.ceil(length / 3), Math.ceil((2 * length) / 3)];
  return String.raw` (?:${escapePart(0, third)}|\S{${third - 1},${third + 1}}${escapePart(third, rest)}|\S{${rest - 2},${rest + 2}}${escapePart(rest, length)} )`;
}

type Costs = ReadonlyMap<string, number>;

/** The cost of each typed word as this word of a name. null: none is this word. */
function computeWordCosts(word: string, typedWords: readonly string[]): Costs | null {
  const found = new Map<string, number>();
  for (const typed of typedWords) {
    const typos = typed === word ? 0 : listOtherForms(typed).includes(word) ? 1 : countTypos(typed, word);
    if (typed === word) found.set(typed, costs.whole);
    else if (typed.length > 1 && !isNumeral(typed) && word.startsWith(typed)) found.set(typed, costs.begun);
    else if (typos !== null) found.set(typed, typos === 1 ? costs.typo : costs.twoTypos);
  }
  return found.size === 0 ? null : found;
}

/**
 * The place where each typed word fits best. undefined: the name has none but fillers. `inside`: typed words anywhere in it.
 * `doubled`: words that the name has twice in a row, as in "Duran Duran".
 */
function findWordPlaces(
  { words, inside, doubled }: Readonly<Record<"words" | "inside" | "doubled", readonly string[]>>,
  vocabulary: ReadonlyMap<string, Costs | null>,
): Map<string, WordInName> | undefined {
  const places = new Map<string, WordInName>();
  const keepBestPlace = (typed: string, cost: number, word: string): void => {
    // The last of equals counts: the title follows the artist.
    if (cost <= (places.get(typed)?.cost ?? Infinity)) places.set(typed, { cost, word });
  };
  for (const word of words) {
    // A word that is typed as it is was not also typed with a typo: "criss cross" is not Cross.
    const isTaken = vocabulary.get(word)?.get(word) === costs.whole && !doubled.includes(word);
    for (const [typed, cost] of vocabulary.get(word) ?? []) {
      if (!isTaken || cost < costs.typo) keepBestPlace(typed, cost, word);
    }
  }
  for (const typed of inside) keepBestPlace(typed, costs.whole, typed);
  const hasName = [...places.keys()].some((typed) => !isFiller(typed) && !isSmallWord(typed));
  return hasName ? places : undefined;
}

function computeFit(
  { words, isRespaced }: WordReading,
  places: ReadonlyMap<string, WordInName>,
): LooseFit | undefined {
  const wishes: string[] = [];
  const missing: string[] = [];
  for (const word of words) {
    if (places.has(word)) continue;
    const isWish = isFiller(word) || canDescribeCopy(word);
    // A number is never left over: it tells albums apart. A lone letter may be a word.
    const isNumber = /\p{N}/u.test(word) || (word.length > 1 && isNumeral(word));
    if (!isWish && (missing.length === maxMissing || isNumber)) return undefined;
    (isWish ? wishes : missing).push(word);
  }
  const found = words.flatMap((word) => places.get(word) ?? []);
  const cost = found.reduce((most, each) => Math.max(most, each.cost), isRespaced ? costs.typo : 0);
  const typos = found.filter((each) => each.cost >= costs.typo);
  // Another word must support a typo in a word of two letters, another or one more letter in one of four, or an abbreviation.
  const isSupported = found.some(
    ({ cost: each, word }) => each <= costs.begun && word.length > 2 && !isFiller(word) && !isSmallWord(word),
  );
  const needsSupport = words.some((word) => {
    const place = places.get(word);
    return (
      place !== undefined &&
      place.cost >= costs.typo &&
      (word.length < 3 ||
        (place.word.length < minUnsupportedReplacedLength &&
          (hasReplacedLetter(word, place.word) || hasAddedLetter(word, place.word))) ||
        listOtherForms(word).includes(place.word))
    );
  });
  if (needsSupport && !isSupported) return undefined;
  const readWords = words.map((word) => places.get(word)?.word ?? word);
  return {
    cost,
    typos: typos.length + Number(isRespaced),
    words: found.map(({ word }) => word),
    wishes,
    missing,
    readAs: cost >= costs.typo ? readWords.join(" ") : null,
  };
}

function compareFits(one: LooseFit, other: LooseFit): number {
  return (
    one.missing.length - other.missing.length ||
    one.cost - other.cost ||
    one.typos - other.typos ||
    one.wishes.length - other.wishes.length
  );
}

/** The words with one space more or less, or one word with all the spaces it lacks, where that makes words of names. */
function buildRespacedReadings(typed: readonly string[], { text }: NameLines): WordReading[] {
  // A long word is looked up fastest, and is the least likely to be in a name.
  const isKnown = (words: readonly string[]): boolean =>
    words.join("").length >= minRespacedLength &&
    words
      .toSorted((one, other) => other.length - one.length)
      .every((word) => !isNumeral(word) && text.includes(` ${word} `));
  const joined = typed.slice(1).map((word, at) => ({ at, words: [`${typed[at] ?? ""}${word}`], count: 2 }));
  const parted = typed.flatMap((word, at) =>
    Array.from(word.slice(1), (_, cut) => ({
      at,
      words: [word.slice(0, cut + 1), word.slice(cut + 1)],
      count: 1,
    })),
  );
  const spelledOut = typed.flatMap((word, at) => {
    const words = findSpacedWords(word, text);
    return words === undefined ? [] : [{ at, words, count: 1 }];
  });
  return [...[...joined, ...parted].filter(({ words }) => isKnown(words)), ...spelledOut].map(
    ({ at, words, count }) => ({
      words: [...typed.slice(0, at), ...words, ...typed.slice(at + count)],
      isRespaced: true,
    }),
  );
}

/** The words of a name that make this word without their spaces: "kindofblue", and "444" for 4:44. */
function findSpacedWords(word: string, text: string): readonly string[] | undefined {
  if (word.length < minSpacedLength) return undefined;
  // Names have "and" for a lone "n": "gunsnroses".
  const pattern = Array.from(word, (letter) => (letter === "n" ? "(?:n|and)" : escapeRegExp(letter))).join(
    " ?",
  );
  return new RegExp(` ${pattern} `, "u").exec(text)?.[0].trim().split(" ");
}
