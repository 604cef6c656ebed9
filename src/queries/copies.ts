// Copies of one album that share a line: the lines of a whole listing, so that none is split over two pages.
import { kindOfCopy } from "../kinds.ts";
import { fold } from "../match/text/fold.ts";
import type { Database } from "../store/database.ts";
import { idsInOrder, namesAlike, type AlikeName, type RecordQuery } from "./cross-reference.ts";

/** A line of a listing: the first of its copies stands for all. */
export interface CopyLine {
  readonly id: number;
  /** Where several share it. */
  readonly copies?: number;
  /** Each form once, in the order of the copies: "CD+LP". */
  readonly form?: string;
}

/** Copies have the same artist and title, and the same answer: equally many plays, matched alike. */
export function linesOfCopies(database: Database, query: RecordQuery): CopyLine[] {
  // Most albums have one copy: names are read and folded only where the rest is alike.
  const copiesOf = new Map<number, AlikeName[]>();
  const firsts = new Map<string, AlikeName[]>();
  for (const name of namesAlike(database, query)) {
    const key = [
      fold(name.artist),
      fold(name.title),
      name.playCount,
      name.matchType,
      name.editionKey,
      kindOfCopy(name.kind),
    ].join("\n");
    const copies = firsts.get(key) ?? [];
    copies.push(name);
    firsts.set(key, copies);
    copiesOf.set(name.id, copies);
  }
  return idsInOrder(database, query).flatMap((id) => {
    const copies = copiesOf.get(id);
    if (copies === undefined || copies.length === 1) return [{ id }];
    if (copies[0]?.id !== id) return [];
    return [{ id, copies: copies.length, form: formsTogether(copies.map(({ form }) => form)) }];
  });
}

/** "CD+LP" */
export function formsTogether(forms: Iterable<string>): string {
  return [...new Set(forms)].filter((form) => form !== "").join("+");
}
