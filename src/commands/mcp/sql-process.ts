// SQL statements of rewind mcp run in a process of their own: SQLite can't be interrupted, but a process can be killed.
// Both ends of it.
import { text as readAll } from "node:stream/consumers";
import { Worker } from "node:worker_threads";
import type { Context } from "../../context.ts";
import { UsageError } from "../../model/errors.ts";
import type { Host } from "../../host/host.ts";
import type { ToolContext } from "../../interfaces/mcp/tools/tool.ts";
import { renderJson } from "../../output/json.ts";
import { writeWhole } from "../../output/stream.ts";
import type { SqlPage } from "../../queries/documents/statistics-documents.ts";
import { readSqlPage } from "../../queries/sql/sql-query.ts";
import { createChildRunner, type ChildRunner } from "../shared/access/child-runner.ts";

const maxStatementMs = 10_000;
/** The process kills itself after this time. */
const graceMs = 2000;

/** The line that the process writes if a statement took too much memory. */
const outOfMemoryLine = '"out of memory"';

const createTimeoutError = (): UsageError =>
  new UsageError(
    `SQL: the statement took longer than ${maxStatementMs / 1000} seconds, and was ended`,
    "Ask for less: fewer rows, a shorter time, no join without a condition.",
  );

export function createSqlRunner(context: Context): Pick<ToolContext, "askSql"> & Pick<ChildRunner, "stop"> {
  const { run, stop } = createChildRunner(context, {
    timeoutMs: maxStatementMs,
    createTimeout: createTimeoutError,
  });
  return {
    async askSql(sql, { page, limit }, signal) {
      const line = ["__sql", context.cachePath, ...[page, limit, maxStatementMs + graceMs].map(String)];
      const answer = await run({ line, input: sql, signal });
      if (answer !== outOfMemoryLine) return JSON.parse(answer) as SqlPage;
      throw new UsageError(
        "SQL: the statement needed too much memory, and was ended",
        "Ask for less: fewer rows, shorter values, no join without a condition.",
      );
    },
    stop,
  };
}

/** Runs in the other process. Arguments: the cache, the page, its rows, and the time limit in milliseconds. */
export async function printSqlPage(argv: readonly string[], host: Host): Promise<void> {
  const [cachePath = "", page, limit, lastMs] = argv;
  const sql = await readAll(host.stdin);
  const watch = await startWatchdog(Number(lastMs));
  try {
    const answer = readSqlPage(cachePath, sql, { page: Number(page), limit: Number(limit) });
    await writeWhole(host.stdout, renderJson(answer, { indent: false }));
  } finally {
    await watch.terminate();
  }
}

/** Memory that a statement may take, in bytes. SQLite's own limits are not compiled into the driver. */
const maxBytes = 128 * 1024 * 1024;

/**
 * Kills the process if the statement takes too long or too much memory. This needs another thread, because SQLite blocks
 * this one; and the caller may be gone.
 */
async function startWatchdog(lastMs: number): Promise<Worker> {
  const code = `
    const most = process.memoryUsage.rss() + ${maxBytes};
    const kill = () => process.kill(process.pid, "SIGKILL");
    setTimeout(kill, ${Math.max(1, Math.floor(lastMs))});
    setInterval(() => {
      if (process.memoryUsage.rss() < most) return;
      require("node:fs").writeSync(1, ${JSON.stringify(`${outOfMemoryLine}\n`)});
      kill();
    }, 10);`;
  const watch = new Worker(code, { eval: true });
  await new Promise((resolve) => watch.once("online", resolve));
  return watch;
}
