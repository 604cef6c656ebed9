// What happens in a sync for programs that follow it (rewind sync --events), an event a line.
import type { EventDocument } from "../queries/documents/syncs.ts";
import type { SyncEvent } from "./walks/report.ts";

export function document({
  kind,
  step,
  rows,
  rowsExpected,
  pages,
  pagesExpected,
  result,
}: SyncEvent): EventDocument {
  return {
    event: kind,
    step,
    rows,
    rows_expected: rowsExpected,
    pages,
    pages_expected: pagesExpected,
    status: result?.status ?? null,
  };
}
