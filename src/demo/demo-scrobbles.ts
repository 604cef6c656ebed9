// Makes plays, an album chart and tracklists from the sample's listening habits.
import { daySeconds } from "../model/times.ts";
import type { Album, CollectionRecord, Scrobble, ListedTrack } from "../model/model.ts";
import type { Listen, SourcePlay } from "../model/listening-sources.ts";
import { sampleListening } from "./demo-tables.ts";

interface SamplePlay extends Scrobble {
  readonly albumArtist: string;
}

/** The plays of each source. Most plays of the later ones are Last.fm's as well. */
interface SampleListening {
  /** Last.fm's chart and history. */
  readonly albums: readonly Album[];
  readonly scrobbles: readonly Scrobble[];
  /** What ListenBrainz has of the last 18 months. */
  readonly listens: readonly Listen[];
  /** What Spotify exported of two earlier years. */
  readonly streams: readonly SourcePlay[];
  /** Different plays in all. */
  readonly plays: number;
}

/** Ends on the day before. The same for every call on a day. */
export function listeningUntil(midnightUts: number): SampleListening {
  const albums: Album[] = [];
  const scrobbles: Scrobble[] = [];
  const listens: Listen[] = [];
  const streams: SourcePlay[] = [];
  let count = 0;
  let tracksBefore: string[] = [];
  for (const [line, cells] of rowsOf(sampleListening).entries()) {
    const [artist = "", title = "", sittings = "", stray = "", months = "", tracks = ""] = cells;
    if (tracks !== "=") tracksBefore = titlesIn(tracks);
    const album = title === "-" ? "" : title;
    const habit = { sittings: Number(sittings), stray: Number(stray), months, line };
    const plays = playsOf({ artist, album, tracks: tracksBefore }, habit, midnightUts);
    let playCount = 0;
    for (const play of plays) {
      const isIn = sourcesOf(play, midnightUts);
      if (isIn.lastfm) scrobbles.push(play);
      if (isIn.lastfm) playCount += 1;
      if (isIn.listenbrainz) listens.push(listenOf(play));
      if (isIn.spotify) streams.push(sourcePlayOf(play));
    }
    count += plays.length;
    if (album !== "" && playCount > 0) albums.push({ artist, title, playCount, mbid: null, url: null });
  }
  return {
    albums: albums.toSorted((a, b) => b.playCount - a.playCount),
    scrobbles,
    listens,
    streams,
    plays: count,
  };
}

type SampleSource = "lastfm" | "listenbrainz" | "spotify";

/** Last.fm misses some evenings that another source has. Spotify's export has album artists only. */
function sourcesOf(
  { uts, artist, albumArtist }: SamplePlay,
  midnightUts: number,
): Readonly<Record<SampleSource, boolean>> {
  const daysAgo = Math.ceil((midnightUts - uts) / daySeconds);
  const monthsAgo = daysAgo / daysPerMonth;
  const isLate = monthsAgo < 18;
  const isStreamed = monthsAgo > 42 && monthsAgo < 66 && daysAgo % 5 < 3 && artist === albumArtist;
  const isMissed = daysAgo % 10 === 0;
  return {
    lastfm: !(isMissed && (isLate || isStreamed)),
    listenbrainz: isLate && daysAgo % 10 < 9,
    spotify: isStreamed,
  };
}

function listenOf(play: SamplePlay): Listen {
  const sourceKey = `${play.artist}\n${play.track}`;
  return { listenedUts: play.uts, msid: sourceKey, play: { ...sourcePlayOf(play), sourceKey } };
}

function sourcePlayOf({ uts, artist, track, album, albumArtist }: SamplePlay): SourcePlay {
  return {
    startUts: uts,
    precisionSeconds: 1,
    artist,
    albumArtist: album === "" ? null : albumArtist,
    album,
    title: track,
    durationSeconds: null,
    recordingMbid: null,
    releaseMbid: null,
    releaseGroupMbid: null,
    origin: null,
    isEndStamped: false,
    hasOwnAlbum: true,
    sourceKey: null,
  };
}

interface Habit {
  readonly sittings: number;
  readonly stray: number;
  /** "80-3": first played 80 months ago, last played 3 months ago. */
  readonly months: string;
  readonly line: number;
}

