// Network failures in words.

export type Obstacle = "name" | "certificate" | "proxy" | "connection";

/** The error has no `cause`, because undici's errors contain parts of bodies and proxy addresses. */
export class TransportFailure extends Error {
  readonly kind: "offline" | "timeout" | "cut" | "garbled";
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

export const connectTimeoutMs = 4_000;
const offline = new Map([
  ["ENOTFOUND", "its host name is unknown"],
  ["EAI_AGAIN", "its host name can't be looked up"],
  ["ECONNREFUSED", "connection refused"],
  ["UND_ERR_CONNECT_TIMEOUT", `no connection within ${connectTimeoutMs / 1000} s`],
  ...["ENETUNREACH", "ENETDOWN", "EHOSTUNREACH", "EHOSTDOWN", "EADDRNOTAVAIL", "ETIMEDOUT"].map(
    (code) => [code, `no connection (${code})`] as const,
  ),
]);
const certificate = /CERT|^ERR_TLS|^ERR_SSL|^UNABLE_TO_|SELF_SIGNED|^EPROTO$|^HOSTNAME_MISMATCH$/;

/** Translates network errors; returns any other error unchanged, because it is a bug. */
export function networkFailure(error: unknown, url: URL): unknown {
  if (error instanceof TransportFailure || !(error instanceof Error)) return error;
  const code = codeOf(error);
  const why = offline.get(code);
  if (why !== undefined) {
    // The proxy's address is not shown: it may contain a password.
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

/** Returns true if the failed host or port is not the requested one, but a proxy's. */
function isElsewhere(error: unknown, url: URL): boolean {
  if (!(error instanceof Error)) return false;
  if ("hostname" in error && typeof error.hostname === "string") return error.hostname !== url.hostname;
  if ("port" in error && typeof error.port === "number")
    return error.port !== Number(url.port || (url.protocol === "https:" ? 443 : 80));
  return isElsewhere(error instanceof AggregateError ? error.errors[0] : error.cause, url);
}

export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "";
  if ("code" in error && typeof error.code === "string") return error.code;
  // A host with several addresses has one error for each.
  return error instanceof AggregateError ? codeOf(error.errors[0]) : codeOf(error.cause);
}
