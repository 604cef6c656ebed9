// What a row answers, as it is sent: when it is known already, when it is made anew, and how long it holds.
import { createHash } from "node:crypto";
import { NotReadyError } from "../errors.ts";
import type { Database } from "../store/database.ts";
import { createAnswerMemory, type AnswerMemory } from "./answer-memory.ts";
import type { ApiKey } from "./api-keys.ts";
import type { ServedCache } from "./cache.ts";
import { eventStream } from "./event-stream.ts";
import { Problem } from "./problem.ts";
import { readBody, readParameters, type Asking } from "./read-request.ts";
import type { Asked, Route } from "./route.ts";

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | ReadableStream | null;
}

export interface AnsweringOptions {
  readonly cache: ServedCache;
  readonly surroundings: Omit<Asked, "database" | "nowUts">;
  readonly nowMs: () => number;
  /** Goes into the ETag: another program answers otherwise. */
  readonly version: string;
}

export const jsonType = { "Content-Type": "application/json; charset=utf-8" };

export type Answering = (route: Route, asking: Asking, caller: ApiKey | null) => Promise<Answer>;

/** Throws Problem, and what nobody foresaw. */
export function createAnswering(options: AnsweringOptions): Answering {
  const memory = createAnswerMemory();
  return async (route, asking, caller) => {
    if (route.access === "admin" && caller?.kind !== "admin") {
      throw new Problem(403, "this needs an admin key, made by rewind keys create --admin");
    }
    const values = readParameters(route.parameters, asking);
    const body = route.method === "post" ? await readBody(asking) : {};
    return answer({ route, asking, values, sent: { body, caller }, memory }, options);
  };
}

interface Question {
  readonly route: Route;
  readonly asking: Asking;
  readonly values: Readonly<Record<string, unknown>>;
  readonly sent: Parameters<Route["answer"]>[2];
  readonly memory: AnswerMemory;
}

async function answer(
  { route, asking, values, sent, memory }: Question,
  { cache, nowMs, surroundings, version }: AnsweringOptions,
): Promise<Answer> {
  const now = nowMs();
  const withoutCache = { ...surroundings, nowUts: Math.floor(now / 1000) };
  if (route.events !== undefined && wantsEvents(asking)) {
    return events(eventStream(route.events.name, route.events.documents(withoutCache)));
  }
  const unlasting = (text: string): Answer => ({
    status: route.status ?? 200,
    headers: { ...jsonType, "Cache-Control": "no-store" },
    body: text,
  });
  if (route.withoutCache === true) {
    return unlasting(textOf(await route.answer(values, withoutCache as Asked, sent)));
  }
  return cache.read(async (database, generation) => {
    const write = async (): Promise<string> =>
      textOf(await explained(route, values, askedOf(withoutCache, database), sent));
    if (!route.isLasting) return unlasting(await write());
    const name = etagOf([version, generation, localDay(now), route.path, JSON.stringify(values)]);
    const headers = { ETag: name, "Cache-Control": "private, no-cache" };
    if (isKnown(asking.header("if-none-match"), name)) return { status: 304, headers, body: null };
    return { status: 200, headers: { ...jsonType, ...headers }, body: await memory.get(name, write) };
  });
}

function askedOf(surroundings: Omit<Asked, "database">, database: Database): Asked {
  return { ...surroundings, database };
}

/** HEAD is told what a GET of the document would be. */
function wantsEvents(asking: Asking): boolean {
  return asking.raw.method === "GET" && /\btext\/event-stream\b/i.test(asking.header("accept") ?? "");
}

function events(body: ReadableStream): Answer {
  return {
    status: 200,
    // A proxy that gathers what comes would keep it until the end.
    headers: { "Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no" },
    body,
  };
}

/** What is missing in the cache is no fault of the one who asks, nor ours. */
async function explained(route: Route, ...given: Parameters<Route["answer"]>): Promise<object> {
  try {
    return await route.answer(...given);
  } catch (error) {
    if (error instanceof NotReadyError) throw new Problem(409, error.message);
    throw error;
  }
}

/** Lists that are made while they are gone through are written out. */
function textOf(document: object): string {
  return JSON.stringify(document, (_, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value) && Symbol.iterator in value
      ? [...(value as Iterable<unknown>)]
      : value,
  );
}

/** Weak: a compressed answer has the same. */
function etagOf(parts: readonly string[]): string {
  return `W/"${createHash("sha256").update(JSON.stringify(parts)).digest("base64url").slice(0, 27)}"`;
}

function isKnown(given: string | undefined, name: string): boolean {
  if (given === undefined) return false;
  return given.trim() === "*" || given.split(",").some((tag) => bareTag(tag) === bareTag(name));
}

function bareTag(tag: string): string {
  return tag.trim().replace(/^W\//, "");
}

function localDay(ms: number): string {
  const date = new Date(ms);
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
}
