import type { Entry } from "./entry.ts";
import { fold } from "../text/fold.ts";
import type { AlbumRow } from "../matched-release.ts";
import { articles, parseTitle, type ParsedTitle } from "../text/title.ts";

/** Albums of all artists by title. Rows are sorted by how their titles begin; only those asked for are taken apart. */
export interface TitleIndex {
  /** Entries whose key is the title's, and that begin with the same two words. */
  sameTitle(title: ParsedTitle): readonly Entry[];
}

export function createTitleIndex(albums: Iterable<AlbumRow>): TitleIndex {
  const byOpening = new Map<string, AlbumRow[]>();
  for (const album of albums) push(byOpening, openingOfRaw(album.title), album);
  // What follows a title of one word may be its tail.
  const beginningWith = (opening: string): AlbumRow[] =>
    opening.includes(" ")
      ? (byOpening.get(opening) ?? [])
      : [...byOpening].flatMap(([key, rows]) => (isLedBy(key, opening) ? rows : []));
  const taken = new Map<string, Map<string, Entry[]>>();
  return {
    sameTitle: (title) => {
      const opening = openingOf(title.stem);
      let byKey = taken.get(opening);
      if (!byKey) {
        byKey = new Map();
        for (const album of beginningWith(opening)) {
          const entry = { album, title: parseTitle(album.title) };
          push(byKey, entry.title.key, entry);
        }
        taken.set(opening, byKey);
      }
      return byKey.get(title.key) ?? [];
    },
  };
}

/** Where words run together nothing sets a tail off. */
function isLedBy(key: string, opening: string): boolean {
  if (!key.startsWith(opening)) return false;
  return key.length === opening.length || key[opening.length] === " " || runsOn.test(opening);
}

const runsOn = /[\u3041-\u30ff\u4e00-\u9fff]$/;

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

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const held = map.get(key);
  if (held) held.push(value);
  else map.set(key, [value]);
}
