// The table of rewind xref. Other forms do not load this file.

import { namedColumns } from "../../output/field.ts";
import type { TableView } from "../../output/present.ts";
import { recordOrders } from "../../queries/records/record-order.ts";
import type { RecordRow } from "../../queries/records/read-records.ts";
import { recordsOn, type XrefAnswer } from "../../queries/records/xref.ts";
import {
  allRecordFields,
  areInFull,
  requestedColumns,
  withRequested,
  type RecordLine,
} from "../shared/listing/record-columns.ts";
import {
  historyNote,
  nothingLeft,
  timeHint,
  nextPage,
  pageCount,
  pageInWords,
} from "../shared/listing/page-footer.ts";
import { counted, percent, thousands } from "../../output/number-text.ts";
import { type Kind, kinds } from "../../model/release-kinds.ts";
import { spanInWords } from "../shared/listing/times-in-words.ts";

export function xrefTable(answer: XrefAnswer, nowMs: number): TableView<RecordLine & RecordRow> {
  const { question, briefs, records } = answer;
  const requested = requestedColumns(question.filter, question.order.sort);
  const names = columnNames(answer, requested);
  return {
    columns: (style) => namedColumns(allRecordFields, style, { names, requested }),
    // Brief rows are enough for fields that read nothing else.
    lines: (areInFull(names) ? records : briefs) as Iterable<RecordLine & RecordRow>,
    footer: ({ lines }, { width }) =>
      xrefFooter(answer, { recordCount: recordsOn(lines), lines: lines.length, nowMs, width }),
    empty: () => emptyText(answer),
    place: () => ({ paging: question.paging, rows: answer.lineTotal, total: answer.total, noun: "record" }),
  };
}

function columnNames(answer: XrefAnswer, requested: readonly string[]): readonly string[] {
  const { filter, order, paging } = answer.question;
  const names = ["id", "artist", "title", "form", "year"];
  if (recordOrders[order.sort].brings === undefined) {
    const spins = answer.history === "complete" ? ["spins"] : [];
    const usual = [...names, "play_count", ...spins, "last_played", "match_type"];
    return withRequested(usual, "play_count", requested);
  }
  const isNever = filter.never === true || filter.listened === false;
  const plays = isNever ? [] : ["play_count"];
  const close = paging === null ? [] : ["close_plays"];
  return withRequested(
    [...names, ...plays, "artist_plays", ...close, "added_at"],
    isNever ? "artist_plays" : "play_count",
    requested,
  );
}

function emptyText({ question: { filter }, emptied }: XrefAnswer): string {
  const { words = [], during: _, ...others } = filter;
  if (words.length > 0 && Object.keys(others).length === 0)
    return `No record has ${words.map((word) => `"${word}"`).join(" and ")} in artist or title.${timeHint(words)}`;
  return words.length + Object.keys(others).length === 0
    ? "The collection is empty."
    : nothingLeft("record", emptied());
}

interface ShownPage {
  /** Records on this page. Copies of one album may share a line. */
  readonly recordCount: number;
  readonly lines: number;
  readonly nowMs: number;
  /** Width of the screen. */
  readonly width: number;
}

const mostFooterLines = 3;

function xrefFooter(answer: XrefAnswer, page: ShownPage): string[][] {
  const better = betterSort(answer);
  const rest = [[...moreByArtists(answer), ...notListed(answer, page)], missingHistory(answer)].filter(
    (parts) => parts.length > 0,
  );
  const whole = better.length + rest.length < 2 ? about(answer, page) : [];
  return [place(answer, page), better, whole, ...rest]
    .filter((parts) => parts.length > 0)
    .slice(0, mostFooterLines);
}

/** Sorting by plays says nothing about records that have none. */
function betterSort({ question: { order, filter } }: XrefAnswer): string[] {
  if (order.sort !== "plays" || (filter.never !== true && filter.listened !== false)) return [];
  return ["None of these has a play. Favourite artists first: --sort artist-plays"];
}

