// Do I own this? What is owned, wanted and played under some words.
import { foldArtist, isPlaceholderArtist } from "../match/text/artist-name.ts";
import { fold } from "../match/text/fold.ts";
import { keyOf } from "../match/text/title.ts";
import { bareArtistName } from "../names.ts";
import type { Database } from "../store/database.ts";
import { collectionKeys, contractCollection, isoSeconds, type ContractCollection } from "./contract.ts";
import { recordsById } from "./records-by-id.ts";
import type { RecordRow } from "./record-row.ts";
import type { Keys } from "./document.ts";
import {
  holding,
  isSlipSure,
  slipsIn,
  wordBag,
  wordQuery,
  type WordBag,
  type WordQuery,
} from "./name-search.ts";
import { groupedByAlbum } from "./same-album.ts";

export interface HaveQuestion {
  readonly text: string;
}

export interface OwnedCopy {
  readonly record: RecordRow;
  /** Whether artist and title, or the title alone, are what was typed. */
  readonly isExact: boolean;
  /** The played album that it is credited with, where its own name has not the words. */
  readonly creditedWith: PlayedName | null;
}

export interface WantedName {
  readonly releaseId: number;
  readonly artist: string;
  readonly title: string;
  readonly form: string;
  readonly year: number | null;
  readonly addedUts: number | null;
}

export interface PlayedName {
  readonly id: number;
  readonly artist: string;
  readonly title: string;
  readonly plays: number;
  readonly lastPlayedUts: number | null;
  /** Some record is credited with it. */
  readonly isOwned: boolean;
}

export interface HaveAnswer {
  readonly text: string;
  readonly isOwned: boolean;
  /** What was found in place of what was typed, which is in no name; not sure: then nothing counts as owned. */
  readonly didYouMean: readonly string[];
  /** Copies of one album side by side; exact titles first, then by plays. */
  readonly owned: readonly (readonly OwnedCopy[])[];
  readonly wanted: readonly WantedName[];
  /** The most played first. */
  readonly played: readonly PlayedName[];
  /** Where nothing is owned: the albums on the shelf by the artist of what was found. */
  readonly byArtist: { readonly artist: string; readonly records: readonly RecordRow[] } | null;
}

interface NamedRelease {
  readonly id: number;
  readonly artist: string;
  readonly title: string;
  /** 0 or 1 */
  readonly isOwned: number;
}

interface Names {
  readonly releases: readonly NamedRelease[];
  readonly releaseBags: readonly WordBag[];
  readonly albums: readonly PlayedName[];
  readonly albumBags: readonly WordBag[];
}

export function ask(database: Database, { text }: HaveQuestion): HaveAnswer {
  const names = readNames(database);
  const query = wordQuery(text);
  const typed = answerOf(database, names, query, {
    releases: holding(names.releaseBags, query),
    albums: holding(names.albumBags, query),
  });
  if (typed.owned.length > 0) return typed;
  const slips = slippedNames(names, query);
  const sure = slips.filter(({ isSure }) => isSure);
  const forgiven = foundUnder(database, names, query, sure);
  if (forgiven !== undefined && forgiven.owned.length > 0) return { ...forgiven, isOwned: true };
  if (typed.wanted.length + typed.played.length > 0) return typed;
  return foundUnder(database, names, query, slips) ?? typed;
}

interface Found {
  /** Places among the names. */
  readonly releases: readonly number[];
  readonly albums: readonly number[];
}

interface SlippedNames extends Found {
  readonly text: string;
  readonly isSure: boolean;
}

function slippedNames({ releaseBags, albumBags }: Names, query: WordQuery): SlippedNames[] {
  const inReleases = new Map(slipsIn(releaseBags, query).map((slip) => [slip.text, slip]));
  const inAlbums = new Map(slipsIn(albumBags, query).map((slip) => [slip.text, slip]));
  const isSure = new Map<string, boolean>();
  return [...new Map([...inAlbums, ...inReleases]).values()].map((slip) => {
    const { typed, text } = slip;
    if (!isSure.has(typed))
      isSure.set(typed, isSlipSure(slip, query, releaseBags) && isSlipSure(slip, query, albumBags));
    return {
      text,
      isSure: isSure.get(typed) === true,
      releases: inReleases.get(text)?.places ?? [],
      albums: inAlbums.get(text)?.places ?? [],
    };
  });
}

/** Under any of them; undefined where there are none. */
function foundUnder(
  database: Database,
  names: Names,
  query: WordQuery,
  slips: readonly SlippedNames[],
): HaveAnswer | undefined {
  if (slips.length === 0) return undefined;
  const answer = answerOf(database, names, query, {
    releases: [...new Set(slips.flatMap(({ releases }) => releases))],
    albums: [...new Set(slips.flatMap(({ albums }) => albums))],
  });
  return { ...answer, isOwned: false, didYouMean: slips.map(({ text }) => text) };
}

