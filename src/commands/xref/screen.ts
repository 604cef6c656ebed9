// The table of rewind xref. Other forms do not load this file.

import type { RecordRow } from "../../queries/records/read-records.ts";
import { recordsOn, type XrefAnswer } from "../../queries/records/xref.ts";
import { shelfColumns, type RecordLine } from "../shared/listing/record-columns.ts";
import { historyNote, nothingLeft, timeHint } from "../shared/listing/list-notes.ts";
import { counted, percent } from "../../output/number-text.ts";
import { spanInWords } from "../shared/listing/times-in-words.ts";
import type { TableView } from "../../output/present.ts";

export function xrefTable(answer: XrefAnswer, nowMs: number): TableView<RecordLine & RecordRow> {
  const { question, briefs, rows, total, lineTotal } = answer;
  const [usualNames, before] = usualColumns(answer);
  const { names, requested } = shelfColumns(question, usualNames, before);
  const about = lineTotal === total ? "" : "copies of one album share a line";
  return {
    names,
    requested,
    // The usual columns need only brief rows.
    lines: (names.length === usualNames.length ? briefs : rows) as Iterable<RecordLine & RecordRow>,
    page: { rows: lineTotal, total, noun: "record", about },
    summary: async (screen) => {
      const { summaryLines } = await import("../shared/listing/shelf-summary.ts");
      return summaryLines(answer.totals, answer.question.filter.during !== undefined, screen);
    },
    footer: (isShown) => [
      remarks(answer, nowMs, isShown),
      [moreByArtists(answer), notListed(answer), historyNote("Spins, Last", answer)],
    ],
    empty: () => emptyText(answer),
  };
}

/** The columns without a request for others, and the one before which others are put. */
function usualColumns({ question, history }: XrefAnswer): [names: string[], before: string] {
  const { filter, sort, paging } = question;
  const names = ["id", "artist", "title", "form", "year"];
  if (sort !== "artist-plays") {
    const spins = history === "complete" ? ["spins"] : [];
    return [[...names, "play_count", ...spins, "last_played", "match_type"], "play_count"];
  }
  const isNever = filter.never === true || filter.listened === false;
  const plays = isNever ? [] : ["play_count"];
  const close = paging === null ? [] : ["close_plays"];
  const before = isNever ? "artist_plays" : "play_count";
  return [[...names, ...plays, "artist_plays", ...close, "added_at"], before];
}

function emptyText({ question: { filter }, emptied }: XrefAnswer): string {
  const { words = [], during: _, ...others } = filter;
  return words.length + Object.keys(others).length === 0
    ? "The collection is empty."
    : nothingLeft("record", emptied()) + timeHint(words);
}

function remarks(answer: XrefAnswer, nowMs: number, isShown: (header: string) => boolean): string[] {
  const { sort, filter } = answer.question;
  // Sorting by plays says nothing about records that have none.
  if (sort === "plays" && (filter.never === true || filter.listened === false)) {
    return ["None of these has a play. Favourite artists first: --sort artist-plays"];
  }
  // The columns of --sort artist-plays need their explanation more than the totals of the shelf.
  if (sort !== "artist-plays") return albumsAlone(answer, nowMs);
  const close = isShown("Close") ? "Close: plays of a possible match, rewind review" : "";
  return ["Others: plays of the artist's other albums", close];
}

/** Singles, compilations and boxes are rarely played under their own title, so albums get their own share. */
function albumsAlone({ question, totals, albumTotals }: XrefAnswer, nowMs: number): string[] {
  const { during } = question.filter;
  const { records, scrobbled } = albumTotals;
  return [
    during === undefined ? "" : `Plays ${spanInWords(during, nowMs)}`,
    records === 0 || records === totals.records ? "" : `Albums alone: ${percent(scrobbled, records)} played`,
  ];
}

function moreByArtists({ leftOut }: XrefAnswer): string {
  if (leftOut.length === 0) return "";
  return `More: ${counted(recordsOn(leftOut), "record")} by these artists not listed, --per-artist all`;
}

const nouns = new Map([
  ["ep", "EP"],
  ["box", "box set"],
]);

/** Counts the records that fit every filter but --kind. */
function notListed(answer: XrefAnswer): string {
  const { kind = ["any"] } = answer.question.filter;
  if (kind.includes("any")) return "";
  const others = [...answer.recordsByKind]
    .filter(([name]) => !kind.some((each) => each === name))
    .map(([name, count]) => counted(count, nouns.get(name) ?? name));
  return others.length === 0 ? "" : `Not listed: ${others.join(", ")} (--kind any)`;
}
