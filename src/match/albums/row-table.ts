import type { AlbumRow } from "../matched-release.ts";
import { isPlaceholderTitle } from "../text/artist-name.ts";
import { bitsOfTitle } from "../text/letter-bits.ts";
import { initialOf } from "../text/initials.ts";

const nobody = -1;

/** Above the bits of the letters. */
const initialShift = 27;

/** The letter that a title's key begins with, as a row's bits tell it. */
export function initialOfBits(bits: number): number {
  return bits >>> initialShift;
}

/**
 * The rows of many artists, those of one artist in places beside one another. Rows are read once, in the order in which they
 * are given and lie in memory: what most titles are told apart by is kept beside them, and hardly any is looked at again.
 */
export class RowTable {
  readonly #rows: readonly AlbumRow[];
  /** By row; by place once all are arranged. */
  #bits: Int32Array;
  readonly #artists: Int32Array;
  readonly #counts: number[] = [];
  #starts = new Int32Array(0);
  #order = new Int32Array(0);

  constructor(rows: readonly AlbumRow[]) {
    this.#rows = rows;
    this.#bits = new Int32Array(rows.length);
    this.#artists = new Int32Array(rows.length).fill(nobody);
  }

  /** The number of one more artist. */
  addArtist(): number {
    return this.#counts.push(0) - 1;
  }

  /** Puts a row, by its number, under an artist; before they are arranged. What stands for no album is left aside: then false. */
  put(row: number, artist: number): boolean {
    const { title } = this.#rows[row] as AlbumRow;
    if (isPlaceholderTitle(title)) return false;
    this.#artists[row] = artist;
    this.#counts[artist] = (this.#counts[artist] as number) + 1;
    const bits = bitsOfTitle(title);
    this.#bits[row] = bits | (initialOf(title, bits) << initialShift);
    return true;
  }

  /** Gives each row its place. */
  arrange(): void {
    const counts = this.#counts;
    const starts = new Int32Array(counts.length);
    let placed = 0;
    for (let artist = 0; artist < counts.length; artist++) {
      starts[artist] = placed;
      placed += counts[artist] as number;
    }
    const order = new Int32Array(placed);
    const bits = new Int32Array(placed);
    const next = starts.slice();
    for (let row = 0; row < this.#artists.length; row++) {
      const artist = this.#artists[row] as number;
      if (artist === nobody) continue;
      const place = next[artist] as number;
      next[artist] = place + 1;
      order[place] = row;
      bits[place] = this.#bits[row] as number;
    }
    this.#starts = starts;
    this.#order = order;
    this.#bits = bits;
  }

  /** How many albums an artist has. */
  count(artist: number): number {
    return this.#counts[artist] as number;
  }

  /** The place of the first of them. */
  start(artist: number): number {
    return this.#starts[artist] as number;
  }

  /** How many places there are. */
  get size(): number {
    return this.#order.length;
  }

  /** The album in a place. */
  album(place: number): AlbumRow {
    return this.#rows[this.#order[place] as number] as AlbumRow;
  }

  /** Of the title in each place its letters, and above these the one that its key begins with. */
  get bits(): Int32Array {
    return this.#bits;
  }
}