function answerOf(database: Database, names: Names, query: WordQuery, found: Found): HaveAnswer {
  const releases = found.releases.flatMap((at) => names.releases[at] ?? []);
  const played = found.albums
    .flatMap((at) => names.albums[at] ?? [])
    .toSorted((a, b) => b.plays - a.plays || a.id - b.id);
  const owned = ownedCopies(database, query, { releases, played });
  const wanted = wantedNames(
    database,
    releases.map(({ id }) => id),
  );
  const artist = wanted[0]?.artist ?? played[0]?.artist ?? null;
  return {
    text: query.text,
    isOwned: owned.length > 0,
    didYouMean: [],
    owned,
    wanted,
    played,
    byArtist: owned.length > 0 || artist === null ? null : recordsBy(database, names, artist),
  };
}

function readNames(database: Database): Names {
  const otherNames = namesOnSleeves(database);
  const releases = database
    .prepare<[], NamedRelease>(
      `SELECT id, artist, title, EXISTS (SELECT 1 FROM record WHERE release_id = release.id) AS isOwned
       FROM release WHERE isOwned OR id IN (SELECT release_id FROM want)`,
    )
    .all();
  const albums = database
    .prepare<[], Omit<PlayedName, "isOwned"> & { isOwned: number }>(
      `SELECT id, artist, title, play_count AS plays, last_played_uts AS lastPlayedUts,
         EXISTS (SELECT 1 FROM credit WHERE album_id = album.id) AS isOwned
       FROM album WHERE play_count > 0`,
    )
    .all()
    .map((album) => ({ ...album, isOwned: album.isOwned === 1 }));
  return {
    releases,
    releaseBags: releases.map(({ id, artist, title }) => wordBag(artist, title, otherNames.get(id))),
    albums,
    albumBags: albums.map(({ artist, title }) => wordBag(artist, title)),
  };
}

/** Names of the database where the sleeve has another one, or that one. */
function namesOnSleeves(database: Database): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  const rows = database
    .prepare<[], [releaseId: number, name: string, anv: string]>(
      "SELECT release_id, name, anv FROM release_artist WHERE anv <> ''",
    )
    .raw();
  for (const [id, name, anv] of rows.iterate()) {
    names.set(id, `${names.get(id) ?? ""} ${bareArtistName(name)} ${anv}`);
  }
  return names;
}

/** By their own names, and by those of the albums that they are surely credited with. */
function ownedCopies(
  database: Database,
  query: WordQuery,
  {
    releases,
    played,
  }: { readonly releases: readonly NamedRelease[]; readonly played: readonly PlayedName[] },
): OwnedCopy[][] {
  const named = idsOfReleases(
    database,
    releases.filter(({ isOwned }) => isOwned === 1).map(({ id }) => id),
  );
  const credited = creditedRecords(
    database,
    played.filter(({ isOwned }) => isOwned),
  );
  const records = recordsById(database, [...new Set([...named, ...credited.keys()])]);
  const isNamed = new Set(named);
  const isExact = exactTest(query);
  const copies = [...records.values()].map((record): OwnedCopy => {
    const creditedWith = isNamed.has(record.id) ? null : (credited.get(record.id) ?? null);
    return { record, creditedWith, isExact: isExact(creditedWith ?? record) };
  });
  const rows = copies
    .toSorted((a, b) => a.record.id - b.record.id)
    .map((copy) => ({ copy, artist: copy.record.artist, title: copy.record.title, editionKey: null }));
  return groupedByAlbum(database, rows, ({ copy }) => copy).toSorted(rank);
}

/** Exact titles first, then by plays. */
function rank(a: readonly OwnedCopy[], b: readonly OwnedCopy[]): number {
  const exact = (copies: readonly OwnedCopy[]): number => Number(copies.some(({ isExact }) => isExact));
  const plays = (copies: readonly OwnedCopy[]): number =>
    copies.reduce((most, { record }) => Math.max(most, record.playCount), 0);
  return exact(b) - exact(a) || plays(b) - plays(a) || (a[0]?.record.id ?? 0) - (b[0]?.record.id ?? 0);
}

function exactTest({
  text,
}: WordQuery): (name: { readonly artist: string; readonly title: string }) => boolean {
  const [key, folded] = [keyOf(text), fold(text)];
  return ({ artist, title }) =>
    keyOf(title) === key || fold(`${artist} ${title}`) === folded || fold(`${title} ${artist}`) === folded;
}

function idsOfReleases(database: Database, releaseIds: readonly number[]): number[] {
  return database
    .prepare<[string], number>("SELECT id FROM record WHERE release_id IN (SELECT value FROM json_each(?))")
    .pluck()
    .all(JSON.stringify(releaseIds));
}

