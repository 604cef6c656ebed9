// Asks about many things, a request each. Each answer is kept as it comes; what can't be read stops none of the others.
import { BadAnswer, NothingToSpare, UnexpectedRefusal } from "../../sources/transport/failures.ts";
import type { Progress } from "../walks/run.ts";

/** Answers are waited for in parallel; the pacer holds them to what the service takes. */
const parallelCalls = 4;
/** So many failures in a row are no longer about single things. */
const mostFailures = 3;

export interface AskedOneByOne {
  /** How many could not be read. */
  readonly unread: number;
  /** The service had no more requests to spare. */
  readonly isSpent: boolean;
  /** What ended it early; throw it when what came is put in order. */
  readonly failure: { readonly error: unknown } | null;
}

export async function askOneByOne(
  wanted: readonly number[],
  ask: (id: number) => Promise<void>,
  {
    progress,
    onUnread,
    before = 0,
  }: {
    readonly progress: Progress;
    readonly onUnread?: (id: number) => void;
    /** How many of the whole were asked for by earlier runs. */
    readonly before?: number;
  },
): Promise<AskedOneByOne> {
  const queue = [...wanted];
  const whole = before + wanted.length;
  let done = before;
  let failuresInRow = 0;
  let unread = 0;
  let isSpent = false;
  let failure: AskedOneByOne["failure"] = null;

  const askNext = async (id: number): Promise<void> => {
    try {
      await ask(id);
      failuresInRow = 0;
    } catch (error) {
      if (!(error instanceof BadAnswer || error instanceof UnexpectedRefusal)) throw error;
      onUnread?.(id);
      unread += 1;
      failuresInRow += 1;
      if (failuresInRow >= mostFailures) throw error;
    }
    done += 1;
    progress(done, whole, done, whole);
  };
  const work = async (): Promise<void> => {
    while (!isSpent && !failure) {
      const id = queue.shift();
      if (id === undefined) return;
      try {
        await askNext(id);
      } catch (error) {
        if (error instanceof NothingToSpare) isSpent = true;
        else failure ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: parallelCalls }, work));
  return { unread, isSpent, failure };
}
