// Settles by tracks what the names left open: tracks that were heard, and tracks on the record.
import type { Entry, AlbumRow } from "../library/entry.ts";
import { creditsOf } from "./credits.ts";
import { nearEntries, type MatchDecision, withCredited } from "./decide.ts";
import { isDoubtful, isOpenToTracks } from "./ladder.ts";
import type { Library } from "../library/library.ts";
import {
  identities,
  type TrackHistory,
  type TrackIdentity,
  haveArtistInCommon,
  weigh,
  type TrackEvidence,
} from "./track-history.ts";
import {
  type MatchedRelease,
  isAgainstGenres,
  isCompilation,
  releaseKind,
  yearsOf,
} from "./matched-release.ts";
import { holdsBoth, isVetoed, toldApart } from "../titles/near-title.ts";
import { type Credited, leastShared, rowsOfSameTracks } from "./same-tracks.ts";
import { parseTitle, type ParsedTitle } from "../titles/title.ts";
import { isDistinctive } from "../titles/telling-words.ts";
import { isOfAnotherYear, mayBeOfAnotherYear, withoutYear } from "./years.ts";

/** A decision, and the evidence of the record's tracklist by album id. */
export interface TrackedDecision {
  readonly decision: MatchDecision;
  readonly evidence: ReadonlyMap<number, TrackEvidence>;
  /** The record's tracklist is unknown and could settle the match. */
  readonly isOpen: boolean;
}

const noEvidence: ReadonlyMap<number, TrackEvidence> = new Map();

export function decideByTracks(
  decision: MatchDecision,
  release: MatchedRelease,
  library: Library,
  history: TrackHistory | null,
): TrackedDecision {
  if (history === null) return { decision, evidence: noEvidence, isOpen: false };
  const recordTracks = identities(release.tracklist ?? []);
  const weighed =
    recordTracks.length === 0 ? null : weighByList(decision, release, recordTracks, library, history);
  const byList = weighed?.decision ?? decision;
  const evidence = weighed?.evidence ?? noEvidence;
  const sameRows = isCompilation(release.formats)
    ? []
    : rowsOfSameTracks(byList.credited, release, library, history);
  return {
    decision: sameRows.length === 0 ? byList : withCredited(byList, [...byList.credited, ...sameRows]),
    evidence,
    isOpen: release.tracklist === undefined && mayListSettle(decision, release, library, history),
  };
}

/** A tracklist could settle loose credits, ties and near rows, if enough was heard. */
function mayListSettle(
  decision: MatchDecision,
  release: MatchedRelease,
  library: Library,
  history: TrackHistory,
): boolean {
  if (decision.credited.some(({ rule }) => !isOpenToTracks(rule))) return false;
  const enough = (album: AlbumRow): boolean => history.tellingKeys(album.id).size >= leastShared;
  if (decision.credited.length > 0) return decision.credited.some(({ album }) => enough(album));
  if (releaseKind(release) === "single") return false;
  const title = parseTitle(release.title);
  const credits = creditsOf(release, library);
  if (credits.various) {
    return sameTitles(title, library).some((entry) => history.keys(entry.album.id).size > 0);
  }
  return nearEntries(decision, release, library).some(
    (entry) => enough(entry.album) && mayBeOne(title, entry, release),
  );
}

function weighByList(
  decision: MatchDecision,
  release: MatchedRelease,
  recordTracks: readonly TrackIdentity[],
  library: Library,
  history: TrackHistory,
): Omit<TrackedDecision, "isOpen"> {
  const title = parseTitle(release.title);
  const credits = creditsOf(release, library);
  const evidence = new Map<number, TrackEvidence>();
  const weighRow = (album: AlbumRow): TrackEvidence => {
    const titles = [title.key, parseTitle(album.title).key];
    const rowEvidence = weigh(history.tracks(album.id), recordTracks, { byArtist: credits.various, titles });
    evidence.set(album.id, rowEvidence);
    return rowEvidence;
  };
  const rows = credits.various ? sameTitles(title, library) : nearEntries(decision, release, library);
  const supported = (entry: Entry): boolean =>
    credits.various
      ? agreesForVarious(title, entry, weighRow(entry.album), recordTracks)
      : weighRow(entry.album).isProof && mayBeOne(title, entry, release);
  const creditsById = new Map<number, Credited>();
  for (const credit of decision.credited) {
    // A singer's own album of this title shares no track with the record.
    const { heardCount, hitKeys, isProof } = weighRow(credit.album);
    if (credit.rule === "compilation" && heardCount > 0 && hitKeys.length === 0) continue;
    // A compilation's songs are on other albums too, so its title decides.
    const isProven =
      isOpenToTracks(credit.rule) &&
      isProof &&
      // Words of the other half are not about this one.
      (credit.rule === "half" || !isVetoed(title, withoutYear(parseTitle(credit.album.title)))) &&
      (credits.various || !isCompilation(release.formats));
    creditsById.set(credit.album.id, isProven ? { album: credit.album, rule: "tracklist" } : credit);
  }
  const isNamed = [...creditsById.values()].some(({ rule }) => !isOpenToTracks(rule));
  for (const entry of rows) {
    // If the album itself is known, a dated row may be a new recording of the same songs.
    if (isNamed && mayBeOfAnotherYear(yearsOf(release), entry.title)) continue;
    if (!creditsById.has(entry.album.id) && supported(entry))
      creditsById.set(entry.album.id, { album: entry.album, rule: "tracklist" });
  }
  const solid = [...creditsById.values()].filter(({ rule }) => !isDoubtful(rule));
  const best = solid.length > 0 ? solid : [...creditsById.values()];
  return { decision: best.length === 0 ? decision : withCredited(decision, best), evidence };
}

/** Rows by any artist with the compilation's title. */
function sameTitles(title: ParsedTitle, library: Library): readonly Entry[] {
  return isDistinctive(title, 2) || title.soundtrack !== "" ? library.sameTitle(title) : [];
}

function mayBeOne(title: ParsedTitle, { title: other }: Entry, release: MatchedRelease): boolean {
  return (
    !isCompilation(release.formats) &&
    !toldApart(title, withoutYear(other)) &&
    !isOfAnotherYear(yearsOf(release), other) &&
    !holdsBoth(other, title) &&
    !isAgainstGenres(release, other)
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
