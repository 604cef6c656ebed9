// Answers that were given lately, by their addresses: the same question to the same state of the cache is not worked out
// again, nor written, nor packed.
import { gzipSync } from "node:zlib";

export type Bytes = Uint8Array<ArrayBuffer>;

export interface KnownAnswer {
  /** Of which state of the cache, and which day. */
  readonly state: string;
  readonly etag: string;
  readonly body: Bytes;
  /** Packed when that is first asked for; undefined where it isn't worth it. */
  packed(this: void): Bytes | undefined;
}

export interface KnownAnswers {
  /** undefined: it is not known, or of another state. */
  get(address: string, state: string): KnownAnswer | undefined;
  keep(address: string, answer: Omit<KnownAnswer, "packed">): KnownAnswer;
}

const mostBytes = 16 * 1024 * 1024;
/** A packet takes as much as it is. */
const leastPacked = 1024;

/** The ones that were asked for longest ago make room. */
export function createKnownAnswers(most = mostBytes): KnownAnswers {
  const held = new Map<string, KnownAnswer>();
  let bytes = 0;
  const drop = (address: string, { body }: KnownAnswer): void => {
    held.delete(address);
    bytes -= 2 * body.length;
  };
  return {
    get(address, state) {
      const known = held.get(address);
      if (known === undefined) return undefined;
      held.delete(address);
      if (known.state !== state) {
        bytes -= 2 * known.body.length;
        return undefined;
      }
      held.set(address, known);
      return known;
    },
    keep(address, answer) {
      const before = held.get(address);
      if (before !== undefined) drop(address, before);
      const known = { ...answer, packed: packing(answer.body) };
      held.set(address, known);
      // Packed, it takes less than as much again.
      bytes += 2 * answer.body.length;
      for (const [oldest, each] of held) {
        if (bytes <= most) break;
        drop(oldest, each);
      }
      return known;
    },
  };
}

/** Packs at most once. */
export function packing(body: Bytes): () => Bytes | undefined {
  let packed: Bytes | undefined;
  return () => (body.length < leastPacked ? undefined : (packed ??= gzipSync(body)));
}
