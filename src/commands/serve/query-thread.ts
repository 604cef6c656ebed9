// The thread that answers questions of the cache for rewind serve, so that the thread with the sockets never waits for one.
// Both ends of it.
import { join } from "node:path";
import { parentPort, Worker, workerData } from "node:worker_threads";
import { explainPickInFull } from "../shared/listing/format-times.ts";
import { mergeIfDue } from "../shared/syncing/merge-if-due.ts";
import { rematchIfOutdated } from "../shared/syncing/rematch-if-outdated.ts";
import { toChildError } from "../shared/access/child-runner.ts";
import type { Context } from "../../context.ts";
import {
  createQueryExecutor,
  type QueryResponse,
  type QueryExecutor,
  type QueryMessage,
} from "../../interfaces/http/query-executor.ts";
import { Problem, toProblem } from "../../interfaces/http/problem.ts";
import { queryRoutes } from "../../interfaces/http/routes/all-routes.ts";
import { runWithoutWaiting } from "../../store/file/database.ts";
import { getCoversPath, packageRoot } from "../../host/paths.ts";
import {
  toPlainError,
  toReportedFailure,
  RewindError,
  SystemError,
  type ReportedFailure,
} from "../../model/errors.ts";

interface ThreadSetup {
  readonly cachePath: string;
  readonly shelfField: string | null;
  readonly coversDirectory: string;
}

/** Two kinds of work: a question, or opening the cache. */
type ThreadRequest = QueryMessage | "check";

type ThreadReply =
  | { readonly answered: QueryResponse | null }
  | { readonly note: readonly string[] }
  | { readonly problem: Pick<Problem, "status" | "message"> }
  | { readonly failure: ReportedFailure }
  /** An unexpected error, whose stack a message keeps. */
  | { readonly error: Error };

export function openQueryThread(context: Context): QueryExecutor {
  let worker: Worker | null = null;

  const start = (): Worker => {
    const thread = new Worker(join(packageRoot, "bin", "rewind.js"), {
      argv: ["__answers"],
      workerData: {
        cachePath: context.cachePath,
        shelfField: context.settings()("shelf_field"),
        coversDirectory: getCoversPath(context.env, context.platform),
      } satisfies ThreadSetup,
      env: { ...context.env },
      // Garbage would grow to a hundred megabytes before it is collected.
      resourceLimits: { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 2 },
    });
    thread.once("exit", () => {
      worker = null;
    });
    return thread;
  };
  const sendRequest = (request: ThreadRequest): Promise<QueryResponse | null> => {
    worker ??= start();
    const thread = worker;
    return new Promise((resolve, reject) => {
      const end = (finish: () => void): void => {
        thread.removeAllListeners("message").removeAllListeners("error");
        finish();
      };
      thread.on("message", (reply: ThreadReply) => {
        if ("note" in reply) context.note(...reply.note);
        else if ("answered" in reply) end(() => resolve(reply.answered));
        else end(() => reject(toError(reply)));
      });
      thread.once("error", (error) => end(() => reject(error)));
      thread.postMessage(request, []);
    });
  };
  return {
    check: async () => void (await sendRequest("check")),
    execute: async (question) => (await sendRequest(question)) as QueryResponse,
    close: async () => void (await worker?.terminate()),
  };
}

function toError(reply: Exclude<ThreadReply, { note: unknown } | { answered: unknown }>): unknown {
  if ("problem" in reply) return new Problem(reply.problem.status, reply.problem.message);
  if ("error" in reply) return reply.error;
  const { failure } = reply;
  return (
    toChildError({ code: failure.exitCode, failure, wasTooSlow: false }) ??
    new SystemError(failure.message, failure.hint)
  );
}

/** Runs in the thread, and answers its messages. */
export function runQueryThread(): void {
  const port = parentPort;
  if (port === null) return;
  const { cachePath, shelfField, coversDirectory } = workerData as ThreadSetup;
  const post = (reply: ThreadReply): void => port.postMessage(reply);
  const note = (...lines: readonly string[]): void => post({ note: lines });
  let isMerged = false;
  const answers = createQueryExecutor({
    routes: queryRoutes,
    path: cachePath,
    prepare: (database) =>
      runWithoutWaiting(database, async () => {
        // Later plays are merged by the thread that stores them.
        if (!isMerged) await mergeIfDue(database);
        isMerged = true;
        await rematchIfOutdated({ note }, database);
      }),
    shelfField,
    coversDirectory,
    random: Math.random,
    whyPicked: explainPickInFull,
  });
  port.on("message", (request: ThreadRequest) => {
    const work = request === "check" ? answers.check().then(() => null) : answers.execute(request);
    void work
      .then((answer): ThreadReply => ({ answered: answer }))
      .catch((error: unknown) => toErrorReply(error, cachePath))
      .then(post);
  });
}

async function toErrorReply(error: unknown, cachePath: string): Promise<ThreadReply> {
  const problem = toProblem(error);
  if (problem !== undefined) {
    const { status, message } = problem;
    return { problem: { status, message } };
  }
  const { explainCrash } = await import("../../store/damage.ts");
  const cause = error instanceof RewindError ? error : explainCrash(error, cachePath);
  if (cause instanceof RewindError) return { failure: toReportedFailure(cause) };
  return { error: toPlainError(cause) };
}
