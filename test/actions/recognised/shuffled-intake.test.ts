// Recognised tracks lead to the same plays and the same rows, in whatever order and batches they arrive.
import { expect, test } from "vitest";
import { logRecognised } from "../../../src/actions/recognised/log-recognised.ts";
import { createTrackIndex, type TrackIndex } from "../../../src/actions/recognised/track-index.ts";
import { readLoggedPlays } from "../../../src/store/decisions/logged-plays.ts";
import type { RecognisedTrack } from "../../../src/store/decisions/recognised-tracks.ts";
import { transact, type Database } from "../../../src/store/file/database.ts";
import { saveTracklist } from "../../../src/store/shelf/tracklists.ts";
import { fillDatabase, createTestCache } from "../../support/filled-cache.ts";
import { pickInteger, createSeededRandom } from "../../support/random.ts";
import { getRoundCount } from "../../support/sampling.ts";
import { generateSession, generateCollection } from "./simulated-sessions.ts";

const shuffles = getRoundCount("REWIND_SHUFFLES", { few: 20, whole: 100 });
const shufflesOfSession = 10;
const firstUts = 1_760_000_000;
const twoHours = 7_200;

/** Delivers lines in batches, then undoes it. Returns all plays and rows, without the random names of the plays. */
function deliverAndRead(
  database: Database,
  shelf: TrackIndex,
  batches: readonly (readonly RecognisedTrack[])[],
): unknown {
  database.exec("BEGIN");
  for (const batch of batches) logRecognised(database, shelf, batch, firstUts + twoHours);
  const plays = readLoggedPlays(database);
  const sides = new Map(plays.map(({ uuid, releaseId, startUts }) => [uuid, `${releaseId} at ${startUts}`]));
  const rows = database
    .prepare<[], { readonly side: string | null }>(
      `SELECT at_uts, artist, title, state, is_final, release_id, position, side
       FROM recognised_track ORDER BY at_uts, artist, title`,
    )
    .all()
    .map(({ side, ...row }) => ({ ...row, side: side === null ? null : (sides.get(side) ?? "waiting") }));
  database.exec("ROLLBACK");
  const named = plays.map((play) => {
    const { uuid: _, ...facts } = play;
    return facts;
  });
  return { plays: named, rows };
}

test(
  `logs the same plays in each of ${shuffles} shuffled orders of two hours`,
  { timeout: 300_000 },
  async () => {
    for (let nth = 0; nth < shuffles / shufflesOfSession; nth += 1) {
      const random = createSeededRandom(nth + 1);
      const shelf = generateCollection(random);
      const database = createTestCache();
      await fillDatabase(database, { records: shelf.map(({ record }) => record) });
      transact(database, () => {
        for (const { record, tracks } of shelf) saveTracklist(database, record.release.id, tracks, 1);
      });
      const tracksOnShelf = createTrackIndex(database);
      const session = generateSession(random, shelf, firstUts);
      const lines = session.lines.filter(({ uts }) => uts < firstUts + twoHours);
      const inOrder = deliverAndRead(
        database,
        tracksOnShelf,
        lines.map((line) => [line]),
      );
      const [first, ...others] = lines;
      const firstLast = [...others, ...(first === undefined ? [] : [first])].map((line) => [line]);
      expect(
        deliverAndRead(database, tracksOnShelf, firstLast),
        `session ${nth}, the first one last`,
      ).toEqual(inOrder);
      for (let at = 1; at < shufflesOfSession; at += 1) {
        const ranks = new Map(lines.map((line) => [line, random()]));
        const left = lines.toSorted((a, b) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0));
        const batches: RecognisedTrack[][] = [];
        while (left.length > 0) batches.push(left.splice(0, pickInteger(random, 1, 3)));
        expect(deliverAndRead(database, tracksOnShelf, batches), `session ${nth}, shuffle ${at}`).toEqual(
          inOrder,
        );
      }
    }
  },
);