/** Plays of the whole album, spread over the years, and single tracks between them. */
function playsOf(
  { artist, album, tracks }: { artist: string; album: string; tracks: readonly string[] },
  { sittings, stray, months, line }: Habit,
  midnightUts: number,
): SamplePlay[] {
  const dice = diceOf(line + 1);
  const [first = 0, last = 0] = months.split("-").map(Number);
  const spread = (at: number, count: number): number => {
    const monthsAgo = first + ((last - first) * (at + 1)) / count;
    const day = midnightUts - monthsToSeconds(monthsAgo) - (1 + Math.floor(dice() * 6)) * daySeconds;
    return day + (17 + Math.floor(dice() * 5)) * 3600 + Math.floor(dice() * 3600);
  };
  const play = (uts: number, track: string): SamplePlay => {
    const [before = "", after] = track.split("~").map((part) => part.trim());
    const names = after === undefined ? { artist, track } : { artist: before, track: after };
    return { uts, ...names, album, albumMbid: null, albumArtist: artist };
  };
  const whole = Array.from({ length: sittings }, (_, at) => {
    let uts = spread(at, sittings);
    return tracks.map((track) => play((uts += 190 + Math.floor(dice() * 110)), track));
  });
  const single = Array.from({ length: stray }, (_, at) =>
    play(spread(at, stray), tracks[Math.floor(dice() * tracks.length)] ?? ""),
  );
  return [...whole.flat(), ...single];
}

/** A seeded random generator (mulberry32). */
function diceOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

// Reading the tables of the sample.

function titlesIn(cell: string): string[] {
  return cell.split(";").map((title) => title.trim());
}

const daysPerMonth = 30.436875;

/** The cells of a table with one line for each row and "|" between cells. */
export function rowsOf(table: string): string[][] {
  return table
    .trim()
    .split("\n")
    .map((line) => line.split("|").map((cell) => cell.trim()));
}

export function monthsToSeconds(months: number): number {
  return Math.round(months * daysPerMonth) * daySeconds;
}

// Tracklists for the sample's records: the tracks that its owner plays, spread over the sides. The lengths are invented.

/** Vinyl that has another number of sides than two. Other media have none. */
const sideCounts = new Map(Object.entries({ "2LP": 4, "2x10": 4, CD: 0 }));

/** Tracklists by release id, for rows of the shelf and their records. Albums that the owner never plays have none. */
export function sampleTracklists(
  rows: readonly (readonly string[])[],
  records: readonly CollectionRecord[],
): ReadonlyMap<number, ListedTrack[]> {
  const titlesOf = tracksByAlbum();
  return new Map(
    records.flatMap(({ release }, at) => {
      const [artist = "", title = "", , form = ""] = rows[at] ?? [];
      const titles = titlesOf.get(keyOf(artist, title));
      return titles === undefined ? [] : [[release.id, tracklist(titles, form)]];
    }),
  );
}

function tracklist(titles: readonly string[], form: string): ListedTrack[] {
  const dice = diceOf(titles.join().length);
  const sides = sideCounts.get(form) ?? 2;
  const perSide = Math.ceil(titles.length / Math.max(1, sides));
  return titles.map((text, at): ListedTrack => {
    const [before = "", after] = text.split("~").map((part) => part.trim());
    const side = String.fromCharCode(65 + Math.floor(at / perSide));
    return {
      kind: "track",
      position: sides === 0 ? String(at + 1) : `${side}${(at % perSide) + 1}`,
      title: after ?? before,
      durationSeconds: 150 + Math.floor(dice() * 200),
      artists: after === undefined ? [] : [{ id: null, name: before, anv: "", join: "" }],
      parts: [],
    };
  });
}

function tracksByAlbum(): ReadonlyMap<string, readonly string[]> {
  const tracksByKey = new Map<string, readonly string[]>();
  for (const [artist = "", album = "", , , , tracks = ""] of rowsOf(sampleListening)) {
    const key = keyOf(artist, album);
    if (tracks !== "=" && !tracksByKey.has(key)) tracksByKey.set(key, titlesIn(tracks));
  }
  return tracksByKey;
}

/** Equal for the spellings of both tables: the first artist, and the title without what is in brackets. */
function keyOf(artist: string, title: string): string {
  const bare = title.replace(/(?<=.) [([].*$/, "");
  return [artist.split(/[~&{(,]/)[0] ?? "", bare]
    .map((text) => text.toLowerCase().replace(/^the |(?<=various) artists|[^\p{L}\p{N}]/gu, ""))
    .join("|");
}
