// Invents a listening life of known truth, and what several services wrote down of it: with jitter, wrong clocks, daylight
// saving, ends for starts, minutes, days, corrected names and guests in the credit.
import type { SourceName, SourcePlay } from "../../src/model/listening-sources.ts";
import { between } from "./random.ts";

type Random = () => number;

interface TrueSong {
  readonly artist: string;
  readonly guest: string | null;
  readonly album: string;
  readonly isCompilation: boolean;
  readonly title: string;
  readonly seconds: number;
}

interface TruePlay {
  readonly id: number;
  readonly song: TrueSong;
  readonly uts: number;
  /** When the device was next online, if it was offline while it played. */
  readonly uploadUts: number | null;
}

/** A row of a source, and the play that it is of. */
export interface Written extends SourcePlay {
  readonly truth: number;
}

export interface WrittenSource extends SourceName {
  readonly plays: readonly Written[];
}

/** How a source writes down what it hears. */
export interface Recorder extends SourceName {
  /** Share of the plays that it hears. */
  readonly share: number;
  readonly jitterSeconds: number;
  /** How far its clock is ahead. */
  readonly offset?: (uts: number) => number;
  readonly style?: "start" | "end" | "minute" | "day" | "shared-upload";
  /** How it writes the names. */
  readonly names?: "plain" | "credit" | "album-artist" | "corrected";
  readonly knowsLength?: boolean;
}

const day = 86_400;

function songs(random: Random, artists: number): TrueSong[] {
  const all: TrueSong[] = [];
  for (let artist = 0; artist < artists; artist += 1) {
    for (let album = 0; album < 3; album += 1) {
      const isCompilation = random() < 0.08;
      for (let track = 0; track < 10; track += 1) {
        // Some titles are shared by many artists.
        const title =
          track === 0 ? "Intro" : `${word(artist * 7 + track)} ${word(album * 31 + track * 5)} ${track}`;
        all.push({
          artist: `The ${word(artist)} ${word(artist * 3 + 1)}`,
          guest: random() < 0.1 ? `${word(artist + 50)} Guest` : null,
          album: `${word(artist + 100)} ${word(album + 200)}`,
          isCompilation,
          title,
          seconds: track === 1 ? 120 : 150 + between(random, 0, 240 - 1),
        });
      }
    }
  }
  return all;
}

const syllables = ["ka", "mo", "ri", "ten", "sol", "va", "lu", "ber", "qui", "dan", "eth", "os"];

function word(seed: number): string {
  const at = (part: number): string => syllables[Math.floor(seed * 7 + part * 5 + seed / 12) % 12] ?? "";
  const text = at(0) + at(1) + at(seed % 5);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function truePlays(
  random: Random,
  {
    days,
    artists,
    perDay = 20,
  }: { readonly days: number; readonly artists: number; readonly perDay?: number },
): TruePlay[] {
  const library = songs(random, artists);
  const plays: TruePlay[] = [];
  const start = Date.UTC(2018, 0, 1) / 1000;
  for (let date = 0; date < days; date += 1) {
    let uts = start + date * day + 8 * 3600 + between(random, 0, 6 * 3600 - 1);
    const isOffline = random() < 0.02;
    const uploadUts = isOffline ? start + date * day + 20 * 3600 : null;
    let at = between(random, 0, library.length - 1);
    for (let count = between(random, 0, perDay * 2 - 1); count > 0; count -= 1) {
      // On repeat, or on to the next track, or to something else.
      if (random() < 0.3) at = between(random, 0, library.length - 1);
      else if (random() >= 0.1) at = (at + 1) % library.length;
      const song = library[at] as TrueSong;
      plays.push({ id: plays.length, song, uts, uploadUts });
      uts += song.seconds + between(random, 0, 4 - 1) + (random() < 0.05 ? between(random, 0, 7200 - 1) : 0);
    }
  }
  return plays;
}

export function write(random: Random, plays: readonly TruePlay[], recorder: Recorder): WrittenSource {
  const { name, kind, share, jitterSeconds, style = "start", offset = () => 0 } = recorder;
  const rows: Written[] = [];
  for (const { id, song, uts, uploadUts } of plays) {
    if (random() >= share) continue;
    const heard = uts + (jitterSeconds === 0 ? 0 : between(random, -jitterSeconds, jitterSeconds));
    const clock = heard + offset(heard);
    const isOfDay = style === "day" || (style === "shared-upload" && uploadUts !== null);
    const precisionSeconds = isOfDay ? day : style === "minute" ? 60 : 1;
    rows.push({
      ...namesFor(song, recorder),
      truth: id,
      startUts: style === "end" ? clock + song.seconds : clock - (clock % precisionSeconds),
      precisionSeconds,
      durationSeconds: recorder.knowsLength === true ? song.seconds : null,
      recordingMbid: null,
      releaseMbid: null,
      releaseGroupMbid: null,
      origin: null,
      isEndStamped: style === "end",
      hasOwnAlbum: true,
      sourceKey: String(id),
    });
  }
  return { name, kind, plays: rows };
}

/**
 * The source with a share of its plays as it imported them from another one: with the other's seconds and names. `keepsOwn`:
 * it has its own rows of these plays as well.
 */
export function withImports(
  random: Random,
  source: WrittenSource,
  original: WrittenSource,
  { share, keepsOwn }: { readonly share: number; readonly keepsOwn: boolean },
): WrittenSource {
  const originals = new Map(original.plays.map((row) => [row.truth, row]));
  const plays = source.plays.flatMap((row): Written[] => {
    const originalRow = originals.get(row.truth);
    if (originalRow === undefined || random() >= share) return [row];
    const copy: Written = { ...originalRow, durationSeconds: null, origin: "lastfm" };
    return keepsOwn ? [row, copy] : [copy];
  });
  return { ...source, plays };
}

function namesFor(
  song: TrueSong,
  { names = "plain", style }: Recorder,
): Pick<SourcePlay, "artist" | "albumArtist" | "album" | "title"> {
  const { artist, guest, album, title, isCompilation } = song;
  const albumArtist = isCompilation ? "Various Artists" : artist;
  const plain = {
    artist,
    albumArtist: null,
    album: style === "day" || style === "minute" ? "" : album,
    title,
  };
  if (names === "credit" && guest !== null) return { ...plain, artist: `${artist} & ${guest}` };
  if (names === "album-artist") {
    const suffix = title.length % 3 === 0 ? " - Remastered 2011" : guest === null ? "" : ` (feat. ${guest})`;
    return { ...plain, artist: albumArtist, albumArtist, title: `${title}${suffix}` };
  }
  // A slip that the service mends, in one title of twenty.
  if (names === "corrected" && !isCompilation && title.length > 12 && title.length % 20 === 0) {
    return { ...plain, title: `${title.slice(0, 4)}${title.slice(5)}` };
  }
  return plain;
}
