// Options and arguments that several commands share.
import { listingForms } from "../../../output/field.ts";
import { choicesOf, flagOf, negationOf, type Filter } from "../../../queries/filters/filter.ts";
import { filtersOf, type Subject } from "../../../queries/filters/all-filters.ts";
import type { ArgumentDeclaration, OptionDeclaration } from "../declaration.ts";
import { repeated, text, wholeNumber } from "./values.ts";

export const wordsArgument: ArgumentDeclaration = {
  name: "[words...]",
  help: "list only records with these words in artist or title",
  choices: { source: "artist" },
};

const texts = repeated(text);

/** Repeating an option means any of its values; different options narrow each other. */
export function filterOptions(subject: Subject): OptionDeclaration[] {
  const rows = filtersOf(subject);
  return [
    ...rows.map(([name, row]) => filterOption(flagOf(name, row), row)),
    ...rows.flatMap(([name, row]) => {
      const negation = negationOf(row);
      if (negation === undefined) return [];
      const help = `leave out this ${row.placeholder ?? name}`;
      return [filterOption(`not-${flagOf(name, row)}`, { ...negation, help })];
    }),
  ];
}

function filterOption(flag: string, row: Filter): OptionDeclaration {
  const { placeholder, help, usual } = row;
  if (placeholder === undefined) return { flags: `--${flag}`, help };
  const choices = choicesOf(row);
  return {
    flags: `--${flag} <${placeholder}>`,
    help,
    parse: texts,
    ...(choices === undefined ? {} : { choices }),
    ...(usual === undefined ? {} : { usual }),
  };
}

export const duringOption: OptionDeclaration = {
  flags: "--during <span>",
  help: "count only plays in this time: 2024, 2024-06.., 1y, last-month",
  choices: { source: "span" },
};

export const refreshOption: OptionDeclaration = {
  flags: "--refresh",
  help: "sync first if the data is old; see the setting refresh",
};

/** The options for the form of a list. --json is the short form of the documented JSON. */
export const writtenOptions: readonly OptionDeclaration[] = [
  { flags: "--as <form>", help: "", choices: { words: listingForms } },
  {
    flags: "--columns <names>",
    help: "show only these columns: id,artist,title",
    parse: repeated(text),
  },
  { flags: "--safe-csv", help: "escape CSV cells that a spreadsheet would run as formulas" },
];

/** The options for the form of an answer, and for how fresh it is. */
export const formOptions: readonly OptionDeclaration[] = [...writtenOptions, refreshOption];

/** formOptions for a list that has other column names than records. */
export function formOptionsNaming(columns: string): OptionDeclaration[] {
  return formOptions.map((option) =>
    option.flags.startsWith("--columns")
      ? { ...option, help: `show only these columns: ${columns}` }
      : option,
  );
}

export const pagingOptions: readonly OptionDeclaration[] = [
  { flags: "--page <number>", help: "page to show (default: 1)", parse: wholeNumber("--page", 1) },
  {
    flags: "-n, --limit <number>",
    help: "rows per page, 1 to 100 (default: 20)",
    parse: wholeNumber("--limit", 1, 100),
  },
  { flags: "-a, --all", help: "show everything on one page", excludes: ["page", "limit"] },
];

export const imagesOption: OptionDeclaration = {
  flags: "--no-images",
  help: "don't show the cover",
};

export const jsonOption: OptionDeclaration = { flags: "--json", help: "print JSON" };

export const recordArgument: ArgumentDeclaration = {
  name: "[record...]",
  help: "record number from the # column, release r123, master m123, discogs.com address, or words",
  choices: { source: "record" },
};

/** An option that takes albums, repeatable. */
export const albums: Pick<OptionDeclaration, "choices" | "parse"> = {
  choices: { source: "album" },
  parse: repeated(text),
};
