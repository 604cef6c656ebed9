import type { Entry } from "../library/entry.ts";
import type { Candidate } from "./candidates.ts";
import { foldArtist } from "../text/artist-name.ts";
import type { Wanted } from "./compare.ts";
import type { Library } from "../library/library.ts";
import { isSameMusic } from "../titles/soundtracks.ts";
import { isDistinctive } from "../titles/telling-words.ts";

/** A title with rows of this many artists is a compilation, listed by track artist. */
const artistsOfCompilation = 3;

/** A compilation's rows, if the listening history lists them by track artist. */
export function compilationRows(wanted: Wanted, library: Library): Candidate[] {
  const { title } = wanted;
  const distinctive = isDistinctive(title, 2);
  if (!distinctive && title.soundtrack === "") return [];
  const rows = library
    .sameTitle(title)
    .filter(
      (entry) =>
        entry.title.format === title.format &&
        (isSameMusic(entry.title.soundtrack, title.soundtrack) ||
          entry.title.soundtrack === "" ||
          title.soundtrack === ""),
    );
  const sameMusic = rows.filter(
    (entry) => title.soundtrack !== "" && isSameMusic(entry.title.soundtrack, title.soundtrack),
  );
  let kept: readonly Entry[] = [];
  if (distinctive) kept = artistsOf(rows) >= artistsOfCompilation ? rows : sameMusic;
  // A common word is a film's title only if several rows have soundtrack words.
  else if (artistsOf(sameMusic) >= artistsOfCompilation) kept = sameMusic;
  return kept.map((entry) => ({ entry, rule: "compilation" }));
}

function artistsOf(entries: readonly Entry[]): number {
  return new Set(entries.map((entry) => foldArtist(entry.album.artist))).size;
}
