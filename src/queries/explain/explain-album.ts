// Explains an album: the records that are credited with it, and what you heard of it.
import type { AlbumDocument } from "../documents/match-documents.ts";
import type { Database } from "../../store/file/database.ts";
import { isoSeconds } from "../records/contract.ts";
import { countHeardTracks } from "../figures/play-counts.ts";
import type { ChartAlbum } from "../find/find-albums.ts";

export interface AlbumExplanation {
  readonly album: ChartAlbum;
  /** Different tracks heard. */
  readonly tracks: number;
  /** null: too few tracks are known. */
  readonly spins: number | null;
  /** The highest confidence first. */
  readonly records: readonly CreditedRecord[];
}

export interface CreditedRecord {
  readonly id: number;
  readonly artist: string;
  readonly title: string;
  readonly form: string;
  readonly year: number | null;
  readonly rule: string;
  readonly confidence: number;
}

export function ask(database: Database, album: ChartAlbum): AlbumExplanation {
  const [tracks = 0] = countHeardTracks(database, "album_id", null, [[album.id]]);
  const spins = database
    .prepare<[number], number | null>("SELECT spins FROM album_spin WHERE album_id = ?")
    .pluck();
  const records = database.prepare<[number], CreditedRecord>(
    `SELECT record.id AS id, release.artist AS artist, release.title AS title, release.form AS form,
       release.year AS year, credit.rule AS rule, credit.confidence AS confidence
     FROM credit JOIN record ON record.id = credit.record_id JOIN release ON release.id = record.release_id
     WHERE credit.album_id = ? ORDER BY credit.confidence DESC, record.id`,
  );
  return {
    album,
    tracks,
    spins: spins.get(album.id) ?? null,
    records: records.all(album.id),
  };
}

export function document({ album, tracks, spins, records }: AlbumExplanation): AlbumDocument {
  return {
    album: {
      id: album.id,
      artist_name: album.artist,
      album_name: album.title,
      play_count: album.playCount,
      last_played: isoSeconds(album.lastPlayedUts),
      url: album.url,
    },
    tracks,
    spins,
    records: records.map(({ id, artist, title, rule, confidence }) => ({
      id,
      artist,
      title,
      rule,
      confidence,
    })),
  };
}
