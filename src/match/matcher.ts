import type { MatchType } from "../model/model.ts";
import { decideByMusicBrainz, type MbidsOf } from "./rungs/by-musicbrainz.ts";
import { decideByTracks, type TrackedDecision } from "./rungs/by-tracks.ts";
import { decide } from "./rungs/decide.ts";
import { creditsOf } from "./rungs/credits.ts";
import { rejectedAlbums, type RejectedAlbum } from "./explain.ts";
import { createHistory, type HeardOf, type TrackEvidence } from "./rungs/track-history.ts";
import { isOpenSingle, judgeSingle } from "./rungs/single-or-album.ts";
import { isDoubtful, type Rule, confidenceOf, doubted } from "./rungs/ladder.ts";
import { Library } from "./library/library.ts";
import type { Alias } from "./library/artist-names.ts";
import type { AlbumRow } from "./library/entry.ts";
import type { MatchedRelease } from "./rungs/matched-release.ts";
import { targetOf, type Target } from "./rungs/target.ts";

export type { Rule } from "./rungs/ladder.ts";
export type { AlbumRow } from "./library/entry.ts";
export type { MatchedRelease } from "./rungs/matched-release.ts";
export { creditInWords, type Named, ruleInWords } from "./rungs/ladder.ts";
export type { TrackEvidence } from "./rungs/track-history.ts";

interface CreditedAlbum {
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
  readonly credited: readonly CreditedAlbum[];
  /** If only the artist matches: the spelling with the most plays; else null. */
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
  albumsByArtist(release: MatchedRelease): readonly AlbumRow[] | null;
  /** All albums without an artist, for a release without one; null for a release that names an artist. */
  namelessAlbums(release: MatchedRelease): readonly AlbumRow[] | null;
}

export interface MatcherOptions {
  readonly aliases?: readonly Alias[];
  /** The tracks heard from each album. Without it, only names are compared. */
  readonly heard?: HeardOf;
  /** The MBIDs of each album. Without it, MBIDs are not compared. */
  readonly mbids?: MbidsOf | null;
}

export function createMatcher(albums: Iterable<AlbumRow>, options: MatcherOptions = {}): Matcher {
  const library = new Library(albums, options.aliases ?? []);
  const history = options.heard ? createHistory(options.heard) : null;
  const judge = (target: Target): Judged => {
    const byNames = decide(target, library);
    const identified = decideByMusicBrainz(byNames, target, library, options.mbids ?? null);
    const single = judgeSingle(identified.decision, target, history);
    const { decision, evidence, isOpen } = decideByTracks(single, target, library, history);
    const isSettled = decision.credited.some(({ rule }) => !isDoubtful(rule));
    return {
      decision,
      // The artist is named only if nothing is credited.
      artistName: decision.credited.length > 0 ? null : mostPlayedName(target, library),
      evidence,
      isOpen: isOpen || isOpenSingle(decision, target, history),
      unidentified: isSettled ? [] : identified.unidentified,
    };
  };
  return {
    match: (release) => toMatch(judge(targetOf(release, library))),
    explain: (release, range = "all") => {
      const target = targetOf(release, library);
      const verdict = judge(target);
      return {
        ...toMatch(verdict),
        rejected: rejectedAlbums(verdict.decision, target, library, history, range),
      };
    },
    albumsByArtist: (release) => {
      const credits = creditsOf(release, library);
      return credits.own.length === 0 ? null : library.blocks(credits.own).flatMap((block) => block.albums);
    },
    namelessAlbums: (release) => (creditsOf(release, library).nameless ? library.nameless.albums : null),
  };
}

/** The names in `artists` that are credited on the release, or the placeholders if its artist is unknown. */
export function namesOfArtists(
  release: MatchedRelease,
  artists: readonly string[],
  aliases: readonly Alias[],
): string[] {
  const rows = artists.map((artist, id) => ({ id, artist, title: "?", playCount: 0 }));
  const library = new Library(rows, aliases);
  const credits = creditsOf(release, library);
  const blocks = credits.nameless ? [library.nameless] : library.blocks(credits.own);
  return blocks.flatMap(({ names }) => names.map(({ name }) => name));
}

interface Judged extends TrackedDecision, Pick<Match, "artistName" | "unidentified"> {}

function mostPlayedName({ credits }: Target, library: Library): string | null {
  return library.blocks(credits.own)[0]?.mostPlayedName ?? null;
}

function toMatch({ decision, artistName, evidence, isOpen, unidentified }: Judged): Match {
  const rule = decision.rule === "artist" && artistName === null ? "none" : decision.rule;
  const credited = decision.credited.map(({ entry: { album }, rule: rung }): CreditedAlbum => {
    const tracks = evidence.get(album.id) ?? null;
    const earned = confidenceOf(rung);
    return { album, rule: rung, confidence: tracks?.isDoubt ? doubted(earned) : earned, tracks };
  });
  const ofArtist = artistName === null ? 0 : confidenceOf("artist");
  const confidence = credited.reduce((most, credit) => Math.max(most, credit.confidence), ofArtist);
  const creditType = confidence === 1 ? "exact" : "fuzzy";
  const artistType = artistName === null ? "none" : "artist_only";
  const type = credited.length > 0 ? creditType : artistType;
  return { type, confidence, rule, credited, artistName, isOpen, unidentified };
}
