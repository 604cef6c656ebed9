// Many names as one text with a line for each: a pattern runs over one long text much faster than over many short ones.
import type { WordBag } from "../../match/titles/word-bag.ts";
import { fold } from "../../match/text/fold.ts";
import { isCyrillicOrGreek, listLatinSpellings } from "../conditions/latin-letters.ts";

export interface NameLines {
  readonly ids: readonly number[];
  /** The word bag of each id, each followed by a line end. */
  readonly text: string;
}

export interface NameLine {
  readonly id: number;
  readonly bag: WordBag;
}

/** `text` has a line for each id. A line with Cyrillic or Greek words gets them in Latin letters too. */
export function buildNameLines(ids: readonly number[], text: string): NameLines {
  return { ids, text: isCyrillicOrGreek(text) ? text.replaceAll(/.+/g, addLatin) : text };
}

function addLatin(bag: string): string {
  return [bag, ...listLatinSpellings(bag)].join("");
}

/** The name as a line, as buildWordBag() writes it. */
export function formatNameLine(name: string): string {
  return ` ${fold(name)} \n`.replaceAll(" n ", " and ");
}

/** The lines in which the pattern is found. */
export function* findLines({ ids, text }: NameLines, pattern: string): Generator<NameLine> {
  const regex = new RegExp(pattern, "g");
  let [at, from, to] = [0, 0, text.indexOf("\n")];
  for (let match = regex.exec(text); match !== null; match = regex.exec(text)) {
    for (; to < match.index; at++) [from, to] = [to + 1, text.indexOf("\n", to + 1)];
    yield { id: ids[at] ?? 0, bag: text.slice(from, to) };
    regex.lastIndex = to;
  }
}

/** The pattern of this text. */
export function escapeRegExp(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N} ]/gu, String.raw`\$&`);
}
