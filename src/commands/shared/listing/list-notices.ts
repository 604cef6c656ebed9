// Sentences below lists, and instead of empty ones.

import type { Context } from "../../../context.ts";
import { fold } from "../../../match/text/fold.ts";
import { quoteForShell } from "../../../model/names.ts";
import { formatNumber } from "../../../output/format-numbers.ts";
import { joinPeriodWords, tryParsePeriod } from "../../../queries/conditions/period.ts";
import { selectFilters, type Subject } from "../../../queries/filters/all-filters.ts";
import { readKnownValues } from "../../../queries/filters/filter-factories.ts";
import { isFiller } from "../../../queries/find/word-query.ts";
import { toFlag } from "../../../queries/filters/filter.ts";
import type { Database } from "../../../store/file/database.ts";
import type { HistoryState } from "../../../queries/statistics/readiness.ts";
import { type EmptyListReason, wordsName } from "../../../queries/filters/record-filter.ts";

/** Says why the named columns are empty, and what plays are. "" if the listening history is in the cache. */
export function describeMissingHistory(
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
export function buildEditionsLegend(rows: readonly { readonly albumIds: readonly number[] }[]): string {
  const most = rows.reduce((count, { albumIds }) => Math.max(count, albumIds.length - 1), 0);
  if (most <= 0) return "";
  return most === 1 ? "+1: with another edition" : `+${most}: with ${most} more editions`;
}

/** The notice of an order by a value that no record has. */
export const missingSortValues = {
  price: "No record has a price. To name the field that has it: rewind config set price_field NAME",
  "original year": "No original year is known yet. To look them up: rewind sync --musicbrainz",
} as const;

const maxNamed = 3;

/** `noun` is what one line of the list would be: "record". `unfiltered` is the sentence if no filter is active. */
export function describeEmptyList(
  noun: string,
  { activeFilters, exact, unknown, without }: EmptyListReason,
  unfiltered: string,
): string {
  if (activeFilters.length === 0) return unfiltered;
  // A name that is not found says nothing about the other rows.
  const isWords = activeFilters.length === 1 && activeFilters[0] === wordsName;
  const ways = isWords
    ? []
    : without
        .slice(0, maxNamed)
        .map(({ name, rows }) => `${formatNumber(rows)} without ${activeFilters.length === 1 ? "it" : name}`);
  const rest = ways.length === 0 ? "" : `; ${ways.join(", ")}`;
  const meanings = exact.map(
    ({ name, count, rows }) =>
      ` ${name} ${count} means exactly ${count}; ${formatNumber(rows)} with ${name} ${count}..`,
  );
  const fetches = unknown.map(({ name, command }) => ` Nothing for ${name} is fetched yet: ${command}`);
  const filters = new Intl.ListFormat("en").format(activeFilters);
  return `No ${noun} fits ${filters}${rest}.${[...meanings, ...fetches].join("")}`;
}

/** Prints a notice for a lone number, which may have been meant for -n. */
export function reportLoneNumber(
  context: Pick<Context, "note">,
  words: readonly string[],
  command: string,
): void {
  const [word = "", ...others] = words;
  if (others.length > 0 || !/^[1-9]\d?$/.test(word)) return;
  context.note(
    `rewind: took "${word}" as a word of a name. For ${word} of them: rewind ${command} -n ${word}`,
  );
}

const hintedFilters = ["genre", "style", "format", "folder", "label"];

/** A hint for words that are a value of a filter, or the name of a switch. "" for other words. */
export function suggestFilter(
  database: Database,
  words: readonly string[],
  { subject, switches }: { readonly subject: Subject | null; readonly switches: readonly string[] },
): string {
  if (words.length === 0) return "";
  const filters = new Map(subject === null ? [] : selectFilters(subject));
  const values = hintedFilters.flatMap((name) => {
    const { cachedValues } = filters.get(name) ?? {};
    if (cachedValues === undefined) return [];
    const { toKey = fold } = cachedValues;
    return readKnownValues(database, cachedValues).map((value) => ({
      name,
      value,
      key: toKey(value),
      toKey,
    }));
  });
  for (const text of [words.join(" "), ...words.filter((word) => !isFiller(word))]) {
    const meant = values.find(({ key, toKey }) => key === toKey(text));
    if (meant !== undefined) return ` For the ${meant.name}: --${meant.name} ${quoteForShell(meant.value)}`;
  }
  const years = filters.has("year") && words.find((word) => /^(?:19\d\d|20\d\d|(?:19|20)?\d0s)$/i.test(word));
  if (typeof years === "string") return ` For the year: --year ${years.toLowerCase()}`;
  const names = [
    ...[...filters].flatMap(([name, row]) => (row.placeholder === undefined ? toFlag(name, row) : [])),
    ...switches,
  ];
  const [word = "", ...others] = words;
  return others.length === 0 && names.includes(word.toLowerCase())
    ? ` For the option: --${word.toLowerCase()}`
    : "";
}

/** A hint for words that name a time and were meant for --during. */
export function suggestDuringOption(words: readonly string[]): string {
  const spanText = joinPeriodWords(words);
  return spanText === "" || tryParsePeriod(spanText, 0) === undefined
    ? ""
    : ` For the plays of that time: --during=${spanText}`;
}
