// A span of time as people read it.
import { localDayInWords } from "../../output/dates.ts";
import type { Span } from "../../queries/filters/span.ts";

/** Its first and its last day. */
export function spanInWords({ fromUts, toUts }: Span, nowMs: number): string {
  const last = toUts === null ? Math.floor(nowMs / 1000) : toUts - 1;
  const until = localDayInWords(last);
  return fromUts === null ? `the beginning to ${until}` : `${localDayInWords(fromUts)} to ${until}`;
}
