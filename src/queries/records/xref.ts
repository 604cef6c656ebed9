// Which of my records do I play, how often, when last, and which never.
import type { XrefDocument } from "../documents/record-documents.ts";
import { strayPlays } from "../figures/play-counts.ts";
import type { Database } from "../../store/file/database.ts";
import { contractPagination, pageOf } from "../documents/paging.ts";
import { contractRow, contractSummary } from "./contract.ts";
import { countByKind, countFiltered, summarize, type Summary } from "./record-counts.ts";
import { listBriefs, listRecords, type RecordQuery } from "./read-records.ts";
import type { RecordBrief, RecordRow } from "./record-row.ts";
import { linesOfCopies, firstOfEachArtist, copiesOnShelf, type CopyLine } from "./copies.ts";
import { emptiedBy, type Emptied } from "../filters/emptied-by.ts";
import { needsOf } from "../filters/record-filter.ts";
import { readPublications } from "../../store/file/listings.ts";
import { historyState, playSources, requireHistory, type HistoryState } from "../figures/readiness.ts";
import { recordOrders, orderBy } from "./record-order.ts";

export interface XrefQuestion extends RecordQuery {
  /** Copies of one album share a line, and pages count lines. */
  readonly isCollapsed?: boolean;
}

/** Lists are read lazily and counts on demand, because no caller needs all of them. */
export interface XrefAnswer {
  readonly question: XrefQuestion;
  readonly history: HistoryState;
  /** The display name of the listening service. */
  readonly playsFrom: string;
  readonly otherSources: string;
  /** Full rows. Spins are null without the listening history. */
  readonly records: Iterable<RecordRow & XrefLine>;
  /** The same records with fewer columns. */
  readonly briefs: Iterable<XrefBrief>;
  /** Records that pass the filter, without those of `leftOut`. */
  readonly total: number;
  /** The number of lines on all pages. Copies may share a line. */
  readonly lineTotal: number;
  /** Lines beyond the limit of records by one artist. */
  readonly leftOut: readonly CopyLine[];
  readonly summary: Summary;
  /** The summary of albums only, without singles, compilations and boxes. */
  readonly albumSummary: Summary;
  /** For each kind, the number of records that pass the other filters. */
  readonly recordsByKind: ReadonlyMap<string, number>;
  /** Plays of songs that exactly one record has, scrobbled without its album. No row includes them. */
  readonly strayPlays: number;
  /** The filters that left nothing, if nothing is left. */
  readonly emptied: () => Emptied;
}

interface XrefLine {
  /** Plays of near misses; only on a page ordered by the artist's plays. */
  readonly closePlays?: number;
  /** The number of copies that share the line. The form is then that of all of them. */
  readonly copies?: number;
  /** The number of further records by the artist beyond the limit; on the artist's last line. */
  readonly more?: number;
}

export type XrefBrief = RecordBrief & XrefLine;

/** Throws NotReadyError if the question needs a complete listening history. */
export function ask(database: Database, question: XrefQuestion): XrefAnswer {
  const published = readPublications(database);
  const { filter, order, isCollapsed } = question;
  const { needs } = recordOrders[order.sort];
  requireHistory(database, published, ...needsOf(filter), needs);
  const history = historyState(published);
  const span = filter.during === undefined ? {} : { during: filter.during };
  const withClosePlays = closePlaysAdder(database, question);
  const limited = once(() => limitedLines(database, question));
  const total = once(() => recordsListed(database, question, limited()?.listed));
  const asLines = <Row extends RecordBrief>(
    finish: (rows: Iterable<Row>) => Iterable<Row & XrefLine>,
    list: (query: RecordQuery) => Iterable<Row>,
  ): Iterable<Row & XrefLine> => {
    const lines = limited()?.listed;
    if (lines === undefined) return finish(list(question));
    const page = pageOf(lines, question.paging);
    return sharedLines(finish(list({ ...question, ids: page.map(({ id }) => id) })), page);
  };
  return {
    question,
    history,
    ...playSources(database),
    records: repeatable(function* records() {
      const finish = isCollapsed === true ? withClosePlays<RecordRow> : asTheyAre<RecordRow>;
      for (const row of asLines<RecordRow>(finish, (query) => listRecords(database, query))) {
        yield history === "complete" ? row : { ...row, spins: null };
      }
    }),
    briefs: repeatable(() => asLines(withClosePlays, (query) => listBriefs(database, query))),
    get lineTotal() {
      return limited()?.listed.length ?? total();
    },
    get leftOut() {
      return limited()?.leftOut ?? [];
    },
    get total() {
      return total();
    },
    get summary() {
      return summarize(database, span);
    },
    get albumSummary() {
      return summarize(database, { ...span, onlyKind: "album" });
    },
    get recordsByKind() {
      const { kind: _kind, notKind: _notKind, ...others } = filter;
      return new Map(countByKind(database, others).map(({ kind, records }) => [kind, records] as const));
    },
    get strayPlays() {
      return strayPlays(database, "all");
    },
    emptied: () =>
      emptiedBy(filter, (each) => {
        const asked = { ...question, filter: each };
        return recordsListed(database, asked, limitedLines(database, asked)?.listed);
      }),
  };
}

