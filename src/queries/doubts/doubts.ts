// Matches that a person should look at: fuzzy ones, ties, and albums that the matcher did not dare to credit.
import {
  createMatcher,
  creditInWords,
  namedTracks,
  proposeAliases,
  type AliasProposal,
  type Match,
  type MatchedRelease,
  type Matcher,
  type Rule,
} from "../../match/matcher.ts";
import { kindOfCopy } from "../../model/kinds.ts";
import { editionKey } from "../../match/titles/title.ts";
import type { MatchType } from "../../model/model.ts";
import type { Database } from "../../store/file/database.ts";
import {
  readAliases,
  storedAlbums,
  readReviewNotes,
  type ReviewNote,
} from "../../store/decisions/decisions.ts";
import { heardTracks } from "../../store/plays/links.ts";
import { doubtfulBelow, shelvedReleases, type ShelvedRelease } from "../../store/plays/matches.ts";
import { mbidReader } from "../../store/shelf/musicbrainz.ts";
import { tracklistReader } from "../../store/shelf/tracklists.ts";
import { albumById, type ChartAlbum } from "../find/find-albums.ts";

type DoubtKind = "fuzzy" | "tie" | "near";

interface DoubtedAlbum extends ChartAlbum {
  /** Why it fits, or why not quite. */
  readonly reason: string;
}

interface Candidates {
  readonly albums: readonly DoubtedAlbum[];
  readonly doubt: number;
}

/** One question, about an album in all the pressings that raise it. */
export interface Doubt {
  readonly kind: DoubtKind;
  /** Numbers of the records, one a release. */
  readonly recordIds: readonly [number, ...number[]];
  readonly releaseIds: readonly [number, ...number[]];
  readonly artist: string;
  readonly title: string;
  readonly form: string;
  readonly recordKind: string;
  readonly year: number | null;
  /** 0 where nothing is credited. */
  readonly confidence: number;
  /** fuzzy: what is credited now, all together; else what could be, one of them. */
  readonly candidates: readonly [DoubtedAlbum, ...DoubtedAlbum[]];
  readonly playsAtStake: number;
  /** How likely what is credited now is wrong, or what is not credited right: 0 to 1. */
  readonly doubt: number;
  /** The albums in question, for review notes. */
  readonly subject: string;
}

export interface Doubts {
  /** Ordered by plays at stake times doubt, the highest first. */
  readonly doubts: readonly Doubt[];
  readonly aliases: readonly AliasProposal[];
  /** How many were left out because they were skipped. */
  readonly skipped: number;
}

const mostCandidates = 4;

/** What was dismissed stays out; what was skipped comes back with `again`. */
export function findDoubts(database: Database, { again }: { readonly again: boolean }): Doubts {
  const existing = readAliases(database);
  const matcher = createMatcher(storedAlbums(database), {
    aliases: existing,
    heard: heardTracks(database),
    mbids: mbidReader(database)?.album ?? null,
  });
  const verdictOf = readReviewNotes(database);
  const judge = doubtFinder(database, matcher);
  const found = new Map<string, Doubt>();
  for (const release of allReleases(database)) {
    const doubt = judge(release);
    if (doubt === undefined) continue;
    const key = `${editionKey(doubt.artist, doubt.title)}\n${kindOfCopy(doubt.recordKind)}\n${doubt.kind}\n${doubt.subject}`;
    const same = found.get(key);
    found.set(key, same === undefined ? doubt : joined(same, doubt));
  }
  let skipped = 0;
  const isOpen = (note: ReviewNote): boolean => {
    const verdict = verdictOf(note);
    if (verdict === "skipped" && !again) skipped += 1;
    return verdict === undefined || (verdict === "skipped" && again);
  };
  const doubts = [...found.values()]
    .filter(({ releaseIds, subject }) => isOpen({ releaseId: releaseIds[0], subject }))
    .toSorted((a, b) => weightOf(b) - weightOf(a) || a.recordIds[0] - b.recordIds[0]);
  const aliases = proposeAliases(allReleases(database), storedAlbums(database), existing).filter((proposal) =>
    isOpen(aliasNote(proposal)),
  );
  return { doubts, aliases, skipped };
}

function weightOf({ playsAtStake, doubt }: Doubt): number {
  return playsAtStake * doubt;
}

function* allReleases(database: Database): Generator<ShelvedRelease & MatchedRelease> {
  const listOf = tracklistReader(database);
  const mbids = mbidReader(database);
  for (const releases of shelvedReleases(database)) {
    for (const release of releases) {
      const tracks = listOf(release.id);
      yield {
        ...release,
        tracklist: tracks && namedTracks(tracks),
        mbids: mbids?.release(release.id),
        kind: mbids?.kind(release.id),
      };
    }
  }
}

