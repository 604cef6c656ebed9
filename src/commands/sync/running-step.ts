// How far a step is that runs, and how long it will take, as far as can be said.
import type { SyncEvent } from "../../sync/sync.ts";
import type { StepProgress } from "./lines.ts";

/** A step that runs, with what was known of it at first. */
export interface RunningStep extends StepProgress {
  /** When the time left was worked out. */
  readonly toldAtMs: number;
  readonly atFirst: { readonly rows: number; readonly atMs: number };
}

/**
 * A step's expectation never shrinks on the screen: what is split among several readers is for a moment
 * known in part only. The time left follows from the rows of this run; what an earlier one left took none of it.
 */
export function advanced(before: RunningStep | undefined, event: SyncEvent, nowMs: number): RunningStep {
  const atFirst =
    before === undefined || before.pages === 0 ? { rows: event.rows, atMs: nowMs } : before.atFirst;
  const rowsExpected = largest(before?.rowsExpected, event.rowsExpected);
  const came = event.rows - atFirst.rows;
  // What came so far may have come in a burst: the rest takes at least what the service's limits let through.
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

/** The step as it stands at a moment: the time left runs on while nothing comes. */
export function asOf(step: RunningStep, nowMs: number): StepProgress {
  const { secondsLeft, toldAtMs } = step;
  return secondsLeft === null
    ? step
    : { ...step, secondsLeft: Math.max(0, secondsLeft - Math.max(0, nowMs - toldAtMs) / 1000) };
}
