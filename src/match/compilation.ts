import type { Candidate } from "./candidates.ts";
import { foldArtist } from "./artist-name.ts";
import type { Wanted } from "./compare.ts";
import type { TitleIndex } from "./title-index.ts";
import { isDistinctive } from "./distinctive.ts";

/** From this many artists under one title on, it is taken for a compilation listed under its singers. */
const artistsOfCompilation = 3;

/** A compilation's rows where the listening side files them under each track's artist. */
export function compilationRows(wanted: Wanted, titles: TitleIndex): Candidate[] {
  const { title } = wanted;
  if (!isDistinctive(title, 2)) return [];
  const rows = titles
    .sameTitle(title)
    .filter(
      (entry) =>
        entry.title.format === title.format &&
        (entry.title.soundtrack === title.soundtrack ||
          entry.title.soundtrack === "" ||
          title.soundtrack === ""),
    );
  const artists = new Set(rows.map((entry) => foldArtist(entry.album.artist)));
  const kept =
    artists.size >= artistsOfCompilation
      ? rows
      : // Fewer are enough where both sides say that it is the same film's music.
        rows.filter((entry) => title.soundtrack !== "" && entry.title.soundtrack === title.soundtrack);
  return kept.map((entry) => ({ entry, rule: "compilation" }));
}
