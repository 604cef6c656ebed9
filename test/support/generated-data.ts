// Seeded collections and listening histories of any size. Names are made up; their quirks are the real ones.
import type {
  ArtistCredit,
  CollectionRecord,
  Format,
  ListedTrack,
  Release,
  Want,
} from "../../src/model/model.ts";
import { Listing } from "./editable-list.ts";
import { pickInteger, pickItem, createSeededRandom } from "./random.ts";
import {
  type DiscogsData,
  type LastfmData,
  type Play,
  createDiscogsData,
  createLastfmData,
  createLastfmAccount,
  createDiscogsAccount,
} from "./service-data.ts";

const adjectives =
  "Amber Brittle Cobalt Distant Electric Feral Gentle Hollow Ivory Jagged Kindred Lunar Marble Northern Opal Paper Quiet Rusted Silver Tidal Umber Velvet Winter Yellow Zinc Élan Größe Žluť";
const nouns =
  "Atlas Bridges Cathedral Dials Engines Furnace Gardens Harbour Islands Jackdaws Kites Ladders Mirrors Needles Orchards Pylons Quarry Rivers Stations Towers Umbrellas Valleys Windmills Xylophones Yards Zeppelins";
const tails = ["", "", "", "", " Vol. 2", " (Live)", " II", " (Deluxe Edition)", " EP", " 桜"];
const genres = ["Electronic", "Rock", "Jazz", "Folk, World, & Country", "Funk / Soul", "Hip Hop"];
const styles = ["Ambient", "Krautrock", "Post-Punk", "Dub", "Modal", "Psychedelic Rock"];
const mediums: readonly (readonly [string, readonly string[]])[] = [
  ["Vinyl", ["LP", "Album"]],
  ["Vinyl", ["LP", "Album", "Reissue", "Stereo"]],
  ["Vinyl", ['7"', "45 RPM", "Single"]],
  ["CD", ["Album"]],
  ["CD", []],
  ["Cassette", ["Album"]],
  ["Box Set", ["Compilation"]],
  ["File", ["FLAC"]],
];

export interface Title {
  readonly artist: string;
  readonly title: string;
  readonly year: number;
  readonly masterId: number;
}

/** `count` albums, each its own (artist, title) pair; some three a artist. */
export function generateTitles(count: number, seed = 1): Title[] {
  const random = createSeededRandom(seed);
  const first = adjectives.split(" ");
  const second = nouns.split(" ");
  const artists: string[] = [];
  for (let at = 0; at < Math.max(1, Math.ceil(count / 3)); at += 1) {
    const name = `${first[at % first.length]} ${second[Math.floor(at / first.length) % second.length]}`;
    const round = Math.floor(at / (first.length * second.length));
    artists.push(round === 0 ? name : `${name} ${round + 1}`);
  }
  const seen = new Set<string>();
  const titles: Title[] = [];
  for (let at = 0; at < count; at += 1) {
    const artist = artists[at % artists.length] ?? "Nobody";
    let title = `${pickItem(random, second)} of ${pickItem(random, first)} ${pickItem(random, second)}${pickItem(random, tails)}`;
    while (seen.has(`${artist}/${title}`)) title += ` ${pickInteger(random, 2, 99)}`;
    seen.add(`${artist}/${title}`);
    titles.push({ artist, title, year: pickInteger(random, 1955, 2024), masterId: 1_000 + titles.length });
  }
  return titles;
}

