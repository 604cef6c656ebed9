// The cache as a server holds it: opened anew where another file takes its place, and read in one piece, so that no answer
// holds half a sync.
import { defineFunctions } from "../queries/functions.ts";
import { openScratch, type Database } from "../store/database.ts";
import { dataVersion, generationOf } from "../store/generation.ts";
import { identityOf } from "../store/lock.ts";
import { migrate } from "../store/upgrade.ts";

export interface ServedCache {
  /** One after the other, each within one transaction: what is read is one state of the cache. */
  read<Result>(work: (database: Database, generation: string) => Result | Promise<Result>): Promise<Result>;
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
      const database = open();
      opened = { database: database ?? emptyCache(), identity, version: -1, generation: "" };
      defineFunctions(opened.database);
    }
    const version = dataVersion(opened.database);
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
      const next = last.then(() => readOne(work));
      last = next.catch(() => {});
      return next;
    },
    close() {
      opened?.database.close();
      opened = undefined;
    },
  };
}

/** What lists are empty in. */
function emptyCache(): Database {
  const database = openScratch();
  migrate(database, openScratch);
  return database;
}
