// A small shelf and its listener, given in brief, synced into a cache of its own.
import { beforeAll } from "vitest";
import type { Album, CollectionRecord, Format, Scrobble } from "../../src/model/model.ts";
import {
  getHomeCachePath,
  buildArtistCredit,
  fillCache,
  buildListedTrack,
  buildRecord,
} from "./filled-cache.ts";
import { noon } from "./run-cli.ts";
import { createSharedDirectory, createTempDirectory } from "./temp-directories.ts";

export interface BriefRecord {
  readonly release: number;
  readonly artist: string;
  readonly title: string;
  readonly master?: number;
  readonly format?: Partial<Format>;
  readonly year?: number;
  readonly label?: string;
  readonly styles?: readonly string[];
  readonly rating?: number;
}

/** Plays are spread over the tracks, or over ten called "Title 1" to "Title 10", one an hour, the newest at `lastUts`. */
interface BriefAlbum {
  readonly tracks?: readonly string[];
  readonly artist: string;
  readonly title: string;
  readonly plays: number;
  readonly lastUts?: number;
}

export interface CollectionParts {
  readonly records: readonly BriefRecord[];
  readonly albums: readonly BriefAlbum[];
  /** Further scrobbles beside those of the albums. */
  readonly scrobbles: readonly Scrobble[];
  /** Titles of tracks, by release. */
  readonly tracklists?: Readonly<Record<number, readonly string[]>>;
}

export type SmallCollection = Awaited<ReturnType<typeof createSmallCollection>>;

export const nowUts = noon / 1000;

/** Record numbers are 1, 2, 3 …, album ids a1, a2 … from the most played on. Only inside a test. */
export async function createSmallCollection(parts: Partial<CollectionParts>) {
  const home = createTempDirectory("rewind-home");
  /** Syncs these in place of what was there. */
  const syncAgain = (given: Partial<CollectionParts>): Promise<void> => fillFromParts(home, given);
  await syncAgain(parts);
  return { home, path: getHomeCachePath(home), resync: syncAgain };
}

/** The same shelf in a home for all tests of a file or a group. Only outside a test. */
export function createSmallHome(parts: Partial<CollectionParts>): string {
  const home = createSharedDirectory("rewind-home");
  beforeAll(() => fillFromParts(home, parts));
  return home;
}

function fillFromParts(home: string, parts: Partial<CollectionParts>): Promise<void> {
  const { records = [], albums = [], scrobbles = [], tracklists = {} } = parts;
  const all = [...albums.flatMap(toScrobbles), ...scrobbles];
  return fillCache(home, {
    full: true,
    discogsUser: "digger",
    lastfmUser: "owl",
    records: records.map(toRecord),
    albums: albums.map(toAlbum).toSorted((a, b) => b.playCount - a.playCount),
    plays: all.map((play) => ({ ...play, albumArtist: play.artist })),
    tracklists: new Map(
      Object.entries(tracklists).map(
        ([id, titles]) => [Number(id), titles.map((title) => buildListedTrack(title))] as const,
      ),
    ),
  });
}

function toRecord(
  { release: id, artist, master, format, label, ...brief }: BriefRecord,
  at: number,
): CollectionRecord {
  const made = buildRecord({
    id,
    masterId: master ?? null,
    year: 1991,
    artists: artist.split(" + ").map((name) => buildArtistCredit(name, { join: "&" })),
    formats: [{ name: "Vinyl", quantity: 1, text: "", descriptions: ["LP", "Album"], ...format }],
    labels: [{ id: 1, name: label ?? "DGC", catalogNumber: "X 1" }],
    dateAdded: new Date((nowUts - 500 * 86_400 + at * 3600) * 1000).toISOString(),
    ...brief,
  });
  return { ...made, instanceId: 1000 + at };
}

function toAlbum({ artist, title, plays }: BriefAlbum): Album {
  return {
    artist,
    title,
    playCount: plays,
    mbid: null,
    url: `https://www.last.fm/music/${encodeURIComponent(artist)}/${encodeURIComponent(title)}`,
  };
}

function toScrobbles({
  artist,
  title,
  plays,
  tracks,
  lastUts = nowUts - 30 * 86_400,
}: BriefAlbum): Scrobble[] {
  const names = tracks ?? Array.from({ length: 10 }, (_, at) => `${title} ${at + 1}`);
  return Array.from({ length: plays }, (_, at) => ({
    uts: lastUts - at * 3600,
    artist,
    track: names[at % names.length] ?? title,
    album: title,
    albumMbid: null,
  }));
}

