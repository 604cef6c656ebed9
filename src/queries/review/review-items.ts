// Matches that a person should check: fuzzy ones, ties, and near misses.
import { getCopyKind } from "../../model/release-kinds.ts";
import { unreliableRules } from "../../match/rules/rule-order.ts";
import { minCertainConfidence, sameTitleUncertainty, type MatchType } from "../../model/model.ts";
import type { Database } from "../../store/file/database.ts";
import { createVerdictFinder } from "../../store/decisions/user-decisions.ts";
import type { ChartAlbum } from "../find/find-albums.ts";
import { groupIntoLists } from "../../model/grouping.ts";
import { listSql, queryRows, queryTuples } from "../../store/file/sql.ts";

interface CandidateAlbum extends ChartAlbum {
  /** Why it fits, or why not. */
  readonly reason: string;
}

interface UncertainRelease {
  readonly artist: string;
  readonly title: string;
  readonly form: string;
  readonly recordKind: string;
  readonly year: number | null;
  /** 0 if nothing is credited. */
  readonly confidence: number;
}

/** One question about an album, with all pressings that raise it. */
export interface ReviewItem extends UncertainRelease {
  readonly kind: "fuzzy" | "tie" | "near";
  /** One record per release. */
  readonly recordIds: readonly [number, ...number[]];
  readonly releaseIds: readonly [number, ...number[]];
  /** All matched albums of a fuzzy match; otherwise albums one of which may be right. */
  readonly candidates: readonly [CandidateAlbum, ...CandidateAlbum[]];
  readonly playsAtStake: number;
  /** The probability that a credit is wrong, or that a missing one is right: 0 to 1. */
  readonly uncertainty: number;
  /** Identifies the albums in question in review answers. */
  readonly subject: string;
}

/** Why a tie is not credited. */
export const tieReason = "several albums fit equally well";

export function countReviewItems(database: Database): number {
  const getVerdict = createVerdictFinder(database);
  return readReviewItems(database).filter(
    ({ releaseIds, subject }) => getVerdict({ releaseId: releaseIds[0], subject }) === undefined,
  ).length;
}

/**
 * The ids of records by the album that may be one of them: records without a match in rewind review, and compilations
 * whose tracklist is not known.
 */
export function findPossibleRecords(database: Database): ReadonlyMap<number, number> {
  const getVerdict = createVerdictFinder(database);
  const open = readReviewItems(database).filter(({ kind, releaseIds, subject }) => {
    const verdict = getVerdict({ releaseId: releaseIds[0], subject });
    return kind !== "fuzzy" && (verdict === undefined || verdict === "skipped");
  });
  return new Map([
    ...readUndecidedAlbums(database),
    ...open.flatMap(({ recordIds, candidates }) => candidates.map(({ id }) => [id, recordIds[0]] as const)),
  ]);
}

/** Albums that only the tracklist of a matched record can tell from it, with the record. */
function readUndecidedAlbums(database: Database): [albumId: number, recordId: number][] {
  return queryTuples<[albumId: number, recordId: number]>(database)`
    SELECT similar_album.album_id, min(record.id) FROM tracklist JOIN similar_album USING (release_id)
      JOIN record USING (release_id) JOIN match ON match.record_id = record.id
    WHERE tracklist.state <> 'known' AND match.type IN ('exact', 'fuzzy') AND match.decided_by = 'matcher'
      AND uncertainty = ${sameTitleUncertainty} GROUP BY similar_album.album_id`;
}

interface UncertainMatch extends UncertainRelease {
  readonly recordId: number;
  readonly releaseId: number;
  readonly type: MatchType;
  readonly rule: string;
}

