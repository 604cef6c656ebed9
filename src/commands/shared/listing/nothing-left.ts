// The sentence in place of a list that filters have emptied.
import { thousands } from "../../../output/numbers.ts";
import { joinedSpan, spanOf } from "../../../queries/conditions/span.ts";
import type { Emptied } from "../../../queries/filters/emptied-by.ts";

const mostNamed = 3;

/** Noun: what a line of the list would be, "record". */
export function nothingLeft(noun: string, { asked, without }: Emptied): string {
  if (asked.length < 2) return `No ${noun} fits ${asked[0] ?? "this filter"}.`;
  const together = `No ${noun} fits ${asked.slice(0, -1).join(", ")} and ${asked.at(-1) ?? ""} together`;
  const ways = without.slice(0, mostNamed).map(({ name, left }) => `${thousands(left)} without ${name}`);
  return ways.length === 0 ? `${together}, nor without any one of them.` : `${together}; ${ways.join(", ")}.`;
}

/** Words that name a time were meant for --during. */
export function timeHint(words: readonly string[]): string {
  const typed = joinedSpan(words);
  return typed === "" || spanOf(typed, 0) === undefined
    ? ""
    : ` For the plays of that time: --during=${typed}`;
}
