// Checks of a request: the name that it calls the server by, its key, and how often that key is used.
import { isIP } from "node:net";
import type { ApiKey, KeyRing } from "./api-keys.ts";
import { Problem } from "./problem.ts";

/**
 * Another site can point its own name at our address (DNS rebinding), so a Host header may only hold an address, a name
 * of this machine or a name that the user allowed.
 */
export function isAllowedHost(header: string | undefined, allowedNames: readonly string[]): boolean {
  const name = parseHostname(header ?? "");
  if (name === null) return false;
  if (isIP(name) !== 0) return true;
  return (
    name === "localhost" ||
    name.endsWith(".localhost") ||
    allowedNames.some((each) => each.toLowerCase() === name)
  );
}

/** Leaves out the port and the brackets of an IPv6 address. Returns null if it is neither a name nor an address. */
function parseHostname(header: string): string | null {
  const [, name] = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?$/i.exec(header) ?? [];
  return name === undefined ? null : name.replace(/^\[|\]$/g, "").toLowerCase();
}

export function isLoopback(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, "").toLowerCase();
  return name === "localhost" || name === "::1" || (isIP(name) === 4 && name.startsWith("127."));
}

/** Throws Problem for a missing key, and for one that is malformed, unknown or revoked, without saying which. */
export function requireKey(authorization: string | undefined, keys: KeyRing): ApiKey {
  const [, token = ""] = /^bearer +(.*)$/i.exec(authorization ?? "") ?? [];
  const key = keys.find(token);
  if (key !== undefined) return key;
  const message =
    (authorization ?? "") === ""
      ? "a key is needed: Authorization: Bearer rw_live_…, made by rewind keys create"
      : "this key is not accepted: rewind keys lists those that are; the header is Authorization: Bearer rw_live_…";
  throw new Problem(401, message, { "WWW-Authenticate": "Bearer" });
}

const windowMs = 60_000;

/**
 * Allows each caller this many requests a minute; 0 allows any number. The function that it returns counts a request, and
 * returns the headers that say how many are left. It throws Problem for one too many.
 */
export function createRateLimiter(maxPerMinute: number) {
  const windows = new Map<number, { readonly startMs: number; count: number }>();
  return (caller: number, nowMs: number): Readonly<Record<string, string>> => {
    if (maxPerMinute === 0) return {};
    let window = windows.get(caller);
    if (window === undefined || nowMs >= window.startMs + windowMs) {
      window = { startMs: nowMs, count: 0 };
      windows.set(caller, window);
    }
    window.count += 1;
    const endMs = window.startMs + windowMs;
    const headers = {
      "X-RateLimit-Limit": String(maxPerMinute),
      "X-RateLimit-Remaining": String(Math.max(0, maxPerMinute - window.count)),
      "X-RateLimit-Reset": String(Math.ceil(endMs / 1000)),
      "X-RateLimit-Reset-In": String(Math.ceil((endMs - nowMs) / 1000)),
    };
    if (window.count <= maxPerMinute) return headers;
    const retryAfter = String(Math.ceil((endMs - nowMs) / 1000));
    throw new Problem(429, `more than ${maxPerMinute} requests a minute`, {
      ...headers,
      "Retry-After": retryAfter,
    });
  };
}