/** Proposals belong to no release. */
export function aliasNote({ name, sameAs }: AliasProposal): ReviewNote {
  return { releaseId: 0, subject: JSON.stringify(["alias", name, sameAs]) };
}

function joined(doubt: Doubt, other: Doubt): Doubt {
  return {
    ...doubt,
    recordIds: [...doubt.recordIds, ...other.recordIds],
    releaseIds: [...doubt.releaseIds, ...other.releaseIds],
  };
}

interface MatchOfRelease {
  readonly recordId: number;
  readonly artist: string;
  readonly form: string;
  readonly kind: string;
  readonly type: MatchType;
  readonly confidence: number;
  readonly rule: string;
}

function doubtFinder(
  database: Database,
  matcher: Matcher,
): (release: ShelvedRelease & MatchedRelease) => Doubt | undefined {
  const findMatch = database.prepare<[number], MatchOfRelease>(`
    SELECT record.id AS recordId, release.artist AS artist, release.form AS form,
      release.kind AS kind, match.type AS type, match.confidence AS confidence, match.rule AS rule
    FROM record JOIN match ON match.record_id = record.id JOIN release ON release.id = record.release_id
    WHERE record.release_id = ? AND decided_by = 'matcher' ORDER BY record.id LIMIT 1`);
  const credits = database.prepare<[number], ChartAlbum & { rule: Rule }>(`
    SELECT album.id AS id, artist, title, play_count AS playCount, last_played_uts AS lastPlayedUts, url,
      credit.rule AS rule
    FROM credit JOIN album ON album.id = credit.album_id WHERE record_id = ? ORDER BY play_count DESC, album.id`);
  const isSurelyOwned = database
    .prepare<[number], number>("SELECT 1 FROM credit WHERE album_id = ? AND confidence = 1 LIMIT 1")
    .pluck();
  const close = (release: MatchedRelease): Candidates => {
    const near = matcher
      .explain(release)
      .rejected.filter(({ doubt, album }) => doubt > 0 && album.playCount > 0)
      .filter(({ album }) => isSurelyOwned.get(album.id) === undefined)
      .slice(0, mostCandidates);
    const albums = near.flatMap(({ album, reason }) => {
      const found = albumById(database, album.id);
      return found ? [{ ...found, reason: reason === "another title" ? "a similar title" : reason }] : [];
    });
    return { albums, doubt: near.reduce((most, { doubt }) => Math.max(most, doubt), 0) };
  };
  return (release) => {
    const match = findMatch.get(release.id);
    if (!match || match.type === "exact") return undefined;
    // Where not even the artist is known there is nothing to be near to, unless nobody is named on either side.
    const isUnknown =
      match.type === "none" && match.rule !== "tie" && matcher.namelessAlbums(release) === null;
    if (isUnknown) return undefined;
    if (match.type === "fuzzy" && match.confidence >= doubtfulBelow) return undefined;
    const kind: DoubtKind = match.type === "fuzzy" ? "fuzzy" : match.rule === "tie" ? "tie" : "near";
    const { albums, doubt } =
      kind === "fuzzy"
        ? {
            albums: withEvidence(credits.all(match.recordId), matcher.match(release)),
            doubt: 1 - match.confidence,
          }
        : close(release);
    const [first, ...others] = albums;
    if (first === undefined) return undefined;
    const candidates = [first, ...others] as const;
    return {
      kind,
      recordIds: [match.recordId],
      releaseIds: [release.id],
      artist: match.artist,
      title: release.title,
      form: match.form,
      recordKind: match.kind,
      year: release.year,
      confidence: match.type === "fuzzy" ? match.confidence : 0,
      candidates: [...candidates],
      playsAtStake: candidates.reduce((sum, { playCount }) => sum + playCount, 0),
      doubt,
      subject: subjectOf(candidates),
    };
  };
}

/** Credited albums, each with the rule that credited it and what is known of its tracks. */
function withEvidence(credited: readonly (ChartAlbum & { rule: Rule })[], verdict: Match): DoubtedAlbum[] {
  const tracksOf = new Map(verdict.credited.map(({ album, tracks }) => [album.id, tracks]));
  return credited.map((album) => ({
    ...album,
    reason: creditInWords(album.rule, tracksOf.get(album.id) ?? null),
  }));
}

function subjectOf(candidates: readonly DoubtedAlbum[]): string {
  const names = candidates.map(({ artist, title }) => JSON.stringify([artist, title]));
  return `[${names.toSorted((a, b) => (a < b ? -1 : 1)).join(",")}]`;
}
