// Titles that are spelled otherwise as a whole: in another alphabet, or where umlauts are spelled out.
import type { AlbumBlock } from "../albums/album-block.ts";
import type { Entry } from "../albums/entry.ts";
import { compact } from "../text/fold.ts";
import { steadyKey } from "../text/notation.ts";
import { keyOf, type ParsedTitle } from "../text/title.ts";
import { isInOtherScript, latinKey, scriptOf } from "../text/transliteration.ts";
import { bearsUmlaut, maySpellOut, withUmlautsSpelledOut } from "../text/umlauts.ts";
import type { Candidate } from "./candidates.ts";
import { compareTails, type Wanted } from "./compare.ts";
import { looser, type TitleRule } from "./ladder.ts";

const none: readonly never[] = [];

export function spelledOtherwise(wanted: Wanted, block: AlbumBlock): readonly Candidate[] {
  const [inOtherScript, otherUmlauts] = [
    transliterated(wanted.title, block),
    withoutUmlauts(wanted.title, block),
  ];
  // As in most blocks.
  if (inOtherScript.length === 0 && otherUmlauts.length === 0) return none;
  return [...reached(wanted, inOtherScript, "transliteration"), ...reached(wanted, otherUmlauts, "notation")];
}

function reached(wanted: Wanted, entries: readonly Entry[], rung: TitleRule): readonly Candidate[] {
  return entries.flatMap((entry) => {
    const tails = compareTails(wanted, entry.title);
    return tails === null ? [] : [{ entry, rule: looser(rung, tails) }];
  });
}

function transliterated(record: ParsedTitle, block: AlbumBlock): readonly Entry[] {
  const isOther = isInOtherScript(record.stem);
  const entries = isOther ? block.entries : block.inOtherScript;
  return entries.length === 0
    ? none
    : entries.filter(({ title }) =>
        isOther
          ? !isInOtherScript(title.stem) && isTransliterated(record, title)
          : isTransliterated(title, record),
      );
}

function isTransliterated(other: ParsedTitle, latin: ParsedTitle): boolean {
  if (other.numbers !== latin.numbers) return false;
  const script = scriptOf(other.stem);
  const key = latinKey(compact(other.counted), script);
  return key !== null && key === latinKey(compact(latin.counted), script);
}

/** One side bears the umlauts that the other spells out: a true "oe" is no umlaut. */
function withoutUmlauts(record: ParsedTitle, block: AlbumBlock): readonly Entry[] {
  if (bearsUmlaut(record.stemText)) {
    const key = keyOf(withUmlautsSpelledOut(record.stemText));
    return block.holding(steadyKey(key)).filter(({ title }) => title.key === key);
  }
  return maySpellOut(record.key)
    ? block.withUmlauts.filter(({ title }) => keyOf(withUmlautsSpelledOut(title.stemText)) === record.key)
    : none;
}
