// The facts about a copy besides its name, as words: format, colour, years, label and catalogue number.
import { stripSpaces, fold } from "../../match/text/fold.ts";
import type { Database } from "../../store/file/database.ts";
import { listSql, queryTuples } from "../../store/file/sql.ts";

/** Returns a function that gives the words of a record. */
export function createCopyWordLookup(
  database: Database,
  recordIds: readonly number[],
): (recordId: number) => ReadonlySet<string> {
  const rows = queryTuples<[id: number, ...texts: (string | number | null)[]]>(database)`
    SELECT record.id, form, year, original_year, kind,
      (SELECT group_concat(name || ' ' || descriptions || ' ' || text, ' ') FROM release_format
        WHERE release_id = release.id),
      (SELECT group_concat(name || ' ' || catalog_number, ' ') FROM release_label WHERE release_id = release.id)
    FROM record JOIN release ON release.id = record.release_id WHERE record.id IN ${listSql(recordIds)}`;
  const facts = new Map(
    rows.map(([id, ...texts]) => {
      const folded = texts.map((text) => fold(String(text ?? "")));
      return [id, new Set(folded.flatMap((text) => [...text.split(" "), stripSpaces(text)]))];
    }),
  );
  return (recordId) => facts.get(recordId) ?? new Set();
}
