import type { Entry } from "./entry.ts";
import { fold } from "../text/fold.ts";
import type { AlbumRow } from "../matched-release.ts";
import type { RowTable } from "./row-table.ts";
import { articles, parseTitle, type ParsedTitle } from "../text/title.ts";

const [none, prime, start] = [-1, 16777619, 2166136261];

/**
 * Albums of all artists by title. Rows are chained by the word that their titles begin with; only those that begin with the
 * words asked for are taken apart.
 */
export class TitleIndex {
  readonly #table: RowTable;
  /** By the number of a first word the first place of a chain, and by place the next. */
  readonly #first: Int32Array;
  readonly #next: Int32Array;
  /** Rows whose first word may run on behind the words of a title. */
  readonly #runningOn: AlbumRow[] = [];
  /** By opening, and by key. */
  readonly #taken = new Map<string, ReadonlyMap<string, readonly Entry[]>>();

  /** Of the albums in a table from a place on. */
  constructor(table: RowTable, from: number) {
    this.#table = table;
    this.#first = new Int32Array(2 ** Math.ceil(Math.log2(table.size + 1))).fill(none);
    this.#next = new Int32Array(table.size);
    for (let at = table.size - 1; at >= from; at--) {
      const album = table.album(at);
      const place = this.#place(plainFirstWord(album.title) ?? this.#firstWord(album));
      this.#next[at] = this.#first[place] as number;
      this.#first[place] = at;
    }
    this.#runningOn.reverse();
  }

  /** Entries whose key is the title's, and that begin with the same two words. */
  sameTitle(title: ParsedTitle): readonly Entry[] {
    const opening = openingOf(title.stem);
    let byKey = this.#taken.get(opening);
    if (byKey === undefined) this.#taken.set(opening, (byKey = entriesByKey(this.#beginningWith(opening))));
    return byKey.get(title.key) ?? noEntries;
  }

  #place(word: number): number {
    return word & (this.#first.length - 1);
  }

  #firstWord(album: AlbumRow): number {
    const opening = openingOfRaw(album.title);
    if (mayRunOn.test(opening)) this.#runningOn.push(album);
    return numberOf(opening, endOfWord(opening, 0));
  }

  #beginningWith(opening: string): readonly AlbumRow[] {
    // What follows a title of one word may be its tail.
    const isOneWord = !opening.includes(" ");
    if (isOneWord && runsOn.test(opening))
      return this.#runningOn.filter(({ title }) => isLedBy(openingOfRaw(title), opening));
    const found: AlbumRow[] = [];
    let at = this.#first[this.#place(numberOf(opening, endOfWord(opening, 0)))] as number;
    for (; at !== none; at = this.#next[at] as number) {
      const album = this.#table.album(at);
      const other = openingOfRaw(album.title);
      if (other === opening || (isOneWord && isLedBy(other, opening))) found.push(album);
    }
    return found;
  }
}

const noEntries: readonly Entry[] = [];

function entriesByKey(albums: readonly AlbumRow[]): ReadonlyMap<string, readonly Entry[]> {
  const byKey = new Map<string, Entry[]>();
  for (let at = 0; at < albums.length; at++) {
    const album = albums[at] as AlbumRow;
    const entry = { album, title: parseTitle(album.title) };
    const held = byKey.get(entry.title.key);
    if (held) held.push(entry);
    else byKey.set(entry.title.key, [entry]);
  }
  return byKey;
}

/** Where words run together nothing sets a tail off. */
function isLedBy(key: string, opening: string): boolean {
  if (!key.startsWith(opening)) return false;
  return key.length === opening.length || key[opening.length] === " " || runsOn.test(opening);
}

const runsOn = /[\u3041-\u30ff\u4e00-\u9fff]$/;
const mayRunOn = /[\u3041-\u30ff\u4e00-\u9fff]/;

// The beginning is enough, as long as it surely holds the first words whole.
function openingOfRaw(title: string): string {
  if (title.length > 40) {
    const words = fold(title.slice(0, 40)).split(" ");
    if (words.length > 4) return openingOf(words.slice(0, 4).join(" "));
  }
  return openingOf(fold(title));
}

function openingOf(folded: string): string {
  const first = folded.indexOf(" ");
  if (first === -1) return folded;
  const second = endOfWord(folded, first + 1);
  // An article only when a word of some length follows, as in a title's key.
  if (!articles.has(folded.slice(0, first)) || second - first <= 2) return folded.slice(0, second);
  return folded.slice(first + 1, endOfWord(folded, second + 1));
}

function endOfWord(folded: string, from: number): number {
  const end = folded.indexOf(" ", from);
  return end === -1 ? folded.length : end;
}

function numberOf(letters: string, end: number): number {
  let number = start;
  for (let at = 0; at < end; at++) number = withLetter(number, letters.charCodeAt(at));
  return number;
}

function withLetter(number: number, code: number): number {
  return Math.imul(number ^ code, prime);
}

const [space, letterA, letterZ, lowerCase] = [32, 97, 122, 32];
const longestArticle = 3;

/** The number of the word that a raw title begins with once it is folded, where one look tells it; null where it takes more. */
function plainFirstWord(raw: string): number | null {
  let number = start;
  for (let at = 0; at < raw.length; at++) {
    const code = raw.charCodeAt(at) | lowerCase;
    if (code >= letterA && code <= letterZ) {
      number = withLetter(number, code);
      continue;
    }
    // It may be an article, or stand for another word.
    return raw.charCodeAt(at) === space && at > longestArticle ? number : null;
  }
  return raw.length > longestArticle ? number : null;
}
