// Options and arguments that several commands take.
import { listingForms } from "../../output/listing-form.ts";
import { flagOf, type Filter } from "../../queries/filters/filter.ts";
import { filtersOf, type Subject } from "../../queries/filters/table.ts";
import type { ArgumentDeclaration, OptionDeclaration } from "./declaration.ts";
import { choice, repeated, text, wholeNumber } from "./values.ts";

export const wordsArgument: ArgumentDeclaration = {
  name: "[words...]",
  help: "only records whose artist or title holds all of these words",
};

const texts = repeated(text);

/** Repeating one means any of its values; different ones narrow each other. */
export function filterOptions(subject: Subject): OptionDeclaration[] {
  const rows = filtersOf(subject);
  return [
    ...rows.flatMap(([name, row]) => [
      filterOption(flagOf(name, row), row),
      ...(row.formerly === undefined ? [] : [{ ...filterOption(row.formerly, row), isHidden: true }]),
    ]),
    ...rows
      .filter(([, { negation }]) => negation !== undefined)
      .map(([name, row]) => ({
        ...filterOption(`not-${flagOf(name, row)}`, row),
        help: `leave this ${row.placeholder ?? name} out`,
      })),
  ];
}

function filterOption(flag: string, { placeholder, help }: Filter): OptionDeclaration {
  return placeholder === undefined
    ? { flags: `--${flag}`, help }
    : { flags: `--${flag} <${placeholder}>`, help, parse: texts };
}

export const duringOption: OptionDeclaration = {
  flags: "--during <span>",
  help: "count only the plays of this time: 2024, 2024-06.., 1y",
};

/** How a listing is written. --json stays the short form of the documented JSON. */
export const formOptions: readonly OptionDeclaration[] = [
  { flags: "--as <form>", help: listingForms.join(", "), parse: choice("--as", listingForms) },
  { flags: "--safe-csv", help: "in CSV, no cell that a spreadsheet would run as a formula" },
];

export const pagingOptions: readonly OptionDeclaration[] = [
  { flags: "--page <number>", help: "page to show (1)", parse: wholeNumber("--page", 1) },
  { flags: "--limit <number>", help: "records a page, 1 to 100 (20)", parse: wholeNumber("--limit", 1, 100) },
  { flags: "--all", help: "everything on one page" },
];

export const jsonOption: OptionDeclaration = { flags: "--json", help: "print JSON" };

export const recordArgument = {
  name: "[record...]",
  help: "a number of the table's #, r123 a release, m123 a master, an address at discogs.com, or words",
};

export const albums = repeated(text);
