// The raw plays of each source and quarter, with the names of their tracks made ready for comparing.
import type { RawKind, RawPlay, RawTrack } from "../../merge/merge-plays.ts";
import { type TrackNames, parseTrackNames, createSongNumbering } from "../../merge/track-names.ts";
import { createNumberTable, type NumberTable } from "../../model/number-table.ts";
import type { Database } from "../../store/file/database.ts";
import {
  createQuarterReader,
  createTrackReader,
  createTrackTextReader,
} from "../../store/plays/merged-plays.ts";

interface SourceTrack extends RawTrack {
  readonly id: number;
  /** Shared by all tracks that are alike. */
  readonly kind: SourceKind;
}

interface SourceKind extends RawKind {
  readonly sourceId: number;
  /** The program that sent the play to rewind; "" for other sources. */
  readonly client: string;
  /** The evidence for the album that was heard. */
  readonly album: "none" | "of the track" | "heard";
}

export interface SourceRow extends RawPlay {
  readonly track: SourceTrack;
  /** The time by the clock of the source. */
  readonly sourceUts: number;
  readonly occurrence: number;
}

export function isImported({ track }: SourceRow): boolean {
  return track.kind.isImported;
}

export type QuarterRows = ReturnType<typeof createQuarterRows>;
export type ReadRows = QuarterRows["readRows"];

function compareTexts(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

/** Quarters are asked for in order, each together with those beside it. */
const maxCachedQuarters = 4;

/** The columns of each track that was read: its song, its length and the place of its kind. */
const trackColumns = { song: 0, length: 1, kind: 2 } as const;

export function createQuarterRows(database: Database) {
  const read = createQuarterReader(database);
  const readTrack = createTrackReader(database);
  const sources = new Map<number, { tracks: NumberTable; quarters: Map<number, SourceRow[]> }>();
  const kinds: SourceKind[] = [];
  const kindPlaces = new Map<string, number>();
  const getSong = createSongNumbering();
  const readText = createTrackTextReader(database);

  function internKind(kind: SourceKind): number {
    const key = JSON.stringify(kind);
    const place = kindPlaces.get(key) ?? kinds.push(kind) - 1;
    kindPlaces.set(key, place);
    return place;
  }

  function getTrack(tracks: NumberTable, sourceId: number, id: number): SourceTrack {
    if (Number.isNaN(tracks.get(id))) {
      const track = readTrack(sourceId, id);
      const { artist, title, album, durationSeconds, isEndStamped, hasOwnAlbum, origin, client } = track;
      const kind = internKind({
        sourceId,
        client,
        isEndStamped: isEndStamped === 1,
        isImported: origin === "lastfm",
        album: album === "" ? "none" : hasOwnAlbum === 1 ? "heard" : "of the track",
      });
      tracks.set(id, [getSong(artist, title), durationSeconds, kind]);
    }
    const length = tracks.get(id, trackColumns.length);
    return {
      id,
      song: tracks.get(id, trackColumns.song),
      lengthSeconds: length === 0 ? null : length,
      kind: kinds[tracks.get(id, trackColumns.kind)] as SourceKind,
    };
  }

  /** Ids depend on what was imported first, so they must not decide which of two rows of one second comes first. */
  function sortDeterministically(rows: SourceRow[]): SourceRow[] {
    for (let from = 0, to = 1; from < rows.length; from = to, to += 1) {
      while (to < rows.length && rows[to]?.uts === rows[from]?.uts) to += 1;
      if (to - from === 1) continue;
      const texts = new Map<SourceTrack, string>();
      for (const { track } of rows.slice(from, to)) texts.set(track, readText(track.kind.sourceId, track.id));
      const getText = ({ track }: SourceRow): string => texts.get(track) ?? "";
      const sorted = rows
        .slice(from, to)
        .toSorted((a, b) => compareTexts(getText(a), getText(b)) || a.occurrence - b.occurrence);
      for (const [at, row] of sorted.entries()) rows[from + at] = row;
    }
    return rows;
  }

  function readRows(sourceId: number, quarter: number): readonly SourceRow[] {
    let source = sources.get(sourceId);
    if (source === undefined) {
      source = { tracks: createNumberTable(Object.keys(trackColumns).length), quarters: new Map() };
      sources.set(sourceId, source);
    }
    const { tracks, quarters } = source;
    const cachedRows = quarters.get(quarter);
    if (cachedRows) return cachedRows;
    const tracksOfQuarter = new Map<number, SourceTrack>();
    const rows = sortDeterministically(
      read(sourceId, quarter).map(([uts, precisionSeconds, trackId, occurrence]): SourceRow => {
        const track = tracksOfQuarter.get(trackId) ?? getTrack(tracks, sourceId, trackId);
        tracksOfQuarter.set(trackId, track);
        return { uts, precisionSeconds, track, sourceUts: uts, occurrence };
      }),
    );
    const oldest = quarters.size >= maxCachedQuarters ? quarters.keys().next().value : undefined;
    if (oldest !== undefined) quarters.delete(oldest);
    quarters.set(quarter, rows);
    return rows;
  }

  return {
    readRows,
    getNames: ({ track: { id, kind } }: SourceRow): TrackNames => {
      const { artist, title } = readTrack(kind.sourceId, id);
      return parseTrackNames(artist, title);
    },
  };
}
