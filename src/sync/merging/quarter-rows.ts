// The raw plays of each source and quarter, with the names of their tracks made ready for comparing.
import type { RawPlay, RawTrack } from "../../merge/merge-plays.ts";
import { namesReader } from "../../merge/song.ts";
import type { Database } from "../../store/file/database.ts";
import { type PlayRow, quarterReader, trackReader } from "../../store/plays/merged-plays.ts";

interface SourceTrack extends RawTrack {
  /** How well it says which album was heard. */
  readonly album: "none" | "of the track" | "heard";
}

export interface SourceRow extends RawPlay, PlayRow {
  readonly sourceId: number;
  readonly track: SourceTrack;
}

export type RowsOf = (sourceId: number, quarter: number) => readonly SourceRow[];

const mostTracks = 300_000;
/** Quarters are asked for in order, each together with those beside it. */
const mostQuartersOfSource = 5;

export function quarterRows(database: Database): RowsOf {
  const read = quarterReader(database);
  const readTrack = trackReader(database);
  const sources = new Map<number, { tracks: Map<number, SourceTrack>; quarters: Map<number, SourceRow[]> }>();
  const namesOf = namesReader();

  function trackOf(sourceId: number, trackId: number): SourceTrack {
    const { artist, title, album, durationSeconds, isEndStamped, hasOwnAlbum, origin } = readTrack(
      sourceId,
      trackId,
    );
    return {
      names: namesOf(artist, title),
      lengthSeconds: durationSeconds === 0 ? null : durationSeconds,
      isEndStamped: isEndStamped === 1,
      isImported: origin === "lastfm",
      album: album === "" ? "none" : hasOwnAlbum === 1 ? "heard" : "of the track",
    };
  }

  return (sourceId, quarter) => {
    let source = sources.get(sourceId);
    if (source === undefined) {
      source = { tracks: new Map(), quarters: new Map() };
      sources.set(sourceId, source);
    }
    const { tracks, quarters } = source;
    const known = quarters.get(quarter);
    if (known) return known;
    if (tracks.size > mostTracks) tracks.clear();
    const rows = read(sourceId, quarter) as (PlayRow & { sourceId: number; track: SourceTrack })[];
    for (const row of rows) {
      let track = tracks.get(row.trackId);
      if (track === undefined) {
        track = trackOf(sourceId, row.trackId);
        tracks.set(row.trackId, track);
      }
      row.sourceId = sourceId;
      row.track = track;
    }
    const oldest = quarters.size >= mostQuartersOfSource ? quarters.keys().next().value : undefined;
    if (oldest !== undefined) quarters.delete(oldest);
    quarters.set(quarter, rows);
    return rows;
  };
}
