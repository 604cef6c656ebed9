import type { Candidate, Wanted } from "./candidates.ts";
import { compact } from "./fold.ts";
import type { Library } from "./library.ts";
import { parseTitle } from "./title.ts";

/** From this many artists under one title on, it is taken for a compilation listed under its singers. */
const artistsOfCompilation = 3;

/** A compilation's rows where the listening side files them under each track's artist. */
export function compilationRows(wanted: Wanted, library: Library): Candidate[] {
  if (!wanted.title.folded.includes(" ")) return [];
  const rows = library.byTitle(compact(wanted.title.folded));
  const artists = new Set(rows.map((row) => library.keyOf(row.artist)));
  if (artists.size < artistsOfCompilation) return [];
  return rows.map((album) => ({ entry: { album, title: parseTitle(album.title) }, rule: "compilation" }));
}
