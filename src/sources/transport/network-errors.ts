// Network failures in words.
import { getErrorCode } from "../../model/errors.ts";
import { CallFailure, createMalformedFailure, type NetworkFault } from "./retry.ts";

export const connectTimeoutMs = 4_000;
const offlineReasons = new Map([
  ["ENOTFOUND", "its host name is unknown"],
  ["EAI_AGAIN", "its host name can't be looked up"],
  ["ECONNREFUSED", "connection refused"],
  ["UND_ERR_CONNECT_TIMEOUT", `no connection within ${connectTimeoutMs / 1000} s`],
  ...["ENETUNREACH", "ENETDOWN", "EHOSTUNREACH", "EHOSTDOWN", "EADDRNOTAVAIL", "ETIMEDOUT"].map(
    (code) => [code, `no connection (${code})`] as const,
  ),
]);
const certificateErrorPattern = /CERT|^ERR_TLS|^ERR_SSL|^UNABLE_TO_|SELF_SIGNED|^EPROTO$|^HOSTNAME_MISMATCH$/;

/**
 * Translates network errors; returns any other error unchanged, because it is a bug. The failure has no `cause`, because
 * undici's errors contain parts of bodies and proxy addresses.
 */
export function translateNetworkError(error: unknown, url: URL): unknown {
  if (error instanceof CallFailure || !(error instanceof Error)) return error;
  const code = findErrorCode(error);
  const why = offlineReasons.get(code);
  if (why !== undefined) {
    // The proxy's address is not shown: it may contain a password.
    if (isProxyError(error, url)) {
      return createOfflineFailure(`the proxy can't be reached: ${why}`, "proxy");
    }
    const obstacle = code === "ENOTFOUND" || code === "EAI_AGAIN" ? "name" : "connection";
    return createOfflineFailure(`${url.host}: ${why}`, obstacle);
  }
  if (certificateErrorPattern.test(code)) {
    return createOfflineFailure(`${url.host}: its certificate is not accepted (${code})`, "certificate");
  }
  if (/proxy/i.test(error.message)) {
    return createOfflineFailure("the proxy refuses the connection", "proxy");
  }
  if (error instanceof TypeError || error instanceof RangeError || code === "UND_ERR_INVALID_ARG")
    return error;
  return createMalformedFailure("the connection was lost in the middle of the answer");
}

function createOfflineFailure(reason: string, obstacle: NetworkFault): CallFailure {
  return new CallFailure({ kind: "offline", obstacle }, reason);
}

/** Returns true if the failed host or port is not the requested one, but a proxy's. */
function isProxyError(error: unknown, url: URL): boolean {
  if (!(error instanceof Error)) return false;
  if ("hostname" in error && typeof error.hostname === "string") return error.hostname !== url.hostname;
  if ("port" in error && typeof error.port === "number")
    return error.port !== Number(url.port || (url.protocol === "https:" ? 443 : 80));
  return isProxyError(error instanceof AggregateError ? error.errors[0] : error.cause, url);
}

function findErrorCode(error: unknown): string {
  if (!(error instanceof Error)) return "";
  // A host with several addresses has one error for each.
  return (
    getErrorCode(error) || findErrorCode(error instanceof AggregateError ? error.errors[0] : error.cause)
  );
}
