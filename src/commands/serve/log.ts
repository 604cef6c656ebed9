// The log of the server on stderr: a line an answer, a line a sync, and what failed. Nothing secret is in it.
import type { Context } from "../../context.ts";
import { RewindError } from "../../model/errors.ts";
import { printable, printableLines, type SafeText } from "../../output/escape.ts";
import { counted } from "../../output/numbers.ts";
import type { SyncRun } from "../../queries/shelf/sync-run.ts";
import { redact } from "../../model/redact.ts";
import type { AnswerLine } from "../../doors/http/app.ts";
import { secretsKnownTo } from "../shared/opening/known-secrets.ts";

export interface ServerLog {
  answered(this: void, line: AnswerLine): void;
  synced(this: void, run: SyncRun): void;
  failed(this: void, error: unknown): void;
  /** Writes what is not written yet. */
  flush(): void;
}

/** What is said in one turn of the event loop is written at once: a write costs more than an answer. */
export function openServerLog(context: Context): ServerLog {
  let held: SafeText[] = [];
  const flush = (): void => {
    const lines = held;
    held = [];
    if (lines.length > 0) context.note(...lines);
  };
  const say = (line: SafeText): void => {
    if (held.length === 0) setImmediate(flush);
    held.push(line);
  };
  return {
    answered: (line) => say(printable(`${timeOf(context)} ${answerText(line)}`)),
    synced: (run) => say(printable(`${timeOf(context)} ${syncText(run)}`)),
    failed: (error) => say(printableLines(redact(failureText(error), secretsKnownTo(context)))),
    flush,
  };
}

function timeOf(context: Context): string {
  return new Date(context.clock.now()).toISOString().replace(/\.\d+Z$/, "Z");
}

/** What is asked for is not in it: somebody may have put a key there. */
function answerText({ method, path, status, tookMs, keyId }: AnswerLine): string {
  const who = keyId === null ? "no key" : `key ${keyId}`;
  const shown = path.slice(0, 200).replaceAll(/rw_[a-z]+_[\w-]*/gi, "rw_…");
  return `${status} ${method} ${shown} ${Math.round(tookMs)} ms, ${who}`;
}

/** Of a sync that begins or has ended. */
function syncText({ scope, outcome, changes, failure }: SyncRun): string {
  const what = scope === "all" ? "sync" : `sync of ${scope}`;
  const rows = outcome === "completed" ? `, ${counted(changes, "row")} changed` : "";
  const why = failure === null ? "" : `: ${failure.replaceAll("\n", ". ")}`;
  return `${what} ${outcome === "running" ? "started" : outcome}${rows}${why}`;
}

function failureText(error: unknown): string {
  if (error instanceof RewindError) return `rewind: ${error.message}\n${error.hint}`.trim();
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `rewind: an answer failed\n${stack}`;
}
