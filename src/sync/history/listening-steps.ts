// The steps of the listening service: the album chart, then the history. If only the last weeks are due, the history
// is read first, because it shows whether the chart has changed. It is never published before the chart.
import { HiddenHistory } from "../../sources/transport/service-errors.ts";
import type { ListeningUser } from "../../sources/services/listening-service.ts";
import { isChartDue, stampChart, walkChart } from "./album-chart.ts";
import { isHistoryShort, readHistory } from "./history-reader.ts";
import { noteHidden, publishHistory } from "./history-publication.ts";
import { runStep, skipStep } from "../walks/step-run.ts";
import { requestsOf, type Run } from "../walks/sync-run.ts";
import { amendPublication } from "../../store/file/listings.ts";

export async function syncListening(run: Run, user: ListeningUser): Promise<void> {
  const { history } = run;
  const requestsAtPeek = requestsOf(run, "listening");
  const [peek] =
    history && isHistoryShort(run) ? await Promise.allSettled([readHistory(run, user, () => {})]) : [];
  const peekRequests = requestsOf(run, "listening") - requestsAtPeek;
  const isHistoryNew = peek?.status === "fulfilled" && peek.value.isNew;

  let isOver = false;
  if (run.signal.aborted) skipStep(run, "albums", "skipped");
  else {
    const isDue = isChartDue(run, user, isHistoryNew);
    const verdict = await runStep(
      run,
      "albums",
      async (progress) => (isDue ? walkChart(run, user, progress) : stampChart(run)),
      peekRequests,
    );
    isOver = verdict === "stop";
  }
  if (!history || run.signal.aborted || (isOver && peek === undefined)) {
    skipStep(run, "history", history ? "failed" : "skipped");
    return;
  }
  await runStep(run, "history", async (progress) => {
    try {
      if (peek?.status === "rejected") throw peek.reason;
      const read = peek?.value ?? (await readHistory(run, user, progress));
      const hasChartFailed = run.results.some(({ name, status }) => name === "albums" && status === "failed");
      // The history has plays that the cached chart does not know.
      if (read.isNew && hasChartFailed) {
        run.write(() => amendPublication(run.database, "albums", { detail: { isDue: true } }));
      }
      return await publishHistory(run, user, read);
    } catch (error) {
      if (error instanceof HiddenHistory) return noteHidden(run, user.name);
      throw error;
    }
  });
}
