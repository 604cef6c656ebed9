import type { AlbumBlock } from "../albums/album-block.ts";
import type { Entry } from "../albums/entry.ts";
import { compact } from "../text/fold.ts";
import type { ParsedTitle } from "../text/title.ts";
import { isInOtherScript, latinKey, scriptOf } from "../text/transliteration.ts";
import type { Candidate } from "./candidates.ts";
import { compareTails, type Wanted } from "./compare.ts";
import { looser } from "./ladder.ts";

const none: readonly Candidate[] = [];

/** Albums of one artist whose titles are the record's in another alphabet. */
export function transliteratedTitles(wanted: Wanted, block: AlbumBlock): readonly Candidate[] {
  const isOther = isInOtherScript(wanted.title.stem);
  const entries = isOther ? block.entries : block.inOtherScript;
  if (entries.length === 0) return none;
  const found: Candidate[] = [];
  for (const entry of entries) {
    const rule = isTransliterated(wanted.title, isOther, entry) ? compareTails(wanted, entry.title) : null;
    if (rule !== null) found.push({ entry, rule: looser("transliteration", rule) });
  }
  return found;
}

function isTransliterated(record: ParsedTitle, isOther: boolean, { title }: Entry): boolean {
  if (record.numbers !== title.numbers || isInOtherScript(title.stem) === isOther) return false;
  const script = scriptOf(isOther ? record.stem : title.stem);
  const key = latinKey(compact(record.counted), script);
  return key !== null && key === latinKey(compact(title.counted), script);
}
