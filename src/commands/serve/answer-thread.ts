// The thread that answers questions of the cache for rewind serve, so that the thread with the sockets never waits for one.
// Both ends of it.
import { join } from "node:path";
import { parentPort, Worker, workerData } from "node:worker_threads";
import { createAnswers, type Answered, type Answers, type AskedQuestion } from "../../doors/http/answers.ts";
import { Problem } from "../../doors/http/problem.ts";
import { questions } from "../../doors/http/routes/all-routes.ts";
import type { Context } from "../../context.ts";
import { packageRoot } from "../../host/package-root.ts";
import { reportedFailure, RewindError, SystemError, type ReportedFailure } from "../../model/errors.ts";
import type { SafeText } from "../../output/escape.ts";
import { openDatabase } from "../../store/open-cache.ts";
import { childFailure } from "../shared/opening/own-process.ts";
import { whyInFull } from "../shared/listing/times-in-words.ts";
import { rematchIfOutdated } from "../shared/opening/matched-answers.ts";

interface Setup {
  readonly cachePath: string;
  readonly shelfField: string | null;
}

/** Two kinds of work: a question, or opening the cache. */
type Request = AskedQuestion | "check";

type Reply =
  | { readonly answered: Answered | null }
  | { readonly note: readonly SafeText[] }
  | { readonly problem: Pick<Problem, "status" | "message" | "headers"> }
  | { readonly failure: ReportedFailure }
  | { readonly stack: string };

/** Without these, garbage grows to a hundred megabytes before it is collected. */
const resourceLimits = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 8 };

export function openAnswerThread(context: Context): Answers {
  let worker: Worker | null = null;
  let last: Promise<unknown> = Promise.resolve();

  const start = (): Worker => {
    const setup: Setup = { cachePath: context.cachePath, shelfField: context.settings()("shelf_field") };
    const started = new Worker(join(packageRoot, "bin", "rewind.js"), {
      argv: ["__answers"],
      workerData: setup,
      env: { ...context.env },
      resourceLimits,
    });
    started.once("exit", () => {
      worker = null;
    });
    return started;
  };
  const replyTo = (request: Request): Promise<Answered | null> => {
    worker ??= start();
    const asked = worker;
    return new Promise((resolve, reject) => {
      const end = (finish: () => void): void => {
        asked.removeAllListeners("message").removeAllListeners("error");
        finish();
      };
      asked.on("message", (reply: Reply) => {
        if ("note" in reply) context.note(...reply.note);
        else if ("answered" in reply) end(() => resolve(reply.answered));
        else end(() => reject(errorOf(reply)));
      });
      asked.once("error", (error) => end(() => reject(error)));
      asked.postMessage(request, []);
    });
  };
  const ask = (request: Request): Promise<Answered | null> => {
    const next = last.then(() => replyTo(request));
    last = next.catch(() => {});
    return next;
  };
  return {
    async check() {
      await ask("check");
    },
    async answer(question) {
      const answered = await ask(question);
      if (answered === null) throw new Error("a question has no answer");
      return answered;
    },
    async close() {
      await worker?.terminate();
    },
  };
}

function errorOf(reply: Exclude<Reply, { note: unknown } | { answered: unknown }>): unknown {
  if ("problem" in reply)
    return new Problem(reply.problem.status, reply.problem.message, reply.problem.headers);
  if ("stack" in reply) return Object.assign(new Error("an answer failed"), { stack: reply.stack });
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
  const note = (...lines: readonly SafeText[]): void => port.postMessage({ note: lines } satisfies Reply);
  const answers = createAnswers({
    questions,
    path: cachePath,
    open: () => openDatabase(cachePath, { mode: "read" }),
    prepare: (database) => rematchIfOutdated({ note }, database),
    shelfField,
    random: Math.random,
    whyPicked: whyInFull,
  });
  port.on("message", (request: Request) => {
    const work = request === "check" ? answers.check().then(() => null) : answers.answer(request);
    void work
      .then((answered): Reply => ({ answered }), replyOf)
      .then((reply) => port.postMessage(reply satisfies Reply));
  });
}

function replyOf(error: unknown): Reply {
  if (error instanceof Problem) {
    const { status, message, headers } = error;
    return { problem: { status, message, headers } };
  }
  if (error instanceof RewindError) return { failure: reportedFailure(error) };
  return { stack: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}
