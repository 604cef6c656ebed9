// Draws a running sync on stderr: finished steps stay, running steps are redrawn below them.
import type { Context } from "../../../context.ts";
import { coloursFor, screenText, type Screen } from "../../../output/screen.ts";
import { isDrawn } from "./notice.ts";
import { type StepName, stepOf, type AskedSide } from "../../../model/steps.ts";
import type { StepResult, SyncEvent } from "../../../sync/whole-sync.ts";
import { duration } from "../../../output/dates.ts";
import { printable, type SafeText } from "../../../output/escape.ts";
import { hanging, sideBySide } from "../../../output/paragraph.ts";
import { counted, thousands } from "../../../output/number-text.ts";
import { cutEnd, padEnd, padStart, widthOf } from "../../../output/width.ts";
import type { Service } from "../../../model/model.ts";

export async function openSyncScreen(context: Context, services: ServiceNames, firstLine: SafeText) {
  const running = new Map<StepName, RunningStep>();
  const paint = await coloursFor(context.errorScreen);
  const progress = await openProgress(context, services, running, firstLine);
  let before: StepName | null = null;
  /** Sides that questions still need before they can be answered for the first time. */
  const missing = new Set<StepName>(["collection", "albums"]);
  return {
    show(event: SyncEvent): void {
      const { step, result } = event;
      if (event.kind !== "finished") {
        running.set(step, advance(running.get(step), event, context.clock.now()));
        return;
      }
      running.delete(step);
      // matchLines() prints the matches at the end.
      if (result === null || result.name === "match") return;
      const line = stepLine(result, before, { ...context.errorScreen, services });
      const hasFailed = ["failed", "interrupted", "held"].includes(result.status);
      context.noteLines(hasFailed ? paint.red(line) : line);
      before = result.name;
      const isFirst = result.status === "done" && result.rows > 0 && result.added === result.rows;
      if (isFirst && missing.delete(result.name) && missing.size === 0) {
        context.note("rewind xref works now.");
      }
    },
    close: (): void => progress?.stop(),
  };
}

async function openProgress(
  context: Context,
  services: ServiceNames,
  running: ReadonlyMap<StepName, RunningStep>,
  firstLine: SafeText,
): Promise<{ stop(): void } | undefined> {
  if (!isDrawn(context)) return undefined;
  const { errorScreen } = context;
  const { showProgress, spinnerWidth } = await import("../../../output/progress.ts");
  return showProgress(context.stderr, errorScreen, () => {
    const width = Math.max(1, (context.stderr.columns ?? errorScreen.width) - spinnerWidth);
    const lines = [...running.values()].map((step) =>
      progressLine(step, { ...errorScreen, width, services }),
    );
    return lines.length === 0 ? [firstLine] : lines;
  });
}

// The progress of a running step and the estimate of its time left.

/** A running step and its state when it was first seen. */
export interface RunningStep extends SyncEvent, StepProgress {
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
  const pagesExpected = largest(before?.pagesExpected, event.pagesExpected);
  return { ...event, rowsExpected, pagesExpected, secondsLeft, atFirst };
}

function largest(before: number | null | undefined, now: number | null): number | null {
  return now === null ? (before ?? null) : Math.max(before ?? 0, now);
}

// The lines about the steps, in aligned columns.

export type StepProgress = Omit<SyncEvent, "kind" | "result" | "soonestMs"> & {
  readonly secondsLeft: number | null;
};

/** The names of the services in use. null: not connected. */
export type ServiceNames = Readonly<Record<NonNullable<AskedSide>, Pick<Service, "name"> | null>>;

interface LineScreen extends Pick<Screen, "width" | "unicode" | "isTerminal"> {
  readonly services: ServiceNames;
}

const serviceWidth = 10;
const nameWidth = 11;
const countWidth = 9;
const nounWidth = 10;
const requestsWidth = 5;
const barWidth = 24;

/**
 * A finished step. The service is named if the line `before` is about another one. A narrow screen leaves out the
 * requests and the time.
 */
export function stepLine(step: StepResult, before: StepName | null, screen: LineScreen): SafeText {
  const noun = step.requests === 1 ? "request" : "requests";
  const start = `${headOf(step.name, before, screen)}${countOf(step.name, step.rows)}`;
  const requests = `${padStart(thousands(step.requests), requestsWidth)} ${padEnd(noun, 8)}`;
  const seconds = padStart(` ${duration(step.seconds)}`, 9);
  const outcome = outcomeOf(step);
  const [whole, short] = [requests + seconds, ""].map((figures) =>
    `${start}${figures}${outcome === "" ? "" : `   ${outcome}`}`.trimEnd(),
  );
  const fits = !screen.isTerminal || widthOf(screenText(whole ?? "", screen)) <= screen.width;
  return fitLine((fits ? whole : short) ?? "", screen);
}

