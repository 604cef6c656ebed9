// The cost of records, from the setting price_field to the answers.
import { expect, test } from "vitest";
import { createCliFixture } from "../support/cli-fixture.ts";
import { Listing } from "../support/editable-list.ts";

async function createPricedFixture(prices: readonly string[]) {
  const person = await createCliFixture({ records: 20, albums: 15, plays: 100 });
  const { shelf } = person.worlds.discogs;
  shelf.fields = new Listing([...shelf.fields.rows, { id: 7, name: "Paid", position: 4 }]);
  shelf.records = new Listing(
    shelf.records.rows.map((record, at) => ({
      ...record,
      fieldValues: prices[at] === undefined ? [] : [{ fieldId: 7, value: prices[at] }],
    })),
  );
  const runJson = async (...args: string[]): Promise<unknown> =>
    JSON.parse((await person.rewind([...args, "--json"])).stdout);
  return { person, json: runJson };
}

test("price_field gives each record its price and its cost per spin and play", async () => {
  const { person, json } = await createPricedFixture(["€ 12,50", "12.50 USD", "15", "a gift"]);
  expect(await person.rewind(["sync"])).toMatchObject({ code: 0 });
  const counted = "SELECT count(paid) AS prices FROM records";
  expect(await json("sql", counted)).toEqual([{ prices: 0 }]);
  // The cache has the values already, so no sync is needed.
  expect(await person.rewind(["config", "set", "price_field", "paid"])).toMatchObject({ code: 0 });
  expect(
    await json("sql", "SELECT paid, currency FROM records WHERE paid IS NOT NULL ORDER BY currency, paid"),
  ).toEqual([
    { paid: 15, currency: null },
    { paid: 12.5, currency: "EUR" },
    { paid: 12.5, currency: "USD" },
  ]);
  expect(
    await json(
      "sql",
      `SELECT count(*) AS wrong FROM records WHERE
         cost_per_play IS NOT iif(play_count > 0, round(paid * 100 / play_count) / 100, NULL) OR
         cost_per_spin IS NOT iif(spins > 0, round(paid * 100 / spins) / 100, NULL)`,
    ),
  ).toEqual([{ wrong: 0 }]);
  const csv = await person.rewind(["xref", "--all", "--sort", "paid", "--as", "csv"]);
  expect(csv.stdout).toMatch(/,paid,currency,cost_per_spin,cost_per_play\r\n.*,12\.5,EUR,/);
  const screen = await person.rewind(["xref", "--sort", "paid"], { tty: true, columns: 120 });
  expect(screen.stdout).toMatch(/Paid[^]*12\.50 EUR/);
  const columns = await person.rewind(["xref", "--sort", "paid", "--columns", "paid,currency"]);
  expect(columns.stdout.split("\n")).toContainEqual(expect.stringMatching(/^12\.50 +EUR$/));
  expect((await person.rewind(["doctor", "--offline"])).stdout).toMatch(
    /^! fields +price_field: Paid, 3 prices; 1 entry is not a price: #\d+ "a gift"/m,
  );
  const contract = (await json("xref", "--sort", "paid")) as { data: { collection: object }[] };
  expect(JSON.stringify(contract)).not.toContain("EUR");
  await person.rewind(["config", "unset", "price_field"]);
  expect(await json("sql", counted)).toEqual([{ prices: 0 }]);
});

test("an order by price says how records get one, if none has", async () => {
  const { person } = await createPricedFixture(["1 EUR"]);
  await person.rewind(["sync"]);
  const readFooter = async (sort: string): Promise<string> =>
    (await person.rewind(["xref", "--sort", sort, "-n", "1"], { tty: true, columns: 120 })).stdout;
  const remark = "No record has a price. To name the field that has it: rewind config set price_field NAME";
  for (const sort of ["paid", "cost-per-spin", "cost-per-play"])
    expect(await readFooter(sort)).toContain(remark);
  expect(await readFooter("plays")).not.toContain(remark);
  for (const flags of [[], ["--json"], ["--as", "csv"]])
    expect((await person.rewind(["xref", "--sort", "paid", ...flags])).stderr).toBe(`rewind: ${remark}\n`);
  expect((await person.rewind(["xref", "--sort", "paid", "--quiet"])).stderr).toBe("");
  expect((await person.rewind(["xref", "--sort", "plays"])).stderr).toBe("");
  await person.rewind(["config", "set", "price_field", "Paid"]);
  expect(await readFooter("paid")).not.toContain(remark);
  expect((await person.rewind(["xref", "--sort", "paid"])).stderr).not.toContain(remark);
});

