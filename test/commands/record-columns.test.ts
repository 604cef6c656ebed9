// Every column of a list of records: the same in the forms for programs and in the view of rewind sql, and shown.
import { expect, test } from "vitest";
import { allRecordFields } from "../../src/commands/shared/listing/record-fields.ts";
import { runCli } from "../support/run-cli.ts";
import { allMatchCases, createSmallCollection } from "../support/small-collection.ts";

type Row = Readonly<Record<string, unknown>>;

async function runNdjson(home: string, ...argv: string[]): Promise<Row[]> {
  const { code, stdout, stderr } = await runCli([...argv, "--as", "ndjson"], { home });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Row);
}

/** The view writes lists as JSON. */
const toSqlText = (value: unknown): unknown => (Array.isArray(value) ? JSON.stringify(value) : value);

test("each field has its name and its value from the view of records", async () => {
  const { home } = await createSmallCollection(allMatchCases);
  const names = allRecordFields.flatMap(({ name, isOfScreens }) => (isOfScreens === true ? [] : name));
  const listed = await runNdjson(home, "xref", "--all");
  const viewed = new Map(
    (await runNdjson(home, "sql", "SELECT * FROM records")).map((row) => [row["id"], row]),
  );
  expect(listed).toHaveLength(allMatchCases.records.length);
  for (const row of listed) {
    expect(Object.keys(row)).toEqual(names);
    const other = viewed.get(row["id"]) ?? {};
    for (const name of names) {
      expect({ name, value: toSqlText(row[name]) }).toEqual({ name, value: other[name] });
    }
  }
});
