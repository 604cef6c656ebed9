// The shelf at a glance: how much of it is played, and where the plays go.
import type { StatsDocument } from "../documents/statistics-documents.ts";
import {
  countUnmatchedSongPlays,
  countScrobbles,
  countUnlinkedScrobbles,
  findFirstScrobbleUts,
  countPlaysByOwnership,
} from "../statistics/play-counts.ts";
import { readLastMonths } from "../statistics/calendar-periods.ts";
import type { Database } from "../../store/file/database.ts";
import {
  readParts,
  countOwnedAlbums,
  countSpunRecords,
  readCollectionTotals,
} from "../statistics/stats-by-dimension.ts";
import { toJsonPeriod, toIsoOrNull } from "../records/json-rows.ts";
import type { Period } from "../conditions/period.ts";
import { querySources } from "./sources.ts";
import { readPublication } from "../../store/file/listings.ts";
import { readPlaySources, requireHistory, readSyncedUts } from "../statistics/readiness.ts";
import { readCollectionValues, toJsonValues } from "../statistics/money.ts";

export type StatsResult = ReturnType<typeof queryStats>;

/** Throws NotReadyError for a span without a complete listening history. */
export function queryStats(database: Database, { span }: { readonly span: Period | null }) {
  if (span !== null) requireHistory(database, "Plays within a span");
  const playsFrom = readPlaySources(database);
  const isComplete = playsFrom.history === "complete";
  const destinations = countPlaysByOwnership(database, span);
  const ownCount = readPublication(database, "albums")?.detail["playCount"];
  return {
    span,
    ...playsFrom,
    /** null: the question is about a span. */
    sources: span === null ? querySources(database) : null,
    syncedUts: readSyncedUts(database),
    shelf: readCollectionTotals(database, span),
    albums: countOwnedAlbums(database),
    /** Records with at least one spin; null if unknown. */
    spun: isComplete ? countSpunRecords(database, span) : null,
    byKind: readParts(database, "kind", span),
    byDecade: readParts(database, "decade", span),
    plays: { ...destinations, noAlbumTag: isComplete ? destinations.noAlbumTag : null },
    /** The service's own count if there is no history; null if it has none. */
    scrobbles: isComplete ? countScrobbles(database, span) : typeof ownCount === "number" ? ownCount : null,
    /** Scrobbles of albums that the chart lacks; null without the history. */
    unlinked: isComplete ? countUnlinkedScrobbles(database, span) : null,
    /** Plays of songs that exactly one record has, scrobbled without its album. No other figure includes them. */
    strayPlays: span === null && isComplete ? countUnmatchedSongPlays(database, "all") : null,
    firstScrobbleUts: isComplete ? findFirstScrobbleUts(database, span) : null,
    months: isComplete && span === null ? readLastMonths(database, 24) : [],
    values: span === null ? readCollectionValues(database) : [],
  };
}

export function buildStatsDocument(answer: StatsResult): StatsDocument {
  const { shelf, plays, months } = answer;
  return {
    records: shelf.records,
    albums: answer.albums,
    scrobbled: shelf.scrobbled,
    logged_only: shelf.loggedOnly,
    spun: answer.spun,
    never_artist_known: shelf.neverArtistKnown,
    never_artist_unknown: shelf.neverArtistUnknown,
    match_types: shelf.matchTypes,
    by_kind: answer.byKind.map(({ value, ...part }) => ({ kind: value, ...part })),
    by_decade: answer.byDecade.map(({ value, ...part }) => ({ decade: value, ...part })),
    plays: { owned: plays.owned, not_owned: plays.notOwned, no_album_tag: plays.noAlbumTag },
    sources: (answer.sources?.sources ?? []).map(({ name, plays: own, shared }) => ({
      name,
      plays: own,
      shared,
    })),
    scrobbles: answer.scrobbles,
    unlinked_scrobbles: answer.unlinked,
    stray_plays: answer.strayPlays,
    first_scrobble: toIsoOrNull(answer.firstScrobbleUts),
    plays_by_month:
      months.length === 0 ? null : months.map(({ name, plays: count }) => ({ month: name, plays: count })),
    collection_values: toJsonValues(answer.values),
    during: toJsonPeriod(answer.span),
    synced_at: toIsoOrNull(answer.syncedUts),
    history: answer.history,
  };
}
