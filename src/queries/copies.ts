// Copies of one album that share a line: the lines of a whole listing, so that none is split over two pages.
import { fold } from "../match/text/fold.ts";
import type { Database } from "../store/database.ts";
import { orderedNames, type OrderedName, type RecordQuery } from "./cross-reference.ts";

/** A line of a listing: the first of its copies stands for all. */
export interface CopyLine {
  readonly id: number;
  readonly copies: number;
  /** Each form once, in the order of the copies: "CD+LP". */
  readonly form: string;
}

interface OpenLine {
  readonly first: OrderedName;
  readonly forms: Set<string>;
  copies: number;
  /** Folded when it is first needed: most albums have one copy. */
  key?: string;
}

/** Copies have the same artist and title, and the same answer: equally many plays, matched alike. */
export function linesOfCopies(database: Database, query: RecordQuery): CopyLine[] {
  const lines: OpenLine[] = [];
  const alike = new Map<string, OpenLine[]>();
  for (const name of orderedNames(database, query)) {
    const candidates = listOf(alike, `${name.playCount}\n${name.matchType}\n${name.editionKey ?? ""}`);
    const line = candidates.find((each) => (each.key ??= keyOf(each.first)) === keyOf(name));
    if (line === undefined) {
      const opened = { first: name, forms: new Set([name.form]), copies: 1 };
      lines.push(opened);
      candidates.push(opened);
    } else {
      line.copies += 1;
      line.forms.add(name.form);
    }
  }
  return lines.map(({ first, copies, forms }) => ({
    id: first.id,
    copies,
    form: formsTogether(forms),
  }));
}

/** "CD+LP" */
export function formsTogether(forms: Iterable<string>): string {
  return [...new Set(forms)].filter((form) => form !== "").join("+");
}

function keyOf({ artist, title }: OrderedName): string {
  return `${fold(artist)}\n${fold(title)}`;
}

function listOf(lists: Map<string, OpenLine[]>, key: string): OpenLine[] {
  const known = lists.get(key);
  if (known !== undefined) return known;
  const list: OpenLine[] = [];
  lists.set(key, list);
  return list;
}
