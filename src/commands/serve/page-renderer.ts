// The page of rewind serve is made in a process of its own, because it takes seconds for a large shelf. Both ends of it.
import { text as readAll } from "node:stream/consumers";
import type { Context } from "../../context.ts";
import type { Host } from "../../host/host.ts";
import { SystemError } from "../../model/errors.ts";
import { renderJson } from "../../output/json.ts";
import { writeWhole } from "../../output/stream.ts";
import type { PageHandlerOptions } from "../../interfaces/http/page-handler.ts";
import type { PageSearch } from "../../interfaces/page/parts/search-form.ts";
import { createEmptyCache, openDatabase } from "../../store/open-cache.ts";
import { mergeIfDue } from "../shared/syncing/merge-if-due.ts";
import { rematchIfOutdated } from "../shared/syncing/rematch-if-outdated.ts";
import { createChildRunner, type ChildRunner } from "../shared/access/child-runner.ts";

interface PageRequest {
  readonly cachePath: string;
  readonly finding: PageSearch;
  readonly version: string;
  readonly nowUts: number;
}

const createTimeoutError = (): SystemError =>
  new SystemError(
    "making the page took longer than 30 seconds",
    "Try again when the machine is less busy, or make a file: rewind report",
  );

export function openRenderer(
  context: Context,
): Pick<PageHandlerOptions, "render"> & Pick<ChildRunner, "stop"> {
  const { run, stop } = createChildRunner(context, { timeoutMs: 30_000, createTimeout: createTimeoutError });
  const { cachePath, version, clock } = context;
  return {
    async render(finding, signal) {
      const request: PageRequest = { cachePath, finding, version, nowUts: Math.floor(clock.now() / 1000) };
      const answer = await run({ line: ["__page"], input: JSON.stringify(request), signal });
      return Buffer.from(JSON.parse(answer) as string);
    },
    stop,
  };
}

/** Runs in the other process: reads a PageRequest from stdin and writes the page as one JSON string. */
export async function printPage(host: Host): Promise<void> {
  const { cachePath, finding, version, nowUts } = JSON.parse(await readAll(host.stdin)) as PageRequest;
  const [{ renderServedPage }, { defineFunctions }] = await Promise.all([
    import("../../interfaces/page/page.ts"),
    import("../../queries/conditions/sql-functions.ts"),
  ]);
  const database = openDatabase(cachePath, { mode: "read" }) ?? createEmptyCache();
  try {
    defineFunctions(database);
    await mergeIfDue(database);
    await rematchIfOutdated({ note: () => {} }, database);
    database.exec("BEGIN");
    const page = await renderServedPage(database, finding, { version, nowUts });
    await writeWhole(host.stdout, renderJson(page, { indent: false }));
  } finally {
    database.close();
  }
}