function generateRelease(random: () => number, id: number, from: Title): Release {
  const [medium, descriptions] = pickItem(random, mediums);
  const formats: Format[] = [
    {
      name: medium,
      quantity: random() < 0.1 ? 2 : 1,
      text: random() < 0.2 ? pickItem(random, ["Red", "180 Gram", "Gatefold"]) : "",
      descriptions,
    },
  ];
  if (random() < 0.05) formats.push({ name: "All Media", quantity: 1, text: "", descriptions: ["Numbered"] });
  const compilation = random() < 0.08;
  const name = compilation ? "Various" : random() < 0.07 ? `${from.artist} (2)` : from.artist;
  const artists: ArtistCredit[] = [
    {
      id: random() < 0.01 ? null : compilation ? 194 : pickInteger(random, 1_000, 9_000_000),
      name,
      anv: random() < 0.1 ? from.artist.toUpperCase() : "",
      // The last join means nothing, and is there more often than not.
      join: random() < 0.6 ? "," : "",
    },
  ];
  if (random() < 0.05) {
    artists[0] = { ...artists[0]!, join: "&" };
    artists.push({ id: pickInteger(random, 1_000, 9_000_000), name: "Guest Of Honour", anv: "", join: "" });
  }
  return {
    id,
    // The second draw keeps the data as it was when each release had a master of its own.
    masterId: random() < 0.25 || random() < 0.001 ? null : from.masterId,
    title: from.title,
    year: random() < 0.057 ? null : from.year,
    artists,
    formats,
    labels: [
      {
        id: random() < 0.01 ? null : pickInteger(random, 1, 900_000),
        name: `${pickItem(random, nouns.split(" "))} Records`,
        catalogNumber: random() < 0.1 ? "" : `RW-${pickInteger(random, 1, 9_999)}`,
      },
    ],
    genres: [pickItem(random, genres)],
    styles: random() < 0.3 ? [] : [pickItem(random, styles)],
    ...(random() < 0.1
      ? { coverUrl: null, thumbUrl: null }
      : {
          coverUrl: `https://i.discogs.com/cover/${id}.jpeg`,
          thumbUrl: `https://i.discogs.com/thumb/${id}.jpeg`,
        }),
  };
}

const pacificSummer = "-07:00";
const pacificWinter = "-08:00";

/** A moment as Discogs writes it: Pacific time with its offset. */
export function formatDiscogsDate(uts: number): string {
  const month = new Date(uts * 1000).getUTCMonth();
  const summer = month >= 3 && month <= 9;
  const local = new Date((uts - (summer ? 7 : 8) * 3600) * 1000).toISOString().slice(0, 19);
  return `${local}${summer ? pacificSummer : pacificWinter}`;
}

/** `count` records, with copies of one release, ties in time, notes and ratings as people have them. */
export function generateRecords(titles: readonly Title[], count: number, seed = 2): CollectionRecord[] {
  const random = createSeededRandom(seed);
  const records: CollectionRecord[] = [];
  let addedUts = 1_230_000_000;
  for (let at = 0; at < count; at += 1) {
    const from = titles[at % titles.length];
    if (from === undefined) throw new Error("no titles to make records of");
    const earlier = records.length > 0 && random() < 0.045 ? pickItem(random, records) : null;
    if (random() > 0.01) addedUts += pickInteger(random, 1, 150_000);
    records.push({
      instanceId: 50_000_000 + at * 7 + pickInteger(random, 0, 6),
      release: earlier ? earlier.release : generateRelease(random, 100_000 + at, from),
      folderId: pickItem(random, [1, 1, 1, 20, 30]),
      rating: random() < 0.2 ? pickInteger(random, 1, 5) : 0,
      dateAdded: formatDiscogsDate(addedUts),
      fieldValues:
        random() < 0.05
          ? [
              { fieldId: 1, value: "Near Mint (NM or M-)" },
              { fieldId: 3, value: `shelf ${pickInteger(random, 1, 40)}` },
            ]
          : [],
    });
  }
  return records;
}

export function generateWants(titles: readonly Title[], count: number, seed = 3): Want[] {
  const random = createSeededRandom(seed);
  return Array.from({ length: count }, (_, at) => {
    const from = titles[(titles.length - 1 - at + titles.length * 2) % titles.length];
    if (from === undefined) throw new Error("no titles to want");
    return {
      release: generateRelease(random, 8_000_000 + at, from),
      rating: 0,
      dateAdded: formatDiscogsDate(1_400_000_000 + at * 90_000),
      notes: random() < 0.1 ? "first pressing only" : "",
    };
  });
}

