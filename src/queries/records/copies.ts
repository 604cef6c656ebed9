// Copies of one album that share a line: the lines of a whole listing, so that none is split over two pages.
import type { Database } from "../../store/file/database.ts";
import { namesInOrder, type RecordQuery } from "./cross-reference.ts";
import { groupedByAlbum } from "../figures/same-album.ts";

/** A line of a listing: the first of its copies stands for all. */
export interface CopyLine {
  readonly id: number;
  /** Where several share it. */
  readonly copies?: number;
  /** Each form once, in the order of the copies: "CD+LP". */
  readonly form?: string;
}

/** A line for each album: the first of its copies in the order of the listing stands for all. */
export function linesOfCopies(database: Database, query: RecordQuery): CopyLine[] {
  return groupedByAlbum(database, namesInOrder(database, query), ({ id, form }) => ({ id, form })).flatMap(
    (copies) => {
      const [first] = copies;
      if (first === undefined) return [];
      if (copies.length === 1) return [{ id: first.id }];
      return [{ id: first.id, copies: copies.length, form: formsTogether(copies.map(({ form }) => form)) }];
    },
  );
}

/** "CD+LP" */
export function formsTogether(forms: Iterable<string>): string {
  return [...new Set(forms)].filter((form) => form !== "").join("+");
}
