import { expect, test } from "vitest";
import type { PickDocument } from "../../src/queries/documents/album-documents.ts";
import { openDatabase } from "../../src/store/open-cache.ts";
import {
  getHomeCachePath,
  createSharedHome,
  buildRecord,
  single,
  buildAlbumPlays,
} from "../support/filled-cache.ts";
import { createFilledHome, createCommandRunner } from "../support/command-runner.ts";
import { createSeededRandom } from "../support/random.ts";
import { noon } from "../support/run-cli.ts";

const filling = {
  folders: [{ id: 3, name: "Folk" }],
  customFields: [{ id: 4, name: "Shelf", position: 1 }],
  records: [
    buildRecord({
      artist: "Joni Mitchell",
      title: "Hejira",
      rating: 5,
      year: 1976,
      folderId: 3,
      labels: [{ id: 1, name: "Asylum", catalogNumber: "7E-1087" }],
      fieldValues: [{ fieldId: 4, value: "C4" }],
    }),
    buildRecord({ artist: "Miles Davis", title: "Agharta", dateAdded: "2013-05-18T10:00:00-07:00" }),
    buildRecord({ artist: "John Coltrane", title: "Blue Train" }),
    buildRecord({ artist: "John Coltrane", title: "Blue Train (Remastered)", rating: 4 }),
    buildRecord({ artist: "New Order", title: "Blue Monday", formats: single }),
  ],
  plays: [
    ...buildAlbumPlays("Joni Mitchell", "Hejira", { from: "2015-03-01T20:00:00Z", tracks: 9 }),
    ...buildAlbumPlays("Joni Mitchell", "Hejira", { from: "2015-05-01T20:00:00Z", tracks: 9 }),
    ...buildAlbumPlays("Joni Mitchell", "Hejira", { from: "2023-11-03T20:00:00Z", tracks: 9 }),
    ...buildAlbumPlays("John Coltrane", "Blue Train", { from: "2026-03-01T20:00:00Z", tracks: 5 }),
  ],
};
const home = createSharedHome(filling);
const { run, json, screen } = createCommandRunner<PickDocument>("pick", home, {
  env: { REWIND_SHELF_FIELD: "shelf" },
});
const listTitles = ({ data }: PickDocument): string[] => data.map(({ collection }) => collection.title);

test("draws albums and EPs, copies once, with weight and place on the shelf", async () => {
  const { data, summary, seed } = await json("-n", "10", "--seed", "1");
  expect(summary).toEqual({ albums: 3, records: 4, proposed_lately: 0 });
  expect(seed).toBe(1);
  const byTitle = Object.fromEntries(data.map((row) => [row.collection.title, row]));
  expect(byTitle["Hejira"]).toMatchObject({
    weight: 3 * 3,
    label: "Asylum",
    catalog_number: "7E-1087",
    folder: "Folk",
    shelf: "C4",
    spins: 3,
    why: "3 spins, most of them in 2015; the last on 3 Nov 2023, 2 years 4 months ago.",
  });
  const why = "Never played, on the shelf since 18 May 2013.";
  expect(byTitle["Agharta"]).toMatchObject({ weight: 6, why });
  // The better rating of its two copies counts.
  expect(byTitle["Blue Train"]).toMatchObject({ weight: 2, copies: 2, spins: 1 });
  expect(listTitles(await json("-n", "10", "--seed", "1", "--kind", "any"))).toContain("Blue Monday");
});

test("a seed repeats a draw whatever was drawn before; other seeds differ", async () => {
  const first = await json("--seed", "7");
  await run(["-n", "2"]);
  expect(await json("--seed", "7")).toEqual(first);
  const drawn = await Promise.all(Array.from({ length: 12 }, (_, seed) => json("--seed", String(seed))));
  expect(new Set(drawn.map(listTitles).flat()).size).toBe(3);
});

test("without a seed no album is drawn twice within a month", async () => {
  const [own, random] = [await createFilledHome(filling), createSeededRandom(3)];
  const drawOnDay = (days: number, ...argv: string[]): Promise<PickDocument> =>
    createCommandRunner<PickDocument>("pick", own, { random, now: noon + days * 86_400_000 }).json(...argv);
  const seen = [await drawOnDay(0), await drawOnDay(1), await drawOnDay(2)].flatMap(listTitles);
  expect(new Set(seen).size).toBe(3);
  expect(await drawOnDay(0)).toMatchObject({ data: [], summary: { albums: 3, proposed_lately: 3 } });
  expect(await createCommandRunner("pick", own, { random }).screen()).toContain(
    "All 3 albums that fit were drawn within the last month",
  );
  expect(listTitles(await drawOnDay(40, "-n", "3"))).toHaveLength(3);
});

test("shows one record as a card and several as a table", async () => {
  const card = await screen("hejira", "--seed", "1");
  expect(card).toMatch(/^ {2}Joni Mitchell\n {2}Hejira +#1$/m);
  expect(card).toContain("LP · Asylum 7E-1087 · 1976 · folder Folk · shelf C4 · rated 5");
  const table = await screen("-n", "3", "--seed", "1");
  expect(table).toMatch(/Agharta +LP +never played, owned 12 years 9 months$/m);
  expect(table).toMatch(/Blue Train ×2 +LP +rated 4, last 13 days ago$/m);
  expect(table).toContain("From 3 albums that fit (4 records) · the same again: --seed 1");
  expect(await screen("--year", "1901")).toBe("No album fits --year; 3 without it.\n");
});

test("reports a shelf_field that the collection lacks, and changes nothing", async () => {
  const { code, stderr, stdout } = await run(["--seed", "1"], { env: { REWIND_SHELF_FIELD: "Regal" } });
  expect(code).toBe(0);
  expect(stdout).not.toBe("");
  expect(stderr).toContain('the setting shelf_field is "Regal", but your collection has no such field');
});

test("a locked cache still answers, and says that it cannot remember the pick", async () => {
  const locked = await createFilledHome(filling);
  const writer = openDatabase(getHomeCachePath(locked), { mode: "write" });
  writer?.exec("BEGIN IMMEDIATE");
  const { code, stdout, stderr } = await createCommandRunner("pick", locked).run();
  writer?.exec("ROLLBACK");
  writer?.close();
  expect(code).toBe(0);
  expect(stdout).not.toBe("");
  expect(stderr).toContain("could not be remembered");
});

test("uses plays in place of spins without the history", async () => {
  const early = createCommandRunner<PickDocument>(
    "pick",
    await createFilledHome({ ...filling, history: false }),
  );
  const { data } = await early.json("hejira", "--seed", "1");
  expect(data[0]).toMatchObject({ weight: 2 * 3, spins: null, why: "27 plays." });
});

async function readPickScreen(records: readonly ReturnType<typeof buildRecord>[]): Promise<string> {
  return createCommandRunner("pick", await createFilledHome({ records })).screen();
}

test("nothing to draw: an empty collection is called empty, singles alone name --kind any", async () => {
  expect(await readPickScreen([])).toBe("The collection is empty.\n");
  expect(await readPickScreen([buildRecord({ formats: single })])).toBe(
    "You own no album or EP. To draw from all records: rewind pick --kind any\n",
  );
});
