// The orders of albums that are not owned, in the order of the help. A new one is a row here.
import { sortKey } from "../conditions/sql.ts";
import type { AlbumFacts } from "../filters/filter.ts";
import type { HistoryFact } from "../figures/readiness.ts";

interface OrderedAlbum extends AlbumFacts {
  readonly id: number;
  readonly recentPlays: number | null;
}

type KeyOf = (album: OrderedAlbum) => number | string | null;

interface GapOrder {
  /** Compared before plays, which break ties. Numbers descend, texts ascend. */
  readonly keys: readonly KeyOf[];
  /** The CSV name of the column that shows the sort value. */
  readonly column: string;
  /** The part of the listening history that the order needs. */
  readonly needs?: HistoryFact;
}

const plays: KeyOf = (album) => album.plays;
const recentPlays: KeyOf = (album) => album.recentPlays;
const lastPlayed: KeyOf = (album) => album.lastPlayedUts;
const tracks: KeyOf = (album) => album.tracks;
const artist: KeyOf = (album) => sortKey(album.artist);
const title: KeyOf = (album) => sortKey(album.title);

const table = {
  plays: { column: "play_count", keys: [] },
  recent: { column: "plays_last_12_months", keys: [recentPlays], needs: "Plays of the last 12 months" },
  tracks: { column: "tracks", keys: [tracks], needs: "Tracks heard" },
  "last-played": { column: "last_played", keys: [lastPlayed], needs: "Last plays" },
  artist: { column: "artist_name", keys: [artist, title] },
  title: { column: "album_name", keys: [title, artist] },
} as const satisfies Readonly<Record<string, GapOrder>>;

export type GapSort = keyof typeof table;

export const gapOrders: Readonly<Record<GapSort, GapOrder>> = table;
export const gapSorts = Object.keys(table) as GapSort[];

/** A total order. Unknown values come last in either direction. */
export function orderedGaps<Album extends OrderedAlbum>(
  albums: readonly Album[],
  { sort, reverse }: { readonly sort: GapSort; readonly reverse: boolean },
): Album[] {
  const way = reverse ? -1 : 1;
  const keys = [...gapOrders[sort].keys, plays, lastPlayed];
  const keyed = albums.map((album) => ({ album, values: keys.map((keyOf) => keyOf(album)) }));
  keyed.sort((a, b) => {
    const at = a.values.findIndex((value, each) => value !== b.values[each]);
    const [one, other] = [a.values[at] ?? null, b.values[at] ?? null];
    if (at === -1) return (a.album.id - b.album.id) * way;
    if (one === null || other === null) return one === null ? 1 : -1;
    const isFirst = typeof one === "string" ? one < String(other) : one > Number(other);
    return isFirst ? -way : way;
  });
  return keyed.map(({ album }) => album);
}
