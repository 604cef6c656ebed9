import { beforeEach, expect, test, vi } from "vitest";
import { cd, homeOf, record, sitting } from "../support/filled-cache.ts";
import { questionOf } from "../support/question.ts";

const home = homeOf({
  records: [
    record({ artist: "Can", title: "Tago Mago" }),
    record({ artist: "Can", title: "Tago Mago (Remastered)", formats: cd }),
    record({ artist: "Neu!", title: "Neu! 75" }),
  ],
  plays: [
    ...sitting("Can", "Tago Mago", { from: "2026-03-10T20:00:00Z", tracks: 7 }),
    ...sitting("Sufjan Stevens", "Illinois", { from: "2025-12-31T22:58:00Z", tracks: 2 }),
  ],
});
interface Recent {
  readonly data: readonly Readonly<Record<"played_at" | "artist_name" | "track_name", string>>[];
  readonly during: object | null;
  readonly pagination: object;
}
const { json, screen } = questionOf<Recent>("recent", home);

beforeEach(() => void vi.stubEnv("TZ", "Europe/Berlin"));

test("lists the newest plays first, with their records", async () => {
  const { data, pagination, during } = await json("--limit", "8");
  expect(data[0]).toEqual({
    played_at: "2026-03-10T20:24:00Z",
    artist_name: "Can",
    track_name: "Track 7",
    album_id: expect.any(Number),
    album_name: "Tago Mago",
    record_ids: [1, 2],
    forms: ["LP", "CD"],
  });
  expect(data[7]).toMatchObject({ artist_name: "Sufjan Stevens", record_ids: [], forms: [] });
  expect(pagination).toEqual({ page: 1, limit: 8, total: 9, total_pages: 2 });
  expect(during).toBeNull();
});

test.each([
  // In Berlin the second song was played in the new year.
  ["--during 2025", "Sufjan Stevens Track 1"],
  ["--during 2026 illinois", "Sufjan Stevens Track 2"],
  ["can track 3", "Can Track 3"],
  ["--page 3 --limit 4", "Sufjan Stevens Track 1"],
])("rewind recent %s", async (line, track) => {
  const { data } = await json(...line.split(" "));
  expect(data.map(({ artist_name: artist, track_name: name }) => `${artist} ${name}`)).toEqual([track]);
});

test("the table shows local time and the record's number; an empty answer is a sentence", async () => {
  const stdout = await screen();
  expect(stdout).toMatch(/^Day +Time +# +Artist +Track +Album$/m);
  expect(stdout).toMatch(/^2026-03-10 +21:24 +1 \+1 +Can +Track 7 +Tago Mago$/m);
  expect(stdout).toMatch(/^2026-01-01 +00:02 +Sufjan Stevens +Track 2 +Illinois$/m);
  expect(stdout).toContain("9 plays");
  expect(await screen("--during", "2010")).toBe("You played nothing in this time.\n");
  expect(await screen("nobody")).toBe("No play has these words.\n");
  expect(await screen("2010")).toBe("No play has these words. For the plays of that time: --during=2010\n");
});
