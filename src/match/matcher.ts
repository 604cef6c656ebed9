import type { MatchType } from "../model/model.ts";
import { decideByMusicBrainz, type MbidLookup } from "./rules/musicbrainz-rules.ts";
import { decideByTracks, type TrackedDecision } from "./rules/track-rules.ts";
import { decideByNames } from "./rules/name-rules.ts";
import { buildCredits } from "./rules/credits.ts";
import { listRejectedAlbums, type RejectedAlbum } from "./rejected-albums.ts";
import { createTrackHistory, type HeardTracksLookup, type TrackEvidence } from "./rules/track-history.ts";
import { canTracklistDecideSingle, decideSingle } from "./rules/single-or-album.ts";
import { isUnreliable, type Rule, getConfidence, lowerConfidence } from "./rules/rule-order.ts";
import { AlbumHistory } from "./albums/album-history.ts";
import type { Alias } from "./text/aliases.ts";
import type { AlbumRow } from "./albums/album-block.ts";
import type { MatchedRelease } from "./rules/matched-release.ts";
import { buildTarget, type Target } from "./rules/target.ts";

export type { Rule } from "./rules/rule-order.ts";
export type { AlbumRow } from "./albums/album-block.ts";
export type { MatchedRelease } from "./rules/matched-release.ts";
export { explainMatch, type CountUses, type NamedPair, describeRule } from "./rules/rule-order.ts";
export type { TrackEvidence } from "./rules/track-history.ts";

interface MatchedAlbum {
  readonly album: AlbumRow;
  readonly rule: Rule;
  readonly confidence: number;
  /** Evidence of the record's tracklist, if it and the tracks heard are known. */
  readonly tracks: TrackEvidence | null;
}

export interface Match {
  readonly type: MatchType;
  readonly confidence: number;
  readonly rule: Rule;
  /** Most played first, then by id. */
  readonly credited: readonly MatchedAlbum[];
  /** The spelling with the most plays if only the artist matches; else null. */
  readonly artistName: string | null;
  /** The release's tracklist is unknown and could settle the match. */
  readonly isOpen: boolean;
  /** Rows that a lookup at MusicBrainz could settle. */
  readonly unidentified: readonly AlbumRow[];
}

export interface ExplainedMatch extends Match {
  readonly rejected: readonly RejectedAlbum[];
}

export interface Matcher {
  match(release: MatchedRelease): Match;
  /** The same match, with the artist's other albums, or only those close to the release. */
  explain(release: MatchedRelease, range?: "close" | "all"): ExplainedMatch;
  /** All albums under any name of the release's artists; null if no artist is named, as on a compilation. */
  listAlbumsByArtist(release: MatchedRelease): readonly AlbumRow[] | null;
  /** All albums without an artist, for a release without one; null for a release that names an artist. */
  listNamelessAlbums(release: MatchedRelease): readonly AlbumRow[] | null;
}

export interface MatcherOptions {
  readonly aliases?: readonly Alias[];
  /** The tracks heard from each album. Without it, only names are compared. */
  readonly heard?: HeardTracksLookup;
  /** The MBIDs of each album. Without it, MBIDs are not compared. */
  readonly mbids?: MbidLookup | null;
}

export function createMatcher(albums: Iterable<AlbumRow>, options: MatcherOptions = {}): Matcher {
  const library = new AlbumHistory(albums, options.aliases ?? []);
  const history = options.heard ? createTrackHistory(options.heard) : null;
  const decideMatch = (target: Target): MatchVerdict => {
    const byNames = decideByNames(target, library);
    const identified = decideByMusicBrainz(byNames, target, library, options.mbids ?? null);
    const single = decideSingle(identified.decision, target, history);
    const { decision, evidence, isOpen } = decideByTracks(single, target, library, history);
    const isSettled = decision.credited.some(({ rule }) => !isUnreliable(rule));
    return {
      decision,
      // The artist is named only if nothing is credited.
      artistName:
        decision.credited.length > 0
          ? null
          : (library.getBlocks(target.credits.own)[0]?.mostPlayedName ?? null),
      evidence,
      isOpen: isOpen || canTracklistDecideSingle(decision, target, history),
      sharesName: target.release.sharesName === true,
      unidentified: isSettled ? [] : identified.unidentified,
    };
  };
  return {
    match: (release) => toMatch(decideMatch(buildTarget(release, library))),
    explain: (release, range = "all") => {
      const target = buildTarget(release, library);
      const verdict = decideMatch(target);
      return {
        ...toMatch(verdict),
        rejected: listRejectedAlbums(verdict.decision, target, library, history, range),
      };
    },
    listAlbumsByArtist: (release) => {
      const credits = buildCredits(release, library);
      return credits.own.length === 0
        ? null
        : library.getBlocks(credits.own).flatMap((block) => block.albums);
    },
    listNamelessAlbums: (release) =>
      buildCredits(release, library).nameless ? library.nameless.albums : null,
  };
}

/** The names in `artists` that are credited on the release, or the placeholders if its artist is unknown. */
export function filterArtistNames(
  release: MatchedRelease,
  artists: readonly string[],
  aliases: readonly Alias[],
): string[] {
  const rows = artists.map((artist, id) => ({ id, artist, title: "?", playCount: 0 }));
  const library = new AlbumHistory(rows, aliases);
  const credits = buildCredits(release, library);
  const blocks = credits.nameless ? [library.nameless] : library.getBlocks(credits.own);
  return blocks.flatMap(({ names }) => names.map(({ name }) => name));
}

interface MatchVerdict extends TrackedDecision, Pick<Match, "artistName" | "unidentified"> {
  readonly sharesName: boolean;
}

function toMatch({ decision, artistName, evidence, isOpen, unidentified, sharesName }: MatchVerdict): Match {
  const rule = decision.rule === "artist" && artistName === null ? "none" : decision.rule;
  const credited = decision.credited.map(({ entry: { album }, rule: ruleOfAlbum }): MatchedAlbum => {
    const tracks = evidence.get(album.id) ?? null;
    const earned = getConfidence(ruleOfAlbum);
    return {
      album,
      rule: ruleOfAlbum,
      confidence: (tracks?.isContradiction ?? sharesName) ? lowerConfidence(earned) : earned,
      tracks,
    };
  });
  const ofArtist = artistName === null ? 0 : getConfidence("artist");
  const confidence = credited.reduce((most, credit) => Math.max(most, credit.confidence), ofArtist);
  const creditType = confidence === 1 ? "exact" : "fuzzy";
  const artistType = artistName === null ? "none" : "artist_only";
  const type = credited.length > 0 ? creditType : artistType;
  return { type, confidence, rule, credited, artistName, isOpen, unidentified };
}
