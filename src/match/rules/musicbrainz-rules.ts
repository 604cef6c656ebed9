// Rows with near titles that MusicBrainz identifies as the record's release or album. The chart's MBIDs are often stale or
// name another edition, so only equal ones count.
import { listNearEntries, type MatchDecision, replaceMatches } from "./name-rules.ts";
import type { AlbumEntry, AlbumRow } from "../albums/album-block.ts";
import type { AlbumHistory } from "../albums/album-history.ts";
import type { Target } from "./target.ts";
import { isUnreliable } from "./rule-order.ts";
import { isDifferentAlbum } from "../titles/near-title.ts";
import { stripYear } from "./years.ts";

/** Returns the MBIDs of a row of the chart, of releases and groups. */
export type MbidLookup = (albumId: number) => readonly string[];

/** Matches by MBIDs. Also returns the rows that a lookup at MusicBrainz could settle; none if the names settled the match. */
export function decideByMusicBrainz(
  decision: MatchDecision,
  target: Target,
  library: AlbumHistory,
  getMbids: MbidLookup | null,
): { readonly decision: MatchDecision; readonly unidentified: readonly AlbumRow[] } {
  const own = new Set(target.release.mbids);
  if (getMbids === null || own.size === 0) return { decision, unidentified: [] };
  const rows = selectNearEntries(decision, target, library);
  const equal = rows.filter(({ album }) => getMbids(album.id).some((mbid) => own.has(mbid)));
  const isSettled = equal.length > 0 || decision.credited.some(({ rule }) => !isUnreliable(rule));
  const credits = equal.map((entry) => ({ entry, rule: "musicbrainz" as const }));
  return {
    decision: equal.length === 0 ? decision : replaceMatches(decision, [...decision.credited, ...credits]),
    unidentified: isSettled ? [] : rows.map(({ album }) => album),
  };
}

/** Rows by the release's artists with near titles, without a veto, and not credited yet. */
function selectNearEntries(
  decision: MatchDecision,
  target: Target,
  library: AlbumHistory,
): readonly AlbumEntry[] {
  const { title } = target;
  const seenIds = new Set(decision.credited.map(({ entry }) => entry.album.id));
  return listNearEntries(decision, target, library).filter((entry) => {
    if (seenIds.has(entry.album.id)) return false;
    seenIds.add(entry.album.id);
    return !isDifferentAlbum(title, stripYear(entry.title));
  });
}
