import {
  isInOtherScript,
  latinKey,
  transliterated,
  withWordsSpelledOut,
  withUmlautsSpelledOut,
} from "../text/spelled-out.ts";
import { keyOf, type ParsedTitle } from "./title.ts";

/** A key of the whole title in another spelling. */
export interface Spelling {
  readonly key: string;
  readonly rule: "notation" | "transliteration";
}

const fewestLetters = 3;
/** Keys of a title in Latin letters, with umlauts spelled out, or with short words spelled out. */
export function spellingsOf({ stemText, key }: Pick<ParsedTitle, "stemText" | "key">): readonly Spelling[] {
  const spellings: Spelling[] = [];
  const add = (other: string, rule: Spelling["rule"]): void => {
    if (other !== key && other.length >= fewestLetters) spellings.push({ key: other, rule });
  };
  for (const spelled of [withUmlautsSpelledOut(stemText), withWordsSpelledOut(stemText)])
    if (spelled !== stemText) add(keyOf(spelled), "notation");
  if (isInOtherScript(stemText)) add(latinKey(keyOf(transliterated(stemText))), "transliteration");
  return spellings;
}

export function isSpelled({ key, rule }: Spelling, title: Pick<ParsedTitle, "key">): boolean {
  return key === (rule === "transliteration" ? latinKey(title.key) : title.key);
}
