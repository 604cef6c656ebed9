// Invented evenings at a turntable, and what a recogniser in the room makes of them: it misses tracks, mishears some, is
// late, repeats itself, and names tracks as streaming services do.
import type { CollectionRecord, ListedTrack } from "../../../src/model/model.ts";
import type { RecognisedTrack } from "../../../src/store/decisions/recognised-tracks.ts";
import { buildArtistCredit, buildListedTrack, buildRecord } from "../../support/filled-cache.ts";
import { pickInteger, pickItem } from "../../support/random.ts";

type Random = () => number;

export interface ShelvedAlbum {
  readonly record: CollectionRecord;
  readonly tracks: readonly ListedTrack[];
  /** The real lengths on the pressing, in seconds. The tracklist may not have them. */
  readonly seconds: readonly number[];
}

const artists = Array.from({ length: 16 }, (_, at) => `Artist ${String.fromCharCode(65 + at)}`);

interface Song {
  readonly artist: string;
  readonly title: string;
  readonly seconds: number;
}

/** LPs, double LPs, other pressings, second copies, compilations, collections of one artist, singles and CDs. */
export function generateCollection(random: Random): ShelvedAlbum[] {
  let songs = 0;
  const buildSong = (artist: string): Song => {
    songs += 1;
    return { artist, title: `Song number ${songs}`, seconds: pickInteger(random, 130, 420) };
  };
  const addAlbum = (
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
        return buildListedTrack(song.title, {
          position: form === "CD" ? String(number) : `${String.fromCharCode(65 + at)}${place + 1}`,
          durationSeconds: hasLengths && random() < 0.97 ? song.seconds : null,
          artists: isVarious ? [buildArtistCredit(song.artist)] : [],
        });
      }),
    );
    return {
      record: buildRecord({
        artist,
        title,
        year: 1980,
        formats: [{ name: form, quantity: 1, text: "", descriptions: ["Album"] }],
      }),
      tracks,
      seconds: sides.flat().map(({ seconds }) => seconds),
    };
  };
  const buildSide = (artist: string, least: number, most: number): Song[] =>
    Array.from({ length: pickInteger(random, least, most) }, () => buildSong(artist));
  const plain = artists.flatMap((artist) =>
    Array.from({ length: 3 }, (_, at) => {
      const count = at === 2 && random() < 0.5 ? 4 : 2;
      return {
        artist,
        title: `${artist} ${at + 1}`,
        sides: Array.from({ length: count }, () => buildSide(artist, 3, 6)),
      };
    }),
  );
  const shelf = plain.map(({ artist, title, sides }) => addAlbum(artist, title, sides));
  // Another pressing: the same, with a bonus track, or with its sides cut elsewhere.
  for (const { artist, title, sides } of plain.filter((_, at) => at % 8 === 0)) {
    const getSongs = sides.flat();
    const cut = random() < 0.5 ? sides : [getSongs.slice(0, 4), [...getSongs.slice(4), buildSong(artist)]];
    shelf.push(addAlbum(artist, title, cut));
  }
  for (const {
    record: { release },
  } of shelf.filter((_, at) => at % 9 === 4)) {
    const first = shelf.find((each) => each.record.release.id === release.id);
    if (first !== undefined) shelf.push({ ...first, record: { ...buildRecord(), release } });
  }
  const all = plain.flatMap(({ sides }) => sides.flat());
  for (let nth = 1; nth <= 8; nth += 1) {
    const sides = [0, 1].map(() =>
      Array.from({ length: 6 }, () =>
        random() < 0.6 ? pickItem(random, all) : buildSong(`Stranger ${nth}`),
      ),
    );
    shelf.push(addAlbum("Various", `Hits of the year ${nth}`, sides));
  }
  for (const artist of artists.slice(0, 5)) {
    const own = all.filter((song) => song.artist === artist);
    const picked = own.filter(() => random() < 0.4).toSorted(() => random() - 0.5);
    shelf.push(addAlbum(artist, `The best of ${artist}`, [picked.slice(0, 6), picked.slice(6, 12)]));
  }
  for (const artist of artists.slice(4, 10)) {
    const own = all.filter((song) => song.artist === artist);
    shelf.push(addAlbum(artist, pickItem(random, own).title, [[pickItem(random, own)], [buildSong(artist)]]));
  }
  for (const artist of artists.slice(10, 14))
    shelf.push(addAlbum(artist, `${artist} on CD`, [buildSide(artist, 9, 14)], "CD"));
  return shelf;
}

