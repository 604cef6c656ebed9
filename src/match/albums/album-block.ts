import type { AlbumRow } from "../matched-release.ts";
import type { Wanted } from "../rungs/compare.ts";
import { OwnNames } from "../text/own-names.ts";
import type { ParsedTitle } from "../text/title.ts";
import { NearTitles } from "../rungs/near-title.ts";
import { steadyPart } from "../text/notation.ts";
import { mayHoldPieces } from "../rungs/alternatives.ts";
import { compact, lettersOf } from "../text/fold.ts";
import { bearsUmlaut } from "../text/umlauts.ts";
import { mayBeTextSpeak } from "../text/text-speak.ts";
import { isInOtherScript } from "../text/transliteration.ts";
import { endsOf, type Clues } from "./clues.ts";
import { LazyEntry } from "./entry.ts";
import { Letters } from "./letters.ts";
import type { RowTable } from "./row-table.ts";

/** An artist's name as it is spelled. */
export interface Spelling {
  readonly name: string;
  readonly words: readonly string[];
  /** Whether it is letters alone, a word or two of them. */
  readonly isPlain: boolean;
  /** Of all its albums. */
  readonly plays: number;
}

/** A word that so many titles of one artist share finds no near ones. */
const mostOfOneWord = 40;

/** All albums under one artist key. Titles are folded when a record by the artist is looked for, and taken apart near it. */
export class AlbumBlock {
  readonly key: string;
  /** The artist's names, each spelling once. */
  readonly names: Spelling[];
  readonly #table: RowTable;
  /** By which the table knows the artist. */
  readonly #artist: number;
  #albums: readonly AlbumRow[] | null = null;
  #letters: Letters | null = null;
  #entries: LazyEntry[] | null = null;
  #inOtherScript: readonly LazyEntry[] | null = null;
  #withUmlauts: readonly LazyEntry[] | null = null;
  #inTextSpeak: readonly LazyEntry[] | null = null;
  #ownNames: Map<string, OwnNames> | null = null;

  constructor(key: string, names: Spelling[], table: RowTable) {
    this.key = key;
    this.names = names;
    this.#table = table;
    this.#artist = table.addArtist();
  }

  /** Adds a row, by its number, and tells whether it is an album; before the table is arranged. */
  add(row: number): boolean {
    return this.#table.put(row, this.#artist);
  }

  /** How many albums there are, what stands for none left aside. */
  get count(): number {
    return this.#table.count(this.#artist);
  }

  get albums(): readonly AlbumRow[] {
    if (this.#albums !== null) return this.#albums;
    const albums = Array<AlbumRow>(this.count);
    for (let at = 0; at < albums.length; at++) albums[at] = this.#album(at);
    return (this.#albums = albums);
  }

  get entries(): readonly LazyEntry[] {
    return Array.from({ length: this.count }, (_, at) => this.#entry(at));
  }

  /** The name that most plays stand under. */
  get mostPlayedName(): string {
    let most = this.names[0];
    for (let at = 1; at < this.names.length; at++) {
      const other = this.names[at] as Spelling;
      const isMore = other.plays > (most?.plays ?? 0);
      if (isMore || (other.plays === most?.plays && other.name < most.name)) most = other;
    }
    return most?.name ?? "";
  }

  /** Entries of the very key of a title. Where none begins like it, as in most blocks, none is folded. */
  titled({ title, clues }: Pick<Wanted, "title" | "clues">): readonly LazyEntry[] {
    let found: LazyEntry[] | null = null;
    const numbers = this.#folded.titled(title, clues.key);
    for (let at = 0; at < numbers.length; at++) {
      const entry = this.#entry(numbers[at] as number);
      entry.knownAs(title);
      if (entry.title.key === title.key) (found ??= []).push(entry);
    }
    return found ?? none;
  }

  /** Entries whose titles hold these letters. */
  holding(letters: string): readonly LazyEntry[] {
    return this.#at(this.#folded.holding(letters));
  }

  /** Entries that a rung may reach from a record with these clues, and a few more. */
  near(clues: Clues): readonly LazyEntry[] {
    return this.#at(this.#folded.fitting(clues));
  }

  /** Entries whose titles are near a title, equal ones among them. */
  nearTo(title: ParsedTitle): readonly LazyEntry[] {
    const near = new NearTitles(title);
    const sharing = near.words
      .map((word) => this.#folded.holding(steadyPart(word)))
      .filter(({ length }) => length <= mostOfOneWord);
    const alike = new Set([...sharing, ...endsOf(title).map((end) => this.#folded.holding(end))].flat());
    return this.#at([...alike]).filter((entry) => near.holds(entry.title));
  }

  /** Entries whose titles hold letters of another alphabet that can be spelled in Latin ones. */
  get inOtherScript(): readonly LazyEntry[] {
    return (this.#inOtherScript ??= this.#at(this.#folded.such(foldsToOtherScript, "beyond-ascii")).filter(
      ({ title }) => isInOtherScript(title.stem),
    ));
  }

  get withUmlauts(): readonly LazyEntry[] {
    return (this.#withUmlauts ??= this.#at(this.#folded.such(bearsUmlaut, "beyond-ascii")));
  }

  /** Entries whose titles have "4" for "for", "U" for "you". */
  get inTextSpeak(): readonly LazyEntry[] {
    return (this.#inTextSpeak ??= this.#at(this.#folded.such(mayBeTextSpeak, "any")));
  }

  get #folded(): Letters {
    return (this.#letters ??= new Letters(this.#table, this.#table.start(this.#artist), this.count, this));
  }

  /** Whether an album may be known by a piece of its title. */
  mayHoldOther({ title, artist }: AlbumRow, letters: string): boolean {
    return mayHoldPieces(title) || holdsName(letters, this.namesOf(artist).folded);
  }

  mayHoldAll(at: number, clues: readonly string[]): boolean {
    return this.#folded.mayHoldAll(at, clues);
  }

  /** A block's albums are mostly by one spelling of the artist's name. */
  namesOf(artist: string): OwnNames {
    const known = this.#ownNames?.get(artist);
    if (known !== undefined) return known;
    const names = new OwnNames([artist]);
    (this.#ownNames ??= new Map()).set(artist, names);
    return names;
  }

  #at(numbers: readonly number[]): readonly LazyEntry[] {
    if (numbers.length === 0) return none;
    const entries: LazyEntry[] = [];
    for (let at = 0; at < numbers.length; at++) entries.push(this.#entry(numbers[at] as number));
    return entries;
  }

  #entry(at: number): LazyEntry {
    const entries = (this.#entries ??= Array<LazyEntry>(this.count));
    return (entries[at] ??= new LazyEntry(this.#album(at), at, this));
  }

  #album(at: number): AlbumRow {
    return this.#table.album(this.#table.start(this.#artist) + at);
  }
}

const none: readonly LazyEntry[] = [];

function foldsToOtherScript(title: string): boolean {
  return isInOtherScript(lettersOf(title));
}

function holdsName(letters: string, names: readonly string[]): boolean {
  for (const name of names) if (letters.includes(compact(name))) return true;
  return false;
}
