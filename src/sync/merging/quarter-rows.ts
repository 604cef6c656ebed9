// The raw plays of each source and quarter, with the names of their tracks made ready for comparing.
import type { RawPlay } from "../../merge/merge-plays.ts";
import { type Credit, creditOf, songOf } from "../../merge/song.ts";
import type { Database } from "../../store/file/database.ts";
import { type PlayRow, quarterReader, type TrackRow, trackReader } from "../../store/plays/merged-plays.ts";

export interface SourceRow extends RawPlay {
  readonly sourceId: number;
  readonly track: TrackRow;
  readonly stored: PlayRow;
}

type Track = Pick<SourceRow, "track" | "song" | "lengthSeconds" | "isEndStamped" | "isImported">;

const mostTracks = 100_000;
const mostQuarters = 12;

/** Reads each quarter once as long as the quarters are asked for in order. */
export function quarterRows(database: Database): (sourceId: number, quarter: number) => readonly SourceRow[] {
  const read = quarterReader(database);
  const readTrack = trackReader(database);
  const tracks = new Map<string, Track>();
  const credits = new Map<string, Credit>();
  const quarters = new Map<string, readonly SourceRow[]>();

  function creditNamed(artist: string): Credit {
    const known = credits.get(artist);
    if (known) return known;
    const credit = creditOf(artist);
    credits.set(artist, credit);
    return credit;
  }

  function trackOf(sourceId: number, trackId: number): Track {
    const key = `${sourceId} ${trackId}`;
    const known = tracks.get(key);
    if (known) return known;
    if (tracks.size >= mostTracks) tracks.clear();
    const track = readTrack(sourceId, trackId);
    const ready = {
      track,
      song: songOf(creditNamed(track.artist), track.title),
      lengthSeconds: track.durationSeconds === 0 ? null : track.durationSeconds,
      isEndStamped: track.isEndStamped === 1,
      isImported: track.origin === "lastfm",
    };
    tracks.set(key, ready);
    return ready;
  }

  return (sourceId, quarter) => {
    const key = `${sourceId} ${quarter}`;
    const known = quarters.get(key);
    if (known) return known;
    const rows = read(sourceId, quarter).map((stored) => ({
      ...trackOf(sourceId, stored[1]),
      sourceId,
      uts: stored[0],
      precisionSeconds: stored[3],
      stored,
    }));
    const oldest = quarters.size >= mostQuarters ? quarters.keys().next().value : undefined;
    if (oldest !== undefined) quarters.delete(oldest);
    quarters.set(key, rows);
    return rows;
  };
}
