// The finding of a check and its remedy, as a line for people and as JSON.
import { printable, safe, type SafeText } from "../../output/escape.ts";
import { counted } from "../../output/number-text.ts";
import { joinParts, type Mark, markOf, wrapText } from "../../output/paragraph.ts";
import type { TerminalStyle } from "../../output/screen.ts";
import { widthOf } from "../../output/width.ts";
import type { DoctorDocument } from "../../queries/documents/installation-documents.ts";

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

const labelWidth = 13;
const gap = "   ";

/** The mark, the label and the text. The remedy follows on the same line if it fits, else below. */
export function findingLines(
  { mark, label, text, remedy = "", repaired }: Finding,
  { screen, colours }: TerminalStyle,
): SafeText[] {
  const width = screen.isTerminal ? screen.width : Number.MAX_SAFE_INTEGER;
  const room = width - labelWidth - 2;
  const fullText = repaired === undefined ? text : `${text} (${repaired})`;
  const texts = wrapText(fullText, { ...screen, width: room });
  const last = texts.at(-1) ?? safe``;
  const hint = printable(remedy);
  const fits = widthOf(last) + gap.length + widthOf(hint) <= room;
  const below = hint === "" || fits ? [] : wrapText(remedy, { ...screen, width: room - 2 });
  if (hint !== "" && fits) {
    texts[texts.length - 1] = safe`${last}${printable(gap)}${colours.dim(hint)}`;
  }
  const lines = [...texts, ...below.map((line) => safe`  ${colours.dim(line)}`)];
  const sign = mark === null ? safe`-` : markOf(mark, { screen: { ...screen, width }, colours });
  const margin = printable(" ".repeat(labelWidth + 2));
  return lines.map((line, at) =>
    at === 0 ? safe`${sign} ${printable(label.padEnd(labelWidth))}${line}` : safe`${margin}${line}`,
  );
}

export function summaryText(findings: readonly Finding[]): string {
  const [failures, warnings] = [countOf(findings, "wrong"), countOf(findings, "doubtful")];
  const text = joinParts(
    [failures === 0 ? "" : counted(failures, "failure"), warnings === 0 ? "" : counted(warnings, "warning")],
    ", ",
  );
  return text === "" ? "Nothing is wrong" : text;
}
