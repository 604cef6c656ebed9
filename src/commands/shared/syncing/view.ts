// Draws a running sync on stderr: finished steps stay, running steps are redrawn below them.
import type { Context } from "../../../context.ts";
import { loadColours, toTerminalText, type Terminal } from "../../../output/terminal.ts";
import { isDrawn } from "./notice.ts";
import { type StepName, getStep, type AskedSide } from "../../../model/sync-steps.ts";
import type { StepResult, SyncEvent } from "../../../sync/whole-sync.ts";
import { formatDuration } from "../../../output/format-dates.ts";
import { toPrintable, type SafeText } from "../../../output/safe-text.ts";
import { prependHead, flowParts, joinParts } from "../../../output/paragraph.ts";
import { pluralize, formatNumber } from "../../../output/format-numbers.ts";
import { cutEnd, padEnd, padStart, measureWidth } from "../../../output/width.ts";
import type { Service } from "../../../model/model.ts";

export async function openSyncView(context: Context, services: ServiceNames, firstLine: SafeText) {
  const running = new Map<StepName, RunningStep>();
  const paint = await loadColours(context.errorScreen);
  const progress = await openProgress(context, services, running, firstLine);
  let before: StepName | null = null;
  /** Sides that questions still need before they can be answered for the first time. */
  const missing = new Set<StepName>(["collection", "albums"]);
  return {
    show(event: SyncEvent): void {
      const { step, result } = event;
      if (event.kind !== "finished") {
        running.set(step, advanceStep(running.get(step), event, context.clock.now()));
        return;
      }
      running.delete(step);
      // renderMatchCounts() prints the matches at the end.
      if (result === null || result.name === "match") return;
      const line = renderStep(result, before, { ...context.errorScreen, services });
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
      renderProgress(step, { ...errorScreen, width, services }),
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
export function advanceStep(before: RunningStep | undefined, event: SyncEvent, nowMs: number): RunningStep {
  const atFirst =
    before === undefined || before.pages === 0 ? { rows: event.rows, atMs: nowMs } : before.atFirst;
  const rowsExpected = computeMax(before?.rowsExpected, event.rowsExpected);
  const came = event.rows - atFirst.rows;
  // The first rows may have come in a burst. The rest takes at least as long as the rate limit allows.
  const secondsLeft =
    rowsExpected === null || came <= 0
      ? null
      : Math.max((nowMs - atFirst.atMs) * (Math.max(0, rowsExpected - event.rows) / came), event.soonestMs) /
        1000;
  const pagesExpected = computeMax(before?.pagesExpected, event.pagesExpected);
  return { ...event, rowsExpected, pagesExpected, secondsLeft, atFirst };
}

function computeMax(before: number | null | undefined, now: number | null): number | null {
  return now === null ? (before ?? null) : Math.max(before ?? 0, now);
}

// The lines about the steps, in aligned columns.

export type StepProgress = Omit<SyncEvent, "kind" | "result" | "soonestMs"> & {
  readonly secondsLeft: number | null;
};

/** The names of the services in use. null: not connected. */
export type ServiceNames = Readonly<Record<NonNullable<AskedSide>, Pick<Service, "name"> | null>>;

interface LineOptions extends Pick<Terminal, "width" | "unicode" | "isTerminal"> {
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
export function renderStep(step: StepResult, before: StepName | null, screen: LineOptions): SafeText {
  const noun = step.requests === 1 ? "request" : "requests";
  const start = `${formatStepHead(step.name, before, screen)}${formatStepCount(step.name, step.rows)}`;
  const requests = `${padStart(formatNumber(step.requests), requestsWidth)} ${padEnd(noun, 8)}`;
  const seconds = padStart(` ${formatDuration(step.seconds)}`, 9);
  const outcome = formatOutcome(step);
  const [whole, short] = [requests + seconds, ""].map((figures) =>
    `${start}${figures}${outcome === "" ? "" : `   ${outcome}`}`.trimEnd(),
  );
  const fits = !screen.isTerminal || measureWidth(toTerminalText(whole ?? "", screen)) <= screen.width;
  return fitLine((fits ? whole : short) ?? "", screen);
}

/** A running step: its progress and, as soon as they are known, a bar and the time left. */
export function renderProgress(progress: StepProgress, screen: LineOptions): SafeText {
  const { step, rows, rowsExpected, pages, pagesExpected, secondsLeft } = progress;
  const count = formatStepCount(step, rows);
  // The longest noun fills its column.
  const start = `${formatStepHead(step, null, screen)}${count}${count.endsWith(" ") ? "" : " "}`;
  if (pagesExpected === null || pages === 0) return fitLine(`${start}…`, screen);
  const timeLeft =
    secondsLeft === null || pages < 2 ? "" : `, ${formatDuration(Math.max(1, Math.round(secondsLeft)))} left`;
  const end = `${formatNumber(pages)} of ${pluralize(pagesExpected, getStep(step).unit)}${timeLeft}`;
  const room = screen.width - measureWidth(start) - measureWidth(end) - 2;
  const share = rowsExpected === null || rowsExpected === 0 ? pages / pagesExpected : rows / rowsExpected;
  const bar = room < 8 ? "" : `${renderProgressBar(share, Math.min(barWidth, room))}  `;
  return fitLine(`${start}${bar}${end}`, screen);
}

/** "Match      1,344 by album · 702 artist only · …" */
export function renderMatchCounts(
  { scrobbled, artistOnly, none, toReview }: Record<"scrobbled" | "artistOnly" | "none" | "toReview", number>,
  screen: Pick<Terminal, "width" | "unicode" | "isTerminal">,
): SafeText[] {
  const parts = [
    `${formatNumber(scrobbled)} by album`,
    `${formatNumber(artistOnly)} artist only`,
    `${formatNumber(none)} none`,
    ...(toReview === 0 ? [] : [`${formatNumber(toReview)} to review: rewind review`]),
  ];
  const head = "Match".padEnd(screen.width < 60 ? 7 : serviceWidth + nameWidth + 4);
  const width = screen.isTerminal ? Math.max(1, screen.width - head.length) : Number.MAX_SAFE_INTEGER;
  return prependHead(toPrintable(head), head.length, flowParts(parts, { ...screen, width }));
}

function formatStepHead(step: StepName, before: StepName | null, { services }: LineOptions): string {
  const getServiceName = (name: StepName): string => {
    const { asks } = getStep(name);
    return asks === null ? "Match" : (services[asks]?.name ?? "");
  };
  const service =
    before !== null && getServiceName(before) === getServiceName(step) ? "" : getServiceName(step);
  const { isNamedByService = false, label = isNamedByService ? "" : step } = getStep(step);
  return isNamedByService && service !== ""
    ? padEnd(joinParts([service, label], " "), serviceWidth + nameWidth)
    : padEnd(service, serviceWidth) + padEnd(label, nameWidth);
}

function formatStepCount(step: StepName, rows: number): string {
  const { noun } = getStep(step);
  return `${padStart(formatNumber(rows), countWidth)} ${padEnd(rows === 1 ? noun : `${noun}s`, nounWidth)}`;
}

function formatOutcome(step: StepResult): string {
  const { status, rows } = step;
  if (status === "hidden") return "hidden by its owner";
  if (status === "away") return "not available";
  if (["private", "failed", "unchanged", "interrupted"].includes(status)) return status;
  // Every row is new in the first sync.
  if (step.added === rows && step.updated === 0 && step.removed === 0 && status === "done") return "";
  const changes = [
    step.added === 0 ? "" : `${formatNumber(step.added)} new`,
    step.updated === 0 ? "" : `${formatNumber(step.updated)} changed`,
    step.removed === 0 ? "" : `${formatNumber(step.removed)} gone`,
    status === "short" ? "fewer rows than its own count" : "",
    status === "held" ? "what is missing was kept" : "",
  ];
  return changes.filter((change) => change !== "").join(", ");
}

function renderProgressBar(share: number, width: number): string {
  const fullWidth = Math.min(width, Math.floor(share * width));
  if (fullWidth >= width) return "━".repeat(width);
  return `${"━".repeat(fullWidth)}╸${"─".repeat(width - fullWidth - 1)}`;
}

function fitLine(line: string, screen: Pick<Terminal, "width" | "unicode" | "isTerminal">): SafeText {
  const text = toTerminalText(line.trimEnd(), screen);
  return screen.isTerminal ? cutEnd(text, screen.width, toTerminalText("…", screen)) : text;
}
