// The thread that answers questions of the cache for rewind serve, so that the thread with the sockets never waits for one.
// Both ends of it.
import { join } from "node:path";
import { parentPort, Worker, workerData } from "node:worker_threads";
import { whyInFull } from "../shared/listing/times-in-words.ts";
import { rematchIfOutdated } from "../shared/syncing/rematch-if-outdated.ts";
import { childFailure } from "../shared/opening/own-process.ts";
import type { Context } from "../../context.ts";
import { createAnswers, type Answered, type Answers, type AskedQuestion } from "../../doors/http/answers.ts";
import { Problem, refusalOf } from "../../doors/http/problem.ts";
import { questions } from "../../doors/http/routes/all-routes.ts";
import { withoutWaiting } from "../../store/file/database.ts";
import { packageRoot } from "../../host/paths.ts";
import { reportedFailure, RewindError, SystemError, type ReportedFailure } from "../../model/errors.ts";

interface Setup {
  readonly cachePath: string;
  readonly shelfField: string | null;
}

/** Two kinds of work: a question, or opening the cache. */
type Request = AskedQuestion | "check";

type Reply =
  | { readonly answered: Answered | null }
  | { readonly note: readonly string[] }
  | { readonly problem: Pick<Problem, "status" | "message"> }
  | { readonly failure: ReportedFailure }
  /** An unexpected error, whose stack a message keeps. */
  | { readonly error: Error };

export function openAnswerThread(context: Context): Answers {
  let worker: Worker | null = null;

  const start = (): Worker => {
    const thread = new Worker(join(packageRoot, "bin", "rewind.js"), {
      argv: ["__answers"],
      workerData: {
        cachePath: context.cachePath,
        shelfField: context.settings()("shelf_field"),
      } satisfies Setup,
      env: { ...context.env },
      // Without limits, garbage grows to a hundred megabytes before it is collected.
      resourceLimits: { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 2 },
    });
    thread.once("exit", () => {
      worker = null;
    });
    return thread;
  };
  const ask = (request: Request): Promise<Answered | null> => {
    worker ??= start();
    const thread = worker;
    return new Promise((resolve, reject) => {
      const end = (finish: () => void): void => {
        thread.removeAllListeners("message").removeAllListeners("error");
        finish();
      };
      thread.on("message", (reply: Reply) => {
        if ("note" in reply) context.note(...reply.note);
        else if ("answered" in reply) end(() => resolve(reply.answered));
        else end(() => reject(errorOf(reply)));
      });
      thread.once("error", (error) => end(() => reject(error)));
      thread.postMessage(request, []);
    });
  };
  return {
    check: async () => void (await ask("check")),
    answer: async (question) => (await ask(question)) as Answered,
    close: async () => void (await worker?.terminate()),
  };
}

function errorOf(reply: Exclude<Reply, { note: unknown } | { answered: unknown }>): unknown {
  if ("problem" in reply) return new Problem(reply.problem.status, reply.problem.message);
  if ("error" in reply) return reply.error;
  const { failure } = reply;
  return (
    childFailure({ code: failure.exitCode, failure, wasTooSlow: false }) ??
    new SystemError(failure.message, failure.hint)
  );
}

/** In the thread. */
export function answerQuestions(): void {
  const port = parentPort;
  if (port === null) return;
  const { cachePath, shelfField } = workerData as Setup;
  const post = (reply: Reply): void => port.postMessage(reply);
  const answers = createAnswers({
    questions,
    path: cachePath,
    prepare: (database) =>
      withoutWaiting(database, () => rematchIfOutdated({ note: (...note) => post({ note }) }, database)),
    shelfField,
    random: Math.random,
    whyPicked: whyInFull,
  });
  port.on("message", (request: Request) => {
    const work = request === "check" ? answers.check().then(() => null) : answers.answer(request);
    void work
      .then((answer): Reply => ({ answered: answer }))
      .catch((error: unknown) => replyOf(error, cachePath))
      .then(post);
  });
}

async function replyOf(error: unknown, cachePath: string): Promise<Reply> {
  const problem = refusalOf(error);
  if (problem !== undefined) {
    const { status, message } = problem;
    return { problem: { status, message } };
  }
  const { explainCrash } = await import("../../store/damage.ts");
  const cause = error instanceof RewindError ? error : explainCrash(error, cachePath);
  if (cause instanceof RewindError) return { failure: reportedFailure(cause) };
  // A message turns errors of SQLite into plain objects, and keeps only errors of Node.
  const { message, stack } = cause as Error;
  return { error: Object.assign(new Error(message), { stack }) };
}
