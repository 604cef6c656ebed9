// Invents a listening life of known truth, and what several services wrote down of it: with jitter, wrong clocks, daylight
// saving, ends for starts, minutes, days, corrected names and guests in the credit.
import type { SourceName, SourcePlay } from "../../src/model/listening-sources.ts";
import { pickInteger } from "./random.ts";

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
export interface WrittenPlay extends SourcePlay {
  readonly truth: number;
}

export interface WrittenSource extends SourceName {
  readonly plays: readonly WrittenPlay[];
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
  /** The program, if it sends its plays to rewind. */
  readonly client?: string;
}

const day = 86_400;

function generateSongs(random: Random, artists: number): TrueSong[] {
  const all: TrueSong[] = [];
  for (let artist = 0; artist < artists; artist += 1) {
    for (let album = 0; album < 3; album += 1) {
      const isCompilation = random() < 0.08;
      for (let track = 0; track < 10; track += 1) {
        // Some titles are shared by many artists.
        const title =
          track === 0
            ? "Intro"
            : `${buildWord(artist * 7 + track)} ${buildWord(album * 31 + track * 5)} ${track}`;
        all.push({
          artist: `The ${buildWord(artist)} ${buildWord(artist * 3 + 1)}`,
          guest: random() < 0.1 ? `${buildWord(artist + 50)} Guest` : null,
          album: `${buildWord(artist + 100)} ${buildWord(album + 200)}`,
          isCompilation,
          title,
          seconds: track === 1 ? 120 : 150 + pickInteger(random, 0, 240 - 1),
        });
      }
    }
  }
  return all;
}

const syllables = ["ka", "mo", "ri", "ten", "sol", "va", "lu", "ber", "qui", "dan", "eth", "os"];

function buildWord(seed: number): string {
  const getSyllable = (part: number): string =>
    syllables[Math.floor(seed * 7 + part * 5 + seed / 12) % 12] ?? "";
  const text = getSyllable(0) + getSyllable(1) + getSyllable(seed % 5);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function generateTruePlays(
  random: Random,
  {
    days,
    artists,
    perDay = 20,
  }: { readonly days: number; readonly artists: number; readonly perDay?: number },
): TruePlay[] {
  const library = generateSongs(random, artists);
  const plays: TruePlay[] = [];
  const start = Date.UTC(2018, 0, 1) / 1000;
  for (let date = 0; date < days; date += 1) {
    let uts = start + date * day + 8 * 3600 + pickInteger(random, 0, 6 * 3600 - 1);
    const isOffline = random() < 0.02;
    const uploadUts = isOffline ? start + date * day + 20 * 3600 : null;
    let at = pickInteger(random, 0, library.length - 1);
    for (let count = pickInteger(random, 0, perDay * 2 - 1); count > 0; count -= 1) {
      // The same track again, or the next one, or something else.
      if (random() < 0.3) at = pickInteger(random, 0, library.length - 1);
      else if (random() >= 0.1) at = (at + 1) % library.length;
      const song = library[at] as TrueSong;
      plays.push({ id: plays.length, song, uts, uploadUts });
      uts +=
        song.seconds +
        pickInteger(random, 0, 4 - 1) +
        (random() < 0.05 ? pickInteger(random, 0, 7200 - 1) : 0);
    }
  }
  return plays;
}

export function simulateSource(
  random: Random,
  plays: readonly TruePlay[],
  recorder: Recorder,
): WrittenSource {
  const { name, kind, share, jitterSeconds, style = "start", offset = () => 0 } = recorder;
  const rows: WrittenPlay[] = [];
  for (const { id, song, uts, uploadUts } of plays) {
    if (random() >= share) continue;
    const heard = uts + (jitterSeconds === 0 ? 0 : pickInteger(random, -jitterSeconds, jitterSeconds));
    const clock = heard + offset(heard);
    const isOfDay = style === "day" || (style === "shared-upload" && uploadUts !== null);
    const precisionSeconds = isOfDay ? day : style === "minute" ? 60 : 1;
    rows.push({
      ...getWrittenNames(song, recorder),
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
      ...(recorder.client === undefined ? {} : { client: recorder.client }),
    });
  }
  return { name, kind, plays: rows };
}

/**
 * The source with a share of its plays as it imported them from another one: with the other's seconds and names. `keepsOwn`:
 * it has its own rows of these plays as well.
 */
export function addImportedPlays(
  random: Random,
  source: WrittenSource,
  original: WrittenSource,
  { share, keepsOwn }: { readonly share: number; readonly keepsOwn: boolean },
): WrittenSource {
  const originals = new Map(original.plays.map((row) => [row.truth, row]));
  const plays = source.plays.flatMap((row): WrittenPlay[] => {
    const originalRow = originals.get(row.truth);
    if (originalRow === undefined || random() >= share) return [row];
    const copy: WrittenPlay = { ...originalRow, durationSeconds: null, origin: "lastfm" };
    return keepsOwn ? [row, copy] : [copy];
  });
  return { ...source, plays };
}

function getWrittenNames(
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
