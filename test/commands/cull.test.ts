import { describe, expect, test } from "vitest";
import { createSharedHome, buildRecord, buildAlbumPlays, type Filling } from "../support/filled-cache.ts";
import { createFilledHome, createCommandRunner } from "../support/command-runner.ts";
import { runCli } from "../support/run-cli.ts";

const customFields = [
  { id: 1, name: "Media Condition", position: 1 },
  { id: 2, name: "Sleeve Condition", position: 2 },
  { id: 4, name: "Media notes", position: 4 },
];
const buildGrades = (media: string, sleeve = "Generic"): { fieldId: number; value: string }[] => [
  { fieldId: 1, value: media },
  { fieldId: 2, value: sleeve },
];
const slint = { artist: "Slint", title: "Spiderland", rating: 1 };
const home = createSharedHome({
  customFields,
  records: [
    buildRecord({ artist: "Can", title: "Tago Mago", fieldValues: buildGrades("Very Good (VG)") }),
    buildRecord({ artist: "Can", title: "Tago Mago", fieldValues: buildGrades("Near Mint (NM or M-)") }),
    buildRecord({ artist: "Neu!", title: "Neu!", rating: 2 }),
    buildRecord({ artist: "Faust", title: "Faust IV", rating: 4 }),
    buildRecord(slint),
    buildRecord({ ...slint, fieldValues: buildGrades("Very Good Plus (VG+)", "Good Plus (G+)") }),
    buildRecord({ artist: "Low", title: "Trust", rating: 3 }),
  ],
  plays: [
    ...buildAlbumPlays("Can", "Tago Mago", { from: "2026-02-01T20:00:00Z" }),
    ...buildAlbumPlays("Neu!", "Neu!", { from: "2026-02-02T20:00:00Z" }),
    ...buildAlbumPlays("Low", "Trust", { from: "2026-02-03T20:00:00Z" }),
  ],
});

interface Cull {
  readonly data: { readonly collection: { id: number }; readonly why: string[]; copy_of: number | null }[];
  readonly summary: object;
}
const { json, screen } = createCommandRunner<Cull>("cull", home);
const listIds = ({ data }: Cull): number[] => data.map(({ collection }) => collection.id);
const createCullRunner = async (filling: Filling) =>
  createCommandRunner<Cull>("cull", await createFilledHome(filling));
const sortIds = (ids: number[]): number[] => ids.toSorted((a, b) => a - b);

test("lists each record with its reasons, most reasons first", async () => {
  const { data, summary } = await json();
  expect(data.map(({ collection, why, copy_of }) => [collection.id, copy_of, ...why])).toEqual([
    [5, 6, "copy", "never", "rating"],
    [6, null, "never", "rating"],
    [1, 2, "copy"],
    [3, null, "rating"],
  ]);
  expect(data[1]).toMatchObject({
    media: "VG+",
    sleeve: "G+",
    label: "Island",
    catalog_number: "ILPS 9135",
    listening: { play_count: 0 },
  });
  expect(summary).toEqual({ total: 4, copy: 2, never: 2, rating: 3 });
});

test.each([
  ["--why copy", [5, 1]],
  ["--why copy --why rating", [5, 6, 1, 3]],
  ["--sort artist", [1, 3, 5, 6]],
  ["--reverse --limit 1", [1]],
  ["slint", [5, 6]],
  // Records rated 4 or 5 are left out unless the user asks for a rating.
  ["--why never", [5, 6]],
  ["--rating 3..", [4]],
  ["--rating 0.. --sort added", [1, 3, 4, 5, 6]],
])("rewind cull %s", async (line, ids) => {
  expect(listIds(await json(...line.split(" ")))).toEqual(ids);
});

