import { NearTitles } from "../titles/near-title.ts";
import type { ParsedTitle } from "../titles/title.ts";
import { type AlbumRow, LazyEntry } from "./entry.ts";
import type { KnownName } from "./artist-names.ts";

/** All albums under one artist key. */
export class AlbumBlock {
  readonly key: string;
  /** The artist's names, each spelling once. */
  readonly names: KnownName[] = [];
  readonly #rows: (readonly [AlbumRow, KnownName])[] = [];
  #entries: readonly LazyEntry[] | null = null;

  constructor(key: string) {
    this.key = key;
  }

  add(album: AlbumRow, name: KnownName): void {
    if (!this.names.includes(name)) this.names.push(name);
    this.#rows.push([album, name]);
    name.plays += album.playCount;
  }

  get albums(): readonly AlbumRow[] {
    return this.#rows.map(([album]) => album);
  }

  get entries(): readonly LazyEntry[] {
    return (this.#entries ??= this.#rows.map(([album, name]) => new LazyEntry(album, name)));
  }

  /** The spelling with the most plays. */
  get mostPlayedName(): string {
    const [most] = this.names.toSorted((a, b) => b.plays - a.plays || (a.name < b.name ? -1 : 1));
    return most?.name ?? "";
  }

  titled(key: string): readonly LazyEntry[] {
    return this.entries.filter((entry) => entry.title.key === key);
  }

  /** Entries with near titles, including equal ones. */
  nearTo(title: ParsedTitle): readonly LazyEntry[] {
    const near = new NearTitles(title);
    return this.entries.filter((entry) => near.holds(entry.title));
  }
}
