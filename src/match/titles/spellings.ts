import { isInOtherScript, toPhoneticKey, transliterate, spellOutUmlauts } from "../text/transliteration.ts";
import { toTitleKey, type ParsedTitle } from "./title.ts";

/** A key of the whole title in another spelling. */
export interface Spelling {
  readonly key: string;
  readonly rule: "notation" | "transliteration";
}

const minSpellingLength = 3;
/** Keys of a title in Latin letters, or with umlauts spelled out. */
export function listSpellings({ stemText, key }: Pick<ParsedTitle, "stemText" | "key">): readonly Spelling[] {
  if (!/[^ -~]/.test(stemText)) return [];
  const spellings: Spelling[] = [];
  const addSpelling = (other: string, rule: Spelling["rule"]): void => {
    if (other !== key && other.length >= minSpellingLength) spellings.push({ key: other, rule });
  };
  const spelledOut = spellOutUmlauts(stemText);
  if (spelledOut !== stemText) addSpelling(toTitleKey(spelledOut), "notation");
  if (isInOtherScript(stemText))
    addSpelling(toPhoneticKey(toTitleKey(transliterate(stemText))), "transliteration");
  return spellings;
}

export function matchesSpelling({ key, rule }: Spelling, title: Pick<ParsedTitle, "key">): boolean {
  return key === (rule === "transliteration" ? toPhoneticKey(title.key) : title.key);
}
