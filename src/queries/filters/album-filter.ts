// Which of the albums that are played and not owned.
import { fold } from "../../match/text/fold.ts";
import type { AlbumFacts, AlbumStage } from "./filter.ts";
import type { RecordFilter } from "./record-filter.ts";
import { filtersOf } from "./all-filters.ts";

export type AlbumFilter = RecordFilter;

/** Whether an album passes the filters of a stage; each is asked of what passed those before. */
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
  const all = stage === "name" ? [...wordTests(filter.words ?? []), ...tests] : tests;
  return (album) => all.every((isLetIn) => isLetIn(album));
}

function wordTests(words: readonly string[]): ((album: AlbumFacts) => boolean)[] {
  const wanted = words.flatMap((word) => fold(word).split(" ")).filter((word) => word !== "");
  if (wanted.length === 0) return [];
  return [
    ({ artist, title }) => {
      const text = fold(`${artist} ${title}`);
      return wanted.every((word) => text.includes(word));
    },
  ];
}
