// Sentences below lists, and instead of empty ones.

import type { Context } from "../../../context.ts";
import { thousands } from "../../../output/number-text.ts";
import { joinedSpan, spanOf } from "../../../queries/conditions/span.ts";
import type { HistoryState } from "../../../queries/figures/readiness.ts";
import { type Emptied, wordsName } from "../../../queries/filters/record-filter.ts";

/** Says why the named columns are empty, and what plays are. "" if the listening history is in the cache. */
export function historyNote(
  columns: string,
  {
    history,
    playsFrom,
    otherSources,
  }: { readonly history: HistoryState; readonly playsFrom: string; readonly otherSources: string },
): string {
  if (history === "complete") return "";
  const why =
    history === "hidden"
      ? `${columns}: unknown, because your listening history is hidden on ${playsFrom}`
      : `${columns}: not known yet. To fetch your listening history: rewind sync`;
  return otherSources === ""
    ? why
    : `${why}. Plays: the larger of ${playsFrom}'s count and that of ${otherSources}`;
}

/** Explains the mark +1 after the titles of albums; "" if no row has one. */
export function editionsLegend(rows: readonly { readonly albumIds: readonly number[] }[]): string {
  const most = rows.reduce((count, { albumIds }) => Math.max(count, albumIds.length - 1), 0);
  if (most <= 0) return "";
  return most === 1 ? "+1: with another edition" : `+${most}: with ${most} more editions`;
}

const mostNamed = 3;

/** `noun` is what one line of the list would be: "record". */
export function nothingLeft(noun: string, { asked, exact, unknown, without }: Emptied): string {
  // A name that is not found says nothing about the other rows.
  const isWords = asked.length === 1 && asked[0] === wordsName;
  const ways = isWords
    ? []
    : without
        .slice(0, mostNamed)
        .map(({ name, rows }) => `${thousands(rows)} without ${asked.length === 1 ? "it" : name}`);
  const rest = ways.length === 0 ? "" : `; ${ways.join(", ")}`;
  const meanings = exact.map(
    ({ name, count, rows }) =>
      ` ${name} ${count} means exactly ${count}; ${thousands(rows)} with ${name} ${count}..`,
  );
  const fetches = unknown.map(({ name, command }) => ` Nothing for ${name} is fetched yet: ${command}`);
  const filters = asked.length === 0 ? "this filter" : new Intl.ListFormat("en").format(asked);
  return `No ${noun} fits ${filters}${rest}.${[...meanings, ...fetches].join("")}`;
}

/** Prints a notice for a lone number, which may have been meant for -n. */
export function noteNumber(context: Pick<Context, "note">, words: readonly string[], command: string): void {
  const [word = "", ...others] = words;
  if (others.length > 0 || !/^[1-9]\d?$/.test(word)) return;
  context.note(
    `rewind: took "${word}" as a word of a name. For ${word} of them: rewind ${command} -n ${word}`,
  );
}

/** A hint for words that name a time and were meant for --during. */
export function timeHint(words: readonly string[]): string {
  const spanText = joinedSpan(words);
  return spanText === "" || spanOf(spanText, 0) === undefined
    ? ""
    : ` For the plays of that time: --during=${spanText}`;
}
