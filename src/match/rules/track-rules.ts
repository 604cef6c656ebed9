// Settles by tracks what the names left open: tracks that were heard, and tracks on the record.
import type { AlbumEntry } from "../albums/album-block.ts";
import type { Candidate } from "./candidates.ts";
import { listNearEntries, type MatchDecision, replaceMatches } from "./name-rules.ts";
import { isUnreliable, canTracksDecide } from "./rule-order.ts";
import type { AlbumHistory } from "../albums/album-history.ts";
import {
  toTrackIdentities,
  isSignificantTrack,
  type TrackHistory,
  type TrackIdentity,
  hasCommonArtist,
  computeTrackEvidence,
  type TrackEvidence,
} from "./track-history.ts";
import { isVetoed, isDifferentAlbum } from "../titles/near-title.ts";
import { minSharedTracks, matchSameTracks } from "./same-tracks.ts";
import type { ParsedTitle } from "../titles/title.ts";
import { isDistinctive } from "../titles/significant-words.ts";
import { isAgainstGenres, type Target } from "./target.ts";
import { hasOtherYear, canHaveOtherYear, stripYear } from "./years.ts";

/** A decision, and the evidence of the record's tracklist by album id. */
export interface TrackedDecision {
  readonly decision: MatchDecision;
  readonly evidence: ReadonlyMap<number, TrackEvidence>;
  /** The record's tracklist is unknown and could settle the match. */
  readonly isOpen: boolean;
}

export function decideByTracks(
  decision: MatchDecision,
  target: Target,
  library: AlbumHistory,
  history: TrackHistory | null,
): TrackedDecision {
  if (history === null) return { decision, evidence: new Map(), isOpen: false };
  const { decision: byList, evidence } = decideByTracklist(decision, target, library, history);
  const sameRows = target.compilation ? [] : matchSameTracks(byList.credited, target, library, history);
  return {
    decision: sameRows.length === 0 ? byList : replaceMatches(byList, [...byList.credited, ...sameRows]),
    evidence,
    isOpen: target.release.tracklist === undefined && canTracklistDecide(decision, target, library, history),
  };
}

/** A tracklist could settle loose credits, ties and near rows, if enough was heard. */
function canTracklistDecide(
  decision: MatchDecision,
  target: Target,
  library: AlbumHistory,
  history: TrackHistory,
): boolean {
  if (target.credits.various) return listOpenEntries(decision, target, library, history).length > 0;
  const isNamed = decision.credited.some(({ rule }) => !canTracksDecide(rule));
  if (isNamed && target.release.sharesName !== true) return false;
  const hasEnoughTracks = ({ album }: AlbumEntry): boolean =>
    history(album.id).filter(isSignificantTrack).length >= minSharedTracks;
  if (decision.credited.length > 0) return decision.credited.some(({ entry }) => hasEnoughTracks(entry));
  if (target.kind === "single") return false;
  return listNearEntries(decision, target, library).some(
    (entry) => hasEnoughTracks(entry) && canBeSameAlbum(target, entry),
  );
}

/**
 * Rows of a compilation's title that only its tracklist can tell from other albums. One source lists a compilation under
 * Various Artists, and another one lists it under each singer.
 */
export function listOpenEntries(
  { credited }: MatchDecision,
  target: Target,
  library: AlbumHistory,
  history: TrackHistory | null,
): readonly AlbumEntry[] {
  if (history === null || !target.credits.various || target.release.tracklist !== undefined) return [];
  const named = credited.filter(({ rule }) => !canTracksDecide(rule));
  const namedIds = new Set(named.map(({ entry }) => entry.album.id));
  return selectSameTitles(target, library).filter(
    ({ album }) => !namedIds.has(album.id) && history(album.id).length > 0,
  );
}

