// Rows of near names that MusicBrainz calls the same release as the record, or the same album. The chart's MBIDs are
// often stale or those of another edition: equal ones are a rung of their own, unequal ones say nothing.
import { ownBlocks, type MatchDecision } from "./decide.ts";
import type { Entry, AlbumRow } from "../library/entry.ts";
import type { Library } from "../library/library.ts";
import type { MatchedRelease } from "./matched-release.ts";
import { parseTitle } from "../titles/title.ts";
import { withCredited } from "./by-tracks.ts";
import { creditsOf } from "./credits.ts";
import { isDoubtful } from "./ladder.ts";
import { holdsBoth, toldApart } from "../titles/near-title.ts";
import { withoutYear } from "./years.ts";

/** The MBIDs under which a row of the chart is known, of releases and of groups, by the cache's id of it. */
export type MbidsOf = (albumId: number) => readonly string[];

export interface IdentifiedDecision {
  readonly decision: MatchDecision;
  /** Rows that MusicBrainz could settle, if it were asked what they are; none where the names settled it. */
  readonly unidentified: readonly AlbumRow[];
}

export function decideByMusicBrainz(
  decision: MatchDecision,
  release: MatchedRelease,
  library: Library,
  mbidsOf: MbidsOf | null,
): IdentifiedDecision {
  if (mbidsOf === null || release.mbids === undefined || release.mbids.length === 0)
    return { decision, unidentified: [] };
  const own = new Set(release.mbids);
  const rows = nearRows(decision, release, library);
  const equal = rows.filter(({ album }) => mbidsOf(album.id).some((mbid) => own.has(mbid)));
  const isSettled = equal.length > 0 || decision.credited.some(({ rule }) => !isDoubtful(rule));
  const credited = equal.map(({ album }) => ({ album, rule: "musicbrainz" as const }));
  return {
    decision: equal.length === 0 ? decision : withCredited(decision, [...decision.credited, ...credited]),
    unidentified: isSettled ? [] : rows.map(({ album }) => album),
  };
}

/** Rows under the names of the release's artists that are near by name, that no veto tells apart, and that aren't credited. */
function nearRows(decision: MatchDecision, release: MatchedRelease, library: Library): readonly Entry[] {
  const title = parseTitle(release.title);
  const known = new Set(decision.credited.map(({ album }) => album.id));
  const blocks = ownBlocks(release, creditsOf(release, library), library);
  const entries = [
    ...decision.passedOver.map(({ entry }) => entry),
    ...blocks.flatMap((block) => block.nearTo(title)),
  ];
  return entries.filter((entry) => {
    if (known.has(entry.album.id)) return false;
    known.add(entry.album.id);
    const other = withoutYear(entry.title);
    return !toldApart(title, other) && !holdsBoth(title, other) && !holdsBoth(other, title);
  });
}
