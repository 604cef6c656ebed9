// Explains a match, with everything else that a person wants to know about the record, and lists its plays.
import { compareSources } from "../../model/listening-sources.ts";
import { getListeningService } from "../../sources/service-lookup.ts";
import { readAccounts } from "../../store/file/cache-facts.ts";
import { listeningSourceId } from "../../store/plays/merged-plays.ts";
import { selectPage, toJsonPagination, type Paging } from "../documents/paging.ts";
import type { RecordPlaysDocument } from "../documents/sync-documents.ts";
import type { ExplanationDocument, AlbumDocument } from "../documents/match-documents.ts";
import { countUnmatchedSongPlays, countHeardTracks } from "../statistics/play-counts.ts";
import type { Database } from "../../store/file/database.ts";
import { toJsonAlbum, toJsonCollection, toIsoOrNull } from "../records/json-rows.ts";
import { createDecisionFinder } from "../../store/decisions/user-decisions.ts";
import { createMatchDescriber, explainRecord, type Explanation } from "./explanation.ts";
import { findAlbumById, findAlbumByName, type ChartAlbum } from "../find/find-albums.ts";
import type { Hit } from "../find/find-records.ts";
import { findAlternativePlays } from "./alternative-plays.ts";
import { readHistoryState } from "../statistics/readiness.ts";
import { listSql, queryOneRow, queryRows, queryValue } from "../../store/file/sql.ts";
import { parseTextList, type RecordRow } from "../records/read-records.ts";

export type ExplainResult = NonNullable<ReturnType<typeof queryExplanation>>;

/** Returns undefined if the record is not on the shelf. */
export function queryExplanation(database: Database, copies: Hit) {
  const explanation = explainRecord(database, copies[0].id);
  if (explanation === undefined) return undefined;
  const { record, credited, decidedBy, release, albumsByArtist: albums, namelessAlbums } = explanation;
  const [{ releaseId, instanceId }] = copies;
  const decision = createDecisionFinder(database)(releaseId, instanceId);
  const isUncredited = credited.length === 0 && decidedBy !== "user";
  return {
    ...explanation,
    rejected: explanation.rejected.map((album) => ({
      ...album,
      lastPlayedUts: findAlbumById(database, album.id)?.lastPlayedUts ?? null,
    })),
    /** The copies of the album. The first is the one that is explained. */
    copies,
    areCopiesAlike: hasSameMatches(database, copies),
    ...readLoggedCounts(database, record),
    /** Plays of its songs that were scrobbled without their album; 0 without the listening history. */
    strayPlays: countUnmatchedSongPlays(database, record.releaseId),
    decision,
    /** Albums that the decision credits and that your plays do not have now. */
    absent: (decision?.add ?? []).filter((name) => findAlbumByName(database, name) === undefined),
    /** Plays of the record's artists; empty for placeholders such as Various. */
    byArtists: { albums: albums.length, plays: albums.reduce((sum, { playCount }) => sum + playCount, 0) },
    /** The number of albums by nobody in the plays, for a record by nobody; otherwise null. */
    namelessAlbums: namelessAlbums?.length ?? null,
    /** Set if nothing is credited because of the record's kind. */
    heardAs: isUncredited ? findAlternativePlays(database, record.kind, { release, albums }) : null,
    isHistoryComplete: readHistoryState(database) === "complete",
  };
}

function readLoggedCounts(database: Database, { id, releaseId }: RecordRow) {
  const [logged] = queryOneRow<{ loggedPlays: number; lastLoggedUts: number | null }>(database)`
    SELECT logged_plays AS loggedPlays,
      (SELECT max(start_uts) FROM logged_play WHERE release_id = ${releaseId}) AS lastLoggedUts
    FROM match WHERE record_id = ${id}`;
  return logged;
}

/** Returns true if all copies have the same match type and albums. */
function hasSameMatches(database: Database, copies: Hit): boolean {
  const ids = copies.map(({ id }) => id);
  return (
    queryValue(database, 0)`SELECT count(DISTINCT type || (SELECT json_group_array(album_id) FROM (
      SELECT album_id FROM album_match WHERE album_match.record_id = match.record_id ORDER BY album_id)))
    FROM match WHERE record_id IN ${listSql(ids)}` <= 1
  );
}

export function buildExplanationDocument(explanation: Explanation): ExplanationDocument {
  const { record, kinds, type, confidence, rule, decidedBy, credited, rejected } = explanation;
  return {
    record: toJsonCollection(record),
    original_year: record.originalYear,
    kinds: { formats: kinds.stated, musicbrainz: kinds.musicbrainz },
    decision: { match_type: type, match_confidence: confidence, rule, decided_by: decidedBy },
    credited: credited.map((album) => ({
      ...toJsonAlbum(album),
      last_played: toIsoOrNull(album.lastPlayedUts),
      rule: album.rule,
      confidence: album.confidence,
    })),
    rejected: rejected.map((album) => ({ ...toJsonAlbum(album), reason: album.reason })),
  };
}

