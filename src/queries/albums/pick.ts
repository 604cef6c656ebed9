// The weights of the albums that fit, and the draw.
import { fieldNames, findField } from "../../store/shelf/custom-fields.ts";
import { daySeconds } from "../../model/times.ts";
import { editionKey } from "../../match/titles/title.ts";
import type { Database } from "../../store/file/database.ts";
import type { AlbumName } from "../../store/decisions/user-decisions.ts";
import { list, plain, sql, tuplesOf } from "../conditions/sql.ts";
import { editionKeyReader } from "../figures/same-album.ts";
import { copiesOnShelf, formsTogether } from "../records/copies.ts";
import { grouped } from "../figures/played-most.ts";
import type { RecordFilter } from "../filters/record-filter.ts";
import { recordSpins } from "../figures/play-counts.ts";
import { playsOf } from "../figures/record-source.ts";

/** Returns a generator of numbers in [0, 1). The same seed gives the same numbers on every machine. */
export function seededRandom(seed: number): () => number {
  let state = mixed((seed >>> 0) ^ mixed(Math.floor(seed / 0x1_0000_0000) >>> 0));
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    return mixed(state) / 0x1_0000_0000;
  };
}

/** A hash that spreads every bit, so that neighbouring seeds give unrelated numbers. */
function mixed(word: number): number {
  let bits = word >>> 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x21f0aaad);
  bits = Math.imul(bits ^ (bits >>> 15), 0x735a2d97);
  return (bits ^ (bits >>> 15)) >>> 0;
}

export interface Pickable {
  readonly playCount: number;
  /** The number of logged plays. */
  readonly notedPlays: number;
  /** null: unknown. */
  readonly spins: number | null;
  /** The last spin, or else the last play. null: never, or unknown. */
  readonly lastUts: number | null;
  /** 0 to 5; 0 is not rated. */
  readonly rating: number;
}

const yearSeconds = 365.25 * daySeconds;
const mostNeglect = 6;

/** Neglect × rating × past love. */
export function pickWeight(album: Pickable, nowUts: number): number {
  return neglect(album, nowUts) * ratingFactor(album.rating) * pastLove(album);
}

/** Never played: 6. Otherwise 1 plus the years since the last time, up to 6, or 2 if the last time is unknown. */
function neglect({ playCount, notedPlays, lastUts }: Pickable, nowUts: number): number {
  if (playCount === 0 && notedPlays === 0) return mostNeglect;
  if (lastUts === null) return 2;
  return Math.min(mostNeglect, 1 + Math.max(0, Math.floor((nowUts - lastUts) / yearSeconds)));
}

function ratingFactor(rating: number): number {
  if (rating === 5) return 3;
  if (rating === 4) return 2;
  return rating === 1 || rating === 2 ? 0.5 : 1;
}

/** By spins; if they are unknown, ten plays count as one. */
function pastLove({ spins, playCount, notedPlays }: Pickable): number {
  const times = spins ?? playCount / 10 + notedPlays;
  if (times >= 10) return 2;
  return times >= 5 ? 1.5 : 1;
}

/** Draws without replacement. An item's chance is its share of the remaining weight. */
export function drawWeighted<Item extends { readonly weight: number }>(
  items: readonly Item[],
  count: number,
  random: () => number,
): Item[] {
  const left = [...items];
  let sum = left.reduce((total, { weight }) => total + weight, 0);
  const drawn: Item[] = [];
  while (drawn.length < count && left.length > 0) {
    let rest = random() * sum;
    let at = left.findIndex(({ weight }) => (rest -= weight) < 0);
    // Rounding may leave a remainder after the last item.
    if (at === -1) at = left.length - 1;
    const [item] = left.splice(at, 1);
    if (item === undefined) break;
    sum -= item.weight;
    drawn.push(item);
  }
  return drawn;
}

/** An album on the shelf. The first copy stands for all. */
export interface PickCandidate extends Pickable, AlbumName {
  readonly recordId: number;
  readonly copies: number;
  /** The forms of all copies, each once: "CD+LP". */
  readonly form: string;
  readonly lastSpinUts: number | null;
  readonly addedUts: number | null;
  readonly weight: number;
}

interface Draw {
  readonly filter: RecordFilter;
  readonly count: number;
  readonly random: () => number;
  readonly nowUts: number;
  /** Albums that were proposed lately. */
  readonly except: readonly AlbumName[];
  /** Albums that are never drawn. */
  readonly snoozed: readonly AlbumName[];
  /** false: spins and last plays are unknown. */
  readonly isHistoryComplete: boolean;
}

