// One call: paced, sent, decoded, and tried again if that may help. All services use it.
import { type Bounds, Malformed } from "../../model/decode.ts";
import { parseDateHeader } from "./http-responses.ts";
import type { RewindError } from "../../model/errors.ts";
import type { Service } from "../../model/model.ts";
import { redact, redactError } from "../../model/redact.ts";
import { BadAnswer, Throttled, Unreachable } from "./service-errors.ts";
import type { ResponseHead, HttpResponse, HttpRequest, Transport } from "./http.ts";
import type { RateLimit, RateLimitEvent, Pacer, PacerOptions } from "./pacer.ts";
import { CallFailure, createMalformedFailure, computeRetryWaitMs } from "./retry.ts";
import type { CallOptions, RequestReport, Signing, Usage } from "../services/remote-service.ts";

interface ServiceCall<Result> extends HttpRequest {
  /** The label for --verbose: "user.getTopAlbums page=2". Default: the method and the path. */
  readonly label?: string;
  /** The subject of messages: "collection page 3". */
  readonly what: string;
  /** Returns the result, or throws a CallFailure or Malformed. */
  readonly interpret: (answer: HttpResponse) => Result;
}

export type RateLimitStatus = Pick<RateLimitEvent, "size" | "remaining" | "resetMs">;

export interface CallerOptions {
  readonly service: Service;
  readonly transport: Transport;
  readonly pacer: Pacer;
  readonly random: () => number;
  /** Must never appear in a message or a report. */
  readonly secrets: readonly string[];
  readonly budgetOf?: ((answer: ResponseHead) => RateLimitStatus) | undefined;
  readonly onRequest?: ((report: RequestReport) => void) | undefined;
}

export interface Caller extends Usage {
  /** Sends the same bytes at each try. */
  call<Result>(options: CallOptions | undefined, call: ServiceCall<Result>): Promise<Result>;
}

export interface ClientOptions {
  readonly caller: Caller;
  /** The name in messages: another server may speak the service's API. */
  readonly serviceName: string;
  readonly baseUrl: URL;
  /** The token or key; "" if the service needs none. */
  readonly secret: string;
  /** Signs calls; null: none are signed. */
  readonly signing: Signing | null;
  readonly getBounds: () => Bounds;
}

export interface ClientFactory<Client> {
  readonly pace: Pick<PacerOptions, "maxInFlight" | "throttledWaitMs">;
  createRateLimit(): RateLimit;
  readonly budgetOf?: CallerOptions["budgetOf"];
  createClient(options: ClientOptions): Client;
}

const unknownRateLimit: RateLimitStatus = { size: null, remaining: null };

export function createCaller(options: CallerOptions): Caller {
  const { service, transport, pacer, random, secrets, budgetOf = () => unknownRateLimit } = options;
  let requests = 0;

  /** Sends a request once. Returns the result or why there is none, and how long the request closed the gate. */
  async function sendOnce<Result>(call: ServiceCall<Result>, signal: AbortSignal | undefined) {
    const ticket = await pacer.acquire(signal);
    const startMs = pacer.now();
    requests += 1;
    let answer: ResponseHead | null = null;
    let reply: { readonly result: Result } | CallFailure | { readonly crash: unknown };
    try {
      const httpAnswer = await transport.send(call, signal);
      answer = httpAnswer;
      reply = { result: call.interpret(httpAnswer) };
    } catch (error) {
      reply = toCallFailure(error) ?? { crash: error };
    }
    const head = answer;
    const budget = head ? budgetOf(head) : unknownRateLimit;
    const fault = reply instanceof CallFailure ? reply.fault : null;
    const throttled = fault?.kind === "throttled" ? fault : null;
    const closedMs = pacer.release(ticket, { hasResponse: head !== null, ...budget, throttled });
    if ("crash" in reply) throw reply.crash;
    const durationMs = pacer.now() - startMs;
    const report = (outcome: string): void =>
      options.onRequest?.({
        service,
        call: redact(call.label ?? formatRequestLine(call), secrets),
        status: head?.status ?? null,
        durationMs,
        remaining: budget.remaining,
        serverMs: head && parseDateHeader(head),
        outcome: redact(outcome, secrets),
      });
    return { reply, closedMs, report };
  }

  function createFinalError(call: ServiceCall<unknown>, failure: CallFailure, tries: number): RewindError {
    if (failure.error) return failure.error;
    const reason = failure.message;
    if (failure.fault.kind === "offline") {
      return new Unreachable(service, reason, failure.fault.obstacle, { cause: failure });
    }
    const often = tries > 1 ? ` (tried ${tries} times)` : "";
    const message = `${service.name}: ${call.what}: ${reason}${often}`;
    return new BadAnswer(message, undefined, { cause: failure });
  }

  async function callWithRetries<Result>(
    { signal, attempts, timeoutMs }: CallOptions = {},
    call: ServiceCall<Result>,
  ): Promise<Result> {
    let failures = 0;
    for (;;) {
      const { reply, closedMs, report } = await sendOnce({ ...call, timeoutMs }, signal);
      if (!(reply instanceof CallFailure)) {
        report("ok");
        return reply.result;
      }
      if (reply.fault.kind === "throttled") {
        // The pacer makes all calls wait, or ends them.
        const waits = closedMs > 0 ? `waits ${formatSeconds(closedMs)}` : "waits";
        report(`${waits}: ${reply.message}`);
        if (attempts === 1) throw new Throttled(service, closedMs);
        continue;
      }
      failures += 1;
      const waitMs = computeRetryWaitMs(reply.fault, failures, random(), attempts);
      if (waitMs === null) {
        report(`gave up: ${reply.message}`);
        throw redactError(createFinalError(call, reply, failures), secrets);
      }
      report(`again in ${formatSeconds(waitMs)}: ${reply.message}`);
      await pacer.sleep(waitMs, signal);
    }
  }

  return {
    get requests() {
      return requests;
    },
    soonestMs: (more) => pacer.soonestMs(more),
    call: callWithRetries,
  };
}

/** Returns null if the exchange did not fail: an interruption, a bug. */
function toCallFailure(error: unknown): CallFailure | null {
  if (error instanceof CallFailure) return error;
  return error instanceof Malformed ? createMalformedFailure(error.message) : null;
}

function formatRequestLine({ url, body }: HttpRequest): string {
  return `${body === undefined ? "GET" : "POST"} ${url.pathname}${url.search}`;
}

function formatSeconds(ms: number): string {
  return `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;
}
