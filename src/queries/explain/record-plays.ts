// The plays that a record is credited with, each with the sources that have it.
import { compareSources } from "../../model/source-names.ts";
import { isoSeconds } from "../../model/times.ts";
import { listeningServiceOf } from "../../sources/service-lookup.ts";
import type { Database } from "../../store/file/database.ts";
import { readAccounts } from "../../store/file/cache-facts.ts";
import { listeningSourceId } from "../../store/plays/merged-plays.ts";
import type { RecordPlaysDocument } from "../documents/source-documents.ts";

export interface RecordPlay {
  /** 0: unknown. */
  readonly uts: number;
  readonly precisionSeconds: number;
  readonly artist: string;
  readonly track: string;
  readonly album: string;
  readonly sources: readonly string[];
}

interface PlayRow extends Omit<RecordPlay, "sources"> {
  readonly trackId: number;
  readonly occurrence: number;
  readonly sourceId: number;
}

/** Newest first. */
export function ask(database: Database, recordId: number): RecordPlay[] {
  const plays = database
    .prepare<[number], PlayRow>(
      `SELECT uts, precision_seconds AS precisionSeconds, artist, name AS track, album, track_id AS trackId, occurrence,
         source_id AS sourceId
       FROM track JOIN scrobble ON track_id = track.id
       WHERE album_id IN (SELECT album_id FROM credit WHERE record_id = ?)
       ORDER BY uts DESC, track_id, occurrence`,
    )
    .all(recordId);
  const sources = new Map<string, string[]>();
  const links = database
    .prepare<[string], [number, number, number, string]>(
      `SELECT play_uts, play_track_id, play_occurrence, name FROM source_play JOIN source ON source.id = source_id
       WHERE play_track_id IN (SELECT value FROM json_each(?))`,
    )
    .raw();
  const trackIds = [...new Set(plays.map(({ trackId }) => trackId))];
  for (const [uts, trackId, occurrence, name] of links.iterate(JSON.stringify(trackIds))) {
    const key = `${uts} ${trackId} ${occurrence}`;
    sources.set(key, [...(sources.get(key) ?? []), name]);
  }
  const own = listeningServiceOf(readAccounts(database)).id;
  return plays.map(({ trackId, occurrence, sourceId, ...play }) => ({
    ...play,
    sources: [
      ...(sourceId === listeningSourceId ? [own] : []),
      ...(sources.get(`${play.uts} ${trackId} ${occurrence}`) ?? []),
    ].toSorted(compareSources),
  }));
}

export function document(recordId: number, plays: readonly RecordPlay[]): RecordPlaysDocument {
  return {
    record: recordId,
    data: plays.map(({ uts, precisionSeconds, artist, track, album, sources }) => ({
      played_at: uts === 0 ? null : isoSeconds(uts),
      precision_seconds: precisionSeconds,
      artist_name: artist,
      track_name: track,
      album_name: album,
      sources,
    })),
  };
}
