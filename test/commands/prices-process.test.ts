// What records cost and what the collection is worth, by the built program.
import { expect, test } from "vitest";
import { cliWorld, type CliWorld } from "../support/cli-world.ts";
import { Listing } from "../support/listing.ts";
import { runProcess } from "../support/run-process.ts";

async function pricedWorld(prices: readonly string[]) {
  const world = await cliWorld({ records: 20, albums: 15, plays: 200 });
  const { shelf } = world.worlds.discogs;
  shelf.fields = new Listing([...shelf.fields.rows, { id: 7, name: "Paid", position: 4 }]);
  shelf.records = new Listing(
    shelf.records.rows.map((record, at) => ({
      ...record,
      fieldValues: prices[at] === undefined ? [] : [{ fieldId: 7, value: prices[at] }],
    })),
  );
  const rewind = async (...argv: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await runProcess(argv, { home: world.home, env: world.env });
    expect({ code, stderr: code === 0 ? "" : stderr }).toEqual({ code: 0, stderr: "" });
    return stdout;
  };
  return { world, rewind };
}

const valueRequests = ({ discogs }: CliWorld): number =>
  discogs.requests.filter(({ path }) => path.endsWith("/collection/value")).length;

test("price_field: columns, orders, and stats that never add two currencies", async () => {
  const { rewind } = await pricedWorld(["€ 12,50", "12.50 USD", "15", "0.10 EUR", "a gift"]);
  await rewind("config", "set", "price_field", "Paid");
  await rewind("sync");
  const rows = JSON.parse(
    await rewind("sql", "SELECT paid, currency, spins, play_count FROM records", "--json"),
  ) as { paid: number | null; currency: string | null; spins: number; play_count: number }[];
  const csv = await rewind("xref", "--all", "--as", "csv");
  const [header = "", ...lines] = csv.trim().split("\n");
  const names = header.trim().split(",");
  const cells = lines.map((line) => line.trim().split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/));
  const column = (name: string): (number | null)[] =>
    cells.map((row) => (row[names.indexOf(name)] ? Number(row[names.indexOf(name)]) : null));
  const [paid, perPlay, perSpin] = [column("paid"), column("cost_per_play"), column("cost_per_spin")];
  expect(paid.filter((price) => price !== null).toSorted((a, b) => a - b)).toEqual([0.1, 12.5, 12.5, 15]);
  const counted = (name: "spins" | "play_count"): number =>
    rows.filter((row) => row.paid !== null && row[name] > 0).length;
  expect(perPlay.filter((cost) => cost !== null)).toHaveLength(counted("play_count"));
  expect(perSpin.filter((cost) => cost !== null)).toHaveLength(counted("spins"));
  for (const order of ["paid", "cost-per-play", "cost-per-spin"]) {
    const found = JSON.parse(await rewind("xref", "--all", "--sort", order, "--json")) as { data: unknown[] };
    expect(found.data).toHaveLength(20);
  }
  const stats = JSON.parse(await rewind("stats", "--by", "kind", "--json")) as {
    data: { paid: { records: number }[] }[];
    totals: { paid: unknown };
  };
  expect(stats.totals.paid).toEqual([
    { currency: "EUR", amount: 12.6, records: 2 },
    { currency: "USD", amount: 12.5, records: 1 },
    { currency: null, amount: 15, records: 1 },
  ]);
  expect(stats.data.flatMap(({ paid: part }) => part).reduce((sum, { records }) => sum + records, 0)).toBe(4);
  expect(await rewind("stats", "--by", "kind", "--as", "csv")).toMatch(
    /^kind,.*,paid_EUR,paid_USD,paid\r?$/m,
  );
});

test("the value is asked for once a day, shown with its course and plotted, and can be turned off", async () => {
  const { world, rewind } = await pricedWorld([]);
  await rewind("config", "set", "collection_value", "off");
  await rewind("sync");
  expect(valueRequests(world)).toBe(0);
  expect(await rewind("report", "--out", "-")).not.toContain("What it is worth");
  await rewind("config", "unset", "collection_value");
  await rewind("sync");
  await rewind("sync");
  expect(valueRequests(world)).toBe(1);
  const { collection_values: values } = JSON.parse(await rewind("stats", "--json")) as {
    collection_values: readonly Readonly<Record<string, unknown>>[];
  };
  expect(values).toMatchObject([{ median: 250, currency: "EUR" }]);
  expect(await rewind("stats")).toMatch(/^Worth 250\.00 EUR at Discogs' median on /m);
  const page = await rewind("report", "--out", "-");
  const [, section = ""] = /<section[^>]* id="value"[^>]*>([\s\S]*?)<\/section>/.exec(page) ?? [];
  expect(section).toContain("What it is worth");
  expect(section).toContain("<td>250.00 EUR</td>");
  expect(section).toMatch(/<svg[\s\S]*<rect/);
});
