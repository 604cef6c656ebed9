// Answers to questions of the cache. rewind serve gives them in a thread of its own, so that no other client waits for a
// slow one.
import { NotReadyError } from "../../model/errors.ts";
import { serveCache, type Bytes, type CacheHost } from "./cache.ts";
import { Problem } from "./problem.ts";
import type { Asked, Question } from "./route.ts";

/** A question as it is sent to the thread. */
export interface AskedQuestion extends Pick<Asked, "lastRuns"> {
  /** The path of the route. */
  readonly path: string;
  /** Path and query: the same address has the same answer until the cache changes. */
  readonly address: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly nowMs: number;
}

export interface Answered {
  readonly bytes: Bytes;
  /** The ETag; null if the same question may have another answer next time. */
  readonly tag: string | null;
}

export interface Answers {
  /** Opens the cache and matches it again if necessary. Throws CacheError if it is unusable. */
  check(this: void): Promise<void>;
  /** Throws Problem. */
  answer(this: void, question: AskedQuestion): Promise<Answered>;
  close(this: void): Promise<void>;
}

type AnswersHost = CacheHost &
  Pick<Asked, "shelfField" | "random" | "whyPicked"> & { readonly questions: readonly Question[] };

export function createAnswers({
  questions,
  shelfField,
  random,
  whyPicked,
  ...cacheHost
}: AnswersHost): Answers {
  const cache = serveCache(cacheHost);
  const byPath = new Map(questions.map((question) => [question.path, question]));
  return {
    check: () => cache.read(() => {}),
    async answer({ path, address, values, nowMs, lastRuns }) {
      const question = byPath.get(path);
      if (question === undefined) throw new Error(`no question is at ${path}`);
      const nowUts = Math.floor(nowMs / 1000);
      const write: Parameters<typeof cache.body>[2] = async (database) => {
        try {
          const asked = { database, nowUts, lastRuns, shelfField, random, whyPicked };
          return bytesOf(await question.answer(values, asked));
        } catch (error) {
          if (error instanceof NotReadyError) throw new Problem(409, error.message);
          throw error;
        }
      };
      return question.isLasting
        ? cache.body(address, nowMs, write)
        : { bytes: await cache.read(write), tag: null };
    },
    close: async () => cache.close(),
  };
}

/** Also writes out lists that are made while they are read, and takes bytes as they are. */
export function bytesOf(document: object): Bytes {
  if (document instanceof Uint8Array) return document as Bytes;
  const text = JSON.stringify(document, (_, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value) && Symbol.iterator in value
      ? [...(value as Iterable<unknown>)]
      : value,
  );
  return Buffer.from(text);
}
