// What a check finds, and what is to be done about it: for people a line, for programs an object.
import type { Keys } from "../../queries/documents/document.ts";
import type { Mark } from "../../output/paragraph.ts";

/** In the order in which they are told. */
export type CheckName =
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

interface DoctorDocument {
  readonly checks: readonly {
    readonly check: string;
    readonly status: string;
    readonly message: string;
    readonly remedy: string | null;
    readonly fixable: boolean;
    readonly fixed: string | null;
  }[];
  readonly summary: { readonly failures: number; readonly warnings: number };
}

export const keys: Keys<DoctorDocument> = {
  checks: {
    meaning: "in the order in which they are made",
    each: {
      check: {
        meaning: "what was looked at",
        note: "runtime, sqlite, settings, cache, files, contents, matches, fields, disk, sync, clock, collection, listening, scrobbling, musicbrainz, accounts",
      },
      status: { meaning: "how it is", note: "ok, warning, failure, skipped" },
      message: "what was found",
      remedy: "what to do about it; null where nothing is to be done",
      fixable: "whether --fix would fix it",
      fixed: "what --fix did; null where it did nothing",
    },
  },
  summary: {
    meaning: "of all checks",
    keys: { failures: "how many failed", warnings: "how many are to be looked at" },
  },
};

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