/** One per album, including those answered in earlier reviews. */
export function readReviewItems(database: Database): ReviewItem[] {
  const matches = queryRows<UncertainMatch & { readonly key: string }>(database)`
    SELECT min(record.id) AS recordId, release.id AS releaseId, release.artist AS artist, release.title AS title,
      release.album_key AS key, release.form AS form, release.kind AS recordKind,
      release.year AS year, match.type AS type, match.confidence AS confidence, match.rule AS rule
    FROM match JOIN record ON record.id = match.record_id JOIN release ON release.id = record.release_id
    WHERE decided_by = 'matcher' AND type <> 'exact'
      AND (type <> 'fuzzy' OR confidence < ${minCertainConfidence} OR rule IN ${listSql([...unreliableRules])})
      AND release.id IN (SELECT release_id FROM similar_album)
    GROUP BY release.id ORDER BY release.id`;
  const getCandidates = createCandidateReader(database);
  const items = matches.flatMap(({ key: albumKey, ...match }) => {
    const [first, ...others] = getCandidates(match);
    if (first === undefined) return [];
    const item = buildReviewItem(match, [first, ...others]);
    const key = `${albumKey}\n${getCopyKind(match.recordKind)}\n${item.kind}\n${item.subject}`;
    return [[key, item] as const];
  });
  return groupIntoLists(items, ([key]) => key).map(([[, item], ...others]) => ({
    ...item,
    recordIds: [...item.recordIds, ...others.flatMap(([, { recordIds }]) => recordIds)],
    releaseIds: [...item.releaseIds, ...others.flatMap(([, { releaseIds }]) => releaseIds)],
  }));
}

type ScoredCandidate = CandidateAlbum & Pick<ReviewItem, "uncertainty">;

function buildReviewItem(
  { recordId, releaseId, type, rule, ...release }: UncertainMatch,
  candidates: readonly [ScoredCandidate, ...ScoredCandidate[]],
): ReviewItem {
  const isFuzzy = type === "fuzzy";
  return {
    ...release,
    kind: isFuzzy ? "fuzzy" : rule === "tie" ? "tie" : "near",
    recordIds: [recordId],
    releaseIds: [releaseId],
    confidence: isFuzzy ? release.confidence : 0,
    candidates,
    playsAtStake: candidates.reduce((sum, { playCount }) => sum + playCount, 0),
    uncertainty: isFuzzy
      ? 1 - release.confidence
      : candidates.reduce((max, { uncertainty }) => Math.max(max, uncertainty), 0),
    subject: toReviewSubject(candidates),
  };
}

const maxCandidates = 4;

/** Returns a function that reads the credited albums of a fuzzy match, and the nearest albums of any other match. */
function createCandidateReader(database: Database): (match: UncertainMatch) => ScoredCandidate[] {
  const columns = `album.id AS id, album.artist AS artist, album.title AS title, album.play_count AS playCount,
    album.last_played_uts AS lastPlayedUts, album.url AS url, similar_album.reason AS reason,
    similar_album.uncertainty AS uncertainty`;
  const creditedAlbums = database.prepare<[number, number], ScoredCandidate>(
    `SELECT ${columns} FROM similar_album JOIN album ON album.id = similar_album.album_id
       JOIN album_match ON album_match.album_id = album.id AND album_match.record_id = ?
     WHERE similar_album.release_id = ? ORDER BY album.play_count DESC, album.id`,
  );
  const close = database.prepare<[number], ScoredCandidate>(
    `SELECT ${columns} FROM similar_album JOIN album ON album.id = similar_album.album_id
     WHERE similar_album.release_id = ? AND similar_album.uncertainty > 0 AND album.play_count > 0
       AND NOT EXISTS (SELECT 1 FROM album_match WHERE album_match.album_id = album.id AND album_match.confidence = 1)
     ORDER BY place LIMIT ${maxCandidates}`,
  );
  return ({ type, recordId, releaseId }) =>
    type === "fuzzy" ? creditedAlbums.all(recordId, releaseId) : close.all(releaseId);
}

function toReviewSubject(candidates: readonly CandidateAlbum[]): string {
  const names = candidates.map(({ artist, title }) => JSON.stringify([artist, title]));
  return `[${names.toSorted((a, b) => (a < b ? -1 : 1)).join(",")}]`;
}
