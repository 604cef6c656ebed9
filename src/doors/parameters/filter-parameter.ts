// The filters of the command line as parameters, under the names that HTTP and MCP give them.
import type { Filter } from "../../queries/filters/filter.ts";
import { phrases, toggle, type Parameter } from "./parameter.ts";

export function filterParameter(row: Filter, meaning = meaningOf(row)): Parameter<unknown> {
  if (row.placeholder === undefined) return toggle(meaning);
  const { words, otherWords = [], isSingle } = row;
  const { isRepeatable: _, ...single } = phrases(
    isSingle ? meaning : `${meaning}; any of these`,
    words === undefined ? null : [...words, ...otherWords],
  );
  return isSingle ? single : { ...single, isRepeatable: true };
}

function meaningOf({ help, words = [], meanings = {} }: Filter): string {
  const perWord = Object.entries(meanings).map(([word, meaning]) => `${word}: ${meaning}`);
  return [help, ...perWord].filter((part) => part !== "").join("; ") || `one of: ${words.join(", ")}`;
}

type Values = Readonly<Record<string, unknown>>;

/** The values under the names of command-line options. false and null are not passed on. */
export function optionsOf(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== false && value !== null)
      .map(([name, value]) => [
        name.replace(/[-_]([a-z])/g, (_, letter: string) => letter.toUpperCase()),
        value,
      ]),
  );
}

export function wordsOf(text: unknown): readonly string[] {
  return typeof text === "string" ? text.split(/\s+/).filter((word) => word !== "") : [];
}
