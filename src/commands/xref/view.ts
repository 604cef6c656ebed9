// The table of rewind xref. Other forms do not load this file.

import type { RecordRow } from "../../queries/records/read-records.ts";
import { countRecordsOnLines, type XrefResult } from "../../queries/records/xref.ts";
import { selectRecordColumns, type RecordLine } from "../shared/listing/record-fields.ts";
import {
  describeMissingHistory,
  describeEmptyList,
  missingSortValues,
  suggestDuringOption,
} from "../shared/listing/list-notices.ts";
import { pluralize, formatPercent } from "../../output/format-numbers.ts";
import { formatPeriod } from "../../output/format-period.ts";
import type { TableView } from "../../output/present.ts";

export function buildXrefTable(answer: XrefResult, nowMs: number): TableView<RecordLine & RecordRow> {
  const { question, briefs, rows, total, lineTotal } = answer;
  const [usualNames, before] = getDefaultColumns(answer);
  const { names, requested } = selectRecordColumns(question, usualNames, before);
  const about = lineTotal === total ? "" : "copies of one album share a line";
  return {
    names,
    requested,
    // The usual columns need only brief rows.
    lines: (names.length === usualNames.length ? briefs : rows) as Iterable<RecordLine & RecordRow>,
    page: { rows: lineTotal, total, noun: "record", about },
    summary: async (screen) => {
      const { renderSummary } = await import("../shared/listing/collection-summary.ts");
      return renderSummary(answer.totals, answer.question.filter.during !== undefined, screen);
    },
    footer: (isShown) => [
      listRemarks(answer, nowMs, isShown),
      [
        describeMoreByArtists(answer),
        describeUnlisted(answer),
        describeMissingHistory("Spins, Last", answer),
      ],
    ],
    empty: () => describeEmpty(answer),
  };
}

/** The columns without a request for others, and the one before which others are put. */
function getDefaultColumns({ question, history }: XrefResult): [names: string[], before: string] {
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

function describeEmpty({ question: { filter }, emptied }: XrefResult): string {
  return (
    describeEmptyList("record", emptied(), "The collection is empty.") +
    suggestDuringOption(filter.words ?? [])
  );
}

function listRemarks(answer: XrefResult, nowMs: number, isShown: (header: string) => boolean): string[] {
  const { sort, filter } = answer.question;
  // Sorting by plays says nothing about records that have none.
  if (sort === "plays" && (filter.never === true || filter.listened === false)) {
    return ["None of these has a play. Favourite artists first: --sort artist-plays"];
  }
  const missing = answer.missingSortValue;
  if (missing !== null) return [missingSortValues[missing]];
  // The columns of --sort artist-plays need their explanation more than the totals of the shelf.
  if (sort !== "artist-plays") return describeAlbumShare(answer, nowMs);
  const close = isShown("Close") ? "Close: plays of a possible match, rewind review" : "";
  return ["Others: plays of the artist's other albums", close];
}

/** Singles, compilations and boxes are rarely played under their own title, so albums get their own share. */
function describeAlbumShare({ question, totals, albumTotals }: XrefResult, nowMs: number): string[] {
  const { during } = question.filter;
  const { records, scrobbled } = albumTotals;
  return [
    during === undefined ? "" : `Plays ${formatPeriod(during, nowMs)}`,
    records === 0 || records === totals.records
      ? ""
      : `Albums alone: ${formatPercent(scrobbled, records)} played`,
  ];
}

function describeMoreByArtists({ leftOut }: XrefResult): string {
  if (leftOut.length === 0) return "";
  return `More: ${pluralize(countRecordsOnLines(leftOut), "record")} by these artists not listed, --per-artist all`;
}

const kindNouns = new Map([
  ["ep", "EP"],
  ["box", "box set"],
]);

/** Counts the records that fit every filter but --kind. */
function describeUnlisted(answer: XrefResult): string {
  const { kind = ["any"] } = answer.question.filter;
  if (kind.includes("any")) return "";
  const others = [...answer.recordsByKind]
    .filter(([name]) => !kind.some((each) => each === name))
    .map(([name, count]) => pluralize(count, kindNouns.get(name) ?? name));
  return others.length === 0 ? "" : `Not listed: ${others.join(", ")} (--kind any)`;
}
