// Settles by tracks what the names left open: tracks that were heard, and tracks on the record.
import type { Entry } from "../library/entry.ts";
import type { Candidate } from "./candidates.ts";
import { nearEntries, type MatchDecision, withCredited } from "./decide.ts";
import { isDoubtful, isOpenToTracks } from "./ladder.ts";
import type { Library } from "../library/library.ts";
import {
  identities,
  isTelling,
  type TrackHistory,
  type TrackIdentity,
  haveArtistInCommon,
  weigh,
  type TrackEvidence,
} from "./track-history.ts";
import { holdsBoth, isVetoed, toldApart } from "../titles/near-title.ts";
import { leastShared, rowsOfSameTracks } from "./same-tracks.ts";
import type { ParsedTitle } from "../titles/title.ts";
import { isDistinctive } from "../titles/telling-words.ts";
import { isAgainstGenres, type Target } from "./target.ts";
import { isOfAnotherYear, mayBeOfAnotherYear, withoutYear } from "./years.ts";

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
  library: Library,
  history: TrackHistory | null,
): TrackedDecision {
  if (history === null) return { decision, evidence: new Map(), isOpen: false };
  const { decision: byList, evidence } = weighByList(decision, target, library, history);
  const sameRows = target.compilation ? [] : rowsOfSameTracks(byList.credited, target, library, history);
  return {
    decision: sameRows.length === 0 ? byList : withCredited(byList, [...byList.credited, ...sameRows]),
    evidence,
    isOpen: target.release.tracklist === undefined && mayListSettle(decision, target, library, history),
  };
}

/** A tracklist could settle loose credits, ties and near rows, if enough was heard. */
function mayListSettle(
  decision: MatchDecision,
  target: Target,
  library: Library,
  history: TrackHistory,
): boolean {
  if (decision.credited.some(({ rule }) => !isOpenToTracks(rule))) return false;
  const enough = ({ album }: Entry): boolean => history(album.id).filter(isTelling).length >= leastShared;
  if (target.credits.various)
    return sameTitles(target, library).some(({ album }) => history(album.id).length > 0);
  if (decision.credited.length > 0) return decision.credited.some(({ entry }) => enough(entry));
  if (target.kind === "single") return false;
  return nearEntries(decision, target, library).some((entry) => enough(entry) && mayBeOne(target, entry));
}

function weighByList(
  decision: MatchDecision,
  target: Target,
  library: Library,
  history: TrackHistory,
): Omit<TrackedDecision, "isOpen"> {
  const { title, credits, compilation, years, release } = target;
  const evidence = new Map<number, TrackEvidence>();
  const recordTracks = identities(release.tracklist ?? []);
  if (recordTracks.length === 0) return { decision, evidence };
  const weighRow = ({ album, title: other }: Entry): TrackEvidence => {
    const by = { byArtist: credits.various, titles: [title.key, other.key] };
    const rowEvidence = weigh(history(album.id), recordTracks, by);
    evidence.set(album.id, rowEvidence);
    return rowEvidence;
  };
  const rows = credits.various ? sameTitles(target, library) : nearEntries(decision, target, library);
  const supported = (entry: Entry): boolean =>
    credits.various
      ? agreesForVarious(title, entry, weighRow(entry), recordTracks)
      : weighRow(entry).isProof && mayBeOne(target, entry);
  const creditsById = new Map<number, Candidate>();
  for (const credit of decision.credited) {
    // A singer's own album of this title shares no track with the record.
    const { heardCount, hitKeys, isProof } = weighRow(credit.entry);
    if (credit.rule === "compilation" && heardCount > 0 && hitKeys.length === 0) continue;
    // It is credited below if a track of it is on the list.
    if (credit.rule === "one-artist") continue;
    // A compilation's songs are on other albums too, so its title decides.
    const isProven =
      isOpenToTracks(credit.rule) &&
      isProof &&
      // Words of the other half are not about this one.
      (credit.rule === "half" || !isVetoed(title, withoutYear(credit.entry.title))) &&
      (credits.various || !compilation);
    creditsById.set(credit.entry.album.id, isProven ? { ...credit, rule: "tracklist" } : credit);
  }
  const isNamed = [...creditsById.values()].some(({ rule }) => !isOpenToTracks(rule));
  for (const entry of rows) {
    // If the album itself is known, a dated row may be a new recording of the same songs.
    if (isNamed && mayBeOfAnotherYear(years, entry.title)) continue;
    if (!creditsById.has(entry.album.id) && supported(entry))
      creditsById.set(entry.album.id, { entry, rule: "tracklist" });
  }
  const all = [...creditsById.values()];
  const solid = all.filter(({ rule }) => !isDoubtful(rule));
  const best = solid.length > 0 ? solid : all;
  const isSame = best.length === 0 && decision.rule !== "one-artist";
  return { decision: isSame ? decision : withCredited(decision, best), evidence };
}

/** Rows by any artist with the compilation's title. */
function sameTitles({ title }: Target, library: Library): readonly Entry[] {
  return isDistinctive(title) || title.soundtrack !== "" ? library.sameTitle(title) : [];
}

function mayBeOne(target: Target, { title: other }: Entry): boolean {
  return (
    !target.compilation &&
    !toldApart(target.title, withoutYear(other)) &&
    !isOfAnotherYear(target.years, other) &&
    !holdsBoth(other, target.title) &&
    !isAgainstGenres(target, other)
  );
}

/** Artist and track must agree. Of equal titles one song is enough, but not the title song. */
function agreesForVarious(
  title: ParsedTitle,
  { album }: Entry,
  evidence: TrackEvidence,
  recordTracks: readonly TrackIdentity[],
): boolean {
  if (evidence.heardCount > 0)
    return evidence.isMajority && evidence.hitKeys.some((key) => key !== title.key);
  const [self] = identities([{ title: album.title, artists: [album.artist] }]);
  return (
    self !== undefined &&
    recordTracks.some((track) => track.key !== title.key && haveArtistInCommon(track, self))
  );
}
