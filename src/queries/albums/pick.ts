// A record for tonight: the albums drawn, with what a person needs to know and find.
import { editionKey } from "../../match/titles/title.ts";
import { activeSnoozes, proposedSince, type AlbumName } from "../../store/decisions/user-decisions.ts";
import type { Database } from "../../store/file/database.ts";
import { fieldNames, findField } from "../../store/shelf/custom-fields.ts";
import { list, plain, sql, tuplesOf } from "../conditions/sql.ts";
import type { PickDocument } from "../documents/album-documents.ts";
import { recordSpins } from "../figures/play-counts.ts";
import { groupsOf } from "../figures/played-most.ts";
import { historyState, requireHistory } from "../figures/readiness.ts";
import { playsOf } from "../figures/record-source.ts";
import { editionKeyReader } from "../figures/same-album.ts";
import { emptiedBy, needsOf, type Emptied, type RecordFilter } from "../filters/record-filter.ts";
import { contractRow, isoSeconds } from "../records/contract.ts";
import { copiesOnShelf, formsTogether } from "../records/copies.ts";
import { recordsOf, type RecordRow } from "../records/read-records.ts";
import { drawWeighted, pickWeight, seededRandom, type Pickable } from "./pick-weight.ts";

export interface PickQuestion {
  /** Albums and EPs unless it names kinds, because a single is short and a box takes all night. */
  readonly filter: RecordFilter;
  readonly count: number;
  /** null: albums proposed since `proposedSinceUts` are left out, and the draw is random. */
  readonly seed: number | null;
  readonly random: () => number;
  readonly proposedSinceUts: number;
  readonly nowUts: number;
  /** The custom field that says where a record stands; null: none. */
  readonly shelfField: string | null;
}

/** An album on the shelf. The first copy stands for all. */
interface PickCandidate extends Pickable, AlbumName {
  readonly recordId: number;
  readonly copies: number;
  /** The forms of all copies, each once: "CD+LP". */
  readonly form: string;
  readonly lastSpinUts: number | null;
  readonly addedUts: number | null;
  readonly weight: number;
}

export interface PickRow extends PickCandidate {
  readonly record: RecordRow;
  /** The value of the shelf field; null: none. */
  readonly shelf: string | null;
  /** The year with more than half of its spins; null if there is none. */
  readonly yearOfMostSpins: number | null;
}

export interface PickAnswer {
  readonly seed: number | null;
  readonly rows: readonly PickRow[];
  /** Albums that fit the filter, including those proposed lately. */
  readonly albums: number;
  readonly records: number;
  /** The number of albums left out because they were proposed lately. */
  readonly excepted: number;
  /** The number of snoozed albums that fit the filter. */
  readonly snoozed: number;
  /** If no custom field has the name asked for, the names of all fields; otherwise null. */
  readonly knownFields: readonly string[] | null;
  /** The filters that left nothing, if nothing is left. */
  readonly emptied: () => Emptied;
}

/** Throws NotReadyError for filters that need a complete listening history. */
export function ask(database: Database, question: PickQuestion): PickAnswer {
  const { filter, count, seed, nowUts, shelfField } = question;
  requireHistory(database, ...needsOf(filter));
  const snoozed = keysOf(activeSnoozes(database, nowUts));
  // With a seed, the answer depends on the cache alone.
  const proposedKeys = keysOf(seed === null ? proposedSince(database, question.proposedSinceUts) : []);
  const fitting = [...candidatesOf(database, filter, nowUts)];
  const awake = fitting.filter(([key]) => !snoozed.has(key));
  const fresh = awake.filter(([key]) => !proposedKeys.has(key)).map(([, candidate]) => candidate);
  const picks = drawWeighted(fresh, count, seed === null ? question.random : seededRandom(seed));
  const ids = picks.map(({ recordId }) => recordId);
  const years = yearsOfMostSpins(database, ids);
  const { values, knownFields } = fieldValues(database, shelfField, ids);
  return {
    seed,
    rows: Array.from(recordsOf(database, picks), (pick) => ({
      ...pick,
      shelf: values.get(pick.recordId) ?? null,
      yearOfMostSpins: years.get(pick.recordId) ?? null,
    })),
    albums: awake.length,
    records: awake.reduce((sum, [, { copies }]) => sum + copies, 0),
    excepted: awake.length - fresh.length,
    snoozed: fitting.length - awake.length,
    knownFields,
    emptied: () =>
      emptiedBy(
        filter,
        (each) => [...candidatesOf(database, each, nowUts).keys()].filter((key) => !snoozed.has(key)).length,
      ),
  };
}

function keysOf(albums: readonly AlbumName[]): ReadonlySet<string> {
  return new Set(albums.map(({ artist, title }) => editionKey(artist, title)));
}

type Columns = Omit<Pickable, "lastUts"> &
  Pick<PickCandidate, "addedUts" | "lastSpinUts"> & { readonly lastPlayedUts: number | null };

/** By edition key, in the order of the record ids, so that a seed always gives the same draw. */
function candidatesOf(
  database: Database,
  filter: RecordFilter,
  nowUts: number,
): ReadonlyMap<string, PickCandidate> {
  const isHistoryComplete = historyState(database) === "complete";
  const withUsualKinds = { ...filter, kind: filter.kind ?? (["album", "ep"] as const) };
  const copies = copiesOnShelf<Columns>(database, withUsualKinds, {
    order: plain("record.id"),
    columns: sql`record.rating AS rating, record.added_uts AS addedUts, ${playsOf(filter)} AS playCount,
      match.noted_plays AS notedPlays, match.last_played_uts AS lastPlayedUts, match.spins AS spins,
      match.last_spin_uts AS lastSpinUts`,
  });
  const keyOf = editionKeyReader(database);
  return new Map(
    groupsOf(copies, keyOf).map((album) => {
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
function yearsOfMostSpins(database: Database, recordIds: readonly number[]): ReadonlyMap<number, number> {
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
  readonly knownFields: readonly string[] | null;
}

/** The values of a custom field. `name` null: no values. */
function fieldValues(database: Database, name: string | null, recordIds: readonly number[]): FieldValues {
  if (name === null) return { values: new Map(), knownFields: null };
  const field = findField(database, name);
  if (field === undefined) return { values: new Map(), knownFields: fieldNames(database) };
  const rows = tuplesOf<[number, string]>(
    database,
    sql`SELECT record_id, value FROM record_field WHERE record_id IN ${list(recordIds)} AND field_id = ${field.id}`,
  );
  return { values: new Map(rows), knownFields: null };
}

/** `why` turns a row into a sentence. The caller words it. */
export function document(
  { rows, albums, records, excepted, seed }: PickAnswer,
  why: (row: PickRow) => string,
): PickDocument {
  return {
    data: rows.map((row) => ({
      ...contractRow(row.record),
      copies: row.copies,
      spins: row.spins,
      last_spin: isoSeconds(row.lastSpinUts),
      label: row.record.label,
      catalog_number: row.record.catalogNumber,
      folder: row.record.folder,
      shelf: row.shelf,
      why: why(row),
      weight: row.weight,
    })),
    summary: { albums, records, proposed_lately: excepted },
    seed,
  };
}
