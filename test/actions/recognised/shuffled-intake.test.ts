// What a recogniser heard leads to the same plays and the same rows, in whatever order and batches it arrives.
import { expect, test } from "vitest";
import { logRecognised } from "../../../src/actions/recognised/log-recognised.ts";
import { shelfTracks, type ShelfTracks } from "../../../src/actions/recognised/shelf-tracks.ts";
import { listNotedPlays } from "../../../src/store/decisions/noted-plays.ts";
import type { RecognisedTrack } from "../../../src/store/decisions/recognised-tracks.ts";
import { transact, type Database } from "../../../src/store/file/database.ts";
import { keepTracklist } from "../../../src/store/shelf/tracklists.ts";
import { fillDatabase, newCache } from "../../support/filled-cache.ts";
import { between, seeded } from "../../support/random.ts";
import { rounds } from "../../support/sample.ts";
import { inventSession, inventShelf } from "./turntable-sessions.ts";

const shuffles = rounds("REWIND_SHUFFLES", { few: 20, whole: 200 });
const shufflesOfSession = 10;
const firstUts = 1_760_000_000;
const twoHours = 7_200;

/** Delivers lines in batches, then undoes it. Returns all plays and rows, without the random names of the plays. */
function resultOf(
  database: Database,
  shelf: ShelfTracks,
  batches: readonly (readonly RecognisedTrack[])[],
): unknown {
  database.exec("BEGIN");
  for (const batch of batches) logRecognised(database, shelf, batch, firstUts + twoHours);
  const plays = listNotedPlays(database);
  const sides = new Map(plays.map(({ uuid, releaseId, startUts }) => [uuid, `${releaseId} at ${startUts}`]));
  const rows = database
    .prepare<[], { readonly side: string | null }>(
      `SELECT at_uts, artist, title, state, is_settled, release_id, position, side
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
  `${shuffles} shuffles of two hours lead to what the right order does`,
  { timeout: 300_000 },
  async () => {
    for (let nth = 0; nth < shuffles / shufflesOfSession; nth += 1) {
      const random = seeded(nth + 1);
      const shelf = inventShelf(random);
      const database = newCache();
      await fillDatabase(database, { records: shelf.map(({ record }) => record) });
      transact(database, () => {
        for (const { record, tracks } of shelf) keepTracklist(database, record.release.id, tracks, 1);
      });
      const tracksOnShelf = shelfTracks(database);
      const session = inventSession(random, shelf, firstUts);
      const lines = session.lines.filter(({ uts }) => uts < firstUts + twoHours);
      const inOrder = resultOf(
        database,
        tracksOnShelf,
        lines.map((line) => [line]),
      );
      const [first, ...others] = lines;
      const firstLast = [...others, ...(first === undefined ? [] : [first])].map((line) => [line]);
      expect(resultOf(database, tracksOnShelf, firstLast), `session ${nth}, the first one last`).toEqual(
        inOrder,
      );
      for (let at = 1; at < shufflesOfSession; at += 1) {
        const ranks = new Map(lines.map((line) => [line, random()]));
        const left = lines.toSorted((a, b) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0));
        const batches: RecognisedTrack[][] = [];
        while (left.length > 0) batches.push(left.splice(0, between(random, 1, 3)));
        expect(resultOf(database, tracksOnShelf, batches), `session ${nth}, shuffle ${at}`).toEqual(inOrder);
      }
    }
  },
);