/** A shelf with every case that the matcher's answers come in. */
export const allMatchCases: CollectionParts = {
  records: [
    { release: 6872464, artist: "Nirvana", title: "Nevermind", master: 13814, rating: 4 },
    {
      release: 901,
      artist: "Nirvana",
      title: "Nevermind",
      master: 13814,
      year: 2011,
      format: { name: "CD", descriptions: ["Album"] },
    },
    {
      release: 20755,
      artist: "New Order",
      title: "Blue Monday",
      year: 1983,
      label: "Factory",
      format: { descriptions: ['12"', "Single"] },
    },
    {
      release: 7567320,
      artist: "David Bowie",
      title: "Five Years 1969 – 1973",
      year: 2015,
      format: { name: "Box Set", descriptions: ["Compilation"] },
    },
    { release: 461178, artist: "Gong", title: "You", year: 1974 },
    {
      release: 3001,
      artist: "Godspeed You! Black Emperor",
      title: "Lift Your Skinny Fists Like Antennas To Heaven",
      year: 2000,
    },
    { release: 3002, artist: "Low", title: "5", year: 1999 },
    { release: 3003, artist: "Tortoise (2)", title: "TNT", year: 1998 },
    { release: 3004, artist: "Joni Mitchell", title: "Blue", year: 1971 },
    { release: 3005, artist: "Miles Davis", title: "Kind Of Blue", year: 1959 },
    { release: 3005, artist: "Miles Davis", title: "Kind Of Blue", year: 1959 },
    { release: 3006, artist: "Nobody Known", title: "Private Press", year: 1979 },
    { release: 3007, artist: "Talk Talk", title: "Laughing Stock", year: 1991 },
    { release: 3008, artist: "Arthur Russell", title: "Calling Out Of Context", year: 2004 },
    { release: 3009, artist: "Olufela Anikulapo", title: "Expensive Shit", year: 1975 },
    { release: 3010, artist: "Olufela Anikulapo", title: "Roforofo Fight", year: 1972 },
    { release: 3011, artist: "Low", title: "Long Division: Songs From The Vault", year: 1995 },
  ],
  albums: [
    { artist: "Nirvana", title: "Nevermind", plays: 214, lastUts: Date.UTC(2026, 1, 15, 20) / 1000 },
    { artist: "Nirvana", title: "MTV Unplugged In New York", plays: 188 },
    { artist: "David Bowie", title: "Hunky Dory", plays: 141 },
    { artist: "Nirvana", title: "Nevermind (Remastered)", plays: 71 },
    { artist: "New Order", title: "Substance", plays: 61 },
    { artist: "David Bowie", title: "Aladdin Sane", plays: 60 },
    {
      artist: "Godspeed You! Black Emperor",
      title: "Lift Your Skinny Fists Like Antennas",
      plays: 58,
    },
    { artist: "Gong", title: "You", plays: 40 },
    { artist: "Miles Davis", title: "Kind of Blue", plays: 33 },
    { artist: "Nirvana", title: "Nevermind - Remastered", plays: 19 },
    { artist: "Nirvana", title: "Smells Like Teen Spirit - Single", plays: 14 },
    { artist: "Joni Mitchell", title: "Hejira", plays: 13 },
    { artist: "Low", title: "5", plays: 8 },
    { artist: "Nirvana", title: "Nevermind It's An Interview", plays: 2 },
    { artist: "Talk Talk", title: "Laughing Stone", plays: 50 },
    { artist: "Arthur Russell", title: "Calling Out Of Context: Some Rooms", plays: 22 },
    { artist: "Arthur Russell", title: "Calling Out Of Context: Other Rooms", plays: 21 },
    { artist: "Fela Kuti", title: "Expensive Shit", plays: 9 },
    { artist: "Fela Kuti", title: "Roforofo Fight", plays: 7 },
    { artist: "Low", title: "Long Division", plays: 30 },
  ],
  scrobbles: [
    ...Array.from({ length: 12 }, (_, at) => ({
      uts: nowUts - 90 * 86_400 - at * 7000,
      artist: "New Order",
      track: "Blue Monday",
      album: "Substance",
      albumMbid: null,
    })),
    ...Array.from({ length: 5 }, (_, at) => ({
      uts: nowUts - 60 * 86_400 - at * 7000,
      artist: "New Order",
      track: "Blue Monday - 2011 Remaster",
      album: "",
      albumMbid: null,
    })),
  ],
};
