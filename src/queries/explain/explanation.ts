// The explanation of a match: matched albums, rejected albums, and who decided.
import {
  createMatcher,
  filterArtistNames,
  explainMatch,
  type AlbumRow,
  type ExplainedMatch,
  type NamedPair,
  type Rule,
  type TrackEvidence,
} from "../../match/matcher.ts";
import type { MatchType } from "../../model/model.ts";
import { listSql, queryRows, queryValues } from "../../store/file/sql.ts";
import type { Database } from "../../store/file/database.ts";
import {
  readAliases,
  readDismissals,
  createDecisionFinder,
  readAlbums,
  type AlbumName,
  type Decision,
  type FindDecision,
} from "../../store/decisions/user-decisions.ts";
import { createMatchEvidence, createNameCounter } from "../../store/match-evidence.ts";
import {
  readReleaseChunks,
  readCollectionReleases,
  type CollectionRelease,
} from "../../store/plays/record-matches.ts";
import { createKindReader, type KindOpinion } from "../../store/shelf/derived-columns.ts";
import type { ChartAlbum } from "../find/find-albums.ts";
import { findRecordById, readRecordsById, type RecordRow } from "../records/read-records.ts";

interface MatchedEntry extends ChartAlbum {
  readonly rule: string;
  readonly confidence: number;
  /** Why it is credited, in words. */
  readonly reason: string;
}

interface RejectedEntry extends AlbumRow {
  /** The reason, in words about titles. */
  readonly reason: string;
  /** True if a person might want to check it. */
  readonly close: boolean;
  /** True if the user said in a review that it is another album. */
  readonly isDismissed: boolean;
}

export interface Explanation {
  readonly record: RecordRow;
  readonly kinds: KindOpinion;
  readonly type: MatchType;
  readonly confidence: number;
  readonly rule: string;
  readonly decidedBy: "matcher" | "user";
  /** Most played first. */
  readonly credited: readonly MatchedEntry[];
  /** Nearest first. */
  readonly rejected: readonly RejectedEntry[];
}

/** Compares the record only with albums by its artists and those that resembled it at the last match. */
export function explainRecord(database: Database, recordId: number) {
  const record = findRecordById(database, recordId);
  const [release] = record ? readCollectionReleases(database, record.releaseId) : [];
  const copy = release?.copies.find((each) => each.recordId === recordId);
  if (!record || !release || !copy) return undefined;
  const evidence = createMatchEvidence(database);
  const matcher = createMatcher(readNearbyAlbums(database, release), evidence.ofAlbums);
  const explanation = createExplanationReader(database, createDecisionFinder(database))(
    record,
    copy.instanceId,
    matcher.explain(evidence.ofRelease(release)),
  );
  return {
    ...explanation,
    release,
    /** Albums under the names of the release's artists; none for placeholders such as Various. */
    albumsByArtist: matcher.listAlbumsByArtist(release) ?? [],
    /** All albums by nobody, for a release by nobody; otherwise null. */
    namelessAlbums: matcher.listNamelessAlbums(release),
  };
}

/** Explains every record, with the copies of a release one after another. */
export function* explainAll(database: Database): Generator<Explanation> {
  const evidence = createMatchEvidence(database);
  const matcher = createMatcher(readAlbums(database), evidence.ofAlbums);
  const read = createExplanationReader(database, createDecisionFinder(database));
  for (const releases of readReleaseChunks(database)) {
    const ids = releases.flatMap(({ copies }) => copies.map(({ recordId }) => recordId));
    const records = readRecordsById(database, ids);
    for (const release of releases) {
      const reasons = matcher.explain(evidence.ofRelease(release));
      for (const { recordId, instanceId } of release.copies) {
        const record = records.get(recordId);
        if (record) yield read(record, instanceId, reasons);
      }
    }
  }
}

function readNearbyAlbums(database: Database, release: CollectionRelease): AlbumRow[] {
  const artists = queryValues<string>(database)`SELECT DISTINCT artist FROM album`;
  const own = filterArtistNames(release, artists, readAliases(database));
  return queryRows<AlbumRow>(database)`SELECT id, artist, title, play_count AS playCount FROM album
    WHERE artist IN ${listSql(own)}
      OR id IN (SELECT album_id FROM similar_album WHERE release_id = ${release.id})
      OR id IN (SELECT album_id FROM album_match JOIN record ON record.id = record_id WHERE release_id = ${release.id})
    ORDER BY id`;
}

