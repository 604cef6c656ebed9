// The allowed values of an option or argument, as data. Help, errors, completion and documentation read it.

export interface Words {
  readonly words: readonly string[];
  /** Other accepted names, which are never shown. */
  readonly otherWords?: readonly string[];
  /** Explains each word, if the words alone do not say it. */
  readonly meanings?: Readonly<Record<string, string>>;
  /** true: too many for the help, which says where to find them. */
  readonly isUnlisted?: true;
}

/** Values from the cache, by the name of the query that lists them, and named time spans. */
export type ChoiceSource =
  | "span"
  | "day"
  | "format"
  | "genre"
  | "style"
  | "label"
  | "folder"
  | "artist"
  | "record"
  | "album";

/** A closed set of words, or an open one: values from the cache, file names, or the words of a command. */
export type Choices = Words | { readonly source: ChoiceSource | "file" | "command line" };

export function hasWords(choices: Choices | undefined): choices is Words {
  return choices !== undefined && "words" in choices;
}
