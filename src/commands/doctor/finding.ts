// The finding of a check and its remedy, as a line for people and as JSON.
import type { ExitCode, RewindError } from "../../model/errors.ts";
import { toPrintable, safe, type SafeText } from "../../output/safe-text.ts";
import { pluralize } from "../../output/format-numbers.ts";
import { prependHead, type Mark, renderMark, wrapMessage } from "../../output/paragraph.ts";
import type { TerminalStyle } from "../../output/terminal.ts";
import type { SettingsReader } from "../../settings/settings-file.ts";
import type { Database } from "../../store/file/database.ts";
import type { DoctorDocument } from "../../queries/documents/installation-documents.ts";

export interface Finding {
  /** The name in JSON. */
  readonly check: string;
  /** The name in the output. */
  readonly label: string;
  /** null: the check was skipped, and the text says why. */
  readonly mark: Mark | null;
  readonly text: string;
  /** May have line breaks. */
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

export type CheckTopic = Pick<Finding, "check" | "label">;

export function pass(topic: CheckTopic, text: string): Finding {
  return { ...topic, mark: "pass", text };
}

export function warn(topic: CheckTopic, text: string, remedy: string): Finding {
  return { ...topic, mark: "warn", text, remedy };
}

export function fail(
  topic: CheckTopic,
  text: string,
  remedy: string,
  more: Pick<Finding, "exitCode" | "repair"> = {},
): Finding {
  return { ...topic, mark: "fail", text, remedy, ...more };
}

/** The text and the remedy of an error. */
export function failWithError(
  topic: CheckTopic,
  error: RewindError,
  exitCode: Finding["exitCode"] = 1,
): Finding {
  return fail(topic, error.message, error.hint, { exitCode });
}

const statusByMark: Readonly<Record<Mark, string>> = { pass: "ok", warn: "warning", fail: "failure" };

export function buildDoctorDocument(findings: readonly Finding[]): DoctorDocument {
  return {
    checks: findings.map(({ check, mark, text, remedy, repair, repaired }) => ({
      check,
      status: mark === null ? "skipped" : statusByMark[mark],
      message: text,
      remedy: remedy?.replaceAll("\n", " ") ?? null,
      fixable: repair !== undefined,
      fixed: repaired ?? null,
    })),
    summary: { failures: countMarked(findings, "fail"), warnings: countMarked(findings, "warn") },
  };
}

function countMarked(findings: readonly Finding[], mark: Mark): number {
  return findings.filter((finding) => finding.mark === mark).length;
}

const labelWidth = 15;

/** The mark, the label and the text. The remedy follows on the same line if it is one line and fits, else below. */
export function renderFinding(
  { mark, label, text, remedy = "", repaired }: Finding,
  { screen, colours }: TerminalStyle,
): SafeText[] {
  const fullText = repaired === undefined ? text : `${text} (${repaired})`;
  const texts = remedy.includes("\n")
    ? [fullText, ...remedy.split("\n")]
    : [remedy === "" ? fullText : `${fullText}   ${remedy}`];
  const sign = mark === null ? safe`-` : renderMark(mark, { screen, colours });
  const head = safe`${sign} ${toPrintable(label.padEnd(labelWidth - 2))}`;
  const lines = wrapMessage(texts, { ...screen, width: screen.width - labelWidth });
  return prependHead(head, labelWidth, lines);
}

/** "1 failure, 2 warnings" */
export function formatSummary(findings: readonly Finding[]): string {
  const counts = { failure: countMarked(findings, "fail"), warning: countMarked(findings, "warn") };
  const parts = Object.entries(counts).flatMap(([noun, count]) =>
    count === 0 ? [] : [pluralize(count, noun)],
  );
  return parts.length === 0 ? "Nothing is wrong" : parts.join(", ");
}
