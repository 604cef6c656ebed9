import type { Entry } from "../library/entry.ts";
import type { Candidate } from "./candidates.ts";
import { foldArtist } from "../text/artist-name.ts";
import type { Wanted } from "./compare.ts";
import type { Library } from "../library/library.ts";
import { isSameMusic } from "../titles/soundtracks.ts";
import { isDistinctive } from "../titles/telling-words.ts";

/** From this many artists under one title on, it is taken for a compilation listed under its singers. */
const artistsOfCompilation = 3;

/** A compilation's rows where the listening side files them under each track's artist. */
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
  // A common word is the film's only where several say that it is a film's music.
  else if (artistsOf(sameMusic) >= artistsOfCompilation) kept = sameMusic;
  return kept.map((entry) => ({ entry, rule: "compilation" }));
}

function artistsOf(entries: readonly Entry[]): number {
  return new Set(entries.map((entry) => foldArtist(entry.album.artist))).size;
}
