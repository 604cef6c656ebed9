// Records without one artist: compilations that the listening history lists by track artist, and records by nobody.
import type { Entry } from "../library/entry.ts";
import type { Candidate } from "./candidates.ts";
import { foldArtist } from "../text/artist-name.ts";
import type { Target } from "./target.ts";
import type { Library } from "../library/library.ts";
import { isSameMusic } from "../titles/soundtracks.ts";
import { isDistinctive } from "../titles/telling-words.ts";

/** A title with rows of this many artists is a compilation, listed by track artist. */
const artistsOfCompilation = 3;

/** A compilation's rows, if the listening history lists them by track artist. */
export function compilationRows({ title }: Target, library: Library): readonly Candidate[] {
  const distinctive = isDistinctive(title, 2);
  if (!distinctive && title.soundtrack === "") return [];
  const rows = library
    .sameTitle(title)
    .filter(
      ({ title: { format, soundtrack } }) =>
        format === title.format &&
        (title.soundtrack === "" || soundtrack === "" || isSameMusic(soundtrack, title.soundtrack)),
    );
  const music = title.soundtrack === "" ? [] : rows.filter((entry) => entry.title.soundtrack !== "");
  // A common word is a film's title only if several rows have soundtrack words.
  const isListed = artistsOf(distinctive ? rows : music) >= artistsOfCompilation;
  const credits = distinctive && isListed ? rows : distinctive || isListed ? music : [];
  return credits.map((entry) => ({ entry, rule: "compilation" }));
}

function artistsOf(entries: readonly Entry[]): number {
  return new Set(entries.map((entry) => foldArtist(entry.album.artist))).size;
}

/** Shorter titles are shared by too many albums. */
const fewestWords = 3;

/** The album without an artist that has exactly this title, if no other album has it. */
export function namelessTitle({ title }: Target, library: Library): readonly Candidate[] {
  if (title.words.length < fewestWords) return [];
  const titled = library.nameless.titled(title.key);
  const [entry, ...others] = titled;
  if (entry === undefined || others.length > 0 || entry.title.folded !== title.folded) return [];
  return library.sameTitle(title).length > 0 ? [] : [{ entry, rule: "nameless" }];
}
