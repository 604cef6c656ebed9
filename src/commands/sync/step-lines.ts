// The lines about the steps of a sync, in aligned columns.
import { duration } from "../../output/dates.ts";
import { printable, safe, type SafeText } from "../../output/escape.ts";
import { footerLines } from "../../output/paragraph.ts";
import { counted, thousands } from "../../output/number-text.ts";
import { screenText, type Screen } from "../../output/screen.ts";
import { cutEnd, padEnd, padStart, widthOf } from "../../output/width.ts";
import type { Service } from "../../model/model.ts";
import { stepOf, type AskedSide, type StepName } from "../../model/steps.ts";
import type { StepResult, SyncEvent } from "../../sync/whole-sync.ts";

export type StepFigures = Omit<StepResult, "note">;

export type StepProgress = Omit<SyncEvent, "kind" | "result" | "soonestMs"> & {
  readonly secondsLeft: number | null;
};

/** The names of the services in use. null: not connected. */
export type ServiceNames = Readonly<Record<NonNullable<AskedSide>, Pick<Service, "name"> | null>>;

interface LineScreen extends Pick<Screen, "width" | "unicode" | "isTerminal"> {
  readonly services: ServiceNames;
}

/** Steps that need no service name in front. */
const namesItself: ReadonlySet<StepName> = new Set([
  "listens",
  "submitting",
  "musicbrainz",
  "match",
  "covers",
]);

const serviceWidth = 10;
const nameWidth = 11;
const countWidth = 9;
const nounWidth = 10;
const requestsWidth = 5;
const barWidth = 24;

/**
 * A finished step. The service is named if the line before is about another one. On a narrow screen the time is
 * dropped first, then the requests, then the remark.
 */
export function stepLine(
  step: StepFigures,
  { before, remark = "" }: { readonly before: StepName | null; readonly remark?: string },
  screen: LineScreen,
): SafeText {
  const noun = step.requests === 1 ? "request" : "requests";
  const start = `${headOf(step.name, before, screen)}${countOf(step.name, step.rows)}`;
  const requests = `${padStart(thousands(step.requests), requestsWidth)} ${padEnd(noun, 8)}`;
  const seconds = padStart(` ${duration(step.seconds)}`, 9);
  const outcome = outcomeOf(step);
  const endings = [[outcome, remark].filter((part) => part !== "").join(" · "), outcome];
  const forms = endings.flatMap((ending) =>
    [requests + seconds, requests, ""].map((figures) =>
      `${start}${figures}${ending === "" ? "" : `   ${ending}`}`.trimEnd(),
    ),
  );
  const fits = (line: string): boolean =>
    !screen.isTerminal || widthOf(screenText(line, screen)) <= screen.width;
  return fitLine(forms.find(fits) ?? start, screen);
}

/** A running step: its progress and, as soon as they are known, a bar and the time left. */
export function progressLine(progress: StepProgress, before: StepName | null, screen: LineScreen): SafeText {
  const { step, rows, rowsExpected, pages, pagesExpected, secondsLeft } = progress;
  const start = `${headOf(step, before, screen)}${countOf(step, rows)}`;
  if (pagesExpected === null || pages === 0) return fitLine(`${start}…`, screen);
  const timeLeft =
    secondsLeft === null || pages < 2 ? "" : `, ${duration(Math.max(1, Math.round(secondsLeft)))} left`;
  const end = `${thousands(pages)} of ${counted(pagesExpected, stepOf(step).unit)}${timeLeft}`;
  const room = screen.width - widthOf(start) - widthOf(end) - 2;
  const share = rowsExpected === null || rowsExpected === 0 ? pages / pagesExpected : rows / rowsExpected;
  const bar = room < 8 ? "" : `${barOf(share, Math.min(barWidth, room))}  `;
  return fitLine(`${start}${bar}${end}`, screen);
}

/** "Match      1,344 scrobbled · 702 artist only · …", printed below the steps if it fits. */
export function matchLines(
  counts: {
    readonly scrobbled: number;
    readonly artistOnly: number;
    readonly none: number;
    readonly doubtful: number;
  },
  screen: Pick<Screen, "width" | "unicode" | "isTerminal">,
): SafeText[] {
  const { scrobbled, artistOnly, none, doubtful } = counts;
  const parts = [
    `${thousands(scrobbled)} scrobbled`,
    `${thousands(artistOnly)} artist only`,
    `${thousands(none)} none`,
    ...(doubtful === 0 ? [] : [`${thousands(doubtful)} doubtful: rewind review`]),
  ];
  const separator = screen.unicode ? " · " : " - ";
  const line = `${padEnd("Match", serviceWidth + nameWidth + 4)}${parts.join(separator)}`;
  if (!screen.isTerminal || widthOf(printable(line)) <= screen.width) return [printable(line)];
  const head = "Match  ";
  const below = footerLines([parts], { ...screen, width: Math.max(1, screen.width - head.length) });
  return below.map((text, at) => safe`${padEnd(printable(at === 0 ? head : ""), head.length)}${text}`);
}

function headOf(step: StepName, before: StepName | null, { services }: LineScreen): string {
  const serviceOf = (name: StepName): string => {
    const { asks } = stepOf(name);
    return asks === null ? "Match" : (services[asks]?.name ?? "");
  };
  const service = before !== null && serviceOf(before) === serviceOf(step) ? "" : serviceOf(step);
  if (namesItself.has(step)) return padEnd(service, serviceWidth + nameWidth);
  return padEnd(service, serviceWidth) + padEnd(step, nameWidth);
}

function countOf(step: StepName, rows: number): string {
  const { noun } = stepOf(step);
  return `${padStart(thousands(rows), countWidth)} ${padEnd(rows === 1 ? noun : `${noun}s`, nounWidth)}`;
}

function outcomeOf(step: StepFigures): string {
  const { status, rows } = step;
  if (status === "hidden") return "hidden by its owner";
  if (["private", "failed", "unchanged", "interrupted"].includes(status)) return status;
  if (status === "skipped") return "left out";
  if (status === "away") return "not available; the next sync asks again";
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
