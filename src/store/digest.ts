import { createHash } from "node:crypto";

/** A short text that is equal for equal values: tells whether a row changed without reading it. */
export function digestOf(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("base64url").slice(0, 22);
}

/** The instant of a date as Discogs writes it, in unix seconds; null where there is none. */
export function instantOf(date: string | null): number | null {
  const ms = date === null ? Number.NaN : Date.parse(date);
  return Number.isNaN(ms) ? null : Math.floor(ms / 1000);
}
