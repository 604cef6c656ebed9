// Logged plays, hidden albums, snoozes and review notes can be exported and imported too.
import { expect, test } from "vitest";
import { writeReviewNote, writeSnooze } from "../../src/store/decisions/user-decisions.ts";
import { listNotedPlays, writeNotedPlays } from "../../src/store/decisions/noted-plays.ts";
import { record, sitting, inCache } from "../support/filled-cache.ts";
import { notedPlay, notedTrack } from "../support/noted.ts";
import { filledHome } from "../support/question.ts";
import { runCli } from "../support/run-cli.ts";
import { tempDirectory } from "../support/temp.ts";

const tago = record({ artist: "Can", title: "Tago Mago" });
const plays = sitting("Can", "Future Days", { from: "2024-02-01T20:00:00Z" });

const shelf = (): Promise<string> => filledHome({ records: [tago], plays });

const exported = async (home: string): Promise<string> =>
  (await runCli(["links", "export"], { home })).stdout;
const imported = async (home: string, text: string): Promise<string> =>
  (await runCli(["links", "import", "-"], { home, stdin: text })).stdout;

const session = notedPlay({
  releaseId: tago.release.id,
  from: "2026-03-01T20:00:00Z",
  note: "loud",
  tracks: [
    notedTrack({ uts: 1_772_395_200, lastfmState: "new" }),
    notedTrack({ position: "A2", title: "Mushroom" }),
    notedTrack({ position: "A3", title: "Oh Yeah" }),
  ],
});

function saidThings(home: string): void {
  const uts = 1_700_000_000;
  inCache(home, (database) => {
    writeNotedPlays(database, [session]);
    const snooze = { artist: "Can", snoozedUts: uts };
    writeSnooze(database, { ...snooze, title: "Tago Mago", untilUts: 1_800_000_000 });
    writeSnooze(database, { ...snooze, title: "Delay", untilUts: null });
    const notedUts = uts;
    writeReviewNote(database, { releaseId: tago.release.id, subject: "[1]", verdict: "dismissed", notedUts });
    writeReviewNote(database, { releaseId: 0, subject: '["alias","a","b"]', verdict: "skipped", notedUts });
  });
}

test("everything exported can be imported into a new cache and exported again unchanged", async () => {
  const home = await shelf();
  saidThings(home);
  expect((await runCli(["gaps", "hide", "a1"], { home })).code).toBe(0);
  const text = await exported(home);
  expect(JSON.parse(text)).toMatchObject({
    version: 2,
    plays: [{ uuid: session.uuid, release_id: tago.release.id, note: "loud", start: "2026-03-01T20:00:00Z" }],
    hidden_albums: [{ artist: "Can", album: "Future Days" }],
    snoozes: [{ album: "Delay", until: null }, { album: "Tago Mago" }],
  });
  const other = tempDirectory();
  expect(await imported(other, text)).toContain(
    "Imported: plays 1, hidden albums 1, snoozes 2, review notes 2. 6 new, 0 changed, 0 unchanged.",
  );
  expect(await exported(other)).toBe(text);
  expect(await imported(other, text)).toContain(". 0 new, 0 changed, 6 unchanged.");
  expect(await exported(other)).toBe(text);
});

test("importing a track only moves its state forward", async () => {
  const states = ["new", "unknown", "ignored", "sent"] as const;
  const pairs = states.flatMap((here, at) =>
    states.map((there, other) => ({ here, there, isHere: at > other })),
  );
  const [home, other] = [tempDirectory(), tempDirectory()];
  for (const [cache, side] of [[home, "here"] as const, [other, "there"] as const]) {
    await imported(cache, '{ "version": 2 }');
    const sentPlays = pairs.map((pair, at) => ({
      ...session,
      uuid: session.uuid.replace(/..$/, String(10 + at)),
      tracks: [notedTrack({ uts: 1_772_395_200, lastfmState: pair[side] })],
    }));
    inCache(cache, (database) => writeNotedPlays(database, sentPlays));
  }
  await imported(home, await exported(other));
  expect(inCache(home, listNotedPlays).map(({ tracks }) => tracks[0]?.lastfmState)).toEqual(
    pairs.map(({ here, there, isHere }) => (isHere ? here : there)),
  );
});
