// What may be given for a value, as data: help, refusals, completion and documentation are made of it.

/** The words of a closed set. */
export interface Words {
  readonly words: readonly string[];
  /** Other names of some of them: read, and shown nowhere. */
  readonly otherWords?: readonly string[];
  /** What a word means, where it doesn't say so itself. */
  readonly meanings?: Readonly<Record<string, string>>;
}

/** What the cache knows, each by the name of the query that lists it; and the spans of time that have names. */
export type ChoiceSource =
  | "span"
  | "format"
  | "genre"
  | "style"
  | "label"
  | "folder"
  | "artist"
  | "record"
  | "album";

/** Values that are not a closed set: what the cache knows, the files that there are, or the words of a command. */
interface Known {
  readonly source: ChoiceSource | "file" | "command line";
}

export type Choices = Words | Known;

export function hasWords(choices: Choices | undefined): choices is Words {
  return choices !== undefined && "words" in choices;
}

/** "plays, added (plays)", "exact, you (decided by you)" */
export function wordsInHelp({ words, meanings = {} }: Words): string {
  return words
    .map((word) => (meanings[word] === undefined ? word : `${word} (${meanings[word]})`))
    .join(", ");
}
