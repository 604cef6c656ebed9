// The step of a sync that sends what was noted.
import { countSent } from "../../store/decisions/outbox.ts";
import type { Progress, Run, StepOutcome } from "../walks/run.ts";
import { sendNoted, type SendingOutcome } from "./sending.ts";

export async function syncSending(run: Run, username: string, progress: Progress): Promise<StepOutcome> {
  const { database, services, call } = run;
  const { scrobbling } = services.listening;
  if (scrobbling === null) return { rows: countSent(database) };
  const history = run.results.find(({ name }) => name === "history");
  const outcome = await sendNoted({
    database,
    scrobbling,
    username,
    nowUts: run.nowUts(),
    isHistoryRead: history?.status === "done" || history?.status === "unchanged",
    call,
    write: (work) => run.write(work),
    onBatch: (done, whole) => progress(done, whole, done, whole),
  });
  return {
    changes: { added: outcome.sent, updated: 0, removed: 0 },
    rows: countSent(database),
    note: unsentNote(outcome),
  };
}

/** What was not sent, and why; null where all was. */
export function unsentNote({ ignored, waiting, waitsFor }: SendingOutcome): string | null {
  const parts = [
    ...[...ignored].map(([reason, count]) => `${counted(count)} not sent: ${reason}.`),
    ...(waiting === 0
      ? []
      : [`${counted(waiting)} to be sent another time${waitsFor === null ? "" : `: ${waitsFor}`}.`]),
  ];
  return parts.length === 0 ? null : parts.join(" ");
}

function counted(count: number): string {
  return count === 1 ? "1 noted play" : `${count} noted plays`;
}