function decideByTracklist(
  decision: MatchDecision,
  target: Target,
  library: AlbumHistory,
  history: TrackHistory,
): Omit<TrackedDecision, "isOpen"> {
  const { title, credits, compilation, years, release } = target;
  const evidence = new Map<number, TrackEvidence>();
  const recordTracks = toTrackIdentities(release.tracklist ?? []);
  if (recordTracks.length === 0) return { decision, evidence };
  const computeEntryEvidence = ({ album, title: other }: AlbumEntry): TrackEvidence => {
    const by = { byArtist: credits.various, titles: [title.key, other.key] };
    const rowEvidence = computeTrackEvidence(history(album.id), recordTracks, by);
    evidence.set(album.id, rowEvidence);
    return rowEvidence;
  };
  const rows = credits.various
    ? selectSameTitles(target, library)
    : listNearEntries(decision, target, library);
  const isSupported = (entry: AlbumEntry): boolean =>
    credits.various
      ? isSupportedForVarious(title, entry, computeEntryEvidence(entry), recordTracks)
      : computeEntryEvidence(entry).isProof && canBeSameAlbum(target, entry);
  const creditsById = new Map<number, Candidate>();
  for (const credit of decision.credited) {
    // A singer's own album of this title shares no track with the record.
    const { heardCount, hitKeys, isProof, isMajority } = computeEntryEvidence(credit.entry);
    if (credit.rule === "compilation" && heardCount > 0 && hitKeys.length === 0) continue;
    if (credit.rule === "longer-title" && heardCount > 0 && !isMajority) continue;
    // The code below matches it if a track of it is on the list.
    if (credit.rule === "one-artist") continue;
    // A compilation's songs are on other albums too, so its title decides.
    const isProven =
      canTracksDecide(credit.rule) &&
      isProof &&
      // Words of the other half are not about this one.
      (credit.rule === "half" || !isVetoed(title, stripYear(credit.entry.title))) &&
      (credits.various || !compilation);
    creditsById.set(credit.entry.album.id, isProven ? { ...credit, rule: "tracklist" } : credit);
  }
  const isNamed = [...creditsById.values()].some(({ rule }) => !canTracksDecide(rule));
  for (const entry of rows) {
    // If the album itself is known, a dated row may be a new recording of the same songs.
    if (isNamed && canHaveOtherYear(years, entry.title)) continue;
    if (!creditsById.has(entry.album.id) && isSupported(entry))
      creditsById.set(entry.album.id, { entry, rule: "tracklist" });
  }
  const hasAlbumByTracks = (): boolean =>
    library
      .getBlocks(credits.own)
      .some((block) => block.entries.some((entry) => computeEntryEvidence(entry).isProof));
  // Albums of one name differ in nothing but their tracks.
  const isTold =
    release.sharesName === true ||
    [...creditsById.values()].some(
      ({ entry, rule }) =>
        rule === "tracklist" || (evidence.get(entry.album.id)?.isContradiction && hasAlbumByTracks()),
    );
  const all = [...creditsById.values()].filter(
    ({ entry }) => !isTold || evidence.get(entry.album.id)?.isContradiction !== true,
  );
  const solid = all.filter(({ rule }) => !isUnreliable(rule));
  const best = solid.length > 0 ? solid : all;
  const isRefuted = decision.rule === "longer-title" || (isTold && decision.credited.length > 0);
  const isSame = best.length === 0 && decision.rule !== "one-artist" && !isRefuted;
  return { decision: isSame ? decision : replaceMatches(decision, best), evidence };
}

/** Rows by any artist with the compilation's title. */
function selectSameTitles({ title }: Target, library: AlbumHistory): readonly AlbumEntry[] {
  return isDistinctive(title) || title.soundtrack !== "" ? library.getEntriesByTitle(title) : [];
}

function canBeSameAlbum(target: Target, { title: other }: AlbumEntry): boolean {
  return (
    !target.compilation &&
    !isDifferentAlbum(target.title, stripYear(other)) &&
    !hasOtherYear(target.years, other) &&
    !isAgainstGenres(target, other)
  );
}

/** Artist and track must agree. Of equal titles one song is enough, but not the title song. */
function isSupportedForVarious(
  title: ParsedTitle,
  { album }: AlbumEntry,
  evidence: TrackEvidence,
  recordTracks: readonly TrackIdentity[],
): boolean {
  if (evidence.heardCount > 0)
    return evidence.isMajority && evidence.hitKeys.some((key) => key !== title.key);
  const [self] = toTrackIdentities([{ title: album.title, artists: [album.artist] }]);
  return (
    self !== undefined &&
    recordTracks.some((track) => track.key !== title.key && hasCommonArtist(track, self))
  );
}