export interface RecordPlay {
  /** 0: unknown. */
  readonly uts: number;
  readonly precisionSeconds: number;
  readonly artist: string;
  readonly track: string;
  readonly album: string;
  readonly sources: readonly string[];
}

export interface RecordPlaysResult {
  readonly recordId: number;
  readonly rows: readonly RecordPlay[];
  readonly total: number;
  /** null: everything on one page. */
  readonly paging: Paging | null;
}

/** The plays that a record is credited with, each with the sources that have it. Newest first. */
export function queryRecordPlays(
  database: Database,
  recordId: number,
  paging: Paging | null,
): RecordPlaysResult {
  const own = getListeningService(readAccounts(database)).id;
  const plays = queryRows<Omit<RecordPlay, "sources"> & { readonly sources: string }>(database)`
    WITH heard AS MATERIALIZED (
        SELECT scrobble.*, artist, name, album FROM track JOIN scrobble ON track_id = track.id
        WHERE album_id IN (SELECT album_id FROM album_match WHERE record_id = ${recordId})),
      link (uts, track_id, occurrence, source) AS (
        SELECT uts, track_id, occurrence, ${own} FROM heard WHERE source_id = ${listeningSourceId}
        UNION ALL SELECT play_uts, play_track_id, play_occurrence, source.name
        FROM source_play JOIN source ON source.id = source_play.source_id
        WHERE play_track_id IN (SELECT track_id FROM heard))
    SELECT uts, precision_seconds AS precisionSeconds, artist, name AS track, album,
      json_group_array(source) FILTER (WHERE source IS NOT NULL) AS sources
    FROM heard LEFT JOIN link USING (uts, track_id, occurrence)
    GROUP BY uts, track_id, occurrence ORDER BY uts DESC, track_id, occurrence`;
  const rows = selectPage(plays, paging).map((play) => ({
    ...play,
    sources: parseTextList(play.sources).toSorted(compareSources),
  }));
  return { recordId, rows, total: plays.length, paging };
}

export function buildRecordPlaysDocument({
  recordId,
  rows,
  total,
  paging,
}: RecordPlaysResult): RecordPlaysDocument {
  return {
    record: recordId,
    data: rows.map(({ uts, precisionSeconds, artist, track, album, sources }) => ({
      played_at: uts === 0 ? null : toIsoOrNull(uts),
      precision_seconds: precisionSeconds,
      artist_name: artist,
      track_name: track,
      album_name: album,
      sources,
    })),
    pagination: toJsonPagination(paging, total),
  };
}

export type AlbumExplanation = ReturnType<typeof queryAlbumExplanation>;

export function queryAlbumExplanation(database: Database, album: ChartAlbum) {
  const [tracks = 0] = countHeardTracks(database, null, [[album.id]]);
  const describeMatch = createMatchDescriber(database);
  const records = queryRows<Omit<MatchedRecord, "reason">>(database)`
    SELECT record.id AS id, release.artist AS artist, release.title AS title, release.form AS form,
      release.year AS year, album_match.rule AS rule, album_match.confidence AS confidence
    FROM album_match JOIN record ON record.id = album_match.record_id JOIN release ON release.id = record.release_id
    WHERE album_match.album_id = ${album.id} ORDER BY album_match.confidence DESC, record.id`;
  return {
    album,
    /** Different tracks heard. */
    tracks,
    /** null: too few tracks are known. */
    spins: queryValue<number | null>(
      database,
      null,
    )`SELECT spins FROM album_spin WHERE album_id = ${album.id}`,
    /** The highest confidence first. */
    records: records.map((record): MatchedRecord => ({
      ...record,
      reason: describeMatch(record.rule, { record, album }, null),
    })),
  };
}

export interface MatchedRecord {
  readonly id: number;
  readonly artist: string;
  readonly title: string;
  readonly form: string;
  readonly year: number | null;
  readonly rule: string;
  readonly confidence: number;
  /** Why the album is credited to it, in words. */
  readonly reason: string;
}

export function buildAlbumDocument({ album, records, ...figures }: AlbumExplanation): AlbumDocument {
  return {
    album: { ...toJsonAlbum(album), last_played: toIsoOrNull(album.lastPlayedUts), url: album.url },
    ...figures,
    records: records.map(({ id, artist, title, rule, confidence }) => ({
      id,
      artist,
      title,
      rule,
      confidence,
    })),
  };
}
