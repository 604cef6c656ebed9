// Runs one SQL query in its own process for `rewind mcp`, through the hidden command __sql. SQLite can't be
// interrupted, but a process can be killed.
import { Worker } from "node:worker_threads";
import { UsageError } from "../../model/errors.ts";
import type { Host } from "../../host/host.ts";
import { jsonText } from "../../output/json.ts";
import { writeWhole } from "../../output/stream.ts";
import { sqlPage } from "../../queries/sql/sql-page.ts";

/** Arguments: the cache, the page, its rows, and the time limit in milliseconds. */
export async function answerSqlPage(argv: readonly string[], host: Host): Promise<void> {
  const [cachePath, page, limit, longestMs] = argv;
  if (cachePath === undefined || longestMs === undefined) {
    throw new UsageError("only rewind mcp can use __sql", "Run: rewind sql 'SELECT …'");
  }
  const chunks: Buffer[] = [];
  for await (const chunk of host.stdin) chunks.push(Buffer.from(chunk as Uint8Array | string));
  const sql = Buffer.concat(chunks).toString("utf8");
  const watch = await watchOver(Number(longestMs));
  try {
    const answer = sqlPage(cachePath, sql, { page: Number(page), limit: Number(limit) });
    await writeWhole(host.stdout, jsonText(answer, { indent: false }));
  } finally {
    await watch.terminate();
  }
}

/**
 * Kills the process after the time limit, from another thread: the caller may be gone, and SQLite blocks this one.
 */
async function watchOver(longestMs: number): Promise<Worker> {
  const code = `setTimeout(() => process.kill(process.pid, "SIGKILL"), ${Math.max(1, Math.floor(longestMs))})`;
  const watch = new Worker(code, { eval: true });
  await new Promise((resolve) => watch.once("online", resolve));
  return watch;
}
