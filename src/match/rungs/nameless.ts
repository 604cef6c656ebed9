// Records without an artist: "Unknown Artist", "No Artist".
import type { Library } from "../library/library.ts";
import type { Candidate } from "./candidates.ts";
import type { Wanted } from "./wanted.ts";

/** Shorter titles are shared by too many albums. */
const fewestWords = 3;

/** The album without an artist that has exactly this title, if no other album has it. */
export function namelessTitle({ title }: Wanted, library: Library): readonly Candidate[] {
  if (title.words.length < fewestWords) return [];
  const titled = library.nameless.titled(title.key);
  const [entry, ...others] = titled;
  if (entry === undefined || others.length > 0 || entry.title.folded !== title.folded) return [];
  return library.sameTitle(title).length > 0 ? [] : [{ entry, rule: "nameless" }];
}
