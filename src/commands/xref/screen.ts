// The cross-reference as a table (screen 1). Loaded only where a table is wanted.
import type { Look, TableView } from "../../output/present.ts";
import { recordOrders } from "../../queries/record-order.ts";
import type { XrefAnswer } from "../../queries/xref.ts";
import { recordColumns, type RecordColumn, type RecordLine } from "../shared/record-columns.ts";
import { nothingLeft } from "../shared/nothing-left.ts";
import { xrefFooter } from "./footer.ts";

export function xrefTable(answer: XrefAnswer, nowMs: number): TableView<RecordLine> {
  const { question, briefs } = answer;
  return {
    columns: (look) => columnsOf(answer, look),
    lines: briefs,
    footer: (lines, { width }) => {
      const shown = lines.reduce((sum, { copies = 1 }) => sum + copies, 0);
      return xrefFooter(answer, { shown, lines: lines.length, nowMs, width });
    },
    empty: () => emptyText(answer),
    place: () => ({ paging: question.paging, rows: answer.lineTotal, total: answer.total, noun: "record" }),
  };
}

function columnsOf({ question: { filter, order, paging }, history }: XrefAnswer, look: Look): RecordColumn[] {
  const all = recordColumns(look);
  const isOfOriginals = order.sort === "original-year" || filter.originalYear !== undefined;
  const original = isOfOriginals ? [all.original_year] : [];
  const what = [all.id, all.artist, all.title, all.form, all.year, ...original];
  if (recordOrders[order.sort].brings !== undefined) {
    const isNever = filter.never === true || filter.listened === false;
    const close = paging === null ? [] : [all.close_plays];
    return [...what, ...(isNever ? [] : [all.play_count]), all.artist_plays, ...close, all.added_at];
  }
  const spins = history === "complete" ? [all.spins] : [];
  return [...what, all.play_count, ...spins, all.last_played, all.match_type];
}

function emptyText({ question: { filter }, emptied }: XrefAnswer): string {
  const { words = [], during: _, ...others } = filter;
  if (words.length > 0 && Object.keys(others).length === 0)
    return `No record has ${words.map((word) => `"${word}"`).join(" and ")} in artist or title.`;
  return words.length + Object.keys(others).length === 0
    ? "The collection is empty."
    : nothingLeft("record", emptied());
}
