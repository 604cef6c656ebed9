// Which record is meant: a number, a release, a master, an address at Discogs, or words.
import { kindOfCopy } from "../kinds.ts";
import { fold } from "../match/text/fold.ts";
import type { Database } from "../store/database.ts";
import { foldedWords } from "./words.ts";

/** One copy, in brief. */
export interface Copy {
  readonly id: number;
  readonly instanceId: number;
  readonly releaseId: number;
  readonly artist: string;
  readonly title: string;
  readonly form: string;
  readonly kind: string;
  readonly year: number | null;
  readonly playCount: number;
}

/** The copies of one album, whatever the pressing; the first is the one that was meant or the oldest on the shelf. */
export type Hit = readonly [Copy, ...Copy[]];

export interface FoundRecords {
  readonly hits: readonly Hit[];
  /** How it was named: the number of one copy, of a release or master, or by words. */
  readonly by: "record" | "release" | "master" | "words";
  /** Albums that are called what was taken for a record's number: 1999. */
  readonly alsoTitled: readonly Hit[];
}

/** Finds nothing: no hits. Words may find several; numbers and addresses find one album at most. */
export function findRecords(database: Database, words: readonly string[]): FoundRecords {
  const text = words.join(" ").trim();
  const address = /discogs\.com\/(?:[^?#]*\/)?(release|master)\/(\d{1,15})/i.exec(text);
  if (address) return numbered(database, address[1] === "master" ? "m" : "r", Number(address[2]));
  const prefixed = /^\[?([rm])(\d{1,15})\]?$/i.exec(text);
  if (prefixed)
    return numbered(database, prefixed[1] === "m" || prefixed[1] === "M" ? "m" : "r", Number(prefixed[2]));
  const plain = /^#?(\d{1,15})$/.exec(text);
  if (plain) return bareNumber(database, Number(plain[1]), text);
  return { hits: byWords(database, text), by: "words", alsoTitled: [] };
}

function bareNumber(database: Database, number: number, text: string): FoundRecords {
  const titled = grouped(copies(database, "fold(release.title) = ?", fold(text)));
  const [copy] = copies(database, "record.id = ?", number);
  if (copy) {
    const others = titled.filter((hit) => hit.every(({ id }) => id !== copy.id));
    return { hits: [withCopies(database, copy)], by: "record", alsoTitled: others };
  }
  const release = numbered(database, "r", number);
  if (release.hits.length > 0) return { ...release, alsoTitled: titled };
  return { hits: byWords(database, text), by: "words", alsoTitled: [] };
}

function numbered(database: Database, kind: "r" | "m", number: number): FoundRecords {
  const by = kind === "r" ? "release" : "master";
  const [copy] = copies(database, kind === "r" ? "release.id = ?" : "release.master_id = ?", number);
  return { hits: copy ? [withCopies(database, copy)] : [], by, alsoTitled: [] };
}

/** Exact titles first, then by plays. */
function byWords(database: Database, text: string): Hit[] {
  const words = foldedWords([text]);
  if (words.length === 0) return [];
  const hits = grouped(
    copies(
      database,
      words.map(() => "instr(fold(release.artist || ' ' || release.title), ?) > 0").join(" AND "),
      ...words,
    ),
  );
  const wanted = fold(text);
  const isExact = ([copy]: Hit): boolean =>
    fold(copy.title) === wanted || fold(`${copy.artist} ${copy.title}`) === wanted;
  const plays = (hit: Hit): number => hit.reduce((most, { playCount }) => Math.max(most, playCount), 0);
  return hits.toSorted(
    (a, b) => Number(isExact(b)) - Number(isExact(a)) || plays(b) - plays(a) || a[0].id - b[0].id,
  );
}

function copies(database: Database, where: string, ...parameters: (number | string)[]): Copy[] {
  return database
    .prepare<(number | string)[], Copy>(
      `SELECT record.id AS id, record.instance_id AS instanceId, release.id AS releaseId, release.artist AS artist,
         release.title AS title, release.form AS form, release.kind AS kind, release.year AS year,
         coalesce(match.play_count, 0) AS playCount
       FROM record JOIN release ON release.id = record.release_id LEFT JOIN match ON match.record_id = record.id
       WHERE ${where} ORDER BY record.id`,
    )
    .all(...parameters);
}

/** The copy, then the others of the same artist, title and kind. */
function withCopies(database: Database, copy: Copy): Hit {
  const same = copies(
    database,
    "fold(release.title) = ? AND fold(release.artist) = ?",
    fold(copy.title),
    fold(copy.artist),
  );
  const key = albumKey(copy);
  return [copy, ...same.filter((other) => other.id !== copy.id && albumKey(other) === key)];
}

function grouped(found: readonly Copy[]): Hit[] {
  const hits = new Map<string, [Copy, ...Copy[]]>();
  for (const copy of found) {
    const key = albumKey(copy);
    const hit = hits.get(key);
    if (hit) hit.push(copy);
    else hits.set(key, [copy]);
  }
  return [...hits.values()];
}

/** Equal for copies of one album. */
export function albumKey({ artist, title, kind }: Pick<Copy, "artist" | "title" | "kind">): string {
  return `${fold(artist)}\n${fold(title)}\n${kindOfCopy(kind)}`;
}
