// A question in SQL, asked in a process of its own by the hidden entry that `rewind mcp` calls: SQLite can't be
// interrupted, a process can be ended.
import { Worker } from "node:worker_threads";
import { UsageError } from "../../model/errors.ts";
import type { Host } from "../../host/host.ts";
import { jsonText } from "../../output/json.ts";
import { writeWhole } from "../../output/stream.ts";
import { sqlPage } from "../../queries/sql/sql-page.ts";

/** The arguments: the cache, the page, its rows, and after how many milliseconds the process ends itself. */
export async function answerSqlPage(argv: readonly string[], host: Host): Promise<void> {
  const [cachePath, page, limit, longestMs] = argv;
  if (cachePath === undefined || longestMs === undefined) {
    throw new UsageError("this is for rewind mcp alone", "Run: rewind sql 'SELECT …'");
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

/** Whoever asked would end it, and may be gone: another thread does so whatever this one is doing. */
async function watchOver(longestMs: number): Promise<Worker> {
  const code = `setTimeout(() => process.kill(process.pid, "SIGKILL"), ${Math.max(1, Math.floor(longestMs))})`;
  const watch = new Worker(code, { eval: true });
  await new Promise((resolve) => watch.once("online", resolve));
  return watch;
}
