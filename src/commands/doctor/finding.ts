// What a check finds, and what is to be done about it: for people a line, for programs an object.
import type { DoctorDocument } from "../../queries/documents/installation.ts";
import type { Mark } from "../../output/marks.ts";

/** In the order in which they are told. */
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
  | "scrobbling"
  | "musicbrainz"
  | "covers"
  | "accounts";

export interface Finding {
  readonly check: CheckName;
  /** What people call it. */
  readonly label: string;
  /** null: it was left out, and the text says why. */
  readonly mark: Mark | null;
  readonly text: string;
  /** What to do about it. */
  readonly remedy?: string;
  /** How the program ends where nothing worse is found; left out: 1. Of what is wrong alone. */
  readonly exitCode?: 1 | 2 | 3 | 4;
  /** What --fix does about it; says what it did. Throws RewindError where that can't be now. */
  readonly mend?: () => Promise<string>;
  /** What --fix did. */
  readonly mended?: string;
}

const statusOf: Readonly<Record<Mark, string>> = { right: "ok", doubtful: "warning", wrong: "failure" };

export function document(findings: readonly Finding[]): DoctorDocument {
  return {
    checks: findings.map(({ check, mark, text, remedy, mend, mended }) => ({
      check,
      status: mark === null ? "skipped" : statusOf[mark],
      message: text,
      remedy: remedy ?? null,
      fixable: mend !== undefined,
      fixed: mended ?? null,
    })),
    summary: { failures: countOf(findings, "wrong"), warnings: countOf(findings, "doubtful") },
  };
}

export function countOf(findings: readonly Finding[], mark: Mark): number {
  return findings.filter((finding) => finding.mark === mark).length;
}
