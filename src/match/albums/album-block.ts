import { groupByKey } from "../../model/grouping.ts";
import { listAlternatives, type AlternativeTitle } from "../titles/alternatives.ts";
import { listSpellings, type Spelling } from "../titles/spellings.ts";
import { toWordsKey } from "../titles/significant-words.ts";
import { parseTitle, type ParsedTitle } from "../titles/title.ts";
import type { ArtistName } from "./artist-names.ts";
import { createNearTitleFilter } from "../titles/near-title.ts";

/** An album of an artist. Each property is computed on first use. */
export class AlbumEntry {
  readonly album: AlbumRow;
  readonly #artist: ArtistName;
  #title: ParsedTitle | null = null;
  #alternatives: readonly AlternativeTitle[] | null = null;
  #spellings: readonly Spelling[] | null = null;

  constructor(album: AlbumRow, artist: ArtistName) {
    this.album = album;
    this.#artist = artist;
  }

  get title(): ParsedTitle {
    return (this.#title ??= parseTitle(this.album.title));
  }

  get alternatives(): readonly AlternativeTitle[] {
    return (this.#alternatives ??= listAlternatives(this.title, this.#artist.own, "album"));
  }

  get spellings(): readonly Spelling[] {
    return (this.#spellings ??= listSpellings(this.title));
  }

  /** The words of its title that identify it. */
  get bag(): string {
    return toWordsKey(this.title, this.#artist.own);
  }
}

/** One row of the album chart, with its id in the cache. */
export interface AlbumRow {
  readonly id: number;
  readonly artist: string;
  readonly title: string;
  readonly playCount: number;
}

/** All albums under one artist key. */
export class AlbumBlock {
  readonly key: string;
  /** The artist's names, each spelling once. */
  readonly names: ArtistName[] = [];
  readonly entries: AlbumEntry[] = [];
  #doubles: readonly AlbumEntry[] | null = null;
  #byTitle: ReadonlyMap<string, readonly AlbumEntry[]> | null = null;

  constructor(key: string) {
    this.key = key;
  }

  add(album: AlbumRow, name: ArtistName): void {
    if (!this.names.includes(name)) this.names.push(name);
    this.entries.push(new AlbumEntry(album, name));
    name.plays += album.playCount;
  }

  get albums(): readonly AlbumRow[] {
    return this.entries.map(({ album }) => album);
  }

  /** The spelling with the most plays. */
  get mostPlayedName(): string {
    const [most] = this.names.toSorted((a, b) => b.plays - a.plays || (a.name < b.name ? -1 : 1));
    return most?.name ?? "";
  }

  getEntriesByTitleKey(key: string): readonly AlbumEntry[] {
    if (this.entries.length < minIndexedEntries) return this.entries.filter(({ title }) => title.key === key);
    this.#byTitle ??= groupByKey(this.entries, ({ title }) => title.key);
    return this.#byTitle.get(key) ?? [];
  }

  /** Entries whose titles may name two albums. */
  get twoInOneEntries(): readonly AlbumEntry[] {
    return (this.#doubles ??= this.entries.filter(
      ({ title }) => title.format === "" && title.stemText.includes("/"),
    ));
  }

  /** Entries with near titles, including equal ones. */
  selectNearEntries(title: ParsedTitle): readonly AlbumEntry[] {
    const isNear = createNearTitleFilter(title);
    return this.entries.filter((entry) => isNear(entry.title));
  }
}

/** An index of fewer entries costs more than it saves. */
const minIndexedEntries = 12;
