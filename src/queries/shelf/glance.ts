// The shelf in a few lines: how much of it is played, the last plays, a record to put on, and open questions.
import type { Database } from "../../store/file/database.ts";
import { countDoubts } from "../doubts/doubts.ts";
import type { Span } from "../conditions/span.ts";
import { ask as askSources } from "./sources.ts";
import { ask as askForPick } from "../albums/pick.ts";
import { countScrobbles } from "../figures/play-counts.ts";
import { mostPlayed } from "../figures/played-most.ts";
import { historyState, isWithoutPlays, playSources, playsReadUts, syncedUts } from "../figures/readiness.ts";
import { shelfTotals } from "../figures/breakdown.ts";
import { playedAlbums } from "../top/top-albums.ts";

export interface GlanceQuestion {
  readonly week: Span;
  /** The same seed proposes the same record. */
  readonly seed: number;
  readonly nowUts: number;
}

export type GlanceAnswer = ReturnType<typeof ask>;

export function ask(database: Database, { week, seed, nowUts }: GlanceQuestion) {
  const history = historyState(database);
  const { records, scrobbled } = shelfTotals(database, null);
  const isKnown = history === "complete" && playsReadUts(database) >= (week.fromUts ?? 0);
  const albums = isKnown ? playedAlbums(database, week) : [];
  const { rows } = askForPick(database, {
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
    ...playSources(database),
    hasPlays: !isWithoutPlays(database),
    /** The listening sources, as rewind sources lists them. */
    sources: askSources(database).sources,
    /** null: the last sync was before the week began, or there is no history. */
    week: isKnown
      ? { plays: countScrobbles(database, week), albums: albums.length, most: mostPlayed(albums)[0] ?? null }
      : null,
    pick: rows[0] ?? null,
    doubts: countDoubts(database),
    syncedUts: syncedUts(database),
  };
}
