// The page of rewind serve is made in a process of its own, because it takes seconds for a large shelf. Both ends of it.
import { text as readAll } from "node:stream/consumers";
import type { Context } from "../../context.ts";
import type { Host } from "../../host/host.ts";
import { SystemError } from "../../model/errors.ts";
import { jsonText } from "../../output/json.ts";
import { writeWhole } from "../../output/stream.ts";
import type { PagesOptions } from "../../doors/http/pages.ts";
import type { Finding } from "../../doors/page/parts/finder.ts";
import { emptyCache, openDatabase } from "../../store/open-cache.ts";
import { rematchIfOutdated } from "../shared/syncing/rematch-if-outdated.ts";
import { openOwnProcess, type OwnProcess } from "../shared/opening/own-process.ts";

interface PageRequest {
  readonly cachePath: string;
  readonly finding: Finding;
  readonly version: string;
  readonly nowUts: number;
}

const tooSlow = (): SystemError =>
  new SystemError(
    "making the page took longer than 30 seconds",
    "Try again when the machine is less busy, or make a file: rewind report",
  );

export function openRenderer(context: Context): Pick<PagesOptions, "render"> & Pick<OwnProcess, "stop"> {
  const { run, stop } = openOwnProcess(context, { longestMs: 30_000, tooSlow });
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

/** In the other process: reads a PageRequest from stdin and writes the page as one JSON string. */
export async function answerPage(host: Host): Promise<void> {
  const { cachePath, finding, version, nowUts } = JSON.parse(await readAll(host.stdin)) as PageRequest;
  const [{ servedPage }, { defineFunctions }] = await Promise.all([
    import("../../doors/page/page.ts"),
    import("../../queries/conditions/sql-functions.ts"),
  ]);
  const database = openDatabase(cachePath, { mode: "read" }) ?? emptyCache();
  try {
    defineFunctions(database);
    await rematchIfOutdated({ note: () => {} }, database);
    database.exec("BEGIN");
    const page = await servedPage(database, finding, { version, nowUts });
    await writeWhole(host.stdout, jsonText(page, { indent: false }));
  } finally {
    database.close();
  }
}
