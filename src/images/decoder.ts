// Decodes pictures in a worker thread. A malicious picture that takes hours, or all memory, ends only that thread.
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { packageRoot } from "../host/paths.ts";
import type { CoverPreview } from "./cover-preview.ts";

export interface PictureDecoder {
  /** Returns null for a picture that can't be decoded. Calls are answered in order. */
  previewOf(bytes: Buffer): Promise<CoverPreview | null>;
  close(): Promise<void>;
}

/** A cover takes milliseconds on any machine. */
const patienceMs = 10_000;
const mostHeapMegabytes = 512;

/** Resolves after the time; rejects when the signal fires. */
type Timer = (ms: number, signal: AbortSignal) => Promise<unknown>;

const realTimer: Timer = (ms, signal) => sleep(ms, undefined, { signal });

export function openDecoder(timer = realTimer): PictureDecoder {
  let worker: Worker | null = null;
  let last: Promise<unknown> = Promise.resolve();

  const end = async (): Promise<void> => {
    const lastWorker = worker;
    worker = null;
    await lastWorker?.terminate();
  };

  const preview = async (bytes: Buffer): Promise<CoverPreview | null> => {
    worker ??= startWorker();
    const answer = await answerOf(worker, bytes, timer);
    if (answer === undefined) await end();
    return answer ?? null;
  };

  return {
    previewOf: (bytes) => {
      const next = last.then(() => preview(bytes));
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
    // Errors of the worker show as a missing answer.
    stderr: true,
  });
  worker.unref();
  return worker;
}

/** undefined: the thread died or took too long. */
function answerOf(worker: Worker, bytes: Buffer, timer: Timer): Promise<CoverPreview | null | undefined> {
  return new Promise((resolve) => {
    const over = new AbortController();
    const finish = (answer?: CoverPreview | null): void => {
      over.abort();
      for (const event of ["message", "error", "exit"]) worker.removeAllListeners(event);
      worker.on("error", () => undefined);
      resolve(answer);
    };
    timer(patienceMs, over.signal).then(
      () => finish(),
      () => undefined,
    );
    worker.on("message", finish);
    worker.on("error", () => finish());
    worker.on("exit", () => finish());
    const copy = Uint8Array.from(bytes);
    worker.postMessage(copy, [copy.buffer]);
  });
}
