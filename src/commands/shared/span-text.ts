// A span of time as people and programs read it.
import { localDayInWords } from "../../output/dates.ts";
import { isoSeconds } from "../../queries/contract.ts";
import type { Span } from "../../queries/filters/span.ts";

/** Its first and its last day. */
export function spanInWords({ fromUts, toUts }: Span, nowMs: number): string {
  const last = toUts === null ? Math.floor(nowMs / 1000) : toUts - 1;
  const until = localDayInWords(last);
  return fromUts === null ? `the beginning to ${until}` : `${localDayInWords(fromUts)} to ${until}`;
}

export function spanJson(span: Span | null): { from: string | null; to: string | null } | null {
  if (span === null) return null;
  return {
    from: span.fromUts === null ? null : isoSeconds(span.fromUts),
    to: span.toUts === null ? null : isoSeconds(span.toUts),
  };
}
