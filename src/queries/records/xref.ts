// Which of my records do I play, how often, when last, and which never.
import { plain, tuplesOf, valueOf } from "../../store/file/sql.ts";
import { mapped, contractPagination, pageOf } from "../documents/paging.ts";
import { crossReferenceSchema, type XrefDocument } from "../documents/record-documents.ts";
import { shelfTotals } from "../figures/breakdown.ts";
import { historyState, playSources, requireHistory } from "../figures/readiness.ts";
import { countFiltered, emptiedBy, fromRecords, needsOf } from "../filters/record-filter.ts";
import { contractRow, contractSummary } from "./contract.ts";
import { firstOfEachArtist, linesOf, type CopyLine } from "./copies.ts";
import {
  listBriefs,
  listRecords,
  type RecordBrief,
  type RecordIds,
  type RecordQuery,
} from "./read-records.ts";
import { recordOrders, recordSorts } from "./record-order.ts";
import { listQuery } from "../parameters/list-query.ts";
import { orderParameter } from "../parameters/parameter.ts";
import type { Database } from "../../store/file/database.ts";

export interface XrefQuestion extends RecordQuery {
  /** Copies of one album share a line, and pages count lines. */
  readonly isCollapsed?: boolean;
}

export type XrefAnswer = ReturnType<typeof ask>;

interface XrefLine extends Partial<Pick<CopyLine, "copies" | "formOfCopies">> {
  /** Plays of near misses; only on a page ordered by the artist's plays. */
  readonly closePlays?: number;
}

export type XrefBrief = RecordBrief & XrefLine;

/** Lists are read lazily, and counts of the whole shelf on demand. Throws NotReadyError if the question needs a complete listening history. */
export function ask(database: Database, question: XrefQuestion) {
  const { filter, sort, paging } = question;
  const { needs } = recordOrders[sort];
  requireHistory(database, ...needsOf(filter), needs);
  const history = historyState(database);
  const { during: span = null } = filter;
  const allLines = limitedLines(database, question);
  const total = countListed(database, question, allLines);
  const hasClosePlays = sort === "artist-plays" && paging !== null;
  const withLines = <Row extends RecordBrief>(list: (query: RecordQuery | RecordIds) => Iterable<Row>) => ({
    *[Symbol.iterator](): Generator<Row & XrefLine> {
      const lines = allLines && pageOf(allLines.lines, paging);
      let at = 0;
      const query =
        lines === undefined ? question : { filter, sort, ids: lines.map(({ recordId }) => recordId) };
      for (const row of list(query)) {
        const closePlays = hasClosePlays ? { closePlays: closePlaysOf(database, row.id) } : {};
        const spins = history === "complete" ? row.spins : null;
        yield { ...row, spins, ...lines?.[at], ...closePlays };
        at += 1;
      }
    },
  });
  return {
    question,
    ...playSources(database),
    /** Full rows. Spins are null without the listening history. */
    rows: withLines((query) => listRecords(database, query)),
    /** The same records with fewer columns. */
    briefs: withLines((query) => listBriefs(database, query)),
    /** The number of lines on all pages. Copies may share a line. */
    lineTotal: allLines?.lines.length ?? total,
    /** Lines beyond the limit of records by one artist. */
    leftOut: allLines?.leftOut ?? [],
    /** Records that pass the filter, without those of `leftOut`. */
    total,
    /** The figures of the whole collection, whatever the filter and page. */
    get totals() {
      return shelfTotals(database, span);
    },
    /** The figures of albums only, without singles, compilations and boxes. */
    get albumTotals() {
      return shelfTotals(database, span, "album");
    },
    /** For each kind, the number of records that pass the other filters, the largest first. */
    get recordsByKind(): ReadonlyMap<string, number> {
      const { kind: _kind, notKind: _notKind, ...others } = filter;
      const kindCounts = fromRecords(
        database,
        others,
        plain("release.kind, count(*)"),
        plain("GROUP BY release.kind ORDER BY 2 DESC, 1"),
      );
      return new Map(tuplesOf<[kind: string, records: number]>(database)`${kindCounts}`);
    },
    emptied: () =>
      emptiedBy(filter, (each) => {
        const subset = { ...question, filter: each };
        return countListed(database, subset, limitedLines(database, subset));
      }),
  };
}

type Lines = ReturnType<typeof firstOfEachArtist>;

/** Returns undefined if every record has a line of its own. */
function limitedLines(database: Database, question: XrefQuestion): Lines | undefined {
  const { filter, isCollapsed = false } = question;
  const { perArtist = "all" } = filter;
  if (perArtist === "all" && !isCollapsed) return undefined;
  const lines = linesOf(database, { ...question, isCollapsed });
  return perArtist === "all" ? { lines, leftOut: [] } : firstOfEachArtist(database, lines, perArtist);
}

function countListed(database: Database, { filter }: XrefQuestion, lines: Lines | undefined): number {
  return lines === undefined ? countFiltered(database, filter) : recordsOn(lines.lines);
}

/** The number of records that share the lines. */
export function recordsOn(lines: readonly { readonly copies?: number }[]): number {
  return lines.reduce((sum, { copies = 1 }) => sum + copies, 0);
}

/** The plays of near misses of a record. Without a known artist there are none. */
function closePlaysOf(database: Database, recordId: number): number {
  return valueOf(database, 0)`SELECT coalesce(sum(album.play_count), 0)
    FROM match JOIN record ON record.id = match.record_id
      JOIN similar_album ON similar_album.release_id = record.release_id
      JOIN album ON album.id = similar_album.album_id
    WHERE match.record_id = ${recordId} AND match.decided_by = 'matcher'
      AND (match.type <> 'none' OR match.rule = 'tie')
      AND NOT EXISTS (SELECT 1 FROM credit WHERE credit.album_id = album.id)`;
}

function document({ question, rows, totals, total }: XrefAnswer): XrefDocument {
  return {
    data: mapped(rows, contractRow),
    summary: contractSummary(totals),
    pagination: contractPagination(question.paging, total),
  };
}

export const crossReferenceQuery = listQuery({
  noun: "record",
  subject: "cross-reference",
  hasPeriod: true,
  parameters: orderParameter(recordSorts, "plays"),
  schema: crossReferenceSchema,
  ask,
  document,
});
