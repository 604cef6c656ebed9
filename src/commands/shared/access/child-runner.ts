// Runs hidden commands of this program. Work that may take long or much memory runs in processes, one after another, and
// holds up nothing else.
import type { Context } from "../../../context.ts";
import type { ChildExit, ProgramChild } from "../../../host/host.ts";
import {
  AccountError,
  AlreadySyncing,
  CacheError,
  InterruptedError,
  NotReadyError,
  type RewindError,
  ServiceError,
  SystemError,
  UsageError,
} from "../../../model/errors.ts";

interface ChildTask {
  /** A hidden command of the program, with its arguments. */
  readonly line: readonly string[];
  readonly input: string;
  /** Ends the process, or keeps it from starting. */
  readonly signal: AbortSignal;
}

export interface ChildRunner {
  /** Returns the last line that the process writes. Throws what it reports. */
  run(this: void, work: ChildTask): Promise<string>;
  /** Ends the running process and starts no other. */
  stop(this: void): Promise<void>;
}

interface ChildLimits {
  readonly timeoutMs: number;
  readonly createTimeout: () => RewindError;
}

export function createChildRunner(context: Context, { timeoutMs, createTimeout }: ChildLimits): ChildRunner {
  let last: Promise<unknown> = Promise.resolve();
  let child: ProgramChild | undefined;
  let isClosed = false;

  const runNext = async ({ line, input, signal }: ChildTask): Promise<string> => {
    if (isClosed) throw new SystemError("the connection is being closed", "Connect again, then ask.");
    signal.throwIfAborted();
    const newChild = await context.startProgram(line, { input, limitMs: timeoutMs });
    child = newChild;
    signal.addEventListener("abort", newChild.kill, { once: true });
    let answer = "";
    for await (const text of newChild.lines) answer = text;
    const end = await newChild.ended;
    child = undefined;
    signal.removeEventListener("abort", newChild.kill);
    signal.throwIfAborted();
    if (end.wasTooSlow) throw createTimeout();
    const failure = toChildError(end);
    if (failure !== undefined && answer === "") throw failure;
    return answer;
  };
  return {
    run(work) {
      const next = last.then(() => runNext(work));
      last = next.catch(() => {});
      return next;
    },
    async stop() {
      isClosed = true;
      child?.kill();
      await last;
    },
  };
}

const errorClasses = new Map<number, new (message: string, hint: string) => RewindError>([
  [1, CacheError],
  [2, UsageError],
  [3, ServiceError],
  [4, AccountError],
  [5, NotReadyError],
]);

/** The error that a process reported; undefined if it did not fail. */
export function toChildError({ code, failure }: ChildExit): RewindError | undefined {
  if (code === 0) return undefined;
  if (code === 130 || code === 143) return new InterruptedError(code === 130 ? "SIGINT" : "SIGTERM");
  const Kind = failure?.isAlreadySyncing === true ? AlreadySyncing : errorClasses.get(failure?.exitCode ?? 0);
  if (failure === null || Kind === undefined) {
    return new SystemError(
      "the process was killed or crashed",
      "Check the system's log, for example for lack of memory.",
    );
  }
  return new Kind(failure.message, failure.hint);
}
