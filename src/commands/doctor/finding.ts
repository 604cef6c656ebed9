// The finding of a check and its remedy, as a line for people and as JSON.

import type { DoctorDocument } from "../../queries/documents/installation-documents.ts";
import type { Clock } from "../../host/host.ts";
import { type Mark, markOf, wrapText } from "../../output/paragraph.ts";
import type { Colours, Screen } from "../../output/screen.ts";
import { printable, safe, type SafeText } from "../../output/escape.ts";
import { counted } from "../../output/number-text.ts";
import { widthOf } from "../../output/width.ts";

/** In the order of the output. */
type CheckName =
  | "runtime"
  | "sqlite"
  | "settings"
  | "cache"
  | "files"
  | "contents"
  | "matches"
  | "fields"
  | "disk"
  | "sync"
  | "clock"
  | "collection"
  | "listening"
  | "listenbrainz"
  | "scrobbling"
  | "musicbrainz"
  | "covers"
  | "accounts";

export interface Finding {
  readonly check: CheckName;
  /** The name in the output. */
  readonly label: string;
  /** null: the check was skipped, and the text says why. */
  readonly mark: Mark | null;
  readonly text: string;
  readonly remedy?: string;
  /** The exit code if nothing worse is found. Default: 1. Only for findings marked wrong. */
  readonly exitCode?: 1 | 2 | 3 | 4;
  /** Repairs it for --fix and says what it did. Throws RewindError if that is impossible now. */
  readonly repair?: () => Promise<string>;
  readonly repaired?: string;
  /** How long the check took. */
  readonly ms?: number;
}

export type Topic = Pick<Finding, "check" | "label">;

export function right(topic: Topic, text: string): Finding {
  return { ...topic, mark: "right", text };
}

export function doubtful(topic: Topic, text: string, remedy: string): Finding {
  return { ...topic, mark: "doubtful", text, remedy };
}

export function wrong(
  topic: Topic,
  text: string,
  remedy: string,
  more: Pick<Finding, "exitCode" | "repair"> = {},
): Finding {
  return { ...topic, mark: "wrong", text, remedy, ...more };
}

/** Returns a function that adds to findings how long it took since its last call, or since the start. */
export function stopwatch({ now }: Pick<Clock, "now">): (findings: readonly Finding[]) => Finding[] {
  let startMs = now();
  return (findings) => {
    const ms = Math.round(now() - startMs);
    startMs = now();
    return findings.map((finding) => ({ ...finding, ms }));
  };
}

const statusOf: Readonly<Record<Mark, string>> = { right: "ok", doubtful: "warning", wrong: "failure" };

export function document(findings: readonly Finding[]): DoctorDocument {
  return {
    checks: findings.map(({ check, mark, text, remedy, repair, repaired }) => ({
      check,
      status: mark === null ? "skipped" : statusOf[mark],
      message: text,
      remedy: remedy ?? null,
      fixable: repair !== undefined,
      fixed: repaired ?? null,
    })),
    summary: { failures: countOf(findings, "wrong"), warnings: countOf(findings, "doubtful") },
  };
}

function countOf(findings: readonly Finding[], mark: Mark): number {
  return findings.filter((finding) => finding.mark === mark).length;
}

// A line for each check: its mark, its label and what was found. The remedy follows on the same line if it fits, else
// below.

const labelWidth = 13;
const gap = "   ";

interface DoctorStyle {
  readonly screen: Screen;
  readonly colours: Colours;
}

export function findingLines(finding: Finding, { screen, colours }: DoctorStyle): SafeText[] {
  const { mark, label, text, remedy, repaired } = finding;
  const width = screen.isTerminal ? screen.width : Number.MAX_SAFE_INTEGER;
  const room = width - labelWidth - 2;
  const style = { screen: { ...screen, width }, colours };
  const fullText = repaired === undefined ? text : `${text} (${repaired})`;
  const texts = wrapText(fullText, { ...screen, width: room });
  const last = texts.at(-1) ?? safe``;
  const further = remedy === undefined ? "" : remedy;
  const fits = further !== "" && widthOf(last) + gap.length + widthOf(printable(further)) <= room;
  const below = further === "" || fits ? [] : wrapText(further, { ...screen, width: room - 2 });
  const lines = [
    ...texts.map((line, at) =>
      at === texts.length - 1 && fits
        ? safe`${line}${printable(gap)}${colours.dim(printable(further))}`
        : line,
    ),
    ...below.map((line) => safe`  ${colours.dim(line)}`),
  ];
  const margin = (at: number): SafeText => printable((at === 0 ? label : "").padEnd(labelWidth));
  return lines.map((line, at) => {
    const body = safe`${margin(at)}${line}`;
    return at === 0 ? safe`${mark === null ? safe`-` : markOf(mark, style)} ${body}` : safe`  ${body}`;
  });
}

export function summaryText(findings: readonly Finding[]): string {
  const [failures, warnings] = [countOf(findings, "wrong"), countOf(findings, "doubtful")];
  const parts = [
    failures === 0 ? "" : counted(failures, "failure"),
    warnings === 0 ? "" : counted(warnings, "warning"),
  ].filter((part) => part !== "");
  return parts.length === 0 ? "Nothing is wrong" : parts.join(", ");
}