/** A running step: its progress and, as soon as they are known, a bar and the time left. */
export function progressLine(progress: StepProgress, screen: LineScreen): SafeText {
  const { step, rows, rowsExpected, pages, pagesExpected, secondsLeft } = progress;
  const start = `${headOf(step, null, screen)}${countOf(step, rows)}`;
  if (pagesExpected === null || pages === 0) return fitLine(`${start}…`, screen);
  const timeLeft =
    secondsLeft === null || pages < 2 ? "" : `, ${duration(Math.max(1, Math.round(secondsLeft)))} left`;
  const end = `${thousands(pages)} of ${counted(pagesExpected, stepOf(step).unit)}${timeLeft}`;
  const room = screen.width - widthOf(start) - widthOf(end) - 2;
  const share = rowsExpected === null || rowsExpected === 0 ? pages / pagesExpected : rows / rowsExpected;
  const bar = room < 8 ? "" : `${barOf(share, Math.min(barWidth, room))}  `;
  return fitLine(`${start}${bar}${end}`, screen);
}

/** "Match      1,344 by album · 702 artist only · …" */
export function matchLines(
  { scrobbled, artistOnly, none, doubtful }: Record<"scrobbled" | "artistOnly" | "none" | "doubtful", number>,
  screen: Pick<Screen, "width" | "unicode" | "isTerminal">,
): SafeText[] {
  const parts = [
    `${thousands(scrobbled)} by album`,
    `${thousands(artistOnly)} artist only`,
    `${thousands(none)} none`,
    ...(doubtful === 0 ? [] : [`${thousands(doubtful)} doubtful: rewind review`]),
  ];
  const head = "Match".padEnd(screen.width < 60 ? 7 : serviceWidth + nameWidth + 4);
  const width = screen.isTerminal ? Math.max(1, screen.width - head.length) : Number.MAX_SAFE_INTEGER;
  return hanging(printable(head), head.length, sideBySide(parts, { ...screen, width }));
}

function headOf(step: StepName, before: StepName | null, { services }: LineScreen): string {
  const serviceOf = (name: StepName): string => {
    const { asks } = stepOf(name);
    return asks === null ? "Match" : (services[asks]?.name ?? "");
  };
  const service = before !== null && serviceOf(before) === serviceOf(step) ? "" : serviceOf(step);
  if (stepOf(step).isNamedByService === true) return padEnd(service, serviceWidth + nameWidth);
  return padEnd(service, serviceWidth) + padEnd(step, nameWidth);
}

function countOf(step: StepName, rows: number): string {
  const { noun } = stepOf(step);
  return `${padStart(thousands(rows), countWidth)} ${padEnd(rows === 1 ? noun : `${noun}s`, nounWidth)}`;
}

function outcomeOf(step: StepResult): string {
  const { status, rows } = step;
  if (status === "hidden") return "hidden by its owner";
  if (status === "away") return "not available";
  if (["private", "failed", "unchanged", "interrupted"].includes(status)) return status;
  // In the first sync every row is new.
  if (step.added === rows && step.updated === 0 && step.removed === 0 && status === "done") return "";
  const changes = [
    step.added === 0 ? "" : `${thousands(step.added)} new`,
    step.updated === 0 ? "" : `${thousands(step.updated)} changed`,
    step.removed === 0 ? "" : `${thousands(step.removed)} gone`,
    status === "short" ? "fewer rows than its own count" : "",
    status === "held" ? "what is missing was kept" : "",
  ];
  return changes.filter((change) => change !== "").join(", ");
}

function barOf(share: number, width: number): string {
  const fullWidth = Math.min(width, Math.floor(share * width));
  if (fullWidth >= width) return "━".repeat(width);
  return `${"━".repeat(fullWidth)}╸${"─".repeat(width - fullWidth - 1)}`;
}

function fitLine(line: string, screen: Pick<Screen, "width" | "unicode" | "isTerminal">): SafeText {
  const text = screenText(line.trimEnd(), screen);
  return screen.isTerminal ? cutEnd(text, screen.width, screenText("…", screen)) : text;
}
