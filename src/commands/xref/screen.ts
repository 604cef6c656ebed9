// The cross-reference as a table (screen 1). Loaded only where a table is wanted.
import type { TableView } from "../../output/present.ts";
import { columnsOfFilter } from "../../queries/filters/record-filter.ts";
import { recordOrders } from "../../queries/records/record-order.ts";
import { recordsOn, type XrefAnswer } from "../../queries/records/xref.ts";
import { shownColumns, type ShownColumns, type RecordLine } from "../shared/listing/record-columns.ts";
import { nothingLeft, timeHint } from "../shared/listing/nothing-left.ts";
import { xrefFooter } from "./footer.ts";

export function xrefTable(answer: XrefAnswer, nowMs: number): TableView<RecordLine> {
  const { question, briefs, records } = answer;
  const { columns, areInFull } = columnsOf(answer);
  return {
    // Lines in brief are asked for nothing that they don't tell.
    columns: columns as NonNullable<TableView<RecordLine>["columns"]>,
    lines: areInFull ? records : briefs,
    footer: ({ lines }, { width }) => {
      return xrefFooter(answer, { shown: recordsOn(lines), lines: lines.length, nowMs, width });
    },
    empty: () => emptyText(answer),
    place: () => ({ paging: question.paging, rows: answer.lineTotal, total: answer.total, noun: "record" }),
  };
}

function columnsOf(answer: XrefAnswer): ShownColumns {
  const {
    question: { filter, order, paging },
    history,
  } = answer;
  const brought = [...columnsOfFilter(filter), recordOrders[order.sort].column];
  const more = answer.leftOut.length === 0 ? [] : (["more"] as const);
  const what = ["id", "artist", "title", "form", "year"] as const;
  if (recordOrders[order.sort].brings !== undefined) {
    const isNever = filter.never === true || filter.listened === false;
    return shownColumns({
      names: [
        ...what,
        ...(isNever ? [] : (["play_count"] as const)),
        "artist_plays",
        ...(paging === null ? [] : (["close_plays"] as const)),
        "added_at",
        ...more,
      ],
      before: isNever ? "artist_plays" : "play_count",
      brought,
    });
  }
  const spins = history === "complete" ? (["spins"] as const) : [];
  return shownColumns({
    names: [...what, "play_count", ...spins, "last_played", "match_type", ...more],
    before: "play_count",
    brought,
  });
}

function emptyText({ question: { filter }, emptied }: XrefAnswer): string {
  const { words = [], during: _, ...others } = filter;
  if (words.length > 0 && Object.keys(others).length === 0)
    return `No record has ${words.map((word) => `"${word}"`).join(" and ")} in artist or title.${timeHint(words)}`;
  return words.length + Object.keys(others).length === 0
    ? "The collection is empty."
    : nothingLeft("record", emptied());
}
