// The shelf in a few lines: how much of it is played, the last plays, a record to put on, and open questions.
import type { Database } from "../../store/file/database.ts";
import { countReviewItems } from "../review/review-items.ts";
import type { Period } from "../conditions/period.ts";
import { querySources } from "./sources.ts";
import { queryPick } from "../albums/pick.ts";
import { countScrobbles } from "../statistics/play-counts.ts";
import { sortByPlays } from "../statistics/played-items.ts";
import {
  readHistoryState,
  hasNoPlays,
  readPlaySources,
  readPlaysUpdatedUts,
  readSyncedUts,
} from "../statistics/readiness.ts";
import { readCollectionTotals } from "../statistics/stats-by-dimension.ts";
import { readPlayedAlbums } from "../top/top-albums.ts";

export interface GlanceParameters {
  readonly week: Period;
  /** The same seed proposes the same record. */
  readonly seed: number;
  readonly nowUts: number;
}

export type GlanceResult = ReturnType<typeof queryGlance>;

export function queryGlance(database: Database, { week, seed, nowUts }: GlanceParameters) {
  const history = readHistoryState(database);
  const { records, scrobbled } = readCollectionTotals(database, null);
  const isKnown = history === "complete" && readPlaysUpdatedUts(database) >= (week.fromUts ?? 0);
  const albums = isKnown ? readPlayedAlbums(database, week) : [];
  const { rows } = queryPick(database, {
    filter: {},
    count: 1,
    seed,
    random: () => 0,
    proposedSinceUts: nowUts,
    nowUts,
    shelfField: null,
  });
  return {
    records,
    /** Records with at least one play. */
    scrobbled,
    ...readPlaySources(database),
    hasPlays: !hasNoPlays(database),
    /** The listening sources, as rewind sources lists them. */
    sources: querySources(database).sources,
    /** null: the last sync was before the week began, or there is no history. */
    week: isKnown
      ? { plays: countScrobbles(database, week), albums: albums.length, most: sortByPlays(albums)[0] ?? null }
      : null,
    pick: rows[0] ?? null,
    toReview: countReviewItems(database),
    syncedUts: readSyncedUts(database),
  };
}
