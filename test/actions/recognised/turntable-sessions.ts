// Invented evenings at a turntable, and what a recogniser in the room makes of them: it misses tracks, mishears some, is
// late, repeats itself, and names tracks as streaming services do.
import type { CollectionRecord, ListedTrack } from "../../../src/model/model.ts";
import type { RecognisedTrack } from "../../../src/store/decisions/recognised-tracks.ts";
import { credit, listedTrack, record } from "../../support/filled-cache.ts";
import { between, pick } from "../../support/random.ts";

type Random = () => number;

export interface ShelvedAlbum {
  readonly record: CollectionRecord;
  readonly tracks: readonly ListedTrack[];
  /** What the pressing really plays, in seconds. The tracklist may not say. */
  readonly seconds: readonly number[];
}

const artists = Array.from({ length: 16 }, (_, at) => `Artist ${String.fromCharCode(65 + at)}`);

interface Song {
  readonly artist: string;
  readonly title: string;
  readonly seconds: number;
}

/** LPs, double LPs, other pressings, second copies, compilations, collections of one artist, singles and CDs. */
export function inventShelf(random: Random): ShelvedAlbum[] {
  let songs = 0;
  const newSong = (artist: string): Song => {
    songs += 1;
    return { artist, title: `Song number ${songs}`, seconds: between(random, 130, 420) };
  };
  const album = (
    artist: string,
    title: string,
    sides: readonly (readonly Song[])[],
    form = "Vinyl",
  ): ShelvedAlbum => {
    const isVarious = artist === "Various";
    const hasLengths = random() < 0.7;
    let number = 0;
    const tracks = sides.flatMap((side, at) =>
      side.map((song, place): ListedTrack => {
        number += 1;
        return listedTrack(song.title, {
          position: form === "CD" ? String(number) : `${String.fromCharCode(65 + at)}${place + 1}`,
          durationSeconds: hasLengths && random() < 0.97 ? song.seconds : null,
          artists: isVarious ? [credit(song.artist)] : [],
        });
      }),
    );
    return {
      record: record({
        artist,
        title,
        year: 1980,
        formats: [{ name: form, quantity: 1, text: "", descriptions: ["Album"] }],
      }),
      tracks,
      seconds: sides.flat().map(({ seconds }) => seconds),
    };
  };
  const side = (artist: string, least: number, most: number): Song[] =>
    Array.from({ length: between(random, least, most) }, () => newSong(artist));
  const plain = artists.flatMap((artist) =>
    Array.from({ length: 3 }, (_, at) => {
      const count = at === 2 && random() < 0.5 ? 4 : 2;
      return {
        artist,
        title: `${artist} ${at + 1}`,
        sides: Array.from({ length: count }, () => side(artist, 3, 6)),
      };
    }),
  );
  const shelf = plain.map(({ artist, title, sides }) => album(artist, title, sides));
  // Another pressing: the same, with a bonus track, or with its sides cut elsewhere.
  for (const { artist, title, sides } of plain.filter((_, at) => at % 8 === 0)) {
    const songsOf = sides.flat();
    const cut = random() < 0.5 ? sides : [songsOf.slice(0, 4), [...songsOf.slice(4), newSong(artist)]];
    shelf.push(album(artist, title, cut));
  }
  for (const {
    record: { release },
  } of shelf.filter((_, at) => at % 9 === 4)) {
    const first = shelf.find((each) => each.record.release.id === release.id);
    if (first !== undefined) shelf.push({ ...first, record: { ...record(), release } });
  }
  const all = plain.flatMap(({ sides }) => sides.flat());
  for (let nth = 1; nth <= 8; nth += 1) {
    const sides = [0, 1].map(() =>
      Array.from({ length: 6 }, () => (random() < 0.6 ? pick(random, all) : newSong(`Stranger ${nth}`))),
    );
    shelf.push(album("Various", `Hits of the year ${nth}`, sides));
  }
  for (const artist of artists.slice(0, 5)) {
    const own = all.filter((song) => song.artist === artist);
    const picked = own.filter(() => random() < 0.4).toSorted(() => random() - 0.5);
    shelf.push(album(artist, `The best of ${artist}`, [picked.slice(0, 6), picked.slice(6, 12)]));
  }
  for (const artist of artists.slice(4, 10)) {
    const own = all.filter((song) => song.artist === artist);
    shelf.push(album(artist, pick(random, own).title, [[pick(random, own)], [newSong(artist)]]));
  }
  for (const artist of artists.slice(10, 14))
    shelf.push(album(artist, `${artist} on CD`, [side(artist, 9, 14)], "CD"));
  return shelf;
}

