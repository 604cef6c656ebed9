// The orders of albums that are not owned, in the order of the help. A new one is a row here.
import { sortKey } from "../conditions/sql.ts";
import type { AlbumFacts } from "../filters/filter.ts";
import type { HistoryFact } from "../figures/readiness.ts";

interface OrderedAlbum extends AlbumFacts {
  readonly id: number;
  readonly recentPlays: number | null;
}

type Comparator = (a: OrderedAlbum, b: OrderedAlbum) => number;
/** way: 1, or -1 for the reverse order. */
type SortKey = (way: number) => Comparator;

interface GapOrder {
  /** Compared before plays, which break ties. */
  readonly keys: readonly SortKey[];
  /** The CSV name of the column that shows the sort value. */
  readonly column: string;
  /** The part of the listening history that the order needs. */
  readonly needs?: HistoryFact;
}

const plays = byNumber((album) => album.plays);
const lastPlayed = byNumber((album) => album.lastPlayedUts);
const artist = byText((album) => album.artist);
const title = byText((album) => album.title);

const table = {
  plays: { column: "play_count", keys: [] },
  recent: {
    column: "plays_last_12_months",
    keys: [byNumber((album) => album.recentPlays)],
    needs: "Plays of the last 12 months",
  },
  tracks: { column: "tracks", keys: [byNumber((album) => album.tracks)], needs: "Tracks heard" },
  "last-played": { column: "last_played", keys: [lastPlayed], needs: "Last plays" },
  artist: { column: "artist_name", keys: [artist, title] },
  title: { column: "album_name", keys: [title, artist] },
} as const satisfies Readonly<Record<string, GapOrder>>;

export type GapSort = keyof typeof table;

export const gapOrders: Readonly<Record<GapSort, GapOrder>> = table;
export const gapSorts = Object.keys(table) as GapSort[];

/** A total order. Unknown values come last in either direction. */
export function gapComparison(sort: GapSort, reverse: boolean): Comparator {
  const way = reverse ? -1 : 1;
  const comparisons = [...gapOrders[sort].keys, plays, lastPlayed].map((key) => key(way));
  const all = [...comparisons, byNumber((album) => album.id)(-way)];
  return (a, b) => all.reduce((order, compare) => order || compare(a, b), 0);
}

/** The largest or newest first. */
function byNumber(value: (album: OrderedAlbum) => number | null): SortKey {
  return (way) => (a, b) => {
    const [first, second] = [value(a), value(b)];
    if (first === null || second === null) return Number(first === null) - Number(second === null);
    return (second - first) * way;
  };
}

/** By letters, ignoring case, marks and a leading article. */
function byText(value: (album: OrderedAlbum) => string): SortKey {
  return (way) => {
    const keys = new Map<string, string>();
    const keyOf = (album: OrderedAlbum): string => {
      const text = value(album);
      const key = keys.get(text) ?? sortKey(text);
      keys.set(text, key);
      return key;
    };
    return (a, b) => {
      const [first, second] = [keyOf(a), keyOf(b)];
      return first === second ? 0 : first < second ? -way : way;
    };
  };
}
