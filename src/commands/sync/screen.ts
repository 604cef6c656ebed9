// Draws a running sync on stderr: finished steps stay, running steps are redrawn below them.

import type { Context } from "../../context.ts";
import { coloursFor } from "../../output/screen.ts";
import { isDrawn } from "../shared/opening/notice.ts";
import { asking } from "./announcement.ts";
import { progressLine, type ServiceNames, stepLine, type StepProgress } from "./step-lines.ts";
import type { StepName } from "../../model/steps.ts";
import type { StepResult, SyncEvent } from "../../sync/whole-sync.ts";

export interface SyncScreen {
  show(event: SyncEvent): void;
  close(): void;
}

export async function openSyncScreen(context: Context, services: ServiceNames): Promise<SyncScreen> {
  const running = new Map<StepName, RunningStep>();
  const paint = await coloursFor(context.errorScreen);
  const progress = await openProgress(context, services, running);
  const firstTime = new Set<StepName>();
  let before: StepName | null = null;

  const finish = (result: StepResult): void => {
    // matchLines() prints the matches at the end.
    if (result.name === "match") return;
    if (result.status === "done" && result.rows > 0 && result.added === result.rows)
      firstTime.add(result.name);
    const isReady =
      (result.name === "albums" || result.name === "collection") &&
      firstTime.has("albums") &&
      firstTime.has("collection");
    const remark = isReady ? "rewind xref works now" : "";
    const line = stepLine(result, { before, remark }, { ...context.errorScreen, services });
    const hasFailed = ["failed", "interrupted", "held"].includes(result.status);
    context.noteLines(hasFailed ? paint.red(line) : line);
    before = result.name;
  };

  return {
    show(event) {
      if (event.kind !== "finished") {
        running.set(event.step, advance(running.get(event.step), event, context.clock.now()));
      } else {
        running.delete(event.step);
        if (event.result !== null) finish(event.result);
      }
    },
    close: () => progress?.stop(),
  };
}

async function openProgress(
  context: Context,
  services: ServiceNames,
  running: ReadonlyMap<StepName, RunningStep>,
): Promise<{ stop(): void } | undefined> {
  if (!isDrawn(context)) return undefined;
  const { errorScreen } = context;
  const { showProgress, spinnerWidth } = await import("../../output/progress.ts");
  return showProgress(context.stderr, errorScreen, () => {
    const width = Math.max(1, (context.stderr.columns ?? errorScreen.width) - spinnerWidth);
    const lines = [...running.values()].map((step) =>
      progressLine(asOf(step, context.clock.now()), null, { ...errorScreen, width, services }),
    );
    return lines.length === 0 ? [asking] : lines;
  });
}

// The progress of a running step and the estimate of its time left.

/** A running step and its state when it was first seen. */
export interface RunningStep extends StepProgress {
  /** When the time left was estimated. */
  readonly toldAtMs: number;
  readonly atFirst: { readonly rows: number; readonly atMs: number };
}

/**
 * Adds an event to a step. The expected rows never shrink on the screen, although parallel readers report only a part
 * of them for a moment. The time left is based on the rows of this run, because the rows of an earlier run took none
 * of its time.
 */
export function advance(before: RunningStep | undefined, event: SyncEvent, nowMs: number): RunningStep {
  const atFirst =
    before === undefined || before.pages === 0 ? { rows: event.rows, atMs: nowMs } : before.atFirst;
  const rowsExpected = largest(before?.rowsExpected, event.rowsExpected);
  const came = event.rows - atFirst.rows;
  // The first rows may have come in a burst. The rest takes at least as long as the rate limit allows.
  const secondsLeft =
    rowsExpected === null || came <= 0
      ? null
      : Math.max((nowMs - atFirst.atMs) * (Math.max(0, rowsExpected - event.rows) / came), event.soonestMs) /
        1000;
  return {
    step: event.step,
    rows: event.rows,
    rowsExpected,
    pages: event.pages,
    pagesExpected: largest(before?.pagesExpected, event.pagesExpected),
    secondsLeft,
    toldAtMs: nowMs,
    atFirst,
  };
}

function largest(before: number | null | undefined, now: number | null): number | null {
  return now === null ? (before ?? null) : Math.max(before ?? 0, now);
}

/** The step at a later moment: the time left counts down while no event comes. */
export function asOf(step: RunningStep, nowMs: number): StepProgress {
  const { secondsLeft, toldAtMs } = step;
  return secondsLeft === null
    ? step
    : { ...step, secondsLeft: Math.max(0, secondsLeft - Math.max(0, nowMs - toldAtMs) / 1000) };
}
