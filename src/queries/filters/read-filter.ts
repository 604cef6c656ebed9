// From options by name, as a command line or an address holds them, to what they ask for.
import type { AlbumFilter } from "./album-filter.ts";
import { refuseContradictions, type Asked } from "./contradictions.ts";
import { flagOf, negated, negationOf, type Filter } from "./filter.ts";
import type { RecordFilter } from "./record-filter.ts";
import { parseSpan } from "../conditions/span.ts";
import { filtersOf, type Subject } from "./all-filters.ts";

type Options = Readonly<Record<string, unknown>>;

/** Options that filter nothing are left aside. Throws UsageError. */
export function readRecordFilter(options: Options, words: unknown, nowUts: number): RecordFilter {
  return readFilter("cross-reference", options, { words, nowUts });
}

/** As readRecordFilter, for albums that are not owned. */
export function readAlbumFilter(options: Options, words: unknown, nowUts: number): AlbumFilter {
  return readFilter("albums", options, { words, nowUts });
}

function readFilter(
  subject: Subject,
  options: Options,
  { words, nowUts }: { readonly words: unknown; readonly nowUts: number },
): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  const given = textsOf(words);
  if (given.length > 0) found["words"] = given;
  const asked: Asked[] = [];
  const read = (name: string, row: Filter, flags: readonly string[]): readonly [string[], unknown[]] => {
    const texts = flags.flatMap((flag) => textsOf(options[optionOf(flag)]));
    const values = flags.flatMap((flag) =>
      textsOf(options[optionOf(flag)]).map((text) => row.parse(`--${flag}`, text, nowUts)),
    );
    const wanted = row.isSingle ? values.at(-1) : values;
    if (values.length === 0 || wanted === undefined) return [[], []];
    found[name] = wanted;
    return row.isSingle ? [texts.slice(-1), [wanted]] : [texts, values];
  };
  for (const [name, row] of filtersOf(subject)) {
    const note = (isNegation: boolean, [texts, values]: readonly [string[], unknown[]]): void => {
      if (values.length > 0) asked.push({ name, row, isNegation, texts, values });
    };
    note(false, read(name, row, [flagOf(name, row), ...(row.formerly === undefined ? [] : [row.formerly])]));
    const negation = negationOf(row);
    if (negation !== undefined) note(true, read(negated(name), negation, [`not-${flagOf(name, row)}`]));
  }
  if (typeof options["during"] === "string") {
    found["during"] = parseSpan("--during", options["during"], nowUts);
  }
  refuseContradictions(asked, found);
  return found;
}

/** Under which name a flag is found among the options. */
function optionOf(flag: string): string {
  return flag.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** A switch that is on has no text. */
function textsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.map(String);
  return typeof value === "string" ? [value] : value === true ? [""] : [];
}
