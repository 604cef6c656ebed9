// A record for tonight: the albums drawn, with what a person needs to know and find.
import { createEditionKeyMaker } from "../statistics/artist-collections.ts";
import { readActiveSnoozes, readProposals } from "../../store/decisions/user-decisions.ts";
import type { Database } from "../../store/file/database.ts";
import { readCustomFieldNames, readFieldValues } from "../../store/shelf/custom-fields.ts";
import { listSql, rawSql, sql, queryTuples } from "../../store/file/sql.ts";
import type { PickDocument } from "../documents/album-documents.ts";
import { buildRecordSource, recordSpinsSql } from "../statistics/play-counts.ts";
import { groupIntoLists } from "../../model/grouping.ts";
import { readHistoryState, requireHistory } from "../statistics/readiness.ts";
import { explainEmptyList, getHistoryNeeds, type RecordFilter } from "../filters/record-filter.ts";
import { toJsonRow, toIsoOrNull } from "../records/json-rows.ts";
import { readCollectionCopies, toCopyLine } from "../records/copies.ts";
import { joinRecords } from "../records/read-records.ts";
import { daySeconds } from "../../model/times.ts";

export interface PickParameters {
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

export type PickResult = ReturnType<typeof queryPick>;
export type PickRow = PickResult["rows"][number];

/** Throws NotReadyError for filters that need a complete listening history. */
export function queryPick(database: Database, question: PickParameters) {
  const { filter, count, seed, nowUts, shelfField } = question;
  requireHistory(database, ...getHistoryNeeds(filter));
  const toKey = createEditionKeyMaker(database);
  const snoozed = new Set(readActiveSnoozes(database, nowUts).map(toKey));
  // The answer to a seed depends on the cache alone.
  const proposals = seed === null ? readProposals(database, question.proposedSinceUts) : [];
  const proposedKeys = new Set(proposals.map(toKey));
  const fitting = readCandidates(database, filter, nowUts);
  const awake = fitting.filter(([key]) => !snoozed.has(key));
  const fresh = awake.filter(([key]) => !proposedKeys.has(key)).map(([, candidate]) => candidate);
  const picks = drawWeighted(fresh, count, seed === null ? question.random : createSeededRandom(seed));
  const ids = picks.map(({ recordId }) => recordId);
  const years = readMainSpinYears(database, ids);
  const shelves =
    shelfField === null ? new Map<number, string>() : readFieldValues(database, shelfField, ids);
  return {
    seed,
    rows: Array.from(joinRecords(database, picks), (pick) => ({
      ...pick,
      /** The value of the shelf field; null: none. */
      shelf: shelves?.get(pick.recordId) ?? null,
      /** All copies together, with the year that has more than half of the spins. */
      album: { ...pick.album, yearOfMostSpins: years.get(pick.recordId) ?? null },
    })),
    /** Albums that fit the filter, including those proposed lately. */
    albums: awake.length,
    records: awake.reduce((sum, [, { copies }]) => sum + copies, 0),
    /** The number of albums left out because they were proposed lately. */
    excepted: awake.length - fresh.length,
    /** The number of snoozed albums that fit the filter. */
    snoozed: fitting.length - awake.length,
    /** The names of all fields, if none has the name of the shelf field; otherwise null. */
    knownFields: shelves !== null ? null : readCustomFieldNames(database),
    /** Counts the albums of all kinds, whatever else the filter says. */
    countAll: () => readCandidates(database, { kind: ["any"] }, nowUts).length,
    emptied: () =>
      explainEmptyList(
        filter,
        (each) => readCandidates(database, each, nowUts).filter(([key]) => !snoozed.has(key)).length,
      ),
  };
}

type Columns = Omit<PickCandidate, "lastUts"> &
  Readonly<Record<"addedUts" | "lastSpinUts" | "lastPlayedUts", number | null>> & {
    readonly editionKey: string;
  };

/** The candidates with their edition keys, in the order of the record ids, so that a seed always gives the same draw. */
function readCandidates(database: Database, filter: RecordFilter, nowUts: number) {
  const isHistoryComplete = readHistoryState(database) === "complete";
  const withUsualKinds = { ...filter, kind: filter.kind ?? (["album", "ep"] as const) };
  const copies = readCollectionCopies<Columns>(database, withUsualKinds, {
    order: rawSql("record.id"),
    columns: sql`release.edition_key AS editionKey, record.rating AS rating, record.added_uts AS addedUts, ${buildRecordSource(filter).plays} AS playCount,
      match.logged_plays AS loggedPlays, match.last_played_uts AS lastPlayedUts, match.spins AS spins,
      match.last_spin_uts AS lastSpinUts`,
  });
  return groupIntoLists(copies, ({ key }) => key).map((album) => {
    const [first] = album;
    // Logged plays belong to one release, so the most logged copy is used.
    const most = album.reduce((a, b) => (b.loggedPlays > a.loggedPlays ? b : a));
    const lastSpinUts = isHistoryComplete ? most.lastSpinUts : null;
    const facts = {
      addedUts: first.addedUts,
      rating: album.reduce((best, { rating }) => Math.max(best, rating), 0),
      playCount: most.playCount,
      loggedPlays: most.loggedPlays,
      spins: isHistoryComplete ? most.spins : null,
      lastSpinUts,
      lastUts: lastSpinUts ?? most.lastPlayedUts,
    };
    const candidate = {
      ...toCopyLine(album),
      album: facts,
      weight: computePickWeight(facts, nowUts),
    };
    return [first.editionKey, candidate] as const;
  });
}

/** The year with more than half of a record's spins, by record, if there is one. */
function readMainSpinYears(database: Database, recordIds: readonly number[]): ReadonlyMap<number, number> {
  const years = queryTuples<[recordId: number, year: string]>(database)`SELECT record_id, year FROM (
      SELECT record_id, local_year(started_uts) AS year, count(*) AS spins,
        sum(count(*)) OVER (PARTITION BY record_id) AS total
      FROM (${recordSpinsSql}) WHERE record_id IN ${listSql(recordIds)} GROUP BY 1, 2)
    WHERE spins * 2 > total`;
  return new Map(years.map(([recordId, year]) => [recordId, Number(year)]));
}

/** `why` turns a row into a sentence. The caller words it. */
export function buildPickDocument(
  { rows, albums, records, excepted, seed }: PickResult,
  why: (album: PickRow["album"]) => string,
): PickDocument {
  return {
    data: rows.map((row) => ({
      ...toJsonRow(row),
      copies: row.copies,
      spins: row.album.spins,
      last_spin: toIsoOrNull(row.album.lastSpinUts),
      label: row.label,
      catalog_number: row.catalogNumber,
      folder: row.folder,
      shelf: row.shelf,
      why: why(row.album),
      weight: row.weight,
    })),
    summary: { albums, records, proposed_lately: excepted },
    seed,
  };
}

/** Returns a generator of numbers in [0, 1). The same seed gives the same numbers on every machine. */
export function createSeededRandom(seed: number): () => number {
  let state = hash((seed >>> 0) ^ hash(Math.floor(seed / 0x1_0000_0000) >>> 0));
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    return hash(state) / 0x1_0000_0000;
  };
}