export interface Picks {
  readonly picks: readonly PickCandidate[];
  /** Albums that fit the filter, including those left out by `except`. */
  readonly albums: number;
  readonly records: number;
  /** The number of albums left out by `except`. */
  readonly excepted: number;
  /** The number of snoozed albums that fit the filter. */
  readonly snoozed: number;
}

type Columns = Omit<Pickable, "lastUts"> &
  Pick<PickCandidate, "addedUts" | "lastSpinUts"> & { readonly lastPlayedUts: number | null };

export function pickRecords(database: Database, question: Draw): Picks {
  const candidates = candidatesOf(database, question);
  const fitting = candidates.size;
  for (const key of keysOf(question.snoozed)) candidates.delete(key);
  const except = keysOf(question.except);
  const fresh = [...candidates].filter(([key]) => !except.has(key)).map(([, candidate]) => candidate);
  return {
    picks: drawWeighted(fresh, question.count, question.random),
    albums: candidates.size,
    records: [...candidates.values()].reduce((sum, { copies }) => sum + copies, 0),
    excepted: candidates.size - fresh.length,
    snoozed: fitting - candidates.size,
  };
}

function keysOf(albums: readonly AlbumName[]): ReadonlySet<string> {
  return new Set(albums.map(({ artist, title }) => editionKey(artist, title)));
}

/** In the order of the record ids, so that a seed always gives the same draw. */
function candidatesOf(
  database: Database,
  { filter, nowUts, isHistoryComplete }: Draw,
): Map<string, PickCandidate> {
  const copies = copiesOnShelf<Columns>(database, filter, {
    order: plain("record.id"),
    columns: sql`record.rating AS rating, record.added_uts AS addedUts, ${playsOf(filter)} AS playCount,
      match.noted_plays AS notedPlays, match.last_played_uts AS lastPlayedUts, match.spins AS spins,
      match.last_spin_uts AS lastSpinUts`,
  });
  const keyOf = editionKeyReader(database);
  return new Map(
    grouped(copies, keyOf).map((album) => {
      const [first] = album;
      // Logged plays belong to one release, so the most logged copy is used.
      const { artist, title, playCount, notedPlays, lastPlayedUts, ...most } = album.reduce((a, b) =>
        b.notedPlays > a.notedPlays ? b : a,
      );
      const spins = isHistoryComplete ? most.spins : null;
      const lastSpinUts = isHistoryComplete ? most.lastSpinUts : null;
      const candidate = {
        recordId: first.id,
        artist,
        title,
        copies: album.length,
        form: formsTogether(album),
        addedUts: first.addedUts,
        rating: album.reduce((best, { rating }) => Math.max(best, rating), 0),
        playCount,
        notedPlays,
        spins,
        lastSpinUts,
        lastUts: lastSpinUts ?? lastPlayedUts,
      };
      return [keyOf(first), { ...candidate, weight: pickWeight(candidate, nowUts) }];
    }),
  );
}

/** For each record, the year with more than half of its spins, if there is one. */
export function yearsOfMostSpins(
  database: Database,
  recordIds: readonly number[],
): ReadonlyMap<number, number> {
  const years = tuplesOf<[recordId: number, year: string]>(
    database,
    sql`SELECT record_id, year FROM (
          SELECT record_id, local_year(started_uts) AS year, count(*) AS spins,
            sum(count(*)) OVER (PARTITION BY record_id) AS total
          FROM (${recordSpins}) WHERE record_id IN ${list(recordIds)} GROUP BY 1, 2)
        WHERE spins * 2 > total`,
  );
  return new Map(years.map(([recordId, year]) => [recordId, Number(year)]));
}

interface FieldValues {
  /** By record number. */
  readonly values: ReadonlyMap<number, string>;
  /** If no field has the name, the names of all fields; otherwise null. */
  readonly known: readonly string[] | null;
}

/** The values of a custom field. `name` null: no values. */
export function fieldValues(
  database: Database,
  name: string | null,
  recordIds: readonly number[],
): FieldValues {
  if (name === null) return { values: new Map(), known: null };
  const field = findField(database, name);
  if (field === undefined) return { values: new Map(), known: fieldNames(database) };
  const rows = tuplesOf<[number, string]>(
    database,
    sql`SELECT record_id, value FROM record_field WHERE record_id IN ${list(recordIds)} AND field_id = ${field.id}`,
  );
  return { values: new Map(rows), known: null };
}
