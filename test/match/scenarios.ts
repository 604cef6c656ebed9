// The project's own cases: real albums, spelled in the ways that both services spell them.
import { createMatcher, type AlbumRow, type Matcher, type MatchedRelease } from "../../src/match/matcher.ts";

export interface Scenario {
  readonly artist: string;
  readonly title: string;
  /** Discogs' descriptions of the first format. */
  readonly formats?: readonly string[];
}

export const albums: readonly Scenario[] = [
  { artist: "Kate Bush", title: "Hounds Of Love" },
  { artist: "Portishead", title: "Dummy" },
  { artist: "Stereolab", title: "Emperor Tomato Ketchup" },
  { artist: "Can", title: "Tago Mago" },
  { artist: "Neu! (2)", title: "Neu! 75" },
  { artist: "The Breeders", title: "Last Splash" },
  { artist: "Yo La Tengo", title: "I Can Hear The Heart Beating As One" },
  { artist: "Broadcast", title: "Haha Sound" },
  { artist: "Low", title: "Things We Lost In The Fire" },
  { artist: "Mogwai", title: "Come On Die Young" },
  { artist: "Cocteau Twins", title: "Heaven Or Las Vegas" },
  { artist: "Echo & The Bunnymen", title: "Ocean Rain" },
  { artist: "Tindersticks", title: "Curtains" },
  { artist: "PJ Harvey", title: "Stories From The City, Stories From The Sea" },
  { artist: "Gil Scott-Heron", title: "Pieces Of A Man" },
  { artist: "Alice Coltrane", title: "Journey In Satchidananda" },
  { artist: "Charles Mingus", title: "The Black Saint And The Sinner Lady" },
  { artist: "Nina Simone", title: "Wild Is The Wind" },
  { artist: "Mulatu Astatke", title: "Mulatu Of Ethiopia" },
  { artist: "Os Mutantes", title: "Jardim Elétrico" },
  { artist: "Jorge Ben", title: "África Brasil" },
  { artist: "Mercedes Sosa", title: "Canta A Violeta Parra" },
  { artist: "Serge Gainsbourg", title: "L'Homme À Tête De Chou" },
  { artist: "Françoise Hardy", title: "La Question" },
  { artist: "Motörhead", title: "Overkill" },
  { artist: "Hüsker Dü", title: "Zen Arcade" },
  { artist: "Mørk Gryning", title: "Tusen År Har Gått" },
  { artist: "Аквариум", title: "Равноденствие" },
  { artist: "Manos Hatzidakis", title: "Ο Μεγάλος Ερωτικός" },
  { artist: "はっぴいえんど", title: "風街ろまん" },
  { artist: "大貫妙子", title: "サンシャワー" },
  { artist: "산울림", title: "아니 벌써" },
  { artist: "فيروز", title: "أنا لحبيبي" },
  { artist: "Autechre", title: "Tri Repetae" },
  { artist: "Underworld", title: "Dubnobasswithmyheadman" },
  { artist: "Madvillain", title: "Madvillainy" },
  { artist: "De La Soul", title: "3 Feet High And Rising" },
  { artist: "The Fall", title: "Hex Enduction Hour" },
  { artist: "Wipers", title: "Youth Of America" },
  { artist: "Minutemen", title: "Double Nickels On The Dime" },
  { artist: "Sonic Youth", title: "Daydream Nation" },
  { artist: "Slint", title: "Spiderland" },
];

/** Songs of an invented album. */
export const songs = [
  "Harbour Lights",
  "Cold Frames",
  "The Long Stair",
  "Paper Moon Motel",
  "Sister Clock",
  "Weather Vane",
  "Undertow",
  "Nine Gates",
  "Ash Wednesday",
  "Copper Wire",
];

export const lp = ["LP", "Album"];

export function release(artist: string, title: string, descriptions: readonly string[] = []): MatchedRelease {
  return releaseBy([artist], title, descriptions);
}

export function releaseBy(
  artists: readonly string[],
  title: string,
  descriptions: readonly string[] = [],
): MatchedRelease {
  return {
    title,
    artists: artists.map((name) => ({ id: null, name, anv: "", join: "&" })),
    formats: descriptions.length === 0 ? [] : [{ name: "Vinyl", quantity: 1, text: "", descriptions }],
    labels: [],
    year: null,
  };
}

export function rows(...given: readonly (readonly [artist: string, title: string])[]): AlbumRow[] {
  return given.map(([artist, title], at) => ({ id: at + 1, artist, title, playCount: 10 * (at + 1) }));
}

/** A row with what was heard from it, by its own artist, and with its MBIDs. */
export interface KnownRow {
  readonly artist?: string;
  readonly title: string;
  readonly heard?: readonly string[];
  readonly mbids?: readonly string[];
}

/** The artist of rows that name none. */
export const tidewater = "Tidewater";

export function matcherOf(given: readonly KnownRow[]): Matcher {
  const library = given.map(({ artist = tidewater, title }, at) => ({
    id: at + 1,
    artist,
    title,
    playCount: 100 - at,
  }));
  const tracks = given.map(({ artist = tidewater, heard = [] }) =>
    heard.map((title) => ({ title, artists: [artist] })),
  );
  return createMatcher(library, {
    heard: (id) => tracks[id - 1] ?? [],
    mbids: (id) => given[id - 1]?.mbids ?? [],
  });
}

/** The release with a tracklist, of tracks by one artist if there is one. */
export function listed(of: MatchedRelease, titles: readonly string[], artist?: string): MatchedRelease {
  const artists = artist === undefined ? [] : [artist];
  return { ...of, tracklist: titles.map((title) => ({ title, artists })) };
}
