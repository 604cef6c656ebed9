// What a title in katakana sounds like: Japanese tags write Western titles as they are spoken.
import { spellKana } from "./transliteration.ts";

const katakana = /^[\u30a1-\u30fca-z\d ]+$/;
/** The softest vary most. */
const [fewestKana, fewestConsonants, fewestHard, longest] = [4, 4, 3, 60];
/** Of so many signs at most no longer title is spoken. */
const longestSpoken = 300;

/** How English writes each consonant of Japanese. */
const spellings: ReadonlyMap<string, readonly RegExp[]> = new Map(
  Object.entries({
    k: [/ck/y, /ch/y, /[kcq]/y],
    g: [/gu/y, /g/y, /k(?=s)/y],
    s: [/sc/y, /ps/y, /th/y, /[scz]/y],
    sh: [/sch/y, /sh/y, /ch/y, /th/y, /s/y, /t(?=i)/y, /c(?=[ei])/y],
    z: [/th/y, /d[zs]/y, /[zs]/y],
    j: [/dg/y, /dj/y, /th/y, /[jgzs]/y, /d(?=u)/y],
    t: [/th/y, /t/y],
    ts: [/tes/y, /t[sz]/y, /[tz]/y],
    ch: [/tch/y, /ch/y, /[tc]/y],
    d: [/th/y, /d/y],
    n: [/kn/y, /gn/y, /ng(?![aeiou])/y, /n/y, /m(?= ?[bpm])/y],
    h: [/wh/y, /[hj]/y],
    f: [/ph/y, /gh/y, /wh/y, /[fh]/y],
    b: [/[bv]/y],
    v: [/[vbfw]/y],
    m: [/m[bn](?= |$)/y, /mb/y, /m/y],
    r: [/wr/y, /[lr]/y],
  }),
);

/** What stands between two consonants: vowels, and what isn't spoken. */
const unspoken = [/[aeiouyw h]/y, /gh/y, /r(?![aeiouy])/y, /r(?=e[sd]?(?: |$))/y, /l(?=[kmfd])/y];
const lead = /^(?:the|an?) /;

interface Step {
  readonly spellings: readonly RegExp[];
  /** A doubled consonant may be a single one. */
  readonly mayLack: boolean;
}

/** Titles in Latin letters that are spoken so. */
export class Sound {
  readonly #steps: readonly Step[];
  /** By letter, as bits, those that each step which isn't lacking may begin with. */
  readonly #letters: readonly number[];
  /** Each title of this sound has one of these letters among its openings. */
  readonly initials: readonly string[];

  constructor(steps: readonly Step[]) {
    this.#steps = steps;
    this.#letters = steps.filter(({ mayLack }) => !mayLack).map((step) => bitsOf(initialsOf(step)));
    this.initials = distinctLetters(steps[0] === undefined ? "" : initialsOf(steps[0]));
  }

  /**
   * Whether a title in Latin letters may be it. All readings go along together, place by place: a pattern would try one
   * after the other, and in a long title there are more than it can try.
   */
  isOf({ letters, openings }: Spoken): boolean {
    if (letters.length > longestSpoken || !this.initials.some((letter) => openings.includes(letter)))
      return false;
    if (!this.#mayBeIn(letters)) return false;
    const behind = lead.exec(letters)?.[0].length ?? 0;
    return this.#isFrom(letters, 0) || (behind > 0 && this.#isFrom(letters, behind));
  }

  /** Whether what the steps begin with stands in letters in this order: of most it doesn't. */
  #mayBeIn(letters: string): boolean {
    let step = 0;
    for (let at = 0; at < letters.length && step < this.#letters.length; at++)
      if ((bitOf(letters.charCodeAt(at)) & (this.#letters[step] as number)) !== 0) step += 1;
    return step === this.#letters.length;
  }

  #isFrom(spoken: string, start: number): boolean {
    let places = withUnspoken(spoken, new Set([start]));
    for (const { spellings: ways, mayLack } of this.#steps) {
      const next = ends(spoken, places, ways);
      if (mayLack) for (const place of places) next.add(place);
      if (next.size === 0) return false;
      places = withUnspoken(spoken, next);
    }
    return places.has(spoken.length);
  }
}

function initialsOf({ spellings: ways }: Step): string {
  return ways.map(({ source }) => /^\[(.+?)\]/.exec(source)?.[1] ?? source.charAt(0)).join("");
}

function bitsOf(letters: string): number {
  let bits = 0;
  for (let at = 0; at < letters.length; at++) bits |= bitOf(letters.charCodeAt(at));
  return bits;
}

/** Two letters share a bit only where one is none. */
function bitOf(code: number): number {
  return 1 << (code & 31);
}

/** These places, and those behind what isn't spoken there. */
function withUnspoken(spoken: string, places: Set<number>): Set<number> {
  // What is added meanwhile is gone through as well.
  for (const place of places) for (const end of ends(spoken, [place], unspoken)) places.add(end);
  return places;
}

function ends(spoken: string, places: Iterable<number>, ways: readonly RegExp[]): Set<number> {
  const found = new Set<number>();
  for (const place of places) {
    for (const way of ways) {
      way.lastIndex = place;
      if (way.test(spoken)) found.add(way.lastIndex);
    }
  }
  return found;
}

/** null where it takes more than its sound, or too much would fit. */
export function soundOf(folded: string): Sound | null {
  if (!katakana.test(folded) || folded.length > longest) return null;
  if (folded.replace(/[^\u30a1-\u30fa]/g, "").length < fewestKana) return null;
  const spelled = spellKana(folded);
  const consonants = spelled.replace(/[aiueo ]|(?<=[sc])h|(?<=t)s/g, "");
  if (consonants.length < fewestConsonants || consonants.replace(/[yw]/g, "").length < fewestHard)
    return null;
  const parts = [...spelled.matchAll(/sh|ch|ts|[^aiueoyw ]/g)];
  return new Sound(
    parts.map(({ 0: part, index }) => ({
      spellings: spellings.get(part) ?? [new RegExp(part, "y")],
      mayLack: spelled.slice(0, index).endsWith(part),
    })),
  );
}

/** A folded title in Latin letters as it is held against a sound. */
export interface Spoken {
  readonly letters: string;
  /** Those that may be the first that is spoken. */
  readonly openings: readonly string[];
}

export function asSpoken(folded: string): Spoken {
  const letters = folded
    .replace(/\bof\b/g, "ov")
    .replace(/cc(?=[ei])/g, "ks")
    .replaceAll("x", "ks")
    .replace(/([a-z])\1+/g, "$1");
  const start = lead.exec(letters)?.[0].length ?? 0;
  const behind = (mayBeUnspoken.exec(letters.slice(start))?.[0].length ?? 0) + start;
  return { letters, openings: distinctLetters(letters.slice(0, behind + 1)) };
}

const mayBeUnspoken = /^[aeiouyw hrlg]*/;

function distinctLetters(letters: string): readonly string[] {
  return [...new Set(letters.split(""))];
}
