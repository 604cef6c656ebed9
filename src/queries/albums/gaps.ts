// Albums that are played and not owned in any pressing, editions combined.
import { isPlaceholderArtist, isPlaceholderTitle, isVariousArtists } from "../../match/text/artist-name.ts";
import { fold } from "../../match/text/fold.ts";
import type { Database } from "../../store/file/database.ts";
import { editionKeyExpressions } from "../figures/same-album.ts";
import { gapComparison, type GapSort } from "./gap-order.ts";
import { artistShelves, hiddenKeys, wantedKeys, type ArtistShelf } from "../figures/ownership.ts";
import { ownedAlbums } from "../../store/shelf/stored-albums.ts";
import { playedTable } from "../figures/play-counts.ts";
import { playedKind, type PlayedKind } from "../figures/played-kind.ts";
import { albumTest, holdingFilterWords, type AlbumFilter } from "../filters/record-filter.ts";
import type { Span } from "../conditions/span.ts";

export interface GapQuestion extends Omit<AlbumFilter, "during"> {
  /** Counts only plays of this span; null: all time. */
  readonly during: Span | null;
  /** The hidden albums instead of the others. */
  readonly hidden: boolean;
  readonly sort: GapSort;
  readonly reverse: boolean;
  /** null: without a complete history, tracks and recent plays are unknown. */
  readonly recentFromUts: number | null;
}

export interface Gap {
  /** The id of the most played edition. */
  readonly id: number;
  readonly artist: string;
  readonly title: string;
  /** Titles of all editions, in the order of their ids. */
  readonly titles: readonly string[];
  readonly url: string | null;
  /** Ids of all editions, most played first. */
  readonly editions: readonly number[];
  readonly plays: number;
  readonly lastPlayedUts: number | null;
  /** null: unknown. */
  readonly tracks: number | null;
  readonly recentPlays: number | null;
  readonly isWanted: boolean;
}

interface PlayedAlbum {
  readonly id: number;
  readonly artist: string;
  readonly title: string;
  /** Equal for the editions of one album. */
  readonly key: string;
  readonly url: string | null;
  readonly plays: number;
  readonly lastPlayedUts: number | null;
  /** 0 or 1 */
  readonly isWanted: number;
}

export interface Gaps {
  readonly gaps: readonly Gap[];
  /** The most played album, ignoring ranges of plays and tracks; undefined if there is none. */
  readonly most: Gap | undefined;
}

/** In a total order. */
export function findGaps(database: Database, question: GapQuestion): Gaps {
  const isNameless = namelessTest();
  const groups = new Map<string, PlayedAlbum[]>();
  for (const entry of unownedAlbums(database, question)) {
    if (isNameless(entry)) continue;
    const group = groups.get(entry.key);
    if (group === undefined) groups.set(entry.key, [entry]);
    else group.push(entry);
  }
  const named = holdingFilterWords([...groups.values()].map(rolledUp), question);
  const all = named.filter(albumTest(question, "name"));
  const most = all.toSorted((a, b) => b.plays - a.plays || a.id - b.id)[0];
  const gaps = withHistory(database, question, all.filter(albumTest(question, "chart")))
    .filter(albumTest(question, "history"))
    .toSorted(gapComparison(question.sort, question.reverse));
  return { gaps, most };
}

export interface ShelvedGap extends Gap {
  readonly shelf: ArtistShelf;
  readonly kind: PlayedKind;
}

/** Adds the kind, and records by the same artist, to the albums of a page. */
export function withShelves(database: Database, gaps: readonly Gap[]): ShelvedGap[] {
  const shelfOf = artistShelves(
    database,
    gaps.map(({ artist }) => artist),
  );
  return gaps.map((gap) => ({
    ...gap,
    shelf: shelfOf(gap.artist),
    kind: playedKind(gap.titles, gap.tracks),
  }));
}

/** Albums with plays in the span, owned in no pressing, hidden or not. The most played first. */
function unownedAlbums(
  database: Database,
  { during, hidden }: Pick<GapQuestion, "during" | "hidden">,
): IterableIterator<PlayedAlbum> {
  const keys = editionKeyExpressions(database);
  const played = playedTable(during);
  return database
    .prepare<unknown[], PlayedAlbum>(
      `WITH ${played.sql}, ${ownedAlbums(keys)}
       SELECT album.id AS id, artist, title, ${keys.ofAlbum} AS key, url, plays, played.last_played_uts AS lastPlayedUts,
         ${keys.ofAlbum} IN (${wantedKeys(keys)}) AS isWanted
       FROM played JOIN album ON album.id = played.album_id
       WHERE album.id NOT IN owned_album AND ${keys.ofAlbum} ${hidden ? "IN" : "NOT IN"} (${hiddenKeys(keys)})
       ORDER BY plays DESC, album.id`,
    )
    .iterate(...played.parameters);
}

/** Leaves out albums without a real name, such as "Unknown Album" by "Unknown Artist". */
function namelessTest(): (album: Pick<PlayedAlbum, "artist" | "title">) => boolean {
  const known = new Map<string, boolean>();
  return ({ artist, title }) => {
    let isNobody = known.get(artist);
    if (isNobody === undefined) {
      isNobody = isPlaceholderArtist(artist) && !isVariousArtists(artist);
      known.set(artist, isNobody);
    }
    return isNobody || isPlaceholderTitle(title);
  };
}

/** `entries`: the most played first. */
function rolledUp(entries: readonly PlayedAlbum[]): Gap {
  const [best] = entries as readonly [PlayedAlbum, ...PlayedAlbum[]];
  return {
    id: best.id,
    artist: best.artist,
    title: best.title,
    url: best.url,
    editions: entries.map(({ id }) => id),
    titles: entries.map(({ title }) => title),
    plays: entries.reduce((sum, { plays }) => sum + plays, 0),
    lastPlayedUts: entries.reduce<number | null>(
      (last, { lastPlayedUts }) => later(last, lastPlayedUts),
      null,
    ),
    tracks: null,
    recentPlays: null,
    isWanted: best.isWanted === 1,
  };
}

function later(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.max(one, other);
}

/** Adds what only the scrobbles know. */
function withHistory(
  database: Database,
  { recentFromUts }: GapQuestion,
  gaps: readonly Gap[],
): readonly Gap[] {
  if (recentFromUts === null) return gaps;
  const heard = gaps.map(() => ({ names: new Set<string>(), recentPlays: 0 }));
  const gapOf = new Map(gaps.flatMap(({ editions }, at) => editions.map((id) => [id, heard[at]] as const)));
  const tracks = database
    .prepare<[number, string], [albumId: number, name: string, recentPlays: number]>(
      `SELECT album_id, name, (SELECT count(*) FROM scrobble WHERE track_id = track.id AND uts >= ?)
       FROM json_each(?) AS wanted JOIN track ON track.album_id = wanted.value`,
    )
    .raw();
  for (const [id, name, recentPlays] of tracks.iterate(recentFromUts, JSON.stringify([...gapOf.keys()]))) {
    const gap = gapOf.get(id);
    if (gap === undefined) continue;
    gap.names.add(fold(name));
    gap.recentPlays += recentPlays;
  }
  return gaps.map((gap, at) => ({
    ...gap,
    tracks: heard[at]?.names.size ?? 0,
    recentPlays: heard[at]?.recentPlays ?? 0,
  }));
}
