// Syncs for a person: with progress, notes and what came of it on stderr.
import type { Context } from "../../../context.ts";
import type { Service } from "../../../model/model.ts";
import { formatDuration } from "../../../output/format-dates.ts";
import { toPrintable, safe, type SafeText } from "../../../output/safe-text.ts";
import { joinParts } from "../../../output/paragraph.ts";
import { rateLimitReason, type RequestReport } from "../../../sources/services/remote-service.ts";
import { openNotice } from "./notice.ts";
import type { SyncFlags } from "./run-session.ts";

/** Throws what went wrong. */
export async function runSync(context: Context, flags: SyncFlags): Promise<void> {
  // The first line is on the screen while the code that fetches and draws is loaded.
  const notice = openNotice(context, checkingText);
  const [opened, { runSession }] = await open(context).finally(() => notice.close());
  return runSession(context, opened, flags, checkingText);
}

const checkingText = safe`Checking your accounts`;

/** Checks the settings before it opens the cache, so that missing settings leave no empty cache behind. */
async function open(context: Context) {
  const onRequest = (report: RequestReport): void => {
    if (context.options.verbose === true) context.noteLines(formatRequest(report));
  };
  const connected = await context.connect({ onRequest, onWait: createWaitReporter(context) });
  return [
    { ...connected, database: await context.openWritableCache() },
    await import("./run-session.ts"),
  ] as const;
}

/** One request, for --verbose. */
function formatRequest(report: RequestReport): SafeText {
  const { status, remaining, outcome } = report;
  const facts = [
    status === null ? "no answer" : String(status),
    `${Math.round(report.durationMs)} ms`,
    remaining === null ? "" : `${remaining} left`,
    outcome === "ok" ? "" : outcome,
  ];
  return toPrintable(`${report.service.id}  ${report.call}  ${joinParts(facts)}`);
}

/** Returns a function that reports waits. Usual waits, which come every minute, are reported once for each service. */
function createWaitReporter(context: Context): (service: Service, waitMs: number, reason: string) => void {
  const reportedServices = new Set<string>();
  return ({ id, name }, waitMs, reason) => {
    if (reason === rateLimitReason) {
      if (reportedServices.has(id)) return;
      reportedServices.add(id);
    }
    context.note(`${name}: waiting ${formatDuration(Math.ceil(waitMs / 1000))}, ${reason}`);
  };
}
