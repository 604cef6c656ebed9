import type { AlbumRow } from "../matched-release.ts";
import type { Wanted } from "../rungs/compare.ts";
import { isPlaceholderTitle } from "../text/artist-name.ts";
import { OwnNames } from "../text/own-names.ts";
import { initialsOf, mayBeginWith, type ParsedTitle } from "../text/title.ts";
import { isNear } from "../rungs/near-title.ts";
import { mayHoldPieces } from "../rungs/alternatives.ts";
import { compact } from "../text/fold.ts";
import { isInOtherScript } from "../text/transliteration.ts";
import { sharedClues, type Clues } from "./clues.ts";
import { LazyEntry } from "./entry.ts";
import { Letters } from "./letters.ts";

/** A word that so many titles of one artist share finds no near ones. */
const mostOfOneWord = 40;

/** All albums under one artist key. Titles are folded when a record by the artist is looked for, and taken apart near it. */
export class AlbumBlock {
  readonly key: string;
  /** The artist's names as they are spelled. */
  readonly names: string[];
  readonly #rows: AlbumRow[] = [];
  #albums: readonly AlbumRow[] | null = null;
  #firstLetters: number | null = null;
  #letters: Letters | null = null;
  #entries: (LazyEntry | null)[] | null = null;
  #inOtherScript: readonly LazyEntry[] | null = null;
  #ownNames: Map<string, OwnNames> | null = null;
  #mostPlayed: string | null = null;

  constructor(key: string, ...names: string[]) {
    this.key = key;
    this.names = names;
  }

  add(row: AlbumRow): void {
    this.#rows.push(row);
  }

  /** What stands for no album left aside. */
  get albums(): readonly AlbumRow[] {
    return (this.#albums ??=
      mayBePlaceholder(this.#initials) && this.#rows.some(isPlaceholder)
        ? this.#rows.filter((row) => !isPlaceholder(row))
        : this.#rows);
  }

  get entries(): readonly LazyEntry[] {
    return this.albums.map((_, at) => this.#entry(at));
  }

  /** The name that most plays stand under. */
  get mostPlayedName(): string {
    // Mostly there is one.
    return (this.#mostPlayed ??=
      this.names.length === 1 ? (this.names[0] ?? "") : mostPlayedName(this.albums));
  }

  /** Entries of the very key of a title. Where none begins like it, as in most blocks, none is folded. */
  titled({ title, clues }: Pick<Wanted, "title" | "clues">): readonly LazyEntry[] {
    if (!mayBeginWith(this.#initials, title.key)) return none;
    let found: LazyEntry[] | null = null;
    for (const at of this.#folded.holding(clues.key)) {
      if (!mayBeginWith(initialsOf((this.albums[at] as AlbumRow).title), title.key)) continue;
      const entry = this.#entry(at);
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
    const { words, ends } = sharedClues(title);
    const sharing = words
      .map((word) => this.#folded.holding(word))
      .filter(({ length }) => length <= mostOfOneWord);
    const alike = new Set([...sharing, ...ends.map((end) => this.#folded.holding(end))].flat());
    return this.#at([...alike]).filter((entry) => isNear(title, entry.title));
  }

  /** Entries whose titles hold letters of another alphabet that can be spelled in Latin ones. */
  get inOtherScript(): readonly LazyEntry[] {
    return (this.#inOtherScript ??= isInOtherScript(this.#folded.text)
      ? this.entries.filter(({ title }) => isInOtherScript(title.stem))
      : none);
  }

  /** Of all titles. */
  get #initials(): number {
    return (this.#firstLetters ??= this.#rows.reduce((all, { title }) => all | initialsOf(title), 0));
  }

  get #folded(): Letters {
    return (this.#letters ??= new Letters(this.albums, this));
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
    return numbers.length === 0 ? none : numbers.map((at) => this.#entry(at));
  }

  #entry(at: number): LazyEntry {
    const entries = (this.#entries ??= this.albums.map(() => null));
    return (entries[at] ??= new LazyEntry(this.albums[at] as AlbumRow, at, this));
  }
}

const none: readonly LazyEntry[] = [];

/** "Unknown", "N/A", null: whether a title that begins with one of these letters, or with none, may stand for no album. */
function mayBePlaceholder(initials: number): boolean {
  return mayBeginWith(initials, "n") || mayBeginWith(initials, "u");
}

function isPlaceholder({ title }: AlbumRow): boolean {
  return isPlaceholderTitle(title);
}

function holdsName(letters: string, names: readonly string[]): boolean {
  for (const name of names) if (letters.includes(compact(name))) return true;
  return false;
}

function mostPlayedName(albums: readonly AlbumRow[]): string {
  const plays = new Map<string, number>();
  for (const album of albums) plays.set(album.artist, (plays.get(album.artist) ?? 0) + album.playCount);
  const [most] = [...plays].toSorted(([one, few], [other, many]) => many - few || (one < other ? -1 : 1));
  return most?.[0] ?? "";
}
