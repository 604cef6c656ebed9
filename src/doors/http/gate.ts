// Who may ask, and in what form: the first checks of every request, in a fixed order.
import type { ApiKey, KeyRing } from "./api-keys.ts";
import { isAllowedHost } from "./host-check.ts";
import { Problem } from "./problem.ts";
import { createRateLimit } from "./rate-limit.ts";
import { keyOf, longestBody, tooLarge, type Asking } from "./read-request.ts";

export interface GateOptions {
  readonly keys: KeyRing;
  readonly nowMs: () => number;
  /** Names by which a browser may call us, beside loopback and addresses. */
  readonly allowedHosts: readonly string[];
  /** Requests a minute and key; 0: as many as come. */
  readonly rateLimit: number;
  /** What nobody foresaw; the client is told nothing of it. */
  readonly onFailure: (error: unknown) => void;
}

export interface Gate {
  /** Throws Problem: it was called by another's name, or something of it is too long. */
  checkForm(asking: Asking): void;
  /** Throws Problem: no key, or too many requests with it. Tells the headers that say how many are left. */
  admit(asking: Asking, tell: (name: string, value: string) => void): ApiKey;
}

const longestAddress = 4096;

export function createGate(options: GateOptions): Gate {
  const { keys, nowMs, allowedHosts, onFailure } = options;
  const limit = createRateLimit(options.rateLimit);
  return {
    checkForm(asking) {
      if (!isAllowedHost(asking.host, allowedHosts)) {
        throw new Problem(403, "this name is not one of the server's own: start it with --allow-host NAME");
      }
      if (asking.address.length > longestAddress) {
        throw new Problem(414, `the address is longer than ${longestAddress} letters`);
      }
      if (Number(asking.header("content-length") ?? 0) > longestBody) throw tooLarge();
    },
    admit(asking, tell) {
      const key = keyOf(asking, keys);
      const now = nowMs();
      try {
        keys.noteUse(key.id, Math.floor(now / 1000));
      } catch (error) {
        // A full disk: when it was last used is not worth an answer.
        onFailure(error);
      }
      const refusal = limit.take(key.id, now, tell);
      if (refusal !== null) throw refusal;
      return key;
    },
  };
}
