// The filters of a command line, as they were typed.
import { flagOf, negationOf } from "../../queries/filters/filter.ts";
import { filtersOf } from "../../queries/filters/all-filters.ts";

/** "miles davis, genre Jazz, not-kind box"; "" without any. */
export function filterWords(options: Readonly<Record<string, unknown>>, words: unknown): string {
  const typed = Array.isArray(words) ? words.map(String).join(" ") : "";
  const given = filtersOf("cross-reference").flatMap(([name, row]) => {
    const flags = [flagOf(name, row), ...(negationOf(row) === undefined ? [] : [`not-${flagOf(name, row)}`])];
    return flags.flatMap((flag) => valueWords(flag, options[optionOf(flag)]));
  });
  return [...(typed === "" ? [] : [`"${typed}"`]), ...given].join(", ");
}

function valueWords(flag: string, value: unknown): string[] {
  if (value === true) return [flag];
  const texts = Array.isArray(value) ? value.map(String) : typeof value === "string" ? [value] : [];
  return texts.length === 0 ? [] : [`${flag} ${texts.join(" or ")}`];
}

function optionOf(flag: string): string {
  return flag.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
