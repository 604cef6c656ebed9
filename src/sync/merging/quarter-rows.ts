// The raw plays of each source and quarter, with the names of their tracks made ready for comparing.
import type { RawPlay, RawTrack } from "../../merge/merge-plays.ts";
import { type Names, namesOf as namesOfTrack, songNumbers } from "../../merge/song.ts";
import type { Database } from "../../store/file/database.ts";
import { quarterReader, trackReader } from "../../store/plays/merged-plays.ts";

interface SourceTrack extends RawTrack {
  readonly sourceId: number;
  readonly id: number;
  /** How well it says which album was heard. */
  readonly album: "none" | "of the track" | "heard";
}

export interface SourceRow extends RawPlay {
  readonly track: SourceTrack;
  /** The time by the clock of the source. */
  readonly sourceUts: number;
  readonly occurrence: number;
}

export interface QuarterRows {
  readonly rowsOf: (sourceId: number, quarter: number) => readonly SourceRow[];
  readonly namesOf: (row: SourceRow) => Names;
}

export type RowsOf = QuarterRows["rowsOf"];

/** Quarters are asked for in order, each together with those beside it. */
const mostQuartersOfSource = 5;

export function quarterRows(database: Database): QuarterRows {
  const read = quarterReader(database);
  const readTrack = trackReader(database);
  const sources = new Map<number, { tracks: SourceTrack[]; quarters: Map<number, SourceRow[]> }>();
  const songOf = songNumbers();

  function trackOf(sourceId: number, trackId: number): SourceTrack {
    const { artist, title, album, durationSeconds, isEndStamped, hasOwnAlbum, origin } = readTrack(
      sourceId,
      trackId,
    );
    return {
      sourceId,
      id: trackId,
      song: songOf(artist, title),
      lengthSeconds: durationSeconds === 0 ? null : durationSeconds,
      isEndStamped: isEndStamped === 1,
      isImported: origin === "lastfm",
      album: album === "" ? "none" : hasOwnAlbum === 1 ? "heard" : "of the track",
    };
  }

  function rowsOf(sourceId: number, quarter: number): readonly SourceRow[] {
    let source = sources.get(sourceId);
    if (source === undefined) {
      source = { tracks: [], quarters: new Map() };
      sources.set(sourceId, source);
    }
    const { tracks, quarters } = source;
    const cachedRows = quarters.get(quarter);
    if (cachedRows) return cachedRows;
    const rows = read(sourceId, quarter).map(([uts, precisionSeconds, trackId, occurrence]): SourceRow => {
      const track = (tracks[trackId] ??= trackOf(sourceId, trackId));
      return { uts, precisionSeconds, track, sourceUts: uts, occurrence };
    });
    const oldest = quarters.size >= mostQuartersOfSource ? quarters.keys().next().value : undefined;
    if (oldest !== undefined) quarters.delete(oldest);
    quarters.set(quarter, rows);
    return rows;
  }

  return {
    rowsOf,
    namesOf({ track: { sourceId, id } }) {
      const { artist, title } = readTrack(sourceId, id);
      return namesOfTrack(artist, title);
    },
  };
}