/**
 * `count` plays, newest last, of a few albums much and of most a little: albums played in one go, track artists
 * apart from album artists on compilations, plays without an album, at time 0, in the same second, repeated.
 */
export function generatePlays(
  titles: readonly Title[],
  count: number,
  seed = 4,
  untilUts = 1_760_000_000,
): Play[] {
  const random = createSeededRandom(seed);
  const plays: Play[] = [];
  let uts = untilUts - count * 400;
  while (plays.length < count) {
    const place = Math.floor(titles.length * random() ** 2.2);
    const from = titles[place];
    if (from === undefined) throw new Error("no titles to play");
    const compilation = place % 17 === 5;
    const tracks = pickInteger(random, 1, 12);
    for (let track = 1; track <= tracks && plays.length < count; track += 1) {
      uts += random() < 0.02 ? 0 : pickInteger(random, 120, 600);
      const artist = compilation ? `Singer ${(place * 7 + track) % 90}` : from.artist;
      plays.push({
        uts: random() < 0.001 ? 0 : Math.min(uts, untilUts),
        artist,
        track: random() < 0.002 ? `Side\u0003 ${track}\u0010` : `Part ${track} & ${from.title}`,
        album: random() < 0.04 ? "" : from.title,
        albumArtist: compilation ? "Various Artists" : from.artist,
        albumMbid: place % 3 === 0 ? toMbidNumber(place) : null,
      });
      const last = plays.at(-1);
      if (last && random() < 0.002 && plays.length < count) plays.push({ ...last });
    }
  }
  return plays;
}

function toMbidNumber(place: number): string {
  return `${place.toString(16).padStart(8, "0")}-1111-4222-8333-444455556666`;
}

/** Twelve tracks on two sides, called as they are played. */
function generateTracklist({ id, title }: Release): ListedTrack[] {
  return Array.from({ length: 12 }, (_, at) => ({
    kind: "track",
    position: `${at < 6 ? "A" : "B"}${(at % 6) + 1}`,
    title: `Part ${at + 1} & ${title}`,
    durationSeconds: (id + at) % 5 < 2 ? null : 150 + ((id * 7 + at * 31) % 200),
    artists: [],
    parts: [],
  }));
}

export interface DataSize {
  readonly records?: number;
  readonly wants?: number;
  /** How many albums there are to play; some of them are on the shelf. */
  readonly albums?: number;
  readonly plays?: number;
  readonly seed?: number;
}

/** Generates both services in the given size: the shelf has the first of the albums, the rest is only played. */
export function generateServiceData(size: DataSize = {}): { discogs: DiscogsData; lastfm: LastfmData } {
  const { records = 250, wants = 30, plays = 2_500, seed = 1 } = size;
  const { albums = Math.max(records, Math.ceil(plays / 20), 1) } = size;
  const titles = generateTitles(albums, seed);
  const shelf = createDiscogsAccount({
    records: new Listing(generateRecords(titles, records, seed + 1)),
    wants: new Listing(wants > 0 ? generateWants(titles, wants, seed + 2) : []),
  });
  shelf.folders.add({ id: 20, name: "Singles & 12s" }, { id: 30, name: "Boxes" });
  const listener = createLastfmAccount({ plays: new Listing(generatePlays(titles, plays, seed + 3)) });
  const tracklists = new Map(
    shelf.records.rows.map(({ release }) => [release.id, generateTracklist(release)] as const),
  );
  const masters = new Map(
    shelf.records.rows.flatMap(({ release: { masterId, year } }) =>
      masterId === null ? [] : [[masterId, year === null ? 0 : year - (masterId % 5)] as const],
    ),
  );
  return {
    discogs: createDiscogsData({ shelf, tracklists, masters }),
    lastfm: createLastfmData({ listener }),
  };
}
