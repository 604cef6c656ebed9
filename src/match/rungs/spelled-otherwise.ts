// Titles that are spelled otherwise as a whole: in another alphabet, or where umlauts are spelled out.
import type { AlbumBlock } from "../albums/album-block.ts";
import type { Entry } from "../albums/entry.ts";
import { compact } from "../text/fold.ts";
import { asSpoken, soundOf, type Sound, type Spoken } from "../text/katakana.ts";
import { steadyKey } from "../text/notation.ts";
import { keyOf, type ParsedTitle } from "../text/title.ts";
import { isInOtherScript, latinKey, scriptOf, type OtherScript } from "../text/transliteration.ts";
import { mayBecomeTextSpeak, mayBeTextSpeak, withWordsSpelledOut } from "../text/text-speak.ts";
import { bearsUmlaut, maySpellOut, withUmlautsSpelledOut } from "../text/umlauts.ts";
import type { Candidate } from "./candidates.ts";
import { compareTails, type Wanted } from "./compare.ts";
import { looser, type TitleRule } from "./ladder.ts";

const none: readonly never[] = [];

/** What a title is in other letters: worked out once, since each record of an artist is held against all his titles. */
class Spellings {
  readonly #title: ParsedTitle;
  readonly #latinKeys = new Map<OtherScript, string | null>();
  #sound: Sound | null | undefined;
  #spoken: Spoken | null = null;

  constructor(title: ParsedTitle) {
    this.#title = title;
  }

  latinKey(script: OtherScript): string | null {
    let key = this.#latinKeys.get(script);
    if (key === undefined)
      this.#latinKeys.set(script, (key = latinKey(compact(this.#title.counted), script)));
    return key;
  }

  get sound(): Sound | null {
    if (this.#sound === undefined) this.#sound = soundOf(this.#title.stem);
    return this.#sound;
  }

  get spoken(): Spoken {
    return (this.#spoken ??= asSpoken(this.#title.stem));
  }
}

const remembered = new WeakMap<ParsedTitle, Spellings>();

function spellingsOf(title: ParsedTitle): Spellings {
  let spellings = remembered.get(title);
  if (spellings === undefined) remembered.set(title, (spellings = new Spellings(title)));
  return spellings;
}

/** What looks for such titles of a record among those of an artist. */
export function spelledOtherwise(wanted: Wanted): (block: AlbumBlock) => readonly Candidate[] {
  const { title } = wanted;
  const isOther = isInOtherScript(title.stem);
  const spelled = isOther ? inOtherScript(wanted) : none;
  const lookups = lookupsOf(title);
  return (block) => {
    const others = isOther ? block.entries : block.inOtherScript;
    // As in most blocks.
    if (others.length === 0 && lookups.length === 0) return none;
    const short = lookups.flatMap((lookUp) => lookUp(block));
    const [transliterated, spoken] = isOther
      ? [others.filter((entry) => isOneOf(spelled, title, entry.title)), spokenLike(title, others)]
      : [
          others.filter((entry) => isOneOf([inLatin(entry.title)], entry.title, title)),
          spelledLike(title, others, block),
        ];
    return [
      ...reached(wanted, transliterated, "transliteration"),
      ...reached(wanted, short, "notation"),
      ...reached(wanted, spoken, "katakana"),
    ];
  };
}

function reached(wanted: Wanted, entries: readonly Entry[], rung: TitleRule): readonly Candidate[] {
  return entries.flatMap((entry) => {
    const tails = compareTails(wanted, entry.title);
    return tails === null ? [] : [{ entry, rule: looser(rung, tails) }];
  });
}

/** A text in another script, as it is spelled in Latin letters. */
interface InLatin {
  readonly script: OtherScript;
  readonly key: string | null;
}

function inLatin(title: ParsedTitle): InLatin {
  const script = scriptOf(title.counted);
  return { script, key: spellingsOf(title).latinKey(script) };
}

/** A record's title, and that of its two languages which isn't in Latin letters. */
function inOtherScript({ title, alternatives }: Wanted): readonly InLatin[] {
  const languages = alternatives.filter(({ key, rule }) => rule === "translation" && isInOtherScript(key));
  return [
    inLatin(title),
    ...languages.map(({ key }) => ({ script: scriptOf(key), key: latinKey(key, scriptOf(key)) })),
  ];
}

/** Whether one of these spellings of a title in another script is a title in Latin letters. */
function isOneOf(spellings: readonly InLatin[], other: ParsedTitle, latin: ParsedTitle): boolean {
  if (other.numbers !== latin.numbers || isInOtherScript(latin.stem)) return false;
  return spellings.some(({ script, key }) => key !== null && key === spellingsOf(latin).latinKey(script));
}

/** The one title in Latin letters that is spoken like a record's in katakana. */
function spokenLike(record: ParsedTitle, entries: readonly Entry[]): readonly Entry[] {
  const { sound } = spellingsOf(record);
  if (sound === null) return none;
  const alike = entries.filter(({ title }) => isSpoken(title, record, sound));
  return new Set(alike.map(({ title }) => title.key)).size === 1 ? alike : none;
}

/** Titles in katakana that are spoken like a record's, and like no other of its artist. */
function spelledLike(record: ParsedTitle, entries: readonly Entry[], block: AlbumBlock): readonly Entry[] {
  return entries.filter(({ title: spelled }) => {
    const { sound } = spellingsOf(spelled);
    if (sound === null || !isSpoken(record, spelled, sound)) return false;
    return block.entries.every(({ title }) => title.key === record.key || !isSpoken(title, spelled, sound));
  });
}

function isSpoken(latin: ParsedTitle, spelled: ParsedTitle, sound: Sound): boolean {
  return latin.numbers === spelled.numbers && sound.isOf(spellingsOf(latin).spoken);
}

/** What one side spells out of the other: a title that itself has "oe" or "for" needs none. */
interface Shorthand {
  readonly isIn: (text: string) => boolean;
  readonly mayBeOf: (folded: string) => boolean;
  readonly spellOut: (text: string) => string;
  readonly entries: (block: AlbumBlock) => readonly Entry[];
}

const shorthands: readonly Shorthand[] = [
  {
    isIn: bearsUmlaut,
    mayBeOf: maySpellOut,
    spellOut: withUmlautsSpelledOut,
    entries: (block) => block.withUmlauts,
  },
  {
    isIn: mayBeTextSpeak,
    mayBeOf: mayBecomeTextSpeak,
    spellOut: withWordsSpelledOut,
    entries: (block) => block.inTextSpeak,
  },
];

type Lookup = (block: AlbumBlock) => readonly Entry[];

/** Titles of an artist that are a record's, short on one side and spelled out on the other; none where neither can be. */
function lookupsOf(title: ParsedTitle): readonly Lookup[] {
  let lookups: Lookup[] | null = null;
  for (let at = 0; at < shorthands.length; at++) {
    const lookup = lookupOf(shorthands[at] as Shorthand, title);
    if (lookup !== null) (lookups ??= []).push(lookup);
  }
  return lookups ?? none;
}

function lookupOf(
  { isIn, mayBeOf, spellOut, entries }: Shorthand,
  { stemText, stem, key }: ParsedTitle,
): Lookup | null {
  if (isIn(stemText)) {
    const spelled = keyOf(spellOut(stemText));
    return spelled === key
      ? null
      : (block) => block.holding(steadyKey(spelled)).filter(({ title }) => title.key === spelled);
  }
  if (!mayBeOf(stem)) return null;
  return (block) =>
    entries(block).filter(({ title }) => title.key !== key && keyOf(spellOut(title.stemText)) === key);
}
