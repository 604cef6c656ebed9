// What a row answers, as it is sent: when it is known already, when it is made anew, and how long it holds.
import { createHash } from "node:crypto";
import { NotReadyError } from "../../model/errors.ts";
import type { ApiKey } from "./api-keys.ts";
import type { ServedCache } from "./cache.ts";
import { eventStream } from "./event-stream.ts";
import {
  createKnownAnswers,
  packing,
  type Bytes,
  type KnownAnswer,
  type KnownAnswers,
} from "./known-answers.ts";
import { onceATurn } from "./once-a-turn.ts";
import { Problem } from "./problem.ts";
import { readBody, readParameters, type Asking, type FullAsking } from "./read-request.ts";
import type { Asked, Route } from "./route.ts";
import type { Answer } from "./sending.ts";

export interface AnsweringOptions {
  readonly cache: ServedCache;
  readonly surroundings: Omit<Asked, "database" | "nowUts">;
  readonly nowMs: () => number;
  /** Goes into the ETag: another program answers otherwise. */
  readonly version: string;
}

export interface Answering {
  /** At once, where it was given before and holds. */
  known(asking: Asking): Answer | undefined;
  /** Throws Problem, and what nobody foresaw. */
  inFull(route: Route, asking: FullAsking, caller: ApiKey | null): Promise<Answer>;
}

export function createAnswering(options: AnsweringOptions): Answering {
  const { cache, nowMs } = options;
  const memory = createKnownAnswers();
  // The question costs two looks at the disk, and many requests come at once.
  const generation = onceATurn(() => cache.generation());
  return {
    known(asking) {
      if (asking.method !== "GET") return undefined;
      const current = generation();
      if (current === undefined) return undefined;
      const known = memory.get(asking.address, stateOf(current, nowMs()));
      return known && lastingAnswer(known, asking);
    },
    async inFull(route, asking, caller) {
      if (route.access === "admin" && caller?.kind !== "admin") {
        throw new Problem(403, "this needs an admin key, made by rewind keys create --admin");
      }
      const values = readParameters(route.parameters, asking);
      const body = route.method === "post" ? await readBody(asking) : {};
      generation.forget();
      return answer({ route, asking, values, sent: { body, caller }, memory }, options);
    },
  };
}

interface Question {
  readonly route: Route;
  readonly asking: FullAsking;
  readonly values: Readonly<Record<string, unknown>>;
  readonly sent: Parameters<Route["answer"]>[2];
  readonly memory: KnownAnswers;
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
  const unlasting = (document: object): Answer =>
    jsonBody(document, route.status ?? 200, { "Cache-Control": "no-store" });
  if (route.withoutCache === true) {
    return unlasting(await route.answer(values, withoutCache as Asked, sent));
  }
  return cache.read(async (database, generation) => {
    // It waited for others to be answered: nobody else waits for what nobody will read.
    if (asking.isGone()) throw new Problem(499, "whoever asked has hung up");
    const write = (): Promise<object> => explained(route, values, { ...withoutCache, database }, sent);
    if (!route.isLasting) return unlasting(await write());
    const state = stateOf(generation, now);
    const etag = etagOf([version, state, route.path, JSON.stringify(values)]);
    if (isKnown(asking.header("if-none-match"), etag)) return unchanged(etag);
    const held = memory.get(asking.address, state);
    if (held !== undefined) return lastingAnswer(held, asking);
    const known = { state, etag, body: bytesOf(await write()) };
    // What is known is given to whoever has a key, and to nobody without.
    const kept =
      route.access === "key" ? memory.keep(asking.address, known) : { ...known, packed: packing(known.body) };
    return lastingAnswer(kept, asking);
  });
}

/** Answers of one state are the same. */
function stateOf(generation: string, nowMs: number): string {
  return `${generation} ${localDay(nowMs)}`;
}

function lastingAnswer({ etag, body, packed }: KnownAnswer, asking: Asking): Answer {
  if (isKnown(asking.header("if-none-match"), etag)) return unchanged(etag);
  return { status: 200, headers: { ...jsonType, ...lastingHeaders(etag) }, body, packed };
}

function unchanged(etag: string): Answer {
  return { status: 304, headers: lastingHeaders(etag), body: null };
}

function lastingHeaders(etag: string): Readonly<Record<string, string>> {
  return { ETag: etag, "Cache-Control": "private, no-cache" };
}

const jsonType = { "Content-Type": "application/json; charset=utf-8" };

export function jsonBody(document: object, status: number, headers: Answer["headers"]): Answer {
  return { status, headers: { ...jsonType, ...headers }, body: bytesOf(document) };
}

/** HEAD is told what a GET of the document would be. */
function wantsEvents(asking: Asking): boolean {
  return asking.method === "GET" && /\btext\/event-stream\b/i.test(asking.header("accept") ?? "");
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
function bytesOf(document: object): Bytes {
  const text = JSON.stringify(document, (_, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value) && Symbol.iterator in value
      ? [...(value as Iterable<unknown>)]
      : value,
  );
  return Buffer.from(text);
}

/** Weak: a compressed answer has the same. */
export function etagOf(parts: readonly string[]): string {
  return `W/"${createHash("sha256").update(JSON.stringify(parts)).digest("base64url").slice(0, 27)}"`;
}

export function isKnown(given: string | undefined, name: string): boolean {
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
