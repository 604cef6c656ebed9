// Days of plays that stand in a custom field: from the setting to the answers.
import { expect, test } from "vitest";
import { createCliFixture } from "../support/cli-fixture.ts";
import { Listing } from "../support/editable-list.ts";

test("after config set played_field, a sync reads its days; they can only be deleted on Discogs", async () => {
  const person = await createCliFixture({ records: 20, albums: 15, plays: 100 });
  const { shelf } = person.worlds.discogs;
  shelf.fields = new Listing([...shelf.fields.rows, { id: 7, name: "Last played", position: 4 }]);
  const [first, ...others] = shelf.records.rows.map((record) => ({
    ...record,
    fieldValues: [] as { fieldId: number; value: string }[],
  }));
  if (first === undefined) throw new Error("an empty shelf");
  const played = {
    ...first,
    release: { ...first.release, year: 1999 },
    fieldValues: [{ fieldId: 7, value: "2026-03-01; 2026-02-31" }],
  };
  shelf.records = new Listing([played, ...others]);
  expect(await person.rewind(["config", "set", "played_field", "last played"])).toMatchObject({ code: 0 });
  const { code, stderr } = await person.rewind(["sync"]);
  expect(code).toBe(0);
  expect(stderr).toContain('Note: From the field "Last played": 1 play logged.');
  expect(stderr).toContain('Note: Not logged from the field "Last played": #');
  const queryJson = async (sql: string) =>
    JSON.parse((await person.rewind(["sql", sql, "--json"])).stdout) as unknown;
  expect(await queryJson("SELECT source, precision, count(*) AS n FROM logged_plays")).toEqual([
    { source: "field", precision: "day", n: 1 },
  ]);
  const list = await person.rewind(["played", "list"], { tty: true, columns: 100 });
  expect(list.stdout).toMatch(/2026-03-01 .*from a field/);
  const { data } = JSON.parse((await person.rewind(["played", "list", "--json"])).stdout) as {
    data: { uuid: string }[];
  };
  const undo = await person.rewind(["played", "undo", data[0]?.uuid ?? ""]);
  expect(undo.code).toBe(2);
  expect(undo.stderr).toContain('this play comes from the field "Last played" of the collection');
  expect(undo.stderr).toContain("rewind sync --full");
  const exported = JSON.parse((await person.rewind(["links", "export"])).stdout) as { plays?: unknown[] };
  expect(exported.plays ?? []).toEqual([]);
  expect((await person.rewind(["doctor", "--offline"])).stdout).toMatch(
    /^! fields +played_field: Last played, 1 day/m,
  );
  expect(await person.rewind(["config", "unset", "played_field"])).toMatchObject({ code: 0 });
  const later = await person.rewind(["sync"]);
  expect(later.stderr).toContain('Note: From the field "Last played": 1 play removed.');
  expect((await person.rewind(["sync"])).stderr).not.toContain("removed");
});
