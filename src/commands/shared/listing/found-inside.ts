// Marks an answer whose words begin no words: they were found inside other words.
import type { Context } from "../../../context.ts";
import { printable, type SafeText } from "../../../output/escape.ts";
import type { RecordFilter } from "../../../queries/filters/record-filter.ts";
import { recordsNamed } from "../../../queries/find/records-named.ts";
import { beginsWords, foldedWords } from "../../../queries/conditions/words.ts";
import type { Database } from "../../../store/file/database.ts";

export function insideNote(noun: string, words: readonly string[]): SafeText {
  return printable(`rewind: no ${noun} has words that begin with "${words.join(" ")}"; found inside words`);
}

export function markInsideRecords(context: Context, database: Database, filter: RecordFilter): void {
  const { words = [] } = filter;
  if (words.length > 0 && recordsNamed(database, words.join(" ")).areInside)
    context.note(insideNote("record", words));
}

/** Of a list, either all names have the words at the beginning of words, or all have them inside words. */
export function markInsideNames(
  context: Context,
  noun: string,
  [row]: readonly { readonly artist: string; readonly title: string | null }[],
  { words = [] }: RecordFilter,
): void {
  if (row === undefined || beginsWords(`${row.artist} ${row.title ?? ""}`, foldedWords(words))) return;
  context.note(insideNote(noun, words));
}