interface Lines {
  readonly listed: readonly CopyLine[];
  readonly leftOut: readonly CopyLine[];
}

/** Returns undefined if every record has a line of its own. */
function limitedLines(database: Database, question: XrefQuestion): Lines | undefined {
  const { perArtist = "all" } = question.filter;
  const isCollapsed = question.isCollapsed === true;
  if (perArtist === "all" && !isCollapsed) return undefined;
  const lines = isCollapsed
    ? linesOfCopies(database, question)
    : Array.from(
        copiesOnShelf(database, question.filter, { order: orderBy(question.order, question.filter) }),
        ({ id }) => ({ id }),
      );
  return perArtist === "all" ? { listed: lines, leftOut: [] } : firstOfEachArtist(database, lines, perArtist);
}

function recordsListed(
  database: Database,
  { filter }: XrefQuestion,
  listed: readonly CopyLine[] | undefined,
): number {
  return listed === undefined ? countFiltered(database, filter) : recordsOn(listed);
}

/** The number of records that share the lines. */
export function recordsOn(lines: readonly CopyLine[]): number {
  return lines.reduce((sum, { copies = 1 }) => sum + copies, 0);
}

/** Returns a function that adds the plays of near misses to a page of records. */
function closePlaysAdder(
  database: Database,
  { order, paging }: XrefQuestion,
): <Row extends RecordBrief>(rows: Iterable<Row>) => Iterable<Row & XrefLine> {
  if (order.sort !== "artist-plays" || paging === null) return (rows) => rows;
  // Without a known artist there are no near misses.
  const closePlays = database
    .prepare<[number], number>(
      `SELECT coalesce(sum(album.play_count), 0)
       FROM match JOIN record ON record.id = match.record_id
         JOIN similar_album ON similar_album.release_id = record.release_id
         JOIN album ON album.id = similar_album.album_id
       WHERE match.record_id = ? AND match.decided_by = 'matcher' AND (match.type <> 'none' OR match.rule = 'tie')
         AND NOT EXISTS (SELECT 1 FROM credit WHERE credit.album_id = album.id)`,
    )
    .pluck();
  return (rows) => [...rows].map((row) => ({ ...row, closePlays: closePlays.get(row.id) ?? 0 }));
}

const asTheyAre = <Row>(rows: Iterable<Row>): Iterable<Row> => rows;

/** Rows in the order of their lines. */
function* sharedLines<Row extends RecordBrief>(
  rows: Iterable<Row>,
  lines: readonly CopyLine[],
): Generator<Row & XrefLine> {
  let at = 0;
  for (const row of rows) {
    const { copies = 1, form = row.form, more = 0 }: XrefLine & Partial<CopyLine> = lines[at] ?? {};
    at += 1;
    yield { ...row, copies, form, more };
  }
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}

function repeatable<Row>(read: () => Iterable<Row>): Iterable<Row> {
  return { [Symbol.iterator]: () => read()[Symbol.iterator]() };
}

export function document({ question, records, summary, total }: XrefAnswer): XrefDocument {
  return {
    data: repeatable(function* rows() {
      for (const record of records) yield contractRow(record);
    }),
    summary: contractSummary(summary),
    pagination: contractPagination(question.paging, total),
  };
}