/** What was really played. */
export interface PlayedSide {
  readonly album: ShelvedAlbum;
  /** Indexes of its tracks, in order, with their beginnings. */
  readonly tracks: readonly { readonly index: number; readonly uts: number; readonly isHeard: boolean }[];
  /** The record's turn: its sides in a row have the same. */
  readonly turn: number;
}

export interface Session {
  readonly sides: readonly PlayedSide[];
  /** In the order in which they arrive. */
  readonly lines: readonly RecognisedTrack[];
  readonly endUts: number;
}

function sidesOf({ tracks }: ShelvedAlbum): number[][] {
  const sides = new Map<string, number[]>();
  tracks.forEach(({ position }, index) => {
    const side = /^\d/.test(position) ? "" : position.slice(0, 1);
    sides.set(side, [...(sides.get(side) ?? []), index]);
  });
  return [...sides.values()];
}

const spellings: readonly ((title: string) => string)[] = [
  (title) => title,
  (title) => title,
  (title) => `${title} (2011 Remaster)`,
  (title) => `${title} - Remastered 2009`,
  (title) => title.toUpperCase(),
  (title) => `${title} (feat. A Guest)`,
];

export function inventSession(random: Random, shelf: readonly ShelvedAlbum[], startUts: number): Session {
  const isSampling = random() < 0.5;
  const missRate = pick(random, [0.03, 0.1, 0.2]);
  const mishearRate = pick(random, [0, 0.03, 0.06]);
  const sides: PlayedSide[] = [];
  const heard: RecognisedTrack[] = [];
  const spelled = (artist: string, title: string, uts: number): RecognisedTrack => ({
    uts: Math.round(uts),
    artist: random() < 0.1 ? `${artist} feat. A Guest` : artist,
    title: pick(random, spellings)(title),
  });
  const artistOf = ({ record: { release } }: ShelvedAlbum, track: ListedTrack): string =>
    track.artists[0]?.name ?? release.artists[0]?.name ?? "";
  const wrong = (uts: number): RecognisedTrack => {
    if (random() < 0.5) return spelled("Nobody you own", `Elsewhere ${between(random, 1, 1e6)}`, uts);
    const album = pick(random, shelf);
    const track = pick(random, album.tracks);
    return spelled(artistOf(album, track), track.title, uts);
  };
  let now = startUts;
  const turns = between(random, 1, 4);
  for (let turn = 0; turn < turns; turn += 1) {
    const album = pick(random, shelf);
    const all = sidesOf(album);
    const speed = 0.985 + random() * 0.03;
    for (const side of all.slice(0, between(random, 1, all.length))) {
      const stops = random() < 0.1 ? between(random, 1, side.length) : side.length;
      const tracks = side.slice(0, stops).map((index) => {
        const seconds = (album.seconds[index] ?? 0) * speed;
        const track = album.tracks[index] as ListedTrack;
        const uts = now;
        const offsets = isSampling
          ? Array.from({ length: Math.floor(seconds / 40) }, (_, at) => 8 + at * 40 + random() * 10)
          : [5 + random() * 35];
        const isMissed = random() < missRate;
        const isMisheard = random() < mishearRate;
        const known = isMisheard && isSampling && random() < 0.5 ? offsets.slice(1) : [];
        if (isMisheard) heard.push(wrong(uts + (offsets[0] ?? 0)));
        const right = isMissed ? [] : isMisheard ? known : offsets;
        for (const offset of right) heard.push(spelled(artistOf(album, track), track.title, uts + offset));
        now += seconds + random() * 4;
        if (random() < 0.03) now += between(random, 60, 400);
        return { index, uts, isHeard: right.length > 0 };
      });
      sides.push({ album, tracks, turn });
      now += between(random, 20, 110);
    }
    now += between(random, 40, 400);
  }
  const lines = heard.flatMap((line) => (random() < 0.1 ? [line, line] : [line]));
  const late = lines.map((line, at) => ({
    line,
    at: random() < 0.1 ? at + between(random, 1, 3) + 0.5 : at,
  }));
  return { sides, lines: late.toSorted((a, b) => a.at - b.at).map(({ line }) => line), endUts: now };
}
