// Unpacks pictures in a thread of its own: one that is made to take hours, or all the memory, takes down that thread alone.
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { packageRoot } from "../host/package-root.ts";
import type { CoverLook } from "./look.ts";

export interface PictureDecoder {
  /** null for what can't be unpacked. One after the other, in the order of the calls. */
  lookOf(bytes: Buffer): Promise<CoverLook | null>;
  close(): Promise<void>;
}

/** Covers take milliseconds, on any machine. */
const patienceMs = 60_000;
const mostHeapMegabytes = 512;

/** Resolves when the time is over; rejects when the signal fires. */
type Timer = (ms: number, signal: AbortSignal) => Promise<unknown>;

const realTimer: Timer = (ms, signal) => sleep(ms, undefined, { signal });

export function openDecoder(timer = realTimer): PictureDecoder {
  let worker: Worker | null = null;
  let last: Promise<unknown> = Promise.resolve();

  const end = async (): Promise<void> => {
    const ended = worker;
    worker = null;
    await ended?.terminate();
  };

  async function look(bytes: Buffer): Promise<CoverLook | null> {
    worker ??= startWorker();
    const answer = await answerOf(worker, bytes, timer);
    if (answer !== "none") return answer;
    await end();
    return null;
  }

  return {
    lookOf: (bytes) => {
      const next = last.then(() => look(bytes));
      last = next.catch(() => undefined);
      return next;
    },
    close: async () => {
      await last;
      await end();
    },
  };
}

function startWorker(): Worker {
  const worker = new Worker(join(packageRoot, "dist", "picture-worker.js"), {
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: mostHeapMegabytes },
    // What goes wrong in there is told by an answer that doesn't come.
    stderr: true,
  });
  worker.unref();
  return worker;
}

/** "none": the thread died of it, or takes too long. */
function answerOf(worker: Worker, bytes: Buffer, timer: Timer): Promise<CoverLook | null | "none"> {
  return new Promise((resolve) => {
    const over = new AbortController();
    const finish = (answer: CoverLook | null | "none"): void => {
      over.abort();
      for (const event of ["message", "error", "exit"]) worker.removeAllListeners(event);
      worker.on("error", () => undefined);
      resolve(answer);
    };
    timer(patienceMs, over.signal).then(
      () => finish("none"),
      () => undefined,
    );
    worker.on("message", (look: CoverLook | null) => finish(look));
    worker.on("error", () => finish("none"));
    worker.on("exit", () => finish("none"));
    const copy = Uint8Array.from(bytes);
    worker.postMessage(copy, [copy.buffer]);
  });
}
