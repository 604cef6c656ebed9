// Rows with near titles that MusicBrainz identifies as the record's release or album. The chart's MBIDs are often stale or
// name another edition, so only equal ones count.
import { nearEntries, type MatchDecision, withCredited } from "./decide.ts";
import type { Entry, AlbumRow } from "../library/entry.ts";
import type { Library } from "../library/library.ts";
import type { Target } from "./target.ts";
import { isDoubtful } from "./ladder.ts";
import { holdsBoth, toldApart } from "../titles/near-title.ts";
import { withoutYear } from "./years.ts";

/** Returns the MBIDs of a row of the chart, of releases and groups. */
export type MbidsOf = (albumId: number) => readonly string[];

/** Also returns the rows that a lookup at MusicBrainz could settle; none if the names settled the match. */
export function decideByMusicBrainz(
  decision: MatchDecision,
  target: Target,
  library: Library,
  mbidsOf: MbidsOf | null,
): { readonly decision: MatchDecision; readonly unidentified: readonly AlbumRow[] } {
  const own = new Set(target.release.mbids);
  if (mbidsOf === null || own.size === 0) return { decision, unidentified: [] };
  const rows = nearRows(decision, target, library);
  const equal = rows.filter(({ album }) => mbidsOf(album.id).some((mbid) => own.has(mbid)));
  const isSettled = equal.length > 0 || decision.credited.some(({ rule }) => !isDoubtful(rule));
  const credits = equal.map((entry) => ({ entry, rule: "musicbrainz" as const }));
  return {
    decision: equal.length === 0 ? decision : withCredited(decision, [...decision.credited, ...credits]),
    unidentified: isSettled ? [] : rows.map(({ album }) => album),
  };
}

/** Rows by the release's artists with near titles, without a veto, and not credited yet. */
function nearRows(decision: MatchDecision, target: Target, library: Library): readonly Entry[] {
  const { title } = target;
  const seenIds = new Set(decision.credited.map(({ entry }) => entry.album.id));
  return nearEntries(decision, target, library).filter((entry) => {
    if (seenIds.has(entry.album.id)) return false;
    seenIds.add(entry.album.id);
    const other = withoutYear(entry.title);
    return !toldApart(title, other) && !holdsBoth(title, other) && !holdsBoth(other, title);
  });
}
