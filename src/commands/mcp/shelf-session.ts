// The MCP tools work with this: the cache, one query after another, and other commands of the program.

import type { Context } from "../../context.ts";
import type { Shelf } from "../../doors/mcp/tools/tool.ts";
import type { Database } from "../../store/file/database.ts";
import { identityOf } from "../../store/file/file-lock.ts";
import { openMatchedAnswers, openCacheIfAny } from "../shared/opening/matched-answers.ts";
import { openBackgroundSync } from "../shared/opening/background-sync.ts";
import type { Call } from "../shared/declaration.ts";
import { whyInFull } from "../shared/listing/times-in-words.ts";
import { commandAnswer } from "../shared/opening/own-process.ts";
import { openSqlDesk } from "./sql-process.ts";

export interface OpenShelf extends Shelf {
  /** Stops what is still running. */
  close(): Promise<void>;
}

export function openShelf(context: Context, { runCommand }: Call): OpenShelf {
  let last: Promise<unknown> = Promise.resolve();
  const cache = `--db=${context.cachePath}`;

  // One question at a time. The cache stays open until another file replaces it or a question fails.
  let identity = "";
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const result = last.then(async () => {
      const before = identity;
      identity = identityOf(context.cachePath);
      if (identity !== before) await context.close();
      try {
        return await work();
      } catch (error) {
        const explained = await context.explain(error);
        await context.close();
        throw explained;
      }
    });
    last = result.catch(() => {});
    return result;
  };

  const syncs = openBackgroundSync(context);
  const desk = openSqlDesk(context);
  return {
    cachePath: context.cachePath,
    nowUts: () => Math.floor(context.clock.now() / 1000),
    random: () => context.random(),
    read: (work) => inTurn(async () => ofOneState((await openMatchedAnswers(context)).database, work)),
    readAny: (work) =>
      inTurn(async () => {
        const database = await openCacheIfAny(context);
        return database === null ? work(null) : ofOneState(database, work);
      }),
    shelfField: () => context.settings()("shelf_field"),
    whyPicked: whyInFull,
    run: (line, input) =>
      inTurn(
        async () =>
          JSON.parse(await commandAnswer(runCommand, [cache, "--no-input", ...line], input)) as unknown,
      ),
    async askSql(sql, paging, signal) {
      // Makes sure that the cache exists and its matches are current.
      await inTurn(() => openMatchedAnswers(context));
      return desk.ask(sql, paging, signal);
    },
    startSync() {
      const before = syncs.last()?.failure ?? null;
      return { started: syncs.start({ scope: "all" }) !== undefined, failure: before };
    },
    async close() {
      await desk.stop();
      await syncs.stop();
      await last;
      await context.close();
    },
  };
}

async function ofOneState<Result>(
  database: Database,
  work: (database: Database) => Result | Promise<Result>,
): Promise<Result> {
  // The driver's own limit is 16 MB; the system has the file in memory as well.
  database.pragma("cache_size = -2000");
  database.exec("BEGIN");
  try {
    return await work(database);
  } finally {
    if (database.inTransaction) database.exec("ROLLBACK");
  }
}