/** A hash that spreads every bit, so that neighbouring seeds give unrelated numbers. */
function hash(word: number): number {
  let bits = word >>> 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x21f0aaad);
  bits = Math.imul(bits ^ (bits >>> 15), 0x735a2d97);
  return (bits ^ (bits >>> 15)) >>> 0;
}

export interface PickCandidate {
  readonly playCount: number;
  /** The number of logged plays. */
  readonly loggedPlays: number;
  /** null: unknown. */
  readonly spins: number | null;
  /** The last spin, or else the last play. null: never, or unknown. */
  readonly lastUts: number | null;
  /** 0 to 5; 0 is not rated. */
  readonly rating: number;
}

const yearSeconds = 365.25 * daySeconds;
const maxIdleFactor = 6;

/** Neglect × rating × past love. */
export function computePickWeight(album: PickCandidate, nowUts: number): number {
  return getIdleFactor(album, nowUts) * getRatingFactor(album.rating) * getPlayFactor(album);
}

/** Returns 6 if never played; else 1 plus the years since the last time, up to 6, or 2 if that time is unknown. */
function getIdleFactor({ playCount, loggedPlays, lastUts }: PickCandidate, nowUts: number): number {
  if (playCount === 0 && loggedPlays === 0) return maxIdleFactor;
  if (lastUts === null) return 2;
  return Math.min(maxIdleFactor, 1 + Math.max(0, Math.floor((nowUts - lastUts) / yearSeconds)));
}

function getRatingFactor(rating: number): number {
  if (rating === 5) return 3;
  if (rating === 4) return 2;
  return rating === 1 || rating === 2 ? 0.5 : 1;
}

/** Grows with the spins; if they are unknown, ten plays count as one. */
function getPlayFactor({ spins, playCount, loggedPlays }: PickCandidate): number {
  const times = spins ?? playCount / 10 + loggedPlays;
  if (times >= 10) return 2;
  return times >= 5 ? 1.5 : 1;
}

/** Draws without replacement. An item's chance is its share of the remaining weight. */
export function drawWeighted<Item extends { readonly weight: number }>(
  items: readonly Item[],
  count: number,
  random: () => number,
): Item[] {
  const rest = [...items];
  let sum = rest.reduce((total, { weight }) => total + weight, 0);
  const draw: Item[] = [];
  while (draw.length < count && rest.length > 0) {
    let point = random() * sum;
    let at = rest.findIndex(({ weight }) => (point -= weight) < 0);
    // Rounding may leave a remainder after the last item.
    if (at === -1) at = rest.length - 1;
    const [item] = rest.splice(at, 1);
    if (item === undefined) break;
    sum -= item.weight;
    draw.push(item);
  }
  return draw;
}
