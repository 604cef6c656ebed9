// So many requests a minute and key, counted anew each minute.
import { Problem } from "./problem.ts";

export interface RateLimit {
  /** Counts a request, and tells the headers that say so. Returns the refusal where it is one too many. */
  take(keyId: number, nowMs: number, tell: (name: string, value: string) => void): Problem | null;
}

const windowMs = 60_000;

/** most 0: as many as come. */
export function createRateLimit(most: number): RateLimit {
  const windows = new Map<number, { readonly startMs: number; count: number }>();
  return {
    take(keyId, nowMs, tell) {
      if (most === 0) return null;
      let window = windows.get(keyId);
      // A clock that was set back begins a window too.
      if (window === undefined || nowMs >= window.startMs + windowMs || nowMs < window.startMs) {
        window = { startMs: nowMs, count: 0 };
        windows.set(keyId, window);
      }
      window.count += 1;
      const endMs = window.startMs + windowMs;
      tell("X-RateLimit-Limit", String(most));
      tell("X-RateLimit-Remaining", String(Math.max(0, most - window.count)));
      tell("X-RateLimit-Reset", String(Math.ceil(endMs / 1000)));
      if (window.count <= most) return null;
      return new Problem(429, `more than ${most} requests a minute`, {
        "Retry-After": String(Math.max(1, Math.ceil((endMs - nowMs) / 1000))),
      });
    },
  };
}
