// The thread that stores the plays that clients send to rewind serve, so that the thread with the sockets never waits for
// SQLite. Both ends of it.
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { parentPort, Worker, workerData } from "node:worker_threads";
import { mergeSubmittedPlays, storeSubmittedPlays } from "../../actions/sources/submit-listens.ts";
import type { Context } from "../../context.ts";
import { packageRoot } from "../../host/paths.ts";
import { toPlainError } from "../../model/errors.ts";
import { Problem } from "../../interfaces/http/problem.ts";
import type { SourcePlay } from "../../model/listening-sources.ts";
import type { PlayingNow } from "../../model/playing-now.ts";
import {
  InvalidSubmission,
  parseSubmission,
  type ListenPlace,
} from "../../sources/listenbrainz/submitted-listens.ts";
import { isBusy, limitPageCache, type Database } from "../../store/file/database.ts";
import { getFileIdentity } from "../../store/file/file-lock.ts";
import { openDatabase } from "../../store/open-cache.ts";

export interface PlayWriter {
  /**
   * Resolves once the plays of a body are stored: to what plays now, if the body says that, otherwise to null. Throws Problem
   * for an invalid body, and if another program uses the cache.
   */
  submit(this: void, body: Uint8Array, nowUts: number): Promise<PlayingNow | null>;
  close(this: void): Promise<void>;
}

interface WriterSetup {
  readonly cachePath: string;
}

interface WriteRequest {
  readonly id: number;
  readonly body: Uint8Array;
  readonly nowUts: number;
}

type WriteReply = { readonly id: number } & (
  | { readonly playing: PlayingNow | null }
  | { readonly refusal: string; readonly listen: ListenPlace | null }
  | { readonly isBusy: true }
  /** An unexpected error, whose stack a message keeps. */
  | { readonly error: Error }
);

/** The replies to some requests; or an error that concerns none, because their plays are stored. */
type WriterMessage = readonly WriteReply[] | { readonly mergeError: Error };

interface WaitingRequest {
  readonly resolve: (playing: PlayingNow | null) => void;
  readonly reject: (error: unknown) => void;
}

/** `onFailure` gets errors that no request waits for. */
export function openPlayWriter(
  { cachePath, env }: Pick<Context, "cachePath" | "env">,
  onFailure: (error: unknown) => void,
): PlayWriter {
  const waiting = new Map<number, WaitingRequest>();
  let worker: Worker | null = null;
  let lastId = 0;

  const rejectAll = (error: unknown): void => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  const start = (): Worker => {
    const thread = new Worker(join(packageRoot, "bin", "rewind.js"), {
      argv: ["__plays"],
      workerData: { cachePath } satisfies WriterSetup,
      env: { ...env },
      // Garbage would grow to a hundred megabytes before it is collected.
      resourceLimits: { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 4 },
    });
    thread.on("message", (message: WriterMessage) => {
      if ("mergeError" in message) return onFailure(message.mergeError);
      for (const reply of message) {
        const request = waiting.get(reply.id);
        waiting.delete(reply.id);
        if ("playing" in reply) request?.resolve(reply.playing);
        else request?.reject(toError(reply));
      }
    });
    thread.once("error", rejectAll);
    thread.once("exit", () => {
      worker = null;
      rejectAll(createBusyProblem());
    });
    return thread;
  };
  return {
    submit: (body, nowUts) =>
      new Promise((resolve, reject) => {
        worker ??= start();
        lastId += 1;
        waiting.set(lastId, { resolve, reject });
        worker.postMessage({ id: lastId, body, nowUts } satisfies WriteRequest, []);
      }),
    close: async () => void (await worker?.terminate()),
  };
}

function toError(reply: Exclude<WriteReply, { readonly playing: unknown }>): unknown {
  if ("error" in reply) return reply.error;
  if ("isBusy" in reply) return createBusyProblem();
  const { refusal, listen } = reply;
  const remark = listen === null ? refusal : `listen ${listen.place} of ${listen.count}: ${refusal}`;
  return new Problem(400, refusal, {}, remark);
}

/** The words are ListenBrainz'. Clients send the plays again later. */
function createBusyProblem(): Problem {
  return new Problem(503, "Cannot submit listens to queue, please try again later.", { "Retry-After": "10" });
}

/** How long plays wait for another program that is writing to the cache, such as a sync that publishes. */
const maxWaitMs = 3000;
/** The least time between two transactions: plays that arrive meanwhile share the next one, which costs little more. */
const groupMs = 5;
/** Transactions that follow one another faster than this are a burst. */
const burstMs = 1000;
/** Nothing is stored during a merge, so merging takes at most this share of the time while plays arrive. */
const mergeShare = 1 / 200;
/** After this long without plays, a merge holds up nobody. */
const idleMs = 2000;

