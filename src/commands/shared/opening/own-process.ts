// Work that may take long or much memory runs in processes of this program, one after another, and holds up nothing else.
import type { Context } from "../../../context.ts";
import type { ProgramChild } from "../../../host/host.ts";
import { type RewindError, SystemError } from "../../../model/errors.ts";
import { childFailure } from "./child-failure.ts";

interface Work {
  /** A hidden command of the program, with its arguments. */
  readonly line: readonly string[];
  readonly input: string;
  /** Ends the process, or keeps it from starting. */
  readonly signal: AbortSignal;
}

export interface OwnProcess {
  /** Returns the last line that the process writes. Throws what it reports. */
  run(this: void, work: Work): Promise<string>;
  /** Ends the running process and starts no other. */
  stop(this: void): Promise<void>;
}

interface Limit {
  readonly longestMs: number;
  readonly tooSlow: () => RewindError;
}

export function openOwnProcess(context: Context, { longestMs, tooSlow }: Limit): OwnProcess {
  let last: Promise<unknown> = Promise.resolve();
  let child: ProgramChild | undefined;
  let isClosed = false;

  const runNext = async ({ line, input, signal }: Work): Promise<string> => {
    if (isClosed) throw new SystemError("the connection is being closed", "Connect again, then ask.");
    signal.throwIfAborted();
    const started = await context.startProgram(line, { input, limitMs: longestMs });
    child = started;
    signal.addEventListener("abort", started.kill, { once: true });
    let answer = "";
    for await (const text of started.lines) answer = text;
    const end = await started.ended;
    child = undefined;
    signal.removeEventListener("abort", started.kill);
    signal.throwIfAborted();
    if (end.wasTooSlow) throw tooSlow();
    const failure = childFailure(end);
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

/** The whole of stdin: what the program that started this process asks. */
export async function inputOf(stdin: AsyncIterable<unknown>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk as Uint8Array | string));
  return Buffer.concat(chunks).toString("utf8");
}
