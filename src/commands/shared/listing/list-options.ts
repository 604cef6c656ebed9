// Options and arguments that several commands share.
import { UsageError } from "../../../model/errors.ts";
import { outputFormats } from "../../../output/field.ts";
import { getChoices, toFlag, type Filter } from "../../../queries/filters/filter.ts";
import { selectFilters, type Subject } from "../../../queries/filters/all-filters.ts";
import { declareOptions, type ArgumentDeclaration, type OptionDeclaration } from "../command-declaration.ts";

// Parsers for values. Each throws a UsageError that says which values are allowed.

/** Accepts a whole number from `min` to `max`. Errors suggest `example`, or else the nearest end. */
export function wholeNumber(
  flag: string,
  min: number,
  max = Number.MAX_SAFE_INTEGER,
  example?: number,
): (text: string) => number {
  return (text) => {
    const number = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (!(number >= min && number <= max)) {
      const range = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`;
      throw new UsageError(
        `${flag} takes a whole number ${range}, not ${JSON.stringify(text.slice(0, 40))}`,
        `Try: ${flag} ${example ?? (Number(text) > max ? max : min)}`,
      );
    }
    return number;
  };
}

/** SQLite refuses statements with thousands of conditions. */
const maxRepeated = 200;

/** Collects the texts of a repeatable option. */
export function collectTexts(text: string, before: unknown): string[] {
  const values = Array.isArray(before) ? before.map(String) : [];
  if (values.length === maxRepeated) {
    throw new UsageError(
      `an option can be repeated at most ${maxRepeated} times`,
      "Filter by something that these have in common.",
    );
  }
  return [...values, text];
}

/** Refuses the output formats, which other programs take behind --format. */
function collectFormats(text: string, before: unknown): string[] {
  if (outputFormats.some((each) => each === text))
    throw new UsageError(`no record comes in the format "${text}"`, `For the output format: --as ${text}`);
  return collectTexts(text, before);
}

/** The parts of texts like "A,B". */
export function splitByComma(values: readonly string[]): string[] {
  return values
    .flatMap((text) => text.split(","))
    .map((text) => text.trim())
    .filter((text) => text !== "");
}

export const wordsArgument: ArgumentDeclaration = {
  name: "[words...]",
  help: "words in the artist or title",
  choices: { source: "artist" },
};

/** Repeating an option means any of its values; different options narrow each other. */
export function buildFilterOptions(subject: Subject): OptionDeclaration[] {
  return selectFilters(subject).map(([name, row]) => buildFilterOption(toFlag(name, row), row));
}

function buildFilterOption(flag: string, row: Filter): OptionDeclaration {
  const { placeholder, help, examples, defaultValue } = row;
  if (placeholder === undefined) return { flags: `--${flag}`, help };
  const choices = getChoices(row);
  return {
    flags: `--${flag} <${placeholder}>`,
    help,
    parse: row.cachedValues?.name === "format" ? collectFormats : collectTexts,
    ...(choices === undefined ? {} : { choices }),
    ...(examples === undefined ? {} : { examples }),
    ...(defaultValue === undefined ? {} : { defaultValue }),
  };
}

export const duringOption = {
  flags: "--during <period>",
  help: "count only plays in this period",
  examples: "2024, 2024-Q1, 2024-06.., 1y, last-month, november, week",
  choices: { source: "span" },
} as const satisfies OptionDeclaration;

export const refreshOption = {
  flags: "--refresh",
  help: "sync first if the data is older than the setting refresh allows",
} as const satisfies OptionDeclaration;

export const jsonOption = { flags: "--json", help: "print JSON" } as const satisfies OptionDeclaration;

/** The option for the form of an answer. The first of the formats is the default. */
export function buildAsOption<const Format extends string>(formats: readonly [Format, ...Format[]]) {
  const [defaultValue] = formats;
  return { flags: "--as <type>", help: "output format", choices: { words: formats }, defaultValue } as const;
}

/** The options for the form of a list. --json is the short form of the documented JSON. */
export const buildFormatOptions = (columns = "id,artist,title") =>
  declareOptions(
    buildAsOption(outputFormats),
    { flags: "--columns <names>", help: "show only these columns", examples: columns, parse: collectTexts },
    { flags: "--safe-csv", help: "escape CSV cells that a spreadsheet would run as formulas" },
  );

/** The options for the form of an answer, and for how fresh it is. */
export const buildOutputOptions = (columns?: string) =>
  declareOptions(jsonOption, ...buildFormatOptions(columns), refreshOption);

function parseLimit(text: string): number {
  if (text.toLowerCase() === "all")
    throw new UsageError("--limit takes a whole number from 1 to 100", "For every row: --all");
  return wholeNumber("--limit", 1, 100)(text);
}

export const pagingOptions = declareOptions(
  { flags: "--page <number>", help: "page to show", defaultValue: "1", parse: wholeNumber("--page", 1) },
  {
    flags: "-n, --limit <count>",
    help: "rows per page, 1 to 100",
    defaultValue: "20",
    parse: parseLimit,
  },
  { flags: "-a, --all", help: "show everything on one page", excludes: ["page", "limit"] },
);

/** The pages and forms of a list. `columns` is the example for --columns. */
export const buildListOptions = (columns?: string) =>
  declareOptions(...pagingOptions, ...buildOutputOptions(columns));

export const imagesOption = {
  flags: "--no-images",
  help: "don't show the cover",
} as const satisfies OptionDeclaration;

export const recordArgument: ArgumentDeclaration = {
  name: "[record...]",
  help: "record number from the # column (several with commas), release r123, master m123, discogs.com address, or words",
  choices: { source: "record" },
};

/** An option that takes albums, repeatable. */
export const albumsOption = {
  choices: { source: "album" },
  parse: collectTexts,
} as const satisfies Partial<OptionDeclaration>;
