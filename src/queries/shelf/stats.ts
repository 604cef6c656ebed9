// The shelf at a glance: how much of it is played, and where the plays go.
import type { StatsDocument } from "../documents/statistics-documents.ts";
import {
  strayPlays,
  countScrobbles,
  countUnlinked,
  firstScrobbleUts,
  playDestinations,
} from "../figures/play-counts.ts";
import { lastMonths } from "../figures/periods.ts";
import type { Database } from "../../store/file/database.ts";
import { breakDown, countOwnedAlbums, countSpunRecords, shelfTotals } from "../figures/breakdown.ts";
import { contractSpan, isoSeconds } from "../records/contract.ts";
import type { Span } from "../conditions/span.ts";
import { ask as askSources } from "./sources.ts";
import { readPublication } from "../../store/file/listings.ts";
import { playSources, requireHistory, syncedUts } from "../figures/readiness.ts";
import { collectionValues, contractValues } from "../figures/money.ts";

export type StatsAnswer = ReturnType<typeof ask>;

/** Throws NotReadyError for a span without a complete listening history. */
export function ask(database: Database, { span }: { readonly span: Span | null }) {
  if (span !== null) requireHistory(database, "Plays within a span");
  const playsFrom = playSources(database);
  const isComplete = playsFrom.history === "complete";
  const destinations = playDestinations(database, span);
  const ownCount = readPublication(database, "albums")?.detail["playCount"];
  return {
    span,
    ...playsFrom,
    /** null: the question is about a span. */
    sources: span === null ? askSources(database) : null,
    syncedUts: syncedUts(database),
    shelf: shelfTotals(database, span),
    albums: countOwnedAlbums(database),
    /** Records with at least one spin; null if unknown. */
    spun: isComplete ? countSpunRecords(database, span) : null,
    byKind: breakDown(database, "kind", span),
    byDecade: breakDown(database, "decade", span),
    plays: { ...destinations, noAlbumTag: isComplete ? destinations.noAlbumTag : null },
    /** The service's own count if there is no history; null if it has none. */
    scrobbles: isComplete ? countScrobbles(database, span) : typeof ownCount === "number" ? ownCount : null,
    /** Scrobbles of albums that the chart lacks; null without the history. */
    unlinked: isComplete ? countUnlinked(database, span) : null,
    /** Plays of songs that exactly one record has, scrobbled without its album. No other figure includes them. */
    strayPlays: span === null && isComplete ? strayPlays(database, "all") : null,
    firstScrobbleUts: isComplete ? firstScrobbleUts(database, span) : null,
    months: isComplete && span === null ? lastMonths(database, 24) : [],
    values: span === null ? collectionValues(database) : [],
  };
}

export function document(answer: StatsAnswer): StatsDocument {
  const { shelf, plays, months } = answer;
  return {
    records: shelf.records,
    albums: answer.albums,
    scrobbled: shelf.scrobbled,
    noted_only: shelf.notedOnly,
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
    first_scrobble: isoSeconds(answer.firstScrobbleUts),
    plays_by_month:
      months.length === 0 ? null : months.map(({ name, plays: count }) => ({ month: name, plays: count })),
    collection_values: contractValues(answer.values),
    during: contractSpan(answer.span),
    synced_at: isoSeconds(answer.syncedUts),
    history: answer.history,
  };
}
