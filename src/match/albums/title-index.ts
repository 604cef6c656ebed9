import { Chains, endOfChain } from "./chains.ts";
import type { Entry } from "./entry.ts";
import { fold } from "../text/fold.ts";
import { emptyHash, hashWith } from "../text/hash.ts";
import type { AlbumRow } from "../matched-release.ts";
import type { RowTable } from "./row-table.ts";
import { articles, parseTitle, type ParsedTitle } from "../text/title.ts";

/**
 * Albums of all artists by title. They are chained by the two words that their titles begin with, and by the first alone; only
 * those that begin with the words asked for are taken apart.
 */
export class TitleIndex {
  readonly #table: RowTable;
  readonly #byOpening: Chains;
  readonly #byFirstWord: Chains;
  /** Rows whose first word may run on behind the words of a title. */
  readonly #runningOn: AlbumRow[] = [];
  /** By opening, and by key. */
  readonly #taken = new Map<string, ReadonlyMap<string, readonly Entry[]>>();

  /** Of the albums in a table from a place on. */
  constructor(table: RowTable, from: number) {
    this.#table = table;
    this.#byOpening = new Chains(table.size);
    this.#byFirstWord = new Chains(table.size);
    const reader = new OpeningReader();
    for (let at = table.size - 1; at >= from; at--) {
      const album = table.album(at);
      if (!reader.read(album.title)) this.#take(album, reader);
      this.#byOpening.add(at, reader.opening);
      this.#byFirstWord.add(at, reader.firstWord);
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

  #take(album: AlbumRow, reader: OpeningReader): void {
    const opening = openingOfRaw(album.title);
    if (mayRunOn.test(opening)) this.#runningOn.push(album);
    reader.take(opening);
  }

  #beginningWith(opening: string): readonly AlbumRow[] {
    // What follows a title of one word may be its tail.
    const isOneWord = !opening.includes(" ");
    if (isOneWord && runsOn.test(opening))
      return this.#runningOn.filter(({ title }) => isLedBy(openingOfRaw(title), opening));
    const found: AlbumRow[] = [];
    const chains = isOneWord ? this.#byFirstWord : this.#byOpening;
    for (let at = chains.first(numberOf(opening)); at !== endOfChain; at = chains.next(at)) {
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

function numberOf(letters: string): number {
  let number = emptyHash;
  for (let at = 0; at < letters.length; at++) number = hashWith(number, letters.charCodeAt(at));
  return number;
}

const [space, letterA, letterZ, lowerCase] = [32, 97, 122, 32];
const [longestArticle, shortestBehind] = [3, 2];
/** What parts two words and does nothing else. */
const parting = new Uint8Array(128);
for (const sign of " ()[]:-/#|_~;=<>@^{}%".split("")) parting[sign.charCodeAt(0)] = 1;

/** Numbers of the words that titles begin with, once they are folded. */
class OpeningReader {
  firstWord = 0;
  opening = 0;

  take(opening: string): void {
    this.opening = numberOf(opening);
    this.firstWord = numberOf(opening.slice(0, endOfWord(opening, 0)));
  }

  /** Whether one look at a raw title tells them: its first words are letters alone, of which none may be another word. */
  read(raw: string): boolean {
    let from = endOfParting(raw, 0);
    let until = endOfLetters(raw, from);
    let next = endOfParting(raw, until);
    if (until - from <= longestArticle && articles.has(raw.slice(from, until).toLowerCase())) {
      from = next;
      until = endOfLetters(raw, from);
      next = endOfParting(raw, until);
    }
    if (!isWord(raw, from, until)) return false;
    this.firstWord = numberIn(raw, from, until, emptyHash);
    this.opening = this.firstWord;
    if (next === raw.length) return true;
    const end = endOfLetters(raw, next);
    if (!isWord(raw, next, end)) return false;
    this.opening = numberIn(raw, next, end, hashWith(this.firstWord, space));
    return true;
  }
}

/** Whether letters are a word that one look tells: of some length, for a letter may be a word's, and parted from the next. */
function isWord(raw: string, from: number, until: number): boolean {
  return until - from >= shortestBehind && (until === raw.length || isParting(raw.charCodeAt(until)));
}

function isParting(code: number): boolean {
  return code < 128 && parting[code] === 1;
}

function endOfParting(raw: string, from: number): number {
  let at = from;
  while (at < raw.length && isParting(raw.charCodeAt(at))) at += 1;
  return at;
}

function endOfLetters(raw: string, from: number): number {
  let at = from;
  for (; at < raw.length; at++) {
    const letter = raw.charCodeAt(at) | lowerCase;
    if (letter < letterA || letter > letterZ) break;
  }
  return at;
}

function numberIn(raw: string, from: number, until: number, seed: number): number {
  let number = seed;
  for (let at = from; at < until; at++) number = hashWith(number, raw.charCodeAt(at) | lowerCase);
  return number;
}
