// Answers from the cache, each in one transaction, so that none shows half a sync. rewind serve gives them in a thread
// of its own, so that no other client waits for a slow one.
import { createHash } from "node:crypto";
import { defineFunctions } from "../../queries/conditions/sql-functions.ts";
import { requireReady } from "../../queries/statistics/readiness.ts";
import { withSnapshot, type Database } from "../../store/file/database.ts";
import { getFileIdentity } from "../../store/file/file-lock.ts";
import { createEmptyCache, openDatabase } from "../../store/open-cache.ts";
import { Problem } from "./problem.ts";
import type { RouteState, QueryRoute } from "./route.ts";

export type Bytes = Uint8Array<ArrayBuffer>;

/** A question as it is sent to the thread. */
export interface QueryMessage extends Pick<RouteState, "lastRuns" | "playing"> {
  /** The path of the route. */
  readonly path: string;
  /** Path and query: the same address has the same answer until the cache or the day changes. */
  readonly address: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly nowMs: number;
}

export interface QueryResponse {
  readonly bytes: Bytes;
  /** The ETag; null if the same question may have another answer next time. */
  readonly tag: string | null;
}

/** The caller asks one question at a time. */
export interface QueryExecutor {
  /** Opens the cache and matches it again if necessary. Throws CacheError if it is unusable. */
  check(this: void): Promise<void>;
  /** Throws Problem, or NotReadyError. */
  execute(this: void, question: QueryMessage): Promise<QueryResponse>;
  close(this: void): Promise<void>;
}

interface QueryExecutorOptions extends Pick<
  RouteState,
  "shelfField" | "random" | "whyPicked" | "coversDirectory"
> {
  readonly routes: readonly QueryRoute[];
  readonly path: string;
  /** Rematches if the rules or decisions have changed. */
  readonly prepare: (database: Database) => Promise<void>;
}

/**
 * Size of the answers in memory. A page of the cross-reference takes 5 ms, so without them the server would give some
 * 200 a second in place of 2,000.
 */
const maxCachedBytes = 2 * 1024 * 1024;

export function createQueryExecutor({
  routes,
  path,
  prepare,
  ...facts
}: QueryExecutorOptions): QueryExecutor {
  const byPath = new Map(routes.map((question) => [question.path, question]));
  /** Answers by day and address, for as long as nobody writes to the cache. */
  const answersByAddress = new Map<string, QueryResponse>();
  let knownBytes = 0;
  let cache: { readonly database: Database; readonly identity: string } | undefined;
  let version: unknown;

  const clearResponses = (): void => {
    answersByAddress.clear();
    knownBytes = 0;
  };

  /** Opens the file again if another one has replaced it. */
  const openCurrentCache = async (): Promise<Database> => {
    const identity = getFileIdentity(path);
    if (cache?.identity !== identity) {
      cache?.database.close();
      cache = undefined;
      const database = openDatabase(path, { mode: "read" }) ?? createEmptyCache();
      cache = { database, identity };
      version = undefined;
      defineFunctions(database);
    }
    const { database } = cache;
    // The number changes whenever another connection writes.
    const now = database.pragma("data_version", { simple: true });
    if (now !== version) {
      await prepare(database);
      version = now;
      clearResponses();
    }
    return database;
  };

  const cacheResponse = (address: string, bytes: Bytes): QueryResponse => {
    if (knownBytes + bytes.length > maxCachedBytes) clearResponses();
    // Hono would hash the bytes again for each request, which costs half as much again as the rest.
    const answer = {
      bytes,
      tag: `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 27)}"`,
    };
    answersByAddress.set(address, answer);
    knownBytes += bytes.length;
    return answer;
  };

  return {
    async check() {
      await openCurrentCache();
    },
    async execute({ path: route, address, values, nowMs, lastRuns, playing }) {
      const question = byPath.get(route);
      if (question === undefined) throw new Error(`no question is at ${route}`);
      const database = await openCurrentCache();
      if (question.needsCollection) requireReady(database);
      const dated = `${new Date(nowMs).toDateString()} ${address}`;
      const before = answersByAddress.get(dated);
      if (before !== undefined) return before;
      const state = { ...facts, database, nowUts: Math.floor(nowMs / 1000), lastRuns, playing };
      return withSnapshot(database, async () => {
        const document = await question.answer(values, state);
        if (document === undefined) throw new Problem(404, question.failures?.[404] ?? "Not found.");
        const bytes = toBytes(document);
        return question.isLasting ? cacheResponse(dated, bytes) : { bytes, tag: null };
      });
    },
    async close() {
      cache?.database.close();
      cache = undefined;
    },
  };
}

/** Takes bytes as they are. */
export function toBytes(document: object): Bytes {
  return document instanceof Uint8Array ? (document as Bytes) : Buffer.from(JSON.stringify(document));
}
