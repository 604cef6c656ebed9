// Which of the albums that are played and not owned.
import type { AlbumFacts, AlbumStage } from "./filter.ts";
import type { RecordFilter } from "./record-filter.ts";
import { filtersOf } from "./all-filters.ts";
import { foldedWords, holdingWords } from "../conditions/words.ts";

export type AlbumFilter = RecordFilter;

/** Whether an album passes the filters of a stage, other than the words; each is asked of what passed those before. */
export function albumTest(
  filter: Omit<AlbumFilter, "during">,
  stage: AlbumStage,
): (album: AlbumFacts) => boolean {
  const given = new Map<string, unknown>(Object.entries(filter));
  const tests = filtersOf("albums").flatMap(([name, { albums }]) => {
    const value = given.get(name);
    const values: readonly unknown[] = Array.isArray(value) ? value : value === undefined ? [] : [value];
    const isAsked = albums?.stage === stage && values.length > 0;
    return isAsked ? [albums.test(values)] : [];
  });
  return (album) => tests.every((isLetIn) => isLetIn(album));
}

/** The albums, artists or tracks that hold the words of a filter. */
export function holdingFilterWords<Album extends { readonly artist: string; readonly title: string | null }>(
  all: readonly Album[],
  { words = [] }: Pick<AlbumFilter, "words">,
): readonly Album[] {
  return holdingWords(all, ({ artist, title }) => `${artist} ${title ?? ""}`, foldedWords(words));
}