function about(answer: XrefAnswer, page: ShownPage): string[] {
  const { order, paging } = answer.question;
  // The columns of --sort artist-plays need their explanation more than the totals of the shelf.
  if (recordOrders[order.sort].brings === undefined) return wholeShelf(answer, page);
  const close = paging === null ? "" : "Close: plays of a possible match, rewind review";
  return ["Others: plays of the artist's other albums", close];
}

function place(answer: XrefAnswer, { recordCount, lines }: ShownPage): string[] {
  const { question, total, lineTotal } = answer;
  const { filter, paging } = question;
  const { during: _, ...filters } = filter;
  const suffix = Object.keys(filters).length > 0 ? " found" : "";
  const records = counted(total, "record");
  const copiesNote = "copies of one album share a line";
  if (paging === null || pageCount(paging, lineTotal) === 1) {
    return lineTotal === total
      ? [`${records}${suffix}`]
      : [`${counted(lineTotal, "line")}, ${records}${suffix}`, copiesNote];
  }
  const shares =
    lineTotal === total
      ? `${thousands(recordCount)} of ${records}${suffix}`
      : `${thousands(lines)} of ${counted(lineTotal, "line")}, ${thousands(recordCount)} of ${records}${suffix}; ${copiesNote}`;
  return [pageInWords(paging, lineTotal, shares), nextPage(paging, lineTotal)];
}

function wholeShelf(answer: XrefAnswer, { nowMs }: ShownPage): string[] {
  const { during } = answer.question.filter;
  const { records, scrobbled } = answer.totals;
  // Singles, compilations and boxes are rarely scrobbled under their own title, so albums get their own share.
  const albums = answer.albumTotals;
  const verb = during === undefined ? "Scrobbled" : `Scrobbled ${spanInWords(during, nowMs)}:`;
  const alone =
    albums.records === 0 || albums.records === records
      ? ""
      : `, albums alone ${percent(albums.scrobbled, albums.records)}`;
  return [
    `${verb} ${thousands(scrobbled)} of ${thousands(records)} (${percent(scrobbled, records)})${alone}`,
    `${during === undefined ? "never" : "not"} ${thousands(records - scrobbled)}`,
    during === undefined && answer.strayPlays > 0
      ? `${counted(answer.strayPlays, "play")} without an album tag, not counted`
      : "",
  ];
}

const nounOf: Readonly<Record<Kind, string>> = {
  album: "album",
  single: "single",
  ep: "EP",
  compilation: "compilation",
  box: "box set",
  other: "other",
};

function moreByArtists({ leftOut }: XrefAnswer): string[] {
  if (leftOut.length === 0) return [];
  return [`More: ${counted(recordsOn(leftOut), "record")} by these artists not listed, --per-artist all`];
}

/** Counts the records that fit every filter but --kind. */
function notListed(answer: XrefAnswer, { width }: ShownPage): string[] {
  const { kind, notKind } = answer.question.filter;
  if (notKind === undefined && (kind === undefined || kind.includes("any"))) return [];
  const isListed = (name: Kind): boolean =>
    (kind === undefined || kind.includes("any") || kind.includes(name)) && notKind?.includes(name) !== true;
  const others = kinds
    .filter((name) => !isListed(name))
    .map((name) => ({ name, count: answer.recordsByKind.get(name) ?? 0 }))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count);
  if (others.length === 0) return [];
  const way = kind === undefined ? "" : " (--kind any)";
  const line = `Not listed: ${others.map(({ name, count }) => counted(count, nounOf[name])).join(", ")}${way}`;
  const sum = others.reduce((total, { count }) => total + count, 0);
  return [line.length <= width ? line : `Not listed: ${thousands(sum)} of other kinds${way}`];
}

function missingHistory(answer: XrefAnswer): string[] {
  const hasColumns = recordOrders[answer.question.order.sort].brings === undefined;
  return answer.history === "complete" || !hasColumns ? [] : [historyNote("Spins, Last", answer)];
}
