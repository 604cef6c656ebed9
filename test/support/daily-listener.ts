// A made listener who plays something nearly every day, and what two sources have of it: for finding what is missing.
import type { SourcePlay } from "../../src/model/listening-sources.ts";
import { daySeconds } from "../../src/model/times.ts";
import { toSourcePlay } from "../../src/sources/files/file-format.ts";
import type { WrittenSource } from "./simulated-history.ts";

/** Tuesday, 1 January 2019, as a number of days since 1970. */
export const firstDay = 17_897;

/** Plays of a day in UTC, from 10 o'clock, each of another song. */
function buildDay(day: number, count = 5): SourcePlay[] {
  return Array.from({ length: count }, (_, at) =>
    toSourcePlay({
      startUts: day * daySeconds + 10 * 3600 + at * 1200,
      artist: "Can",
      album: "Ege Bamyasi",
      title: `Song ${(day * 7 + at) % 1000}`,
    }),
  );
}

export function buildDays(days: Iterable<number>, count?: number): SourcePlay[] {
  return [...days].flatMap((day) => buildDay(day, count));
}

export function listDays(from: number, count: number): number[] {
  return Array.from({ length: count }, (_, at) => from + at);
}

export function buildSource(name: string, plays: readonly SourcePlay[]): WrittenSource {
  const kind = name === "lastfm" || name === "listenbrainz" ? "service" : "file";
  return { name, kind, plays: plays.map((play) => ({ ...play, truth: 0 })) };
}
