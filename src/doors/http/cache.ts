// The cache as the server reads it: each answer in one transaction, so that none shows half a sync. The file is opened again
// if another one replaces it.
import { createHash } from "node:crypto";
import { defineFunctions } from "../../queries/figures/functions.ts";
import type { Database } from "../../store/file/database.ts";
import { identityOf } from "../../store/file/file-lock.ts";
import { emptyCache } from "../../store/open-cache.ts";

export interface ServedCache {
  /** Runs one reader at a time, each in its own transaction. */
  read<Result>(work: (database: Database) => Result | Promise<Result>): Promise<Result>;
  /** The body of an answer. It is written once for each state of the cache and each day. */
  body(address: string, nowMs: number, write: (database: Database) => Promise<Bytes>): Promise<Body>;
  close(): void;
}

export type Bytes = Uint8Array<ArrayBuffer>;

interface Body {
  readonly bytes: Bytes;
  /** The ETag. */
  readonly tag: string;
}

export function lastingHeaders(tag: string): Readonly<Record<string, string>> {
  return { ETag: tag, "Cache-Control": "private, no-cache" };
}

/**
 * Size of all bodies in memory. Writing a page of the cross-reference takes 5 to 10 ms, so without them the server would
 * give some 150 a second in place of 2,000.
 */
const mostBytes = 16 * 1024 * 1024;

export interface CacheHost {
  readonly path: string;
  /** undefined: there is no cache yet. */
  readonly open: () => Database | undefined;
  /** Rematches if the rules or decisions have changed. */
  readonly prepare: (database: Database) => Promise<void>;
}

interface Opened {
  readonly database: Database;
  readonly identity: string;
  readonly dataVersion: () => number;
  version: number;
  generation: string;
}

export function serveCache({ path, open, prepare }: CacheHost): ServedCache {
  let opened: Opened | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const bodies = new Map<string, Body>();
  let bytesKept = 0;
  let day = "";

  const forget = (): void => {
    bodies.clear();
    bytesKept = 0;
  };

  const current = async (): Promise<Opened> => {
    const identity = identityOf(path);
    if (opened?.identity !== identity) {
      opened?.database.close();
      opened = undefined;
      const database = open() ?? emptyCache();
      opened = { database, identity, dataVersion: dataVersionOf(database), version: -1, generation: "" };
      defineFunctions(opened.database);
    }
    const version = opened.dataVersion();
    if (version !== opened.version) {
      await prepare(opened.database);
      opened.version = version;
      const generation = generationOf(opened.database);
      if (generation !== opened.generation) forget();
      opened.generation = generation;
    }
    return opened;
  };

  const readOne = async <Result>(work: (database: Database) => Result | Promise<Result>): Promise<Result> => {
    const { database } = await current();
    database.exec("BEGIN");
    try {
      return await work(database);
    } finally {
      if (database.inTransaction) database.exec("ROLLBACK");
    }
  };

  const read: ServedCache["read"] = (work) => {
    // Gives other events their turn between two answers.
    const next = last.then(() => aTurn()).then(() => readOne(work));
    last = next.catch(() => {});
    return next;
  };
  return {
    read,
    body: (address, nowMs, write) =>
      read(async (database) => {
        const today = new Date(nowMs).toDateString();
        if (day !== today) forget();
        day = today;
        const known = bodies.get(address);
        if (known !== undefined) return known;
        const bytes = await write(database);
        const tag = `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 27)}"`;
        if (bytesKept + bytes.length > mostBytes) forget();
        bytesKept += bytes.length;
        bodies.set(address, { bytes, tag });
        return { bytes, tag };
      }),
    close() {
      opened?.database.close();
      opened = undefined;
    },
  };
}

function aTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** Figures that all answers depend on. A running sync does not change them before it publishes. */
const figures = `
SELECT json_array(
  (SELECT json_group_array(json_array(step, started_uts, published_uts, walked_uts, detail)) FROM publication),
  (SELECT json_group_array(json_array(name, value)) FROM fact),
  (SELECT json_group_array(json_array(service, username)) FROM account),
  (SELECT json_array(count(*), total(record_id * (1.0 + album_id)), total(record_id * confidence), total(play_count),
     total(last_played_uts), total(spins), total(last_spin_uts), total(noted_plays)) FROM match),
  (SELECT json_array(count(*), total(original_year), total(id * (original_year + 0.5))) FROM release),
  (SELECT json_array(count(*), total(decided_uts)) FROM decision),
  (SELECT json_array(count(*), total(length(artist)), total(length(title))) FROM decision_album),
  (SELECT json_group_array(json_array(name, same_as)) FROM alias),
  (SELECT json_group_array(json_array(artist, title)) FROM hidden_album),
  (SELECT json_array(count(*), total(noted_uts), total(start_uts)) FROM noted_play),
  (SELECT count(*) FROM tracklist WHERE state = 'known'),
  (SELECT json_array(count(*), max(asked_uts)) FROM picture WHERE state = 'known'))`;

/** Changes whenever an answer can change. */
export function generationOf(database: Database): string {
  const text = database.prepare<[], string>(figures).pluck().get() ?? "";
  return createHash("sha256").update(text).digest("base64url").slice(0, 22);
}

/** The number changes whenever another connection writes. */
function dataVersionOf(database: Database): () => number {
  const version = database.prepare<[], number>("PRAGMA data_version").pluck();
  return () => version.get() ?? 0;
}
