// Plays that crowd into one time: broken clocks, offline uploads, days without times.
import { expect, test } from "vitest";
import { mergePlays, type RawPlay, type RawTrack } from "../../src/merge/merge-plays.ts";
import { parseTrackNames, createSongNumbering } from "../../src/merge/track-names.ts";

const startUts = Date.UTC(2020, 0, 1) / 1000;
const day = 86_400;

interface Row extends RawPlay {
  readonly artist: string;
  readonly title: string;
}

/** `at` counts the plays of a source; `share` goes from 0 to 1 with it. */
type Shape = (
  source: number,
  at: number,
  share: number,
) => Pick<Row, "artist" | "title" | "uts"> & { precisionSeconds?: number; isEndStamped?: boolean };

const computeUtsInMinute = (share: number): number => startUts + Math.floor(share * 60);

const shapes: Readonly<Record<string, Shape>> = {
  "one minute, no song in common": (source, at, share) => ({
    artist: `Artist ${source} ${at}`,
    title: `Title ${source} ${at}`,
    uts: computeUtsInMinute(share),
  }),
  "one minute, all songs in common": (_, at, share) => ({
    artist: `Artist ${at}`,
    title: `Title ${at}`,
    uts: computeUtsInMinute(share),
  }),
  "one minute of one song": (_, __, share) => ({
    artist: "Can",
    title: "Spoon",
    uts: computeUtsInMinute(share),
  }),
  "one minute of one title": (source, at, share) => ({
    artist: `Artist ${source} ${at}`,
    title: "Intro",
    uts: computeUtsInMinute(share),
  }),
  "one minute of one title by Various Artists": (source, at, share) => ({
    artist: source === 0 ? `Artist ${at}` : "Various Artists",
    title: "Intro",
    uts: computeUtsInMinute(share),
  }),
  "one minute of one artist": (source, at, share) => ({
    artist: "Can",
    title: `Title ${source} ${at}`,
    uts: computeUtsInMinute(share),
  }),
  "one second": (source, at) => ({
    artist: `Artist ${source} ${at}`,
    title: `Title ${source} ${at}`,
    uts: startUts,
  }),
  "one day without times": (source, at, share) => ({
    artist: "Can",
    title: `Title ${source} ${at}`,
    uts: source === 0 ? startUts : startUts + Math.floor(share * day),
    precisionSeconds: source === 0 ? day : 1,
  }),
  "one minute of ends": (source, at, share) => ({
    artist: `Artist ${source} ${at}`,
    title: `Title ${source} ${at}`,
    uts: computeUtsInMinute(share),
    isEndStamped: source === 1,
  }),
};

/** How often merging looked at the track of a row. */
function countLookups(shape: Shape, plays: number): number {
  let looks = 0;
  const getSong = createSongNumbering();
  const sources = [0, 1].map((source) =>
    Array.from({ length: plays }, (_, at): Row => {
      const { isEndStamped = false, precisionSeconds = 1, ...row } = shape(source, at, at / plays);
      const track: RawTrack = {
        song: getSong(row.artist, row.title),
        lengthSeconds: null,
        kind: { isEndStamped, isImported: false },
      };
      return {
        ...row,
        precisionSeconds,
        get track() {
          looks += 1;
          return track;
        },
      };
    }),
  );
  mergePlays(sources, ({ artist, title }) => parseTrackNames(artist, title));
  return looks;
}

test.each(Object.entries(shapes))("merging takes twice the work for twice the plays in %s", (_, shape) => {
  expect(countLookups(shape, 2_000)).toBeLessThan(2.5 * countLookups(shape, 1_000));
});
