// What the MCP tools work with: the cache, one query after another, and other commands of the program.

import type { Context } from "../../context.ts";
import type { OutputStream, ProgramChild } from "../../host/host.ts";
import type { Shelf } from "../../doors/mcp/tools/tool.ts";
import type { Database } from "../../store/file/database.ts";
import { openMatchedAnswers, openCacheIfAny } from "../shared/opening/matched-answers.ts";
import { openBackgroundSync } from "../shared/opening/background-sync.ts";
import type { Call } from "../shared/declaration.ts";
import { whyInFull } from "../shared/listing/times-in-words.ts";
import { SystemError, UsageError } from "../../model/errors.ts";
import type { SqlPage } from "../../queries/documents/statistics.ts";
import { childFailure } from "../shared/opening/child-failure.ts";

export interface OpenShelf extends Shelf {
  /** Stops what is still running. */
  close(): Promise<void>;
}

export function openShelf(context: Context, { runCommand }: Call): OpenShelf {
  let last: Promise<unknown> = Promise.resolve();
  const cache = `--db=${context.cachePath}`;

  // Opens the cache for each question, in case another file has replaced it. One question at a time.
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const result = last.then(async () => {
      try {
        return await work();
      } catch (error) {
        throw await context.explain(error);
      } finally {
        await context.close();
      }
    });
    last = result.catch(() => {});
    return result;
  };

  const syncs = openBackgroundSync(context);
  const asked = openSqlDesk(context);
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
    run: (line) =>
      inTurn(async () => {
        const { stdout, text } = heldOutput();
        await runCommand([cache, "--no-input", ...line], { stdout });
        return JSON.parse(text()) as unknown;
      }),
    async askSql(sql, { page, limit }) {
      // Makes sure that the cache exists and its matches are current.
      await inTurn(() => openMatchedAnswers(context));
      return asked.ask(sql, [context.cachePath, String(page), String(limit)]);
    },
    startSync() {
      const before = syncs.last()?.failure ?? null;
      return { started: syncs.start({ scope: "all" }) !== undefined, failure: before };
    },
    async close() {
      await asked.stop();
      await syncs.stop();
      await last;
    },
  };
}

async function ofOneState<Result>(
  database: Database,
  work: (database: Database) => Result | Promise<Result>,
): Promise<Result> {
  database.exec("BEGIN");
  try {
    return await work(database);
  } finally {
    if (database.inTransaction) database.exec("ROLLBACK");
  }
}

/** Collects what a command writes, because stdout belongs to the protocol. */
function heldOutput(): { readonly stdout: OutputStream; text(this: void): string } {
  const pieces: string[] = [];
  return {
    stdout: {
      isTTY: false,
      write(text, done) {
        pieces.push(text);
        if (done !== undefined) queueMicrotask(done);
        return true;
      },
      once: () => undefined,
    },
    text: () => pieces.join(""),
  };
}

// Runs SQL queries, each in its own process and one after another. A query without end blocks nothing else.

const longestMs = 10_000;
/** After this time, the process is killed. */
const graceMs = 2000;

interface SqlDesk {
  /** `where` has the cache, the page and its rows. Throws UsageError if the statement is wrong or takes too long. */
  ask(sql: string, where: readonly string[]): Promise<SqlPage>;
  /** Stops the running query and starts no other. */
  stop(): Promise<void>;
}

function openSqlDesk(context: Context): SqlDesk {
  let last: Promise<unknown> = Promise.resolve();
  let child: ProgramChild | undefined;
  let isClosed = false;

  const askOne = async (sql: string, where: readonly string[]): Promise<SqlPage> => {
    if (isClosed) throw new SystemError("the connection is being closed", "Connect again, then ask.");
    const line = ["__sql", ...where, String(longestMs + graceMs)];
    child = await context.startProgram(line, { input: sql, limitMs: longestMs });
    let answer = "";
    for await (const text of child.lines) answer = text;
    const end = await child.ended;
    child = undefined;
    if (end.wasTooSlow) {
      throw new UsageError(
        `SQL: the statement took longer than ${longestMs / 1000} seconds, and was ended`,
        "Ask for less: fewer rows, a shorter time, no join without a condition.",
      );
    }
    const failure = childFailure(end);
    if (failure !== undefined) throw failure;
    return JSON.parse(answer) as SqlPage;
  };

  return {
    ask(sql, where) {
      const next = last.then(() => askOne(sql, where));
      last = next.catch(() => {});
      return next;
    },
    async stop() {
      isClosed = true;
      child?.kill();
      await last;
    },
  };
}
