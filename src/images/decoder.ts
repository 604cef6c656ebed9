// Decodes pictures in a worker thread. A malicious picture that takes hours, or all memory, ends only that thread.
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { packageRoot } from "../host/paths.ts";
import type { CoverPreview } from "../model/cover-preview.ts";

/** A cover takes milliseconds on any machine. */
const decodeTimeoutMs = 10_000;
const maxHeapMegabytes = 512;

/** Resolves after the time; rejects when the signal fires. */
type Timer = (ms: number, signal: AbortSignal) => Promise<unknown>;

const waitMs: Timer = (ms, signal) => sleep(ms, undefined, { signal });

export function openDecoder(timer = waitMs) {
  let thread: Thread | null = null;
  let last: Promise<unknown> = Promise.resolve();

  const decodePreview = async (bytes: Buffer): Promise<CoverPreview | null> => {
    thread ??= startThread();
    const answer = await requestPreview(thread.worker, bytes, timer);
    if (answer === undefined) {
      await thread.worker.terminate();
      thread = null;
    }
    return answer ?? null;
  };

  return {
    /** Returns null for a picture that can't be decoded. Calls are answered in order. */
    previewOf: (bytes: Buffer): Promise<CoverPreview | null> => {
      const next = last.then(() => decodePreview(bytes));
      last = next.catch(() => undefined);
      return next;
    },
    close: async (): Promise<void> => {
      await last;
      if (thread === null) return;
      // An idle thread ends by itself, because terminating it has crashed Node 20.
      thread.worker.ref();
      thread.worker.postMessage(null, []);
      await thread.exited;
      thread = null;
    },
  };
}

interface Thread {
  readonly worker: Worker;
  readonly exited: Promise<unknown>;
}

function startThread(): Thread {
  const worker = new Worker(join(packageRoot, "dist", "picture-worker.js"), {
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: maxHeapMegabytes },
    // Errors of the worker show as a missing answer.
    stderr: true,
  });
  worker.unref();
  worker.on("error", () => undefined);
  return { worker, exited: new Promise((resolve) => worker.once("exit", resolve)) };
}

/** undefined: the thread died or took too long. */
async function requestPreview(
  worker: Worker,
  bytes: Buffer,
  timer: Timer,
): Promise<CoverPreview | null | undefined> {
  const over = new AbortController();
  const { signal } = over;
  const copy = Uint8Array.from(bytes);
  try {
    worker.postMessage(copy, [copy.buffer]);
    const answer = once(worker, "message", { signal }) as Promise<[CoverPreview | null]>;
    return (await Promise.race([answer, timer(decodeTimeoutMs, signal).then(() => [undefined])]))[0];
  } catch {
    return undefined;
  } finally {
    over.abort();
  }
}
