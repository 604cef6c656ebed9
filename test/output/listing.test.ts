import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Field } from "../../src/output/field.ts";
import { writeListing } from "../../src/output/row-formats.ts";
import { parseCsv } from "../support/parse-csv.ts";

/** gate/gate.test.ts compares the forms with each other. */
async function writeCsv<Row>(fields: readonly Field<Row>[], rows: readonly Row[]): Promise<string> {
  let text = "";
  const appendText = (piece: string): Promise<void> => Promise.resolve(void (text += piece));
  await writeListing({ screen: { isTerminal: false }, write: appendText }, fields, rows, { as: "csv" });
  return text;
}

const fields: readonly Field<number>[] = [
  { name: "id", value: (id) => id, numeric: true },
  { name: "wanted", value: () => false },
];

test("writes only the header for CSV without rows", async () => {
  expect(await writeCsv(fields, [])).toBe("id,wanted\r\n");
});

test("CSV of many rows has one header and every row once", async () => {
  const ids = Array.from({ length: 1_001 }, (_, at) => at);
  const [header, ...lines] = parseCsv(await writeCsv(fields, ids));
  expect(header).toEqual(["id", "wanted"]);
  expect(lines).toEqual(ids.map((id) => [String(id), "false"]));
});

test("CSV of any text is read back unchanged", async () => {
  const cells = fc.string({ unit: fc.constantFrom(...'a," \r\n\t;\v\f\u0085\u2028\u2029é'.split("")) });
  const pair: readonly Field<readonly [string, string]>[] = [
    { name: "one", value: ([one]) => one },
    { name: "other", value: ([, other]) => other },
  ];
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(cells, cells)), async (rows) => {
      expect(parseCsv(await writeCsv(pair, rows)).slice(1)).toEqual(rows);
    }),
  );
});

test("CSV of one column has no empty lines", async () => {
  const notes: Field<string | null> = { name: "notes", value: (cell) => cell };
  expect(await writeCsv([notes], ["", "a", null])).toBe('notes\r\n""\r\na\r\n""\r\n');
});
