// The cache as a server holds it: opened anew where another file takes its place, and read in one piece, so that no answer
// holds half a sync.
import { defineFunctions } from "../queries/functions.ts";
import type { Database } from "../store/database.ts";
import { dataVersionOf, generationOf } from "../store/generation.ts";
import { identityOf } from "../store/lock.ts";
import { emptyCache } from "../store/open.ts";

export interface ServedCache {
  /** One after the other, each within one transaction: what is read is one state of the cache. */
  read<Result>(work: (database: Database, generation: string) => Result | Promise<Result>): Promise<Result>;
  /** Of the state that is there now; undefined where that can't be told at once. */
  generation(): string | undefined;
  close(): void;
}

export interface CacheHost {
  readonly path: string;
  /** undefined: there is none yet. */
  readonly open: () => Database | undefined;
  /** Makes the matches follow the rules and decisions of today, where they don't. */
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
      opened.generation = `${identity}:${generationOf(opened.database)}`;
      opened.version = version;
    }
    return opened;
  };

  const readOne = async <Result>(
    work: (database: Database, generation: string) => Result | Promise<Result>,
  ): Promise<Result> => {
    const { database, generation } = await current();
    database.exec("BEGIN");
    try {
      return await work(database, generation);
    } finally {
      if (database.inTransaction) database.exec("ROLLBACK");
    }
  };

  return {
    read(work) {
      // Between two answers the sockets have their turn: the first goes out, and who hung up is seen.
      const next = last.then(() => aTurn()).then(() => readOne(work));
      last = next.catch(() => {});
      return next;
    },
    generation() {
      // Within a read it would be that of its beginning.
      if (opened === undefined || opened.database.inTransaction) return undefined;
      const isCurrent = identityOf(path) === opened.identity && opened.dataVersion() === opened.version;
      return isCurrent ? opened.generation : undefined;
    },
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
