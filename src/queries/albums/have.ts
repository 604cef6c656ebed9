// Whether you own, want or play something, by words.
import type { Database } from "../../store/file/database.ts";
import { ownedAlbums } from "../../store/shelf/stored-albums.ts";
import { editionKeyExpressions } from "../figures/same-album.ts";
import {
  wordQuery,
  byPlace,
  recordsUnder,
  type WordQuery,
  namesFound,
  readBags,
  type Bags,
  type FoundName,
  type FoundNames,
} from "../find/records-named.ts";
import { isWholeAlbum, ownedCopies, recordsBy, type OwnedCopy, type PlayedName } from "./owned-copies.ts";
import type { RecordRow } from "../records/record-row.ts";
import { isSlipSure, slipsIn, type Slip } from "../find/slips.ts";

export interface HaveQuestion {
  readonly text: string;
}

export interface WantedName {
  readonly releaseId: number;
  readonly artist: string;
  readonly title: string;
  readonly form: string;
  readonly year: number | null;
  readonly addedUts: number | null;
}

export interface HaveAnswer {
  readonly text: string;
  /** A record has the words as whole words of a name. Parts of words don't count. */
  readonly isOwned: boolean;
  /** Corrections of a typed word that no name contains. If several are possible, nothing counts as owned. */
  readonly didYouMean: readonly string[];
  /** Copies of one album together. Exact titles first, then whole words, then by plays. */
  readonly owned: readonly (readonly OwnedCopy[])[];
  readonly wanted: readonly WantedName[];
  /** The most played first. */
  readonly played: readonly PlayedName[];
  /** If nothing is owned: the albums on the shelf by the artist of what was found. */
  readonly byArtist: { readonly artist: string; readonly records: readonly RecordRow[] } | null;
}

/** Searches for the words as typed, and then for typing slips. */
export function ask(database: Database, { text }: HaveQuestion): HaveAnswer {
  const query = wordQuery(text);
  const typed = answerOf(database, query, namesFound(database, query));
  if (typed.isOwned) return typed;
  const slips = slippedNames(database, query);
  const sure = slips.filter(({ isSure }) => isSure);
  const forgiven = foundUnder(database, query, sure);
  if (forgiven !== undefined && forgiven.owned.length > 0) return { ...forgiven, isOwned: true };
  if (typed.wanted.length + typed.played.length > 0) return typed;
  return foundUnder(database, query, slips) ?? typed;
}

interface SlippedNames extends FoundNames {
  readonly text: string;
  readonly isSure: boolean;
}

function slippedNames(database: Database, query: WordQuery): SlippedNames[] {
  const [releases, albums] = [readBags(database, "release"), readBags(database, "album")];
  const inReleases = new Map(slipsIn(releases.bags, query).map((slip) => [slip.text, slip]));
  const inAlbums = new Map(slipsIn(albums.bags, query).map((slip) => [slip.text, slip]));
  const isSure = new Map<string, boolean>();
  return [...new Map([...inAlbums, ...inReleases]).values()].map((slip) => {
    const { typed, text } = slip;
    if (!isSure.has(typed))
      isSure.set(typed, isSlipSure(slip, query, releases.bags) && isSlipSure(slip, query, albums.bags));
    return {
      text,
      isSure: isSure.get(typed) === true,
      release: namesAt(releases, inReleases.get(text)),
      album: namesAt(albums, inAlbums.get(text)),
    };
  });
}

function namesAt({ ids }: Bags, slip: Slip | undefined): FoundName[] {
  return (slip?.places ?? []).flatMap((at) => {
    const id = ids[at];
    return id === undefined ? [] : [{ id, place: "whole" as const }];
  });
}

/** Returns undefined if there are no candidates. */
function foundUnder(
  database: Database,
  query: WordQuery,
  slips: readonly SlippedNames[],
): HaveAnswer | undefined {
  if (slips.length === 0) return undefined;
  const answer = answerOf(database, query, {
    release: slips.flatMap(({ release }) => release),
    album: slips.flatMap(({ album }) => album),
  });
  return { ...answer, isOwned: false, didYouMean: slips.map(({ text }) => text) };
}

function answerOf(database: Database, query: WordQuery, found: FoundNames): HaveAnswer {
  const names = playedNames(
    database,
    found.album.map(({ id }) => id),
  );
  const byId = new Map(names.map((album) => [album.id, album]));
  const owned = ownedCopies(database, query, byPlace(recordsUnder(database, found)).records, (id) =>
    byId.get(id),
  );
  const isOwned = owned.some(isWholeAlbum);
  const whole = new Set(wholeIds(found.album));
  const played = names.filter(({ id }) => whole.has(id));
  const wanted = wantedNames(database, wholeIds(found.release));
  const artist = wanted[0]?.artist ?? played[0]?.artist ?? null;
  return {
    text: query.text,
    isOwned,
    didYouMean: [],
    owned,
    wanted,
    played,
    byArtist: isOwned || artist === null ? null : recordsBy(database, artist),
  };
}

function wholeIds(names: readonly FoundName[]): number[] {
  return names.filter(({ place }) => place === "whole").map(({ id }) => id);
}

function playedNames(database: Database, albumIds: readonly number[]): PlayedName[] {
  return database
    .prepare<[string], Omit<PlayedName, "isOwned"> & { isOwned: number }>(
      `WITH ${ownedAlbums(editionKeyExpressions(database))}
       SELECT id, artist, title, play_count AS plays, last_played_uts AS lastPlayedUts, id IN owned_album AS isOwned
       FROM album WHERE id IN (SELECT value FROM json_each(?)) ORDER BY play_count DESC, id`,
    )
    .all(JSON.stringify(albumIds))
    .map((album) => ({ ...album, isOwned: album.isOwned === 1 }));
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