describe("copies of an album", () => {
  test.each<readonly [string, Parameters<typeof buildRecord>[0][], number[]]>([
    ["the one rated higher stays", [{ rating: 3, fieldValues: buildGrades("Mint (M)") }, { rating: 4 }], [1]],
    ["then the better kept one", [{ fieldValues: buildGrades("Good (G)") }, {}], [1]],
    ["then the one owned longer", [{ dateAdded: "2021-01-01T00:00:00-08:00" }, {}], [1]],
    ["all others are extra", [{}, {}, { title: "Landed (Remastered)" }], [2, 3]],
  ])("%s", async (_, parts, extra) => {
    const records = parts.map((part) => buildRecord({ artist: "Can", title: "Landed", ...part }));
    const copies = await createCullRunner({ records, customFields });
    expect(sortIds(listIds(await copies.json("--why", "copy")))).toEqual(extra);
  });
});

const buildBoughtRecord = (dateAdded: string | null, parts = {}): ReturnType<typeof buildRecord> =>
  buildRecord({ artist: "Low", title: `Added ${String(dateAdded)}`, dateAdded, ...parts });

test("records of one title that are matched with different albums are no copies of each other", async () => {
  const weezer = await createFilledHome({
    records: [
      buildRecord({ artist: "Weezer", title: "Weezer", rating: 3 }),
      buildRecord({ artist: "Weezer", title: "Weezer", masterId: 101 }),
      buildRecord({ artist: "Weezer", title: "Weezer", masterId: 101 }),
    ],
    plays: [
      ...buildAlbumPlays("Weezer", "Weezer", { from: "2026-02-01T20:00:00Z" }),
      ...buildAlbumPlays("Weezer", "Green", { from: "2026-02-02T20:00:00Z" }),
    ],
  });
  const { json: cull } = createCommandRunner<Cull>("cull", weezer);
  const listCopies = async () =>
    (await cull("--why", "copy")).data.map(({ collection: { id }, copy_of }) => [id, copy_of]);
  expect(await listCopies()).toEqual([
    [3, 1],
    [2, 1],
  ]);
  for (const id of ["2", "3"])
    expect(await runCli(["link", id, "--only", "weezer green"], { home: weezer })).toMatchObject({ code: 0 });
  expect(await listCopies()).toEqual([[3, 2]]);
});

test("having no plays is a reason alone only after a year on the shelf", async () => {
  const { data } = await (
    await createCullRunner({
      records: [
        buildBoughtRecord("2025-03-13T12:00:00Z"),
        buildBoughtRecord("2025-03-16T12:00:00Z"),
        buildBoughtRecord(null),
        buildBoughtRecord("2026-01-01T12:00:00Z", { rating: 1 }),
      ],
    })
  ).json();
  expect(data.map(({ collection, why }) => [collection.id, ...why])).toEqual([
    [4, "never", "rating"],
    [1, "never"],
  ]);
});

test("the table shows grades, label, date added and reasons", async () => {
  const { stdout } = await runCli(["cull"], { home, tty: true, columns: 140, env: { NO_COLOR: "1" } });
  expect(stdout).toMatch(/^ *# +Artist +Title +Form +Media +Sleeve +Label +Added +Why$/m);
  expect(stdout).toMatch(
    /^6 +Slint +Spiderland +LP +VG\+ +G\+ +Island ILPS 9135 +2020-05-01 +never, rated 1$/m,
  );
  expect(stdout).toMatch(/^1 +Can .* +VG +Generic .*copy of 2$/m);
  expect(stdout).toContain("2 extra copies · 2 never played · 3 rated 1 or 2");
  expect(stdout).toContain("Not listed: 1 record rated 4 or 5 (--rating 4..)");
  expect(await screen("--rating", "4..")).not.toContain("more is rated");
  expect(await screen("low")).toBe("No record that you could sell fits the words.\n");
});

test("an empty list names --why and the filters, and what is listed without them", async () => {
  const shelf = await createCullRunner({ records: [buildBoughtRecord("2024-01-01T12:00:00Z")] });
  expect(await shelf.screen("--why", "rating")).toBe(
    "No record that you could sell fits --why; 1 without it.\n",
  );
  expect(await shelf.screen("--why", "rating", "--year", "1901")).toBe(
    "No record that you could sell fits --year and --why.\n",
  );
  expect(await shelf.screen("--rating", "1..5")).toBe(
    "No record that you could sell fits --rating; 1 without it.\n",
  );
});
