// The page of rewind serve is made in a process of its own: it takes seconds for a large shelf, and no other answer may
// wait for it.
import type { Context } from "../../context.ts";
import type { Host, ProgramChild } from "../../host/host.ts";
import { SystemError, UsageError } from "../../model/errors.ts";
import { jsonText } from "../../output/json.ts";
import { writeWhole } from "../../output/stream.ts";
import type { Bytes, ServedCache } from "../../doors/http/cache.ts";
import { Problem } from "../../doors/http/problem.ts";
import type { PagesOptions } from "../../doors/http/pages.ts";
import type { Finding } from "../../doors/page/parts/finder.ts";
import { emptyCache, openDatabase } from "../../store/open-cache.ts";
import { childFailure } from "../shared/opening/child-failure.ts";

const longestMs = 30_000;

interface PageRequest {
  readonly cachePath: string;
  readonly finding: Finding;
  readonly version: string;
  readonly nowUts: number;
}

interface Renderer {
  readonly render: PagesOptions["render"];
  /** Ends the process that makes a page. */
  stop(this: void): void;
}

/** Makes one page at a time. */
export function openRenderer(context: Context, cache: ServedCache): Renderer {
  let last: Promise<unknown> = Promise.resolve();
  let child: ProgramChild | undefined;

  const rendered = async (finding: Finding): Promise<Bytes> => {
    const { cachePath, version, clock } = context;
    const request: PageRequest = { cachePath, finding, version, nowUts: Math.floor(clock.now() / 1000) };
    child = await context.startProgram(["__page"], { input: JSON.stringify(request), limitMs: longestMs });
    let answer = "";
    for await (const line of child.lines) answer = line;
    const end = await child.ended;
    child = undefined;
    if (end.wasTooSlow) {
      throw new SystemError(
        "making the page took longer than 30 seconds",
        "Try again when the machine is less busy, or make a file: rewind report",
      );
    }
    const failure = childFailure(end);
    if (failure !== undefined) throw failure;
    return Buffer.from(JSON.parse(answer) as string);
  };
  return {
    render(finding, isGone) {
      const next = last.then(async () => {
        if (isGone()) throw new Problem(499, "the client has hung up");
        // Brings the matches up to date.
        await cache.read(() => {});
        return rendered(finding);
      });
      last = next.catch(() => {});
      return next;
    },
    stop: () => child?.kill(),
  };
}

/** The other end, in the process of its own: reads a request from stdin and writes the page as one JSON string. */
export async function answerPage(host: Host): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of host.stdin) chunks.push(Buffer.from(chunk as Uint8Array | string));
  const text = Buffer.concat(chunks).toString("utf8");
  if (text === "") throw new UsageError("this is for rewind serve alone", "Run: rewind serve --open");
  const { cachePath, finding, version, nowUts } = JSON.parse(text) as PageRequest;
  const [{ servedPage }, { defineFunctions }] = await Promise.all([
    import("../../doors/page/served-page.ts"),
    import("../../queries/figures/functions.ts"),
  ]);
  const database = openDatabase(cachePath, { mode: "read" }) ?? emptyCache();
  try {
    defineFunctions(database);
    database.exec("BEGIN");
    const page = await servedPage(database, finding, { version, nowUts });
    await writeWhole(host.stdout, jsonText(page, { indent: false }));
  } finally {
    database.close();
  }
}
