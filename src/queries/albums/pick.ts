// A record for tonight: albums that fit, each with its weight, and the draw.
import { editionKey } from "../../match/titles/title.ts";
import { fieldNames, findField } from "../../store/shelf/records.ts";
import type { Database } from "../../store/file/database.ts";
import type { AlbumName } from "../../store/decisions/decisions.ts";
import { editionKeyReader, type KeyedName } from "../figures/album-key.ts";
import { formsTogether } from "../records/copies.ts";
import { drawWeighted, pickWeight, type Pickable } from "./pick-weight.ts";
import { condition, type RecordFilter } from "../filters/record-filter.ts";
import { recordSpins } from "../figures/play-counts.ts";
import { playsOf, recordSource, withThese } from "../figures/record-source.ts";

/** An album on the shelf; of several copies the first stands for all. */
export interface PickCandidate extends Pickable, AlbumName {
  readonly recordId: number;
  readonly copies: number;
  /** Of all copies, each once: "CD+LP". */
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
  /** Albums that shall not come again yet. */
  readonly except: readonly AlbumName[];
  /** Albums that are not drawn from at all. */
  readonly snoozed: readonly AlbumName[];
  /** false: spins and last plays tell nothing. */
  readonly isHistoryComplete: boolean;
}

export interface Picks {
  readonly picks: readonly PickCandidate[];
  /** That fit the filter, those left out by `except` included. */
  readonly albums: number;
  readonly records: number;
  /** How many of them were left out. */
  readonly excepted: number;
  /** How many fit besides, and are snoozed. */
  readonly snoozed: number;
}

interface Row extends KeyedName {
  readonly recordId: number;
  readonly form: string;
  readonly rating: number;
  readonly addedUts: number | null;
  readonly playCount: number;
  readonly notedPlays: number;
  readonly lastPlayedUts: number | null;
  readonly spins: number | null;
  readonly lastSpinUts: number | null;
}

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

/** By album, in the order of the records' ids, so that a seed finds the same again. */
function candidatesOf(
  database: Database,
  { filter, nowUts, isHistoryComplete }: Draw,
): Map<string, PickCandidate> {
  const source = recordSource(filter);
  const where = condition(database, filter);
  const rows = database
    .prepare<unknown[], Row>(
      `${withThese(source.definitions)}
       SELECT record.id AS recordId, release.artist AS artist, release.title AS title,
         release.form AS form, release.edition_key AS editionKey, record.rating AS rating,
         record.added_uts AS addedUts, ${playsOf(filter)} AS playCount,
         match.noted_plays AS notedPlays, match.last_played_uts AS lastPlayedUts,
         match.spins AS spins, match.last_spin_uts AS lastSpinUts
       FROM ${source.tables} WHERE ${where.sql} ORDER BY record.id`,
    )
    .iterate(...source.parameters, ...where.parameters);
  const keyOf = editionKeyReader(database);
  const candidates = new Map<string, PickCandidate>();
  for (const { lastPlayedUts, editionKey: kept, ...row } of rows) {
    const key = keyOf({ ...row, editionKey: kept });
    const known = candidates.get(key);
    const facts = isHistoryComplete ? row : { ...row, spins: null, lastSpinUts: null };
    const own = { ...facts, lastUts: facts.lastSpinUts ?? lastPlayedUts };
    const album = {
      // Notes are of a release: of copies that differ in it, the one that was noted most tells more.
      ...(known === undefined || own.notedPlays > known.notedPlays ? own : known),
      recordId: known?.recordId ?? row.recordId,
      addedUts: known === undefined ? row.addedUts : known.addedUts,
      copies: (known?.copies ?? 0) + 1,
      form: formsTogether([...(known?.form.split("+") ?? []), row.form]),
      rating: Math.max(known?.rating ?? 0, row.rating),
    };
    candidates.set(key, { ...album, weight: pickWeight(album, nowUts) });
  }
  return candidates;
}

/** By record, the year in which most of its spins were, where more than half of them were in one. */
export function yearsOfMostSpins(
  database: Database,
  recordIds: readonly number[],
): ReadonlyMap<number, number> {
  const rows = database
    .prepare<[string], [recordId: number, uts: number]>(
      `SELECT record_id, started_uts FROM (${recordSpins}) WHERE record_id IN (SELECT value FROM json_each(?))`,
    )
    .raw()
    .all(JSON.stringify(recordIds));
  const spins = new Map<number, number[]>();
  for (const [recordId, uts] of rows) {
    const years = spins.get(recordId) ?? [];
    years.push(new Date(uts * 1000).getFullYear());
    spins.set(recordId, years);
  }
  return new Map(
    [...spins].flatMap(([recordId, years]) => {
      const counts = new Map<number, number>();
      for (const year of years) counts.set(year, (counts.get(year) ?? 0) + 1);
      const most = [...counts].find(([, count]) => count * 2 > years.length);
      return most === undefined ? [] : [[recordId, most[0]] as const];
    }),
  );
}

interface FieldValues {
  /** By record, where it has one. */
  readonly values: ReadonlyMap<number, string>;
  /** The names of all fields where none has the name; else null. */
  readonly known: readonly string[] | null;
}

/** The values of a custom field of the collection. A name of null asks for none. */
export function fieldValues(
  database: Database,
  name: string | null,
  recordIds: readonly number[],
): FieldValues {
  if (name === null) return { values: new Map(), known: null };
  const field = findField(database, name);
  if (field === undefined) return { values: new Map(), known: fieldNames(database) };
  const rows = database
    .prepare<[string, number], [number, string]>(
      `SELECT record_id, value FROM record_field
       WHERE record_id IN (SELECT value FROM json_each(?)) AND field_id = ?`,
    )
    .raw()
    .all(JSON.stringify(recordIds), field.id);
  return { values: new Map(rows), known: null };
}