function creditedRecords(database: Database, albums: readonly PlayedName[]): ReadonlyMap<number, PlayedName> {
  const byId = new Map(albums.map((album) => [album.id, album]));
  const rows = database
    .prepare<[string], [recordId: number, albumId: number]>(
      `SELECT credit.record_id, credit.album_id FROM json_each(?) AS wanted
         JOIN credit ON credit.album_id = wanted.value JOIN match ON match.record_id = credit.record_id
       WHERE match.type = 'exact'`,
    )
    .raw()
    .all(JSON.stringify([...byId.keys()]));
  return new Map(
    rows.flatMap(([recordId, albumId]) => {
      const album = byId.get(albumId);
      return album === undefined ? [] : [[recordId, album] as const];
    }),
  );
}

function wantedNames(database: Database, releaseIds: readonly number[]): WantedName[] {
  return database
    .prepare<[string], WantedName>(
      `SELECT release.id AS releaseId, artist, title, form, year, want.added_uts AS addedUts
       FROM want JOIN release ON release.id = want.release_id
       WHERE want.release_id IN (SELECT value FROM json_each(?)) ORDER BY want.added_uts, release.id`,
    )
    .all(JSON.stringify(releaseIds));
}

function recordsBy(database: Database, { releases }: Names, artist: string): HaveAnswer["byArtist"] {
  if (isPlaceholderArtist(artist)) return null;
  const wanted = foldArtist(artist);
  const ids = releases
    .filter((release) => release.isOwned === 1 && foldArtist(release.artist) === wanted)
    .map(({ id }) => id);
  const records = [...recordsById(database, idsOfReleases(database, ids)).values()];
  return records.length === 0
    ? null
    : { artist, records: records.toSorted((a, b) => b.playCount - a.playCount || a.id - b.id) };
}

interface HaveDocument {
  readonly owned: boolean;
  readonly did_you_mean: readonly string[];
  readonly records: readonly {
    readonly collection: ContractCollection;
    readonly form: string;
    readonly label: string | null;
    readonly catalog_number: string | null;
    readonly folder: string | null;
    readonly play_count: number;
    readonly spins: number | null;
    readonly last_played: string | null;
    readonly exact: boolean;
    readonly credited_with: number | null;
  }[];
  readonly wanted: readonly {
    readonly release_id: number;
    readonly artist: string;
    readonly title: string;
    readonly form: string;
    readonly year: number | null;
    readonly added_at: string | null;
  }[];
  readonly played: readonly {
    readonly id: number;
    readonly artist_name: string;
    readonly album_name: string;
    readonly play_count: number;
    readonly last_played: string | null;
    readonly owned: boolean;
  }[];
}

export const keys: Keys<HaveDocument> = {
  owned: "whether a record fits: then the exit code is 0, else 1",
  did_you_mean: "what was found in place of words with a slip; empty where they were found as typed",
  records: {
    meaning: "those found, a copy each; exact titles first, then by plays",
    each: {
      collection: { meaning: "the record", isBrief: true, keys: collectionKeys },
      form: "LP, 2×LP, CD and the like",
      label: "the first one",
      catalog_number: "of that label",
      folder: "of the collection",
      play_count: "scrobbles of its album",
      spins: "sittings with half of it heard; null where that is not known",
      last_played: "in UTC; null for never and for not known",
      exact: "whether the title, or artist and title, are what was asked for",
      credited_with: "the id of the played album by whose name it was found; null: by its own",
    },
  },
  wanted: {
    meaning: "releases of the wantlist",
    each: {
      release_id: "Discogs' number",
      artist: "the credit as one reads it",
      title: "of the release",
      form: "LP, 2×LP, CD and the like",
      year: "of the pressing; null when it is not known",
      added_at: "to the wantlist, in UTC",
    },
  },
  played: {
    meaning: "albums in your plays, the most played first",
    each: {
      id: "the cache's own, as in a219",
      artist_name: "as Last.fm spells it",
      album_name: "as Last.fm spells it",
      play_count: "scrobbles",
      last_played: "in UTC; null when it is not known",
      owned: "whether a record is credited with it",
    },
  },
};

const iso = (uts: number | null): string | null => (uts === null ? null : isoSeconds(uts));

export function document({ isOwned, didYouMean, owned, wanted, played }: HaveAnswer): HaveDocument {
  return {
    owned: isOwned,
    did_you_mean: didYouMean,
    records: owned.flat().map(({ record, isExact, creditedWith }) => ({
      collection: contractCollection(record),
      form: record.form,
      label: record.label,
      catalog_number: record.catalogNumber,
      folder: record.folder,
      play_count: record.playCount,
      spins: record.spins,
      last_played: iso(record.lastPlayedUts),
      exact: isExact,
      credited_with: creditedWith?.id ?? null,
    })),
    wanted: wanted.map((want) => ({
      release_id: want.releaseId,
      artist: want.artist,
      title: want.title,
      form: want.form,
      year: want.year,
      added_at: iso(want.addedUts),
    })),
    played: played.map((album) => ({
      id: album.id,
      artist_name: album.artist,
      album_name: album.title,
      play_count: album.plays,
      last_played: iso(album.lastPlayedUts),
      owned: album.isOwned,
    })),
  };
}