test("an order by original year says how records get one, if none has", async () => {
  const { person } = await createPricedFixture(["1 EUR"]);
  await person.rewind(["sync"]);
  const remark = "No original year is known yet. To look them up: rewind sync --musicbrainz";
  expect((await person.rewind(["xref", "--sort", "original-year"])).stderr).toBe(`rewind: ${remark}\n`);
  expect((await person.rewind(["xref", "--sort", "original-year"], { tty: true })).stdout).toContain(remark);
});

test("a sync reads the prices of a field that is new on Discogs, and those that changed", async () => {
  const { person, json } = await createPricedFixture(["1 EUR", "2 EUR"]);
  await person.rewind(["config", "set", "price_field", "Paid"]);
  expect(await person.rewind(["sync"])).toMatchObject({ code: 0 });
  const sum = "SELECT count(paid) AS n, sum(paid) AS paid FROM records";
  expect(await json("sql", sum)).toEqual([{ n: 2, paid: 3 }]);
  const { shelf } = person.worlds.discogs;
  shelf.records = new Listing(
    shelf.records.rows.map((record, at) =>
      at === 0 ? { ...record, fieldValues: [{ fieldId: 7, value: "5 EUR" }] } : record,
    ),
  );
  expect(await person.rewind(["sync", "--full"])).toMatchObject({ code: 0 });
  expect(await json("sql", sum)).toEqual([{ n: 2, paid: 7 }]);
});

test("stats --by adds up what was paid, each currency by itself", async () => {
  const { person, json } = await createPricedFixture(["€ 12,50", "12.50 USD", "15", "0.10 EUR", "0.20 EUR"]);
  await person.rewind(["config", "set", "price_field", "Paid"]);
  expect(await person.rewind(["sync"])).toMatchObject({ code: 0 });
  const { data, totals } = (await json("stats", "--by", "kind")) as {
    data: { paid: { currency: string | null; amount: number; records: number }[] }[];
    totals: { paid: unknown };
  };
  expect(totals.paid).toEqual([
    { currency: "EUR", amount: 12.8, records: 3 },
    { currency: "USD", amount: 12.5, records: 1 },
    { currency: null, amount: 15, records: 1 },
  ]);
  expect(data.flatMap(({ paid }) => paid).reduce((sum, { records }) => sum + records, 0)).toBe(5);
  const csv = (await person.rewind(["stats", "--by", "kind", "--as", "csv"])).stdout;
  expect(csv.split("\n")[0]?.trim()).toBe("kind,records,scrobbled,plays,paid_EUR,paid_USD,paid");
  const screen = await person.rewind(["stats", "--by", "kind"], { tty: true, columns: 100 });
  expect(screen.stdout).toContain("Paid: 12.80 EUR, 12.50 USD, 15.00");
  // The amounts have a column at any width, and in a pipe.
  const amounts = data.map(({ paid: [first] }) =>
    first === undefined ? "" : `  ${first.amount.toFixed(2)}`,
  );
  for (const columns of [80, 100, null]) {
    const terminal = columns === null ? {} : { tty: true, columns };
    const { stdout } = await person.rewind(["stats", "--by", "kind"], terminal);
    const lines = stdout.split("\n").slice(columns === null ? 0 : 1);
    expect(amounts.filter((amount, at) => !lines[at]?.includes(amount))).toEqual([]);
  }
});

test("a sync says if the collection has no field of that name", async () => {
  const { person } = await createPricedFixture(["1 EUR"]);
  await person.rewind(["config", "set", "price_field", "Pric"]);
  const message = "The setting price_field does not name a field of your collection. Its fields: ";
  for (const flags of [[], ["--full"]]) {
    const { code, stderr } = await person.rewind(["sync", ...flags]);
    expect(code).toBe(0);
    expect(stderr.replaceAll("\n", " ")).toMatch(new RegExp(`${message}.*, Paid\\.`));
  }
});
