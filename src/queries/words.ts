// The words that a person looks for.
import { UsageError } from "../errors.ts";
import { fold } from "../match/text/fold.ts";

/** No name has more; a statement in SQL that asks for thousands is refused by SQLite. */
const mostWords = 200;

/** Folded as the matcher folds, each word once. Throws UsageError for more words than any name has. */
export function foldedWords(texts: readonly string[]): string[] {
  const words = new Set(texts.flatMap((text) => fold(text).split(" ")).filter((word) => word !== ""));
  if (words.size > mostWords) {
    throw new UsageError(
      `${words.size} words are too many to search for: ${mostWords} at most`,
      "Give fewer words.",
    );
  }
  return [...words];
}
