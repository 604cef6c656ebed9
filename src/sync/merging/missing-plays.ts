// Finds our plays that a server's listing lacks: those that the one-to-one merge pairs with no listed play.
import { findClockOffsets, getOffsetAt } from "../../merge/clock-offsets.ts";
import { mergePlays, type RawPlay } from "../../merge/merge-plays.ts";
import { createSongNumbering, parseTrackNames } from "../../merge/track-names.ts";
import type { FoundOffsets } from "../../model/listening-sources.ts";
import { computeQuarterStart, daySeconds } from "../../model/times.ts";
import type { StoredPlay, TargetPlays } from "../../store/plays/target-plays.ts";

/** Plays of a quarter are compared together with those before and after it, which their partners may be among. */
const marginSeconds = 2 * daySeconds;

interface ComparedRow extends RawPlay {
  readonly stored: StoredPlay;
  readonly isOwn: boolean;
}

interface Window {
  readonly own: readonly ComparedRow[];
  /** Plays that the server imported from Last.fm have Last.fm's seconds, and may have corrected names. */
  readonly imported: readonly ComparedRow[];
  readonly others: readonly ComparedRow[];
}

/** Marks the plays that are missing. */
export function markMissingPlays(plays: TargetPlays): void {
  const toRow = createRowBuilder();
  const windows = new Map<number, Window>();
  const ownClocks = new Map<number, FoundOffsets>();

  function readWindow(quarter: number): Window {
    const known = windows.get(quarter);
    if (known !== undefined) return known;
    const span = [
      computeQuarterStart(quarter) - marginSeconds,
      computeQuarterStart(quarter + 1) + marginSeconds,
    ] as const;
    const listed = plays.readListed(...span).map((stored) => toRow(stored, false));
    const window = {
      own: plays.readOwn(...span).map((stored) => toRow(stored, true)),
      imported: listed.filter(({ track }) => track.kind.isImported),
      others: listed.filter(({ track }) => !track.kind.isImported),
    };
    windows.set(quarter, window);
    return window;
  }

  function findClock(quarter: number, likely: readonly number[]): FoundOffsets {
    const { own, imported, others } = readWindow(quarter);
    return findClockOffsets(others, [...own, ...imported], likely);
  }

  function getOwnClock(quarter: number): FoundOffsets {
    const clock = ownClocks.get(quarter) ?? findClock(quarter, []);
    ownClocks.set(quarter, clock);
    return clock;
  }

  for (const quarter of plays.listQuarters()) {
    const likely = [quarter - 1, quarter + 1].flatMap((beside) => getOwnClock(beside).certain);
    const { offsets } = likely.length === 0 ? getOwnClock(quarter) : findClock(quarter, likely);
    const { own, imported, others } = readWindow(quarter);
    const moved = others.map((row) => ({ ...row, uts: row.uts - getOffsetAt(offsets, row.uts) }));
    const [fromUts, toUts] = [computeQuarterStart(quarter), computeQuarterStart(quarter + 1)];
    for (const { rows } of mergePlays([own, imported, moved], getNames)) {
      const [{ isOwn, uts, stored }] = rows;
      if (isOwn && rows.length === 1 && uts >= fromUts && uts < toUts) plays.setState(stored.id, "missing");
    }
    for (const past of windows.keys()) if (past <= quarter - 1) windows.delete(past);
  }
}

function getNames({ stored: { play } }: ComparedRow) {
  return parseTrackNames(play.artist, play.title);
}

/** A history has about as many songs. More of them are numbered again. */
const maxKnownSongs = 50_000;

function createRowBuilder(): (stored: StoredPlay, isOwn: boolean) => ComparedRow {
  const getSong = createSongNumbering();
  const songs = new Map<string, number>();
  return (stored, isOwn) => {
    const { artist, title, startUts, precisionSeconds, durationSeconds, isEndStamped, origin } = stored.play;
    const key = `${artist}\n${title}`;
    let song = songs.get(key);
    if (song === undefined) {
      song = getSong(artist, title);
      if (songs.size >= maxKnownSongs) songs.clear();
      songs.set(key, song);
    }
    const kind = { isEndStamped, isImported: origin === "lastfm" };
    return {
      uts: startUts,
      precisionSeconds,
      track: { song, lengthSeconds: durationSeconds, kind },
      stored,
      isOwn,
    };
  };
}
