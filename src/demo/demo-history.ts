// Makes plays, an album chart and tracklists from the sample's listening habits.
import { daySeconds } from "../model/times.ts";
import type { Album, CollectionRecord, Scrobble, ListedTrack } from "../model/model.ts";
import type { Listen, SourcePlay } from "../model/listening-sources.ts";
import { sampleHistory } from "./demo-tables.ts";

interface SamplePlay extends Scrobble {
  readonly albumArtist: string;
}

/** The plays of each source. Most plays of the later ones are Last.fm's as well. */
interface SampleHistory {
  /** Last.fm's chart and history. */
  readonly albums: readonly Album[];
  readonly scrobbles: readonly Scrobble[];
  /** The last 18 months, as ListenBrainz has them. */
  readonly listens: readonly Listen[];
  /** Two earlier years, exported by Spotify. */
  readonly streams: readonly SourcePlay[];
  /** Different plays in all. */
  readonly plays: number;
}

/** Ends on the day before. The same for every call on a day. */
export function generateHistory(midnightUts: number): SampleHistory {
  const albums: Album[] = [];
  const scrobbles: Scrobble[] = [];
  const listens: Listen[] = [];
  const streams: SourcePlay[] = [];
  let count = 0;
  let tracksBefore: string[] = [];
  for (const [line, cells] of parseTable(sampleHistory).entries()) {
    const [artist = "", title = "", sittings = "", stray = "", months = "", tracks = ""] = cells;
    if (tracks !== "=") tracksBefore = parseTrackTitles(tracks);
    const album = title === "-" ? "" : title;
    const habit = { sittings: Number(sittings), stray: Number(stray), months, line };
    const plays = generatePlays({ artist, album, tracks: tracksBefore }, habit, midnightUts);
    let playCount = 0;
    for (const play of plays) {
      const isIn = assignSources(play, midnightUts);
      if (isIn.lastfm) scrobbles.push(play);
      if (isIn.lastfm) playCount += 1;
      if (isIn.listenbrainz) listens.push(toListen(play));
      if (isIn.spotify) streams.push(toSourcePlay(play));
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
function assignSources(
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

function toListen(play: SamplePlay): Listen {
  const sourceKey = `${play.artist}\n${play.track}`;
  return { listenedUts: play.uts, msid: sourceKey, play: { ...toSourcePlay(play), sourceKey } };
}

function toSourcePlay({ uts, artist, track, album, albumArtist }: SamplePlay): SourcePlay {
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

interface ListeningHabit {
  readonly sittings: number;
  readonly stray: number;
  /** "80-3": first played 80 months ago, last played 3 months ago. */
  readonly months: string;
  readonly line: number;
}

/** Plays of the whole album, spread over the years, and single tracks between them. */
function generatePlays(
  { artist, album, tracks }: { artist: string; album: string; tracks: readonly string[] },
  { sittings, stray, months, line }: ListeningHabit,
  midnightUts: number,
): SamplePlay[] {
  const dice = createSeededRandom(line + 1);
  const [first = 0, last = 0] = months.split("-").map(Number);
  const pickTime = (at: number, count: number): number => {
    const monthsAgo = first + ((last - first) * (at + 1)) / count;
    const day = midnightUts - computeMonthSeconds(monthsAgo) - (1 + Math.floor(dice() * 6)) * daySeconds;
    return day + (17 + Math.floor(dice() * 5)) * 3600 + Math.floor(dice() * 3600);
  };
  const buildPlay = (uts: number, track: string): SamplePlay => {
    const [before = "", after] = track.split("~").map((part) => part.trim());
    const names = after === undefined ? { artist, track } : { artist: before, track: after };
    return { uts, ...names, album, albumMbid: null, albumArtist: artist };
  };
  const whole = Array.from({ length: sittings }, (_, at) => {
    let uts = pickTime(at, sittings);
    return tracks.map((track) => buildPlay((uts += 190 + Math.floor(dice() * 110)), track));
  });
  const single = Array.from({ length: stray }, (_, at) =>
    buildPlay(pickTime(at, stray), tracks[Math.floor(dice() * tracks.length)] ?? ""),
  );
  return [...whole.flat(), ...single];
}

/** A seeded random generator (mulberry32). */
function createSeededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

// Reading the tables of the sample.

function parseTrackTitles(cell: string): string[] {
  return cell.split(";").map((title) => title.trim());
}

const daysPerMonth = 30.436875;

/** The cells of a table with one line for each row and "|" between cells. */
export function parseTable(table: string): string[][] {
  return table
    .trim()
    .split("\n")
    .map((line) => line.split("|").map((cell) => cell.trim()));
}

export function computeMonthSeconds(months: number): number {
  return Math.round(months * daysPerMonth) * daySeconds;
}

// Tracklists for the sample's records: the tracks that its owner plays, spread over the sides. The lengths are invented.

/** Vinyl that has another number of sides than two. Other media have none. */
const sideCounts = new Map(Object.entries({ "2LP": 4, "2x10": 4, CD: 0 }));

/** Tracklists by release id, for rows of the shelf and their records. Albums that the owner never plays have none. */
export function buildSampleTracklists(
  rows: readonly (readonly string[])[],
  records: readonly CollectionRecord[],
): ReadonlyMap<number, ListedTrack[]> {
  const titlesByAlbum = groupTracksByAlbum();
  return new Map(
    records.flatMap(({ release }, at) => {
      const [artist = "", title = "", , form = ""] = rows[at] ?? [];
      const titles = titlesByAlbum.get(toAlbumKey(artist, title));
      return titles === undefined ? [] : [[release.id, buildTracklist(titles, form)]];
    }),
  );
}

function buildTracklist(titles: readonly string[], form: string): ListedTrack[] {
  const dice = createSeededRandom(titles.join().length);
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

function groupTracksByAlbum(): ReadonlyMap<string, readonly string[]> {
  const tracksByKey = new Map<string, readonly string[]>();
  for (const [artist = "", album = "", , , , tracks = ""] of parseTable(sampleHistory)) {
    const key = toAlbumKey(artist, album);
    if (tracks !== "=" && !tracksByKey.has(key)) tracksByKey.set(key, parseTrackTitles(tracks));
  }
  return tracksByKey;
}

/** Equal for the spellings of both tables: the first artist, and the title without what is in brackets. */
function toAlbumKey(artist: string, title: string): string {
  const bare = title.replace(/(?<=.) [([].*$/, "");
  return [artist.split(/[~&{(,]/)[0] ?? "", bare]
    .map((text) => text.toLowerCase().replace(/^the |(?<=various) artists|[^\p{L}\p{N}]/gu, ""))
    .join("|");
}
