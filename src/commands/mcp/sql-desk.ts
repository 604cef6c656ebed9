// Questions in SQL, each in a process of its own, one after the other: one that has no end holds up no other question.
import type { SqlPage } from "../../queries/documents/statistics.ts";
import type { Context } from "../../context.ts";
import { SystemError, UsageError } from "../../model/errors.ts";
import type { ProgramChild } from "../../host/host.ts";
import { childFailure } from "../shared/opening/child-failure.ts";

const longestMs = 10_000;
/** After which it ends by itself. */
const graceMs = 2000;

export interface SqlDesk {
  /** where: the cache, the page and its rows. Throws UsageError for a statement that is wrong, or takes too long. */
  ask(sql: string, where: readonly string[]): Promise<SqlPage>;
  /** Ends the one that is being asked, and asks no other. */
  stop(): Promise<void>;
}

export function openSqlDesk(context: Context): SqlDesk {
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