/** Runs in the thread, and answers its messages. */
export function runPlayWriter(): void {
  const port = parentPort;
  if (port === null) return;
  const { cachePath } = workerData as WriterSetup;
  const openCache = createCacheOpener(cachePath, maxWaitMs);
  const post = (message: WriterMessage): void => port.postMessage(message);
  const waiting: WriteRequest[] = [];
  let mergeTimer: NodeJS.Timeout | undefined;
  let restUntilMs = 0;
  let lastWriteMs = Number.NEGATIVE_INFINITY;

  const merge = (): void => {
    const startMs = performance.now();
    try {
      mergeWithoutWaiting(openCache());
      const endMs = performance.now();
      restUntilMs = endMs + (endMs - startMs) / mergeShare;
    } catch (error) {
      if (isBusyFailure(error)) mergeTimer = setTimeout(merge, idleMs);
      else post({ mergeError: toPlainError(error) });
    }
  };
  const scheduleMerge = (): void => {
    clearTimeout(mergeTimer);
    mergeTimer = setTimeout(merge, Math.min(idleMs, Math.max(0, restUntilMs - performance.now())));
  };

  const writeWaiting = (): void => {
    const isBurst = performance.now() - lastWriteMs < burstMs;
    const { replies, hasNewPlays } = answerRequests(openCache, waiting.splice(0), { isBurst });
    post(replies);
    if (!hasNewPlays) return;
    lastWriteMs = performance.now();
    scheduleMerge();
  };
  port.on("message", (request: WriteRequest) => {
    if (waiting.push(request) > 1) return;
    const waitMs = lastWriteMs + groupMs - performance.now();
    if (waitMs <= 0) setImmediate(writeWaiting);
    else setTimeout(writeWaiting, waitMs);
  });
}

/** Stores the plays of all valid requests in one transaction, or those of none. */
export function answerRequests(
  openCache: () => Database,
  requests: readonly WriteRequest[],
  { isBurst }: { readonly isBurst: boolean },
): { readonly replies: readonly WriteReply[]; readonly hasNewPlays: boolean } {
  const { replies, accepted } = parseRequests(requests);
  if (accepted.length === 0) return { replies, hasNewPlays: false };
  const result = tryToStore(openCache, accepted, isBurst);
  return {
    replies: [...replies, ...accepted.map(({ id }) => ({ id, ...result }))],
    hasNewPlays: "playing" in result,
  };
}

interface AcceptedRequest extends Pick<WriteRequest, "id" | "nowUts"> {
  readonly plays: readonly SourcePlay[];
}

/** `replies`: those to requests that bring no plays. */
function parseRequests(requests: readonly WriteRequest[]) {
  const replies: WriteReply[] = [];
  const accepted: AcceptedRequest[] = [];
  for (const { id, body, nowUts } of requests) {
    try {
      const submission = parseSubmission(body, nowUts);
      if (submission.kind === "playing now") replies.push({ id, playing: submission.playing });
      else accepted.push({ id, nowUts, plays: submission.plays });
    } catch (error) {
      replies.push(
        error instanceof InvalidSubmission
          ? { id, refusal: error.message, listen: error.listen }
          : { id, error: toPlainError(error) },
      );
    }
  }
  return { replies, accepted };
}

type StoreResult = { readonly playing: null } | { readonly isBusy: true } | { readonly error: Error };

function tryToStore(
  openCache: () => Database,
  accepted: readonly AcceptedRequest[],
  isBurst: boolean,
): StoreResult {
  try {
    const database = openCache();
    // Clients delete a play when the answer says "ok". A single play is on the disk before that, so that a power cut can't lose
    // it. A burst would wait too long for the disk; a crash of the program loses nothing either way.
    database.pragma(`synchronous = ${isBurst ? "NORMAL" : "FULL"}`);
    const nowUts = accepted.reduce((latest, request) => Math.max(latest, request.nowUts), 0);
    storeSubmittedPlays(
      database,
      accepted.flatMap(({ plays }) => plays),
      nowUts,
    );
    return { playing: null };
  } catch (error) {
    return isBusyFailure(error) ? { isBusy: true } : { error: toPlainError(error) };
  }
}

/**
 * Returns a function that opens the cache, again if another file has replaced it. A missing file is made. `waitMs`: how long a
 * transaction waits for that of another program.
 */
export function createCacheOpener(path: string, waitMs: number): () => Database {
  let cache: { readonly database: Database; readonly identity: string } | undefined;
  return () => {
    if (cache === undefined || cache.identity !== getFileIdentity(path)) {
      cache?.database.close();
      cache = undefined;
      const database = openDatabase(path, { mode: "write" });
      database.pragma(`busy_timeout = ${waitMs}`);
      // Each checkpoint waits for the disk, and plays wait for it.
      database.pragma("wal_autocheckpoint = 4000");
      limitPageCache(database, 4);
      cache = { database, identity: getFileIdentity(path) };
    }
    return cache.database;
  };
}

/** Throws at once if another program is writing. */
function mergeWithoutWaiting(database: Database): void {
  database.pragma("busy_timeout = 0");
  try {
    mergeSubmittedPlays(database);
  } finally {
    database.pragma(`busy_timeout = ${maxWaitMs}`);
  }
}

function isBusyFailure(error: unknown): boolean {
  return isBusy(error) || (error instanceof Error && isBusy(error.cause));
}
