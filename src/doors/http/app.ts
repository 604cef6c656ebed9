// One request, from its first check to its answer. Refusals come in a fixed order: who may not ask is told nothing of what
// there is (401), then 404, 405, 403, 400. The door to Hono.
import { Hono, type Context as HonoContext } from "hono";
import { addressesOf } from "./addresses.ts";
import { createAnswering, jsonBody, type Answering, type AnsweringOptions } from "./answer.ts";
import type { ApiKey } from "./api-keys.ts";
import { createGate, type GateOptions } from "./gate.ts";
import type { Pages } from "./pages.ts";
import { envelope, Problem } from "./problem.ts";
import type { Asking, FullAsking } from "./read-request.ts";
import type { Route } from "./route.ts";
import { everyMethod, responseOf, type Answer } from "./sending.ts";

export interface AppOptions extends Omit<AnsweringOptions & GateOptions, "keys"> {
  readonly routes: readonly Route[];
  /** Whose pages may ask; null: nobody's. */
  readonly cors: string | null;
  readonly onAnswer?: (line: AnswerLine) => void;
  /** What is for people; null: nothing is. */
  readonly pages: Pages | null;
}

export interface AnswerLine {
  readonly method: string;
  /** As it was sent, without what follows the question mark. */
  readonly path: string;
  readonly status: number;
  readonly tookMs: number;
  readonly keyId: number | null;
}

export interface App {
  /** An answer that was given before and holds, at once; undefined: it has to be asked for in full. */
  known(this: void, asking: Asking): Response | undefined;
  fetch(this: void, request: Request, sockets?: object): Response | Promise<Response>;
}

export function createApp(options: AppOptions): App {
  const { routes, nowMs, cors, onAnswer, onFailure } = options;
  const gate = createGate({ ...options, keys: options.surroundings.keys });
  const answering = createAnswering(options);
  const addressOf = addressesOf(routes);

  /** What is known of a request until it is answered. */
  const opened = (asking: Asking) => {
    const startMs = nowMs();
    const told: Record<string, string> = {};
    let keyId: number | null = null;
    return {
      admitted: (): ApiKey => {
        const key = gate.admit(asking, (name, value) => (told[name] = value));
        keyId = key.id;
        return key;
      },
      answered: (answer: Answer): Response => {
        const { method, address } = asking;
        const path = address.replace(/\?.*$/s, "");
        onAnswer?.({ method, path, status: answer.status, tookMs: nowMs() - startMs, keyId });
        return responseOf(answer, asking, { cors, told });
      },
    };
  };

  const refused = (error: unknown): Answer => {
    if (!(error instanceof Problem)) onFailure(error);
    const { status, message, headers } =
      error instanceof Problem ? error : new Problem(500, "internal error: see the server's log");
    return jsonBody(envelope(status, message), status, { ...headers, "Cache-Control": "no-store" });
  };

  const answerTo = async (asking: FullAsking, route: Route | null): Promise<Response> => {
    const { admitted, answered } = opened(asking);
    try {
      gate.checkForm(asking);
      const page = options.pages?.answerTo(asking);
      if (page !== undefined) return answered(withoutBody(await page, asking));
      const { methods, isOpen } = addressOf(asking.path);
      // A browser asks with OPTIONS before it sends a key.
      if (asking.method === "OPTIONS") return answered(optionsAnswer(methods));
      const key = isOpen ? null : admitted();
      if (route === null) throw notThere(methods);
      return answered(await answering.inFull(route, asking, key));
    } catch (error) {
      return answered(refused(error));
    }
  };

  const app = new Hono();
  for (const route of routes) {
    app.on(route.method, honoPath(route.path), (exchange) => answerTo(askingOf(exchange), route));
  }
  app.all("*", (exchange) => answerTo(askingOf(exchange), null));
  return {
    fetch: (request, sockets) => app.fetch(request, sockets),
    known(asking) {
      const known = knownTo(answering, asking);
      if (known === undefined) return undefined;
      const { admitted, answered } = opened(asking);
      try {
        gate.checkForm(asking);
        admitted();
        return answered(known);
      } catch (error) {
        return answered(refused(error));
      }
    },
  };
}

function withoutBody(answer: Answer, { method }: Asking): Answer {
  return method === "HEAD" ? { status: answer.status, headers: answer.headers, body: null } : answer;
}

/** Whatever keeps it from being known is told by whoever asks in full. */
function knownTo(answering: Answering, asking: Asking): Answer | undefined {
  try {
    return answering.known(asking);
  } catch {
    return undefined;
  }
}

function optionsAnswer(methods: readonly string[]): Answer {
  const allowed = methods.length === 0 ? everyMethod : methods.join(", ");
  return { status: 204, headers: { Allow: allowed }, body: null };
}

function notThere(methods: readonly string[]): Problem {
  if (methods.length === 0) {
    return new Problem(404, "there is nothing at this address: /v1/openapi.json lists what there is");
  }
  return new Problem(405, `this address takes ${methods.join(", ")}`, { Allow: methods.join(", ") });
}

function honoPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ":$1");
}

/** Of Node's server; there is none where a test asks without sockets. */
interface Sockets {
  readonly incoming?: { readonly url?: string; readonly socket?: { readonly destroyed: boolean } };
}

function askingOf({ req, env }: HonoContext): FullAsking {
  const { pathname, search, host } = new URL(req.url);
  const { incoming } = (env ?? {}) as Sockets;
  const isWhole = incoming?.url?.startsWith("/") === false;
  return {
    method: req.method,
    path: req.path,
    address: pathname + search,
    // An address may name the server as well, and goes over the header.
    host: isWhole ? host : req.header("host"),
    header: (name) => req.header(name),
    queries: () => req.queries(),
    param: (name) => req.param(name),
    raw: req.raw,
    isGone: () => incoming?.socket?.destroyed === true,
  };
}
