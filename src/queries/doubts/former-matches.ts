// Records whose match changed when the matching rules last changed.
import type { ChangesDocument, ContractVerdict } from "../documents/match-documents.ts";
import type { MatchType } from "../../model/model.ts";
import type { Database } from "../../store/file/database.ts";
import type { AlbumName } from "../../store/decisions/user-decisions.ts";

export interface MatchVerdict {
  readonly type: MatchType;
  readonly confidence: number;
  readonly albums: readonly AlbumName[];
  readonly playCount: number;
}

export interface ChangedMatch {
  readonly recordId: number;
  readonly artist: string;
  readonly title: string;
  readonly before: MatchVerdict;
  readonly now: MatchVerdict;
}

interface Row {
  readonly recordId: number;
  readonly artist: string;
  readonly title: string;
  readonly oldType: MatchType;
  readonly oldConfidence: number;
  readonly oldAlbums: string;
  readonly oldPlays: number;
  readonly type: MatchType;
  readonly confidence: number;
  readonly albums: string;
  readonly plays: number;
}

/** The largest difference in plays first. */
export function ask(database: Database): ChangedMatch[] {
  return database
    .prepare<[], Row>(
      `SELECT record.id AS recordId, release.artist AS artist, release.title AS title,
         old.type AS oldType, old.confidence AS oldConfidence, old.albums AS oldAlbums, old.play_count AS oldPlays,
         match.type AS type, match.confidence AS confidence, match.play_count AS plays,
         (SELECT json_group_array(json_array(artist, title)) FROM (
            SELECT album.artist, album.title FROM credit JOIN album ON album.id = credit.album_id
            WHERE credit.record_id = record.id ORDER BY play_count DESC, album.id)) AS albums
       FROM former_match AS old JOIN record ON record.id = old.record_id
       JOIN release ON release.id = record.release_id JOIN match ON match.record_id = record.id
       ORDER BY abs(match.play_count - old.play_count) DESC, record.id`,
    )
    .all()
    .map((row) => ({
      recordId: row.recordId,
      artist: row.artist,
      title: row.title,
      before: {
        type: row.oldType,
        confidence: row.oldConfidence,
        albums: namesOf(row.oldAlbums),
        playCount: row.oldPlays,
      },
      now: { type: row.type, confidence: row.confidence, albums: namesOf(row.albums), playCount: row.plays },
    }));
}

function namesOf(json: string): AlbumName[] {
  return (JSON.parse(json) as [string, string][]).map(([artist, title]) => ({ artist, title }));
}

export function document(changes: readonly ChangedMatch[]): ChangesDocument {
  return {
    changed: changes.map(({ recordId, artist, title, before, now }) => ({
      record_id: recordId,
      artist,
      title,
      before: contractVerdict(before),
      now: contractVerdict(now),
    })),
  };
}

function contractVerdict({ type, confidence, albums, playCount }: MatchVerdict): ContractVerdict {
  return {
    match_type: type,
    match_confidence: confidence,
    albums: albums.map(({ artist, title }) => ({ artist_name: artist, album_name: title })),
    play_count: playCount,
  };
}
