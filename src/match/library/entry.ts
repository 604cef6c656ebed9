import { alternativesOf, type Alternative } from "../titles/alternatives.ts";
import { spellingsOf, type Spelling } from "../titles/spellings.ts";
import { bagOf } from "../titles/telling-words.ts";
import { parseTitle, type ParsedTitle } from "../titles/title.ts";
import type { KnownName } from "./artist-names.ts";
import { nearTitle } from "../titles/near-title.ts";

/** An album of an artist. Each property is computed on first use. */
export class Entry {
  readonly album: AlbumRow;
  readonly #artist: KnownName;
  #title: ParsedTitle | null = null;
  #alternatives: readonly Alternative[] | null = null;
  #spellings: readonly Spelling[] | null = null;
  #bag: string | null = null;

  constructor(album: AlbumRow, artist: KnownName) {
    this.album = album;
    this.#artist = artist;
  }

  get title(): ParsedTitle {
    return (this.#title ??= parseTitle(this.album.title));
  }

  get alternatives(): readonly Alternative[] {
    return (this.#alternatives ??= alternativesOf(this.title, this.#artist.own, "album"));
  }

  get spellings(): readonly Spelling[] {
    return (this.#spellings ??= spellingsOf(this.title));
  }

  get bag(): string {
    return (this.#bag ??= bagOf(this.title, this.#artist.own));
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
  readonly names: KnownName[] = [];
  readonly entries: Entry[] = [];
  #doubles: readonly Entry[] | null = null;
  #byTitle: ReadonlyMap<string, readonly Entry[]> | null = null;

  constructor(key: string) {
    this.key = key;
  }

  add(album: AlbumRow, name: KnownName): void {
    if (!this.names.includes(name)) this.names.push(name);
    this.entries.push(new Entry(album, name));
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

  titled(key: string): readonly Entry[] {
    this.#byTitle ??= byTitle(this.entries);
    return this.#byTitle.get(key) ?? [];
  }

  /** Entries whose titles may name two albums. */
  get doubles(): readonly Entry[] {
    return (this.#doubles ??= this.entries.filter(
      ({ title }) => title.format === "" && title.stemText.includes("/"),
    ));
  }

  /** Entries with near titles, including equal ones. */
  nearTo(title: ParsedTitle): readonly Entry[] {
    const isNear = nearTitle(title);
    return this.entries.filter((entry) => isNear(entry.title));
  }
}

function byTitle(entries: readonly Entry[]): ReadonlyMap<string, readonly Entry[]> {
  const index = new Map<string, Entry[]>();
  for (const entry of entries) addTo(index, entry.title.key, entry);
  return index;
}

export function addTo<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
