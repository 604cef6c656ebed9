// The data that the stand-ins serve. The truth is held in the program's own nouns, so that a test compares the rows that
// are read from a cache with `world.discogs.shelf.records.rows` and needs no second set of types.
import type {
  Album,
  CollectionRecord,
  CustomField,
  Folder,
  ListedTrack,
  Scrobble,
  Want,
} from "../../src/model/model.ts";
import { Listing } from "./editable-list.ts";

/** The data of one Discogs user. */
export interface DiscogsAccount {
  userId: number;
  /** Canonical spelling; asked for in any case. */
  username: string;
  records: Listing<CollectionRecord>;
  wants: Listing<Want>;
  /** The folders without folder 0 "All", which the service adds. */
  folders: Listing<Folder>;
  fields: Listing<CustomField>;
  collectionPublic: boolean;
  wantlistPublic: boolean;
}

export interface DiscogsData {
  token: string;
  /** The shelf of the token's owner. */
  shelf: DiscogsAccount;
  /** Other people's. */
  others: DiscogsAccount[];
  /** The tracks of releases, by release id; the others are unknown to the service. */
  tracklists: Map<number, readonly ListedTrack[]>;
  /** The years of masters, by their ids, 0 where there is none; the others are unknown to the service. */
  masters: Map<number, number>;
  /** The titles of masters; the others have none. */
  masterTitles: Map<number, string>;
}

/** A scrobble as the service knows it: the chart counts it under its album artist. */
export interface Play extends Scrobble {
  readonly albumArtist: string;
}

/** The data of one Last.fm user. */
export interface LastfmAccount {
  /** Canonical spelling; asked for in any case. */
  name: string;
  plays: Listing<Play>;
  /** The chart, set by hand; null: counted from the plays. */
  chart: Listing<Album> | null;
  /** Plays that count but are in no list (old imports without a date). */
  unlistedPlays: number;
  /** "Hide recent listening information" is on. */
  hidden: boolean;
  /** The track that is playing this minute; it is listed on every page. */
  nowPlaying: Pick<Play, "artist" | "track" | "album"> | null;
  registeredUts: number;
}

export interface LastfmData {
  apiKey: string;
  /** How long tracks are in seconds, by artist and title with a line break between; 0: not known; others are unknown. */
  trackSeconds: Map<string, number>;
  listener: LastfmAccount;
  others: LastfmAccount[];
}

/** An empty shelf, with what is given in place. */
export function createDiscogsAccount(parts: Partial<DiscogsAccount> = {}): DiscogsAccount {
  return {
    userId: 4711,
    username: "CrateDigger",
    records: new Listing(),
    wants: new Listing(),
    folders: new Listing([{ id: 1, name: "Uncategorized" }]),
    fields: new Listing([
      { id: 1, name: "Media", position: 1 },
      { id: 2, name: "Sleeve", position: 2 },
      { id: 3, name: "Notes", position: 3 },
    ]),
    collectionPublic: true,
    wantlistPublic: false,
    ...parts,
  };
}

export function createDiscogsData(parts: Partial<DiscogsData> = {}): DiscogsData {
  return {
    token: "discogs-token-8c1f7e",
    shelf: createDiscogsAccount(),
    others: [],
    tracklists: new Map(),
    masters: new Map(),
    masterTitles: new Map(),
    ...parts,
  };
}

/** A listener who never listened, with what is given in place. */
export function createLastfmAccount(parts: Partial<LastfmAccount> = {}): LastfmAccount {
  return {
    name: "NightOwl",
    plays: new Listing(),
    chart: null,
    unlistedPlays: 0,
    hidden: false,
    nowPlaying: null,
    registeredUts: 1_190_000_000,
    ...parts,
  };
}

export function createLastfmData(parts: Partial<LastfmData> = {}): LastfmData {
  return {
    apiKey: "lastfm0key0d41d8cd98f00b204e980",
    trackSeconds: new Map(),
    listener: createLastfmAccount(),
    others: [],
    ...parts,
  };
}

/** The album chart that these plays make, most plays first. Plays without an album are in no row. */
export function buildChart(plays: readonly Play[]): Album[] {
  const rows = new Map<string, { artist: string; title: string; playCount: number; mbid: string | null }>();
  for (const play of plays) {
    if (play.album === "") continue;
    const key = `${play.albumArtist}\u0000${play.album}`;
    const row = rows.get(key);
    if (row) {
      row.playCount += 1;
      row.mbid ??= play.albumMbid;
    } else {
      rows.set(key, {
        artist: play.albumArtist,
        title: play.album,
        playCount: 1,
        mbid: play.albumMbid,
      });
    }
  }
  return [...rows.values()]
    .map((row) => ({ ...row, url: buildAlbumUrl(row.artist, row.title) }))
    .toSorted(
      (a, b) => b.playCount - a.playCount || compareText(a.artist, b.artist) || compareText(a.title, b.title),
    );
}

/** The chart of a listener: set by hand, or counted. */
export function getChart(listener: LastfmAccount): readonly Album[] {
  return listener.chart ? listener.chart.rows : listener.plays.view("chart", buildChart);
}

export function buildAlbumUrl(artist: string, title: string): string {
  return `https://www.last.fm/music/${encodeUrlPart(artist)}/${encodeUrlPart(title)}`;
}

function encodeUrlPart(text: string): string {
  return encodeURIComponent(text.replace(/\p{Cs}/gu, "\uFFFD")).replaceAll("%20", "+");
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
