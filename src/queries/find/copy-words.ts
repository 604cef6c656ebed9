// The facts about a copy besides its name, as words: format, colour, years, label and catalogue number.
import { stripSpaces, fold } from "../../match/text/fold.ts";
import type { Format } from "../../model/model.ts";
import { getReleaseForm } from "../../model/release-kinds.ts";
import type { Database } from "../../store/file/database.ts";
import { listSql, queryTuples } from "../../store/file/sql.ts";
import { listFormWords } from "./typed-formats.ts";

/** Returns a function that gives the words of a record. */
export function createCopyWordLookup(
  database: Database,
  recordIds: readonly number[],
): (recordId: number) => ReadonlySet<string> {
  const rows = queryTuples<[id: number, form: string, formats: string, ...texts: (string | number | null)[]]>(
    database,
  )`
    SELECT record.id, form,
      (SELECT json_group_array(json_object('name', name, 'quantity', quantity, 'text', text, 'descriptions', json(descriptions)))
        FROM release_format WHERE release_id = release.id),
      form, year, original_year, kind,
      (SELECT group_concat(name || ' ' || descriptions || ' ' || text, ' ') FROM release_format
        WHERE release_id = release.id),
      (SELECT group_concat(name || ' ' || catalog_number, ' ') FROM release_label WHERE release_id = release.id)
    FROM record JOIN release ON release.id = record.release_id WHERE record.id IN ${listSql(recordIds)}`;
  const facts = new Map(
    rows.map(([id, form, formats, ...texts]) => {
      const folded = texts.map((text) => fold(String(text ?? "")));
      const formsInBox = (JSON.parse(formats) as Format[])
        .filter(({ name }) => name !== "Box Set")
        .map((format) => getReleaseForm([format]));
      return [
        id,
        new Set([
          ...folded.flatMap((text) => [...text.split(" "), stripSpaces(text)]),
          ...[form, ...formsInBox].flatMap(listFormWords),
        ]),
      ];
    }),
  );
  return (recordId) => facts.get(recordId) ?? new Set();
}
