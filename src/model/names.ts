// Names in messages. They come from strangers and an assistant may read them, so they are quoted, on one line and
// shortened: no title passes for words of ours.
import { createPattern } from "./unicode-patterns.ts";

const maxNameCharacters = 100;

export function quoteText(name: string | null): string {
  const line = (name ?? "").replaceAll(/[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]+/gu, " ").trim();
  const letters = Array.from(line);
  return JSON.stringify(
    letters.length > maxNameCharacters ? `${letters.slice(0, maxNameCharacters - 1).join("")}…` : line,
  );
}

interface Named<Name> {
  readonly artist: Name;
  readonly title: Name;
}

/** "Nirvana" · "Nevermind" */
export function formatQuotedName({ artist, title }: Named<string | null>): string {
  return `${quoteText(artist)} · ${quoteText(title)}`;
}

const maxListedNames = 6;

/** "a, b, c, d, e, f, and 2 more" */
export function formatNameList(names: readonly string[]): string {
  const more = names.length > maxListedNames ? `, and ${names.length - maxListedNames} more` : "";
  return `${names.slice(0, maxListedNames).join(", ")}${more}`;
}

/** Nirvana · Nevermind: for the screen, which makes it safe. */
export function formatArtistAndTitle({ artist, title }: Named<string>): string {
  return `${artist.trim()} · ${title.trim()}`;
}

const shellSafePattern = createPattern(String.raw`^[\p{L}\p{N}_.,:/@%+=-]+$`, "u");

/** Quotes a name or a path for a shell if needed. */
export function quoteForShell(text: string): string {
  if (shellSafePattern().test(text)) return text;
  return /["$`\\!]/.test(text) ? `'${text.replaceAll("'", `'\\''`)}'` : `"${text}"`;
}

// Names as the services write them.

/** Removes Discogs' number of a name, "Ghost (32)", and its star of a variation, "David Bowie*". */
export function stripArtistSuffix(name: string): string {
  let bare = name.trim();
  while (bare.endsWith("*") || bare.endsWith(")")) {
    const cut = bare
      .replace(/\*$/, "")
      .replace(/ \((?:[2-9]|[1-9]\d+)\)$/, "")
      .trimEnd();
    if (cut === bare || cut === "") break;
    bare = cut;
  }
  return bare;
}
