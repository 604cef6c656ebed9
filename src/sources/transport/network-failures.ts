// What the network did, in words.

/** What stood in the way of a connection. */
export type Obstacle = "name" | "certificate" | "proxy" | "connection";

/** Why no whole answer came. Without a cause: the errors below carry pieces of bodies and of proxies' addresses. */
export class TransportFailure extends Error {
  readonly kind: "offline" | "timeout" | "cut" | "garbled";
  /** The code of the error underneath; "" where there is none. */
  readonly code: string;
  readonly obstacle: Obstacle;

  constructor(kind: TransportFailure["kind"], message: string, code = "", obstacle: Obstacle = "connection") {
    super(message);
    this.name = "TransportFailure";
    this.kind = kind;
    this.code = code;
    this.obstacle = obstacle;
  }
}

/** For a connection to come about. */
export const connectTimeoutMs = 4_000;
const offline = new Map([
  ["ENOTFOUND", "its host name is unknown"],
  ["EAI_AGAIN", "its host name can't be looked up"],
  ["ECONNREFUSED", "connection refused"],
  ["ENETUNREACH", "its network is unreachable"],
  ["ENETDOWN", "the network is down"],
  ["EHOSTUNREACH", "it is unreachable"],
  ["EHOSTDOWN", "it is down"],
  ["EADDRNOTAVAIL", "there is no network"],
  ["ETIMEDOUT", "no connection"],
  ["UND_ERR_CONNECT_TIMEOUT", `no connection within ${connectTimeoutMs / 1000} s`],
]);
const certificate = /CERT|^ERR_TLS|^ERR_SSL|^UNABLE_TO_|SELF_SIGNED|^EPROTO$|^HOSTNAME_MISMATCH$/;

/** What came about. What is no network's doing is a bug, and stays what it is. */
export function networkFailure(error: unknown, url: URL): unknown {
  if (error instanceof TransportFailure || !(error instanceof Error)) return error;
  const code = codeOf(error);
  const why = offline.get(code);
  if (why !== undefined) {
    // Its own address isn't shown: it may hold a password.
    if (isElsewhere(error, url)) {
      return new TransportFailure("offline", `the proxy can't be reached: ${why}`, code, "proxy");
    }
    const obstacle = code === "ENOTFOUND" || code === "EAI_AGAIN" ? "name" : "connection";
    return new TransportFailure("offline", `${url.host}: ${why}`, code, obstacle);
  }
  if (certificate.test(code)) {
    const message = `${url.host}: its certificate is not accepted (${code})`;
    return new TransportFailure("offline", message, code, "certificate");
  }
  if (/proxy/i.test(error.message)) {
    return new TransportFailure("offline", "the proxy refuses the connection", code, "proxy");
  }
  if (error instanceof TypeError || error instanceof RangeError || code === "UND_ERR_INVALID_ARG")
    return error;
  return new TransportFailure("cut", "the connection was lost in the middle of the answer", code);
}

/** Whether what failed is another host or port than the one that was asked for: a proxy's. */
function isElsewhere(error: unknown, url: URL): boolean {
  if (!(error instanceof Error)) return false;
  if ("hostname" in error && typeof error.hostname === "string") return error.hostname !== url.hostname;
  if ("port" in error && typeof error.port === "number") return error.port !== portOf(url);
  return isElsewhere(error instanceof AggregateError ? error.errors[0] : error.cause, url);
}

function portOf({ port, protocol }: URL): number {
  return port === "" ? (protocol === "https:" ? 443 : 80) : Number(port);
}

export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "";
  if ("code" in error && typeof error.code === "string") return error.code;
  // A host with several addresses: one error each.
  return error instanceof AggregateError ? codeOf(error.errors[0]) : codeOf(error.cause);
}
