// What happens in a sync for programs that follow it (rewind sync --events), an event a line.
import type { Keys } from "../queries/documents/document.ts";
import type { StepName } from "../model/steps.ts";
import type { StepStatus, SyncEvent } from "./walks/report.ts";

export interface EventDocument {
  readonly event: SyncEvent["kind"];
  readonly step: StepName;
  readonly rows: number;
  readonly rows_expected: number | null;
  readonly pages: number;
  readonly pages_expected: number | null;
  readonly status: StepStatus | null;
}

export const keys: Keys<EventDocument> = {
  event: { meaning: "what happened to the step", note: "started, progress, finished" },
  step: "collection, wantlist, albums, history, match and the like",
  rows: "read so far; once it is finished, in the cache",
  rows_expected: "of how many; null while that is not known",
  pages: "read so far",
  pages_expected: "of how many; null while that is not known",
  status: "how it ended, as in the summary, which is the last line; null until then",
};

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