function createExplanationReader(database: Database, decisionFor: FindDecision) {
  const getKinds = createKindReader(database);
  const getDismissed = createDismissedAlbumLookup(database);
  const describeMatch = createMatchDescriber(database);
  const findRule = database.prepare<[number], { rule: string }>("SELECT rule FROM match WHERE record_id = ?");
  const findCredits = database.prepare<[number], Omit<MatchedEntry, "reason">>(`
    SELECT album.id AS id, artist, title, play_count AS playCount, last_played_uts AS lastPlayedUts, url,
      album_match.rule AS rule, album_match.confidence AS confidence
    FROM album_match JOIN album ON album.id = album_match.album_id
    WHERE record_id = ? ORDER BY play_count DESC, album.id`);
  return (record: RecordRow, instanceId: number, reasons: ExplainedMatch): Explanation => {
    const tracksByAlbum = new Map(reasons.credited.map(({ album, tracks }) => [album.id, tracks]));
    const credited = findCredits.all(record.id).map((album) => ({
      ...album,
      reason: describeMatch(album.rule, { record, album }, tracksByAlbum.get(album.id) ?? null),
    }));
    return {
      record,
      kinds: getKinds(record.releaseId),
      type: record.matchType,
      confidence: record.confidence,
      rule: findRule.get(record.id)?.rule ?? reasons.rule,
      decidedBy: record.decidedBy,
      credited,
      rejected: buildRejectedEntries(reasons, {
        credited,
        decision: decisionFor(record.releaseId, instanceId),
        dismissed: getDismissed(record.releaseId),
      }),
    };
  };
}

/** Returns a function that says why a record is credited with an album. */
export function createMatchDescriber(database: Database) {
  const countUses = createNameCounter(database);
  return (rule: string, pair: NamedPair, tracks: TrackEvidence | null): string =>
    rule === "user" ? "added by you" : explainMatch(rule as Rule, pair, tracks, countUses);
}

/** Albums that the user removed come first, because the user is most likely to want one of them back. */
function buildRejectedEntries(
  reasons: ExplainedMatch,
  {
    credited,
    decision,
    dismissed,
  }: {
    readonly credited: readonly MatchedEntry[];
    readonly decision: Decision | undefined;
    readonly dismissed: readonly AlbumName[];
  },
): RejectedEntry[] {
  const creditedIds = new Set(credited.map(({ id }) => id));
  const reason = decision === undefined ? "not credited when last matched" : removalReasons[decision.mode];
  const takenOut = reasons.credited
    .filter(({ album }) => !creditedIds.has(album.id))
    .map(({ album }) => ({ ...album, reason, close: true, isDismissed: false }));
  const isDismissed = ({ artist, title }: AlbumName): boolean =>
    dismissed.some((name) => name.artist === artist && name.title === title);
  const others = reasons.rejected
    .filter(({ album }) => !creditedIds.has(album.id))
    .map(({ album, ...why }) =>
      isDismissed(album)
        ? { ...album, reason: "you said that it is another album", close: true, isDismissed: true }
        : { ...album, ...why, isDismissed: false },
    );
  return [
    ...takenOut,
    ...others.filter((album) => album.isDismissed),
    ...others.filter((album) => !album.isDismissed),
  ];
}

/** Returns a function that gives the albums that the user called another album than a release. */
function createDismissedAlbumLookup(database: Database): (releaseId: number) => readonly AlbumName[] {
  const albums = new Map<number, AlbumName[]>();
  for (const dismissal of readDismissals(database)) {
    for (const releaseId of dismissal.releaseIds) {
      albums.set(releaseId, [...(albums.get(releaseId) ?? []), ...dismissal.albums]);
    }
  }
  return (releaseId) => albums.get(releaseId) ?? [];
}

const removalReasons = {
  adjust: "you took it out",
  only: "you credited only others",
  none: "you said that no album is this record",
} as const;
