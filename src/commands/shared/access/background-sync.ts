// Runs the syncs that a server starts, one at a time, each in its own process. Neither its work nor its crash affects
// the server.
import type { EventDocument, SummaryDocument } from "../../../queries/documents/sync-documents.ts";
import type { Context } from "../../../context.ts";
import type { ProgramChild } from "../../../host/host.ts";
import { AlreadySyncing, InterruptedError, RewindError, SystemError } from "../../../model/errors.ts";
import { redact } from "../../../model/redact.ts";
import { toIsoTime } from "../../../model/times.ts";
import type { SyncManager, SyncRequest, SyncRun, SyncScope } from "../../../queries/shelf/sync-manager.ts";
import { collectionServices } from "../../../sources/all-services.ts";
import { readSecrets } from "../../../sources/service-lookup.ts";
import { isSyncing } from "../../../store/file/file-lock.ts";
import { toChildError } from "./child-runner.ts";
import { listSettingSecrets } from "../../../settings/connection.ts";

export interface BackgroundSync extends SyncManager {
  /** Stops the running sync, which keeps what it has fetched, and waits for its end. No further sync can start. */
  stop(): Promise<void>;
}

/** A sync that takes longer to stop is killed, which does the cache no harm. */
const maxStopMs = 20_000;

/** `onTurn` is called when a run starts and when it ends. */
export function openBackgroundSync(
  context: Context,
  onTurn: (run: SyncRun) => void = () => {},
): BackgroundSync {
  const { cachePath, clock } = context;
  let run: SyncRun | null = null;
  let child: ProgramChild | undefined;
  let running: Promise<SyncRun> | undefined;
  /** The last run of each scope, in the order of their ends. */
  const lastRuns = new Map<SyncScope, SyncRun>();
  let isClosed = false;
  let waiting: (() => void)[] = [];

  const publishRun = (next: SyncRun): SyncRun => {
    run = next;
    const woken = waiting;
    waiting = [];
    for (const wake of woken) wake();
    return next;
  };

  const follow = async (newRun: SyncRun, request: SyncRequest): Promise<SyncRun> => {
    let now = newRun;
    let failure: RewindError | undefined;
    try {
      child = await context.startProgram(buildArguments(context, request));
      if (isClosed) child.stop();
      for await (const line of child.lines) now = publishRun(applyEvent(now, line));
      const end = await child.ended;
      failure = isClosed && end.code === null ? new InterruptedError("SIGTERM") : toChildError(end);
    } catch (error) {
      child?.kill();
      failure =
        error instanceof RewindError
          ? error
          : new SystemError(
              `rewind lost contact with the sync process: ${error instanceof Error ? error.message : String(error)}`,
              "Try again, or in a terminal: rewind sync",
            );
    }
    child = undefined;
    running = undefined;
    const last = publishRun(finishRun(now, failure, context));
    // A run that found another sync running did not ask any service.
    if (!last.wasBusy) {
      lastRuns.delete(last.scope);
      lastRuns.set(last.scope, last);
    }
    onTurn(last);
    return last;
  };

  return {
    getLastRun: () => run,
    getLastRunFor: (side) =>
      [...lastRuns.values()].findLast(({ scope }) => scope === side || scope === "all") ?? null,
    isSyncing: () => running !== undefined || isSyncing(cachePath),
    start(request) {
      if (isClosed || running !== undefined || isSyncing(cachePath)) return undefined;
      const newRun = publishRun({
        scope: request.scope,
        status: "running",
        started_at: getCurrentTime(context),
        finished_at: null,
        steps: [],
        error: null,
        changes: 0,
        wasBusy: false,
      });
      onTurn(newRun);
      running = follow(newRun, request);
      return running;
    },
    async *watch() {
      for (;;) {
        const nextChange = new Promise<void>((resolve) => waiting.push(resolve));
        yield run;
        if (run?.status !== "running") return;
        await nextChange;
      }
    },
    async stop() {
      isClosed = true;
      const last = running;
      if (last === undefined) return;
      child?.stop();
      const patience = new AbortController();
      const waited = clock.sleep(maxStopMs, patience.signal).then(
        () => child?.kill(),
        () => {},
      );
      await last;
      patience.abort();
      await waited;
    },
  };
}

/** Contains no secrets: the process reads the same settings. */
function buildArguments(context: Context, { scope, full, history }: SyncRequest): string[] {
  return [
    `--db=${context.cachePath}`,
    "--quiet",
    "--no-input",
    "sync",
    "--events",
    ...(scope === "collecting" ? [`--only=${collectionServices[0].id}`] : []),
    ...(scope === "listening" ? ["--only=plays"] : []),
    ...(full === true ? ["--full"] : []),
    ...(history === false ? ["--no-history"] : []),
  ];
}

/** A line reports what happened to a step, or it is the summary. */
function applyEvent(run: SyncRun, line: string): SyncRun {
  const document = JSON.parse(line) as EventDocument | SummaryDocument;
  if (!("step" in document)) {
    const changes = document.steps.reduce((sum, step) => sum + step.added + step.updated + step.removed, 0);
    return { ...run, changes };
  }
  const { event: _, step: name, status, ...progress } = document;
  const step = { name, status: status ?? "running", ...progress };
  const at = run.steps.findIndex((each) => each.name === name);
  return { ...run, steps: at === -1 ? [...run.steps, step] : run.steps.with(at, step) };
}

function finishRun(run: SyncRun, failure: RewindError | undefined, context: Context): SyncRun {
  const status =
    failure === undefined ? "completed" : failure instanceof InterruptedError ? "interrupted" : "failed";
  const text = failure === undefined ? "" : [failure.message, failure.hint].filter(Boolean).join("\n");
  return {
    ...run,
    status,
    finished_at: getCurrentTime(context),
    // Steps without an end were interrupted.
    steps: run.steps.map((step) => (step.status === "running" ? { ...step, status: "interrupted" } : step)),
    error: failure === undefined ? null : redact(text, listKnownSecrets(context)),
    wasBusy: failure instanceof AlreadySyncing,
  };
}

/** The time now, as servers write it. */
export function getCurrentTime({ clock }: Context): string {
  return toIsoTime(Math.floor(clock.now() / 1000));
}

/** The secrets to redact in a server's messages, even if its settings change while it runs. */
export function listKnownSecrets(context: Context): string[] {
  try {
    return listSettingSecrets(context.settings());
  } catch {
    // Unreadable settings are reported elsewhere.
    return readSecrets(context.env);
  }
}