/** A side that was really played. */
export interface PlayedSide {
  readonly album: ShelvedAlbum;
  /** Indexes of its tracks, in order, with their beginnings. */
  readonly tracks: readonly { readonly index: number; readonly uts: number; readonly isHeard: boolean }[];
  /** The record's turn: its sides in a row have the same. */
  readonly turn: number;
}

export interface Session {
  readonly sides: readonly PlayedSide[];
  /** The tracks in the order in which they arrive. */
  readonly lines: readonly RecognisedTrack[];
  readonly endUts: number;
}

function splitSides({ tracks }: ShelvedAlbum): number[][] {
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

export function generateSession(random: Random, shelf: readonly ShelvedAlbum[], startUts: number): Session {
  const isSampling = random() < 0.5;
  const missRate = pickItem(random, [0.03, 0.1, 0.2]);
  const mishearRate = pickItem(random, [0, 0.03, 0.06]);
  const sides: PlayedSide[] = [];
  const heard: RecognisedTrack[] = [];
  const buildSpelledTrack = (artist: string, title: string, uts: number): RecognisedTrack => ({
    uts: Math.round(uts),
    artist: random() < 0.1 ? `${artist} feat. A Guest` : artist,
    title: pickItem(random, spellings)(title),
  });
  const getTrackArtist = ({ record: { release } }: ShelvedAlbum, track: ListedTrack): string =>
    track.artists[0]?.name ?? release.artists[0]?.name ?? "";
  const buildWrongTrack = (uts: number): RecognisedTrack => {
    if (random() < 0.5)
      return buildSpelledTrack("Nobody you own", `Elsewhere ${pickInteger(random, 1, 1e6)}`, uts);
    const album = pickItem(random, shelf);
    const track = pickItem(random, album.tracks);
    return buildSpelledTrack(getTrackArtist(album, track), track.title, uts);
  };
  let now = startUts;
  const turns = pickInteger(random, 1, 4);
  for (let turn = 0; turn < turns; turn += 1) {
    const album = pickItem(random, shelf);
    const all = splitSides(album);
    const speed = 0.985 + random() * 0.03;
    for (const side of all.slice(0, pickInteger(random, 1, all.length))) {
      const stops = random() < 0.1 ? pickInteger(random, 1, side.length) : side.length;
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
        if (isMisheard) heard.push(buildWrongTrack(uts + (offsets[0] ?? 0)));
        const right = isMissed ? [] : isMisheard ? known : offsets;
        for (const offset of right)
          heard.push(buildSpelledTrack(getTrackArtist(album, track), track.title, uts + offset));
        now += seconds + random() * 4;
        if (random() < 0.03) now += pickInteger(random, 60, 400);
        return { index, uts, isHeard: right.length > 0 };
      });
      sides.push({ album, tracks, turn });
      now += pickInteger(random, 20, 110);
    }
    now += pickInteger(random, 40, 400);
  }
  const lines = heard.flatMap((line) => (random() < 0.1 ? [line, line] : [line]));
  const late = lines.map((line, at) => ({
    line,
    at: random() < 0.1 ? at + pickInteger(random, 1, 3) + 0.5 : at,
  }));
  return { sides, lines: late.toSorted((a, b) => a.at - b.at).map(({ line }) => line), endUts: now };
}
