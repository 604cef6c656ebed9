// Network failures in words.
import { codeOf } from "../../model/errors.ts";
import { CallFailure, malformed, type Obstacle } from "./retry.ts";

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

/**
 * Translates network errors; returns any other error unchanged, because it is a bug. The failure has no `cause`, because
 * undici's errors contain parts of bodies and proxy addresses.
 */
export function networkFailure(error: unknown, url: URL): unknown {
  if (error instanceof CallFailure || !(error instanceof Error)) return error;
  const code = innerCodeOf(error);
  const why = offline.get(code);
  if (why !== undefined) {
    // The proxy's address is not shown: it may contain a password.
    if (isElsewhere(error, url)) {
      return offlineFailure(`the proxy can't be reached: ${why}`, "proxy");
    }
    const obstacle = code === "ENOTFOUND" || code === "EAI_AGAIN" ? "name" : "connection";
    return offlineFailure(`${url.host}: ${why}`, obstacle);
  }
  if (certificate.test(code)) {
    return offlineFailure(`${url.host}: its certificate is not accepted (${code})`, "certificate");
  }
  if (/proxy/i.test(error.message)) {
    return offlineFailure("the proxy refuses the connection", "proxy");
  }
  if (error instanceof TypeError || error instanceof RangeError || code === "UND_ERR_INVALID_ARG")
    return error;
  return malformed("the connection was lost in the middle of the answer");
}

function offlineFailure(reason: string, obstacle: Obstacle): CallFailure {
  return new CallFailure({ kind: "offline", obstacle }, reason);
}

/** Returns true if the failed host or port is not the requested one, but a proxy's. */
function isElsewhere(error: unknown, url: URL): boolean {
  if (!(error instanceof Error)) return false;
  if ("hostname" in error && typeof error.hostname === "string") return error.hostname !== url.hostname;
  if ("port" in error && typeof error.port === "number")
    return error.port !== Number(url.port || (url.protocol === "https:" ? 443 : 80));
  return isElsewhere(error instanceof AggregateError ? error.errors[0] : error.cause, url);
}

function innerCodeOf(error: unknown): string {
  if (!(error instanceof Error)) return "";
  // A host with several addresses has one error for each.
  return codeOf(error) || innerCodeOf(error instanceof AggregateError ? error.errors[0] : error.cause);
}
