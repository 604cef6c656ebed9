// The finding of a check and its remedy, as a line for people and as JSON.
import type { ExitCode, RewindError } from "../../model/errors.ts";
import { printable, safe, type SafeText } from "../../output/escape.ts";
import { counted } from "../../output/number-text.ts";
import { hanging, type Mark, markOf, messageLines } from "../../output/paragraph.ts";
import type { TerminalStyle } from "../../output/screen.ts";
import type { SettingsReader } from "../../settings/settings-file.ts";
import type { Database } from "../../store/file/database.ts";
import type { DoctorDocument } from "../../queries/documents/installation-documents.ts";

export interface Finding {
  /** Its name in JSON. */
  readonly check: string;
  /** The name in the output. */
  readonly label: string;
  /** null: the check was skipped, and the text says why. */
  readonly mark: Mark | null;
  readonly text: string;
  readonly remedy?: string;
  /** The exit code if nothing worse is found. Default: 1. Only for findings marked wrong. */
  readonly exitCode?: ExitCode;
  /** Repairs it for --fix and says what it did. Throws RewindError if that is impossible now. */
  readonly repair?: () => Promise<string>;
  readonly repaired?: string;
  /** How long the check took. */
  readonly ms?: number;
}

export interface Examination {
  readonly findings: readonly Finding[];
  /** null: the settings can't be used. */
  readonly read: SettingsReader | null;
  /** Open for reading; the caller closes it. null: it can't be queried. */
  readonly database: Database | null;
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

/** The text and the remedy of an error. */
export function failed(topic: Topic, error: RewindError, exitCode: Finding["exitCode"] = 1): Finding {
  return wrong(topic, error.message, error.hint.replaceAll("\n", " "), { exitCode });
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

const labelWidth = 15;

/** The mark, the label and the text. The remedy follows on the same line if it fits, else below. */
export function findingLines(
  { mark, label, text, remedy = "", repaired }: Finding,
  { screen, colours }: TerminalStyle,
): SafeText[] {
  const fullText = repaired === undefined ? text : `${text} (${repaired})`;
  const line = remedy === "" ? fullText : `${fullText}   ${remedy}`;
  const sign = mark === null ? safe`-` : markOf(mark, { screen, colours });
  const head = safe`${sign} ${printable(label.padEnd(labelWidth - 2))}`;
  const lines = messageLines([line], { ...screen, width: screen.width - labelWidth });
  return hanging(head, labelWidth, lines);
}

/** "1 failure, 2 warnings" */
export function summaryText(findings: readonly Finding[]): string {
  const counts = { failure: countOf(findings, "wrong"), warning: countOf(findings, "doubtful") };
  const parts = Object.entries(counts).flatMap(([noun, count]) =>
    count === 0 ? [] : [counted(count, noun)],
  );
  return parts.length === 0 ? "Nothing is wrong" : parts.join(", ");
}
