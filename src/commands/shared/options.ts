// Options and arguments that several commands take.
import { listingForms } from "../../output/listing-form.ts";
import { kinds, matchWords } from "../../queries/filters/filter-words.ts";
import type { ArgumentDeclaration, OptionDeclaration } from "./declaration.ts";
import { choice, repeated, text, wholeNumber } from "./values.ts";

export const wordsArgument: ArgumentDeclaration = {
  name: "[words...]",
  help: "only records whose artist or title holds all of these words",
};

const texts = repeated(text);

/** Repeating one means any of its values; different ones narrow each other. */
export const filterOptions: readonly OptionDeclaration[] = [
  { flags: "--artist <text>", help: "text within the artist's name", parse: texts },
  { flags: "--title <text>", help: "text within the title", parse: texts },
  {
    flags: "--kind <kind>",
    help: `${kinds.join(", ")}, any`,
    parse: repeated(choice("--kind", [...kinds, "any"])),
  },
  { flags: "--format <format>", help: "Vinyl, CD, LP … as on Discogs", parse: texts },
  { flags: "--genre <genre>", help: "Discogs' genre", parse: texts },
  { flags: "--style <style>", help: "Discogs' style", parse: texts },
  { flags: "--label <label>", help: "the label", parse: texts },
  { flags: "--folder <folder>", help: "a folder of your collection", parse: texts },
  {
    flags: "--match <how>",
    help: "exact, fuzzy, artist, none, you (decided by you)",
    parse: repeated(choice("--match", matchWords)),
  },
  { flags: "--never", help: "never scrobbled" },
  { flags: "--year <years>", help: "of the pressing: 1975, 1970s, ..1979", parse: texts },
  { flags: "--rating <range>", help: "yours: 4.., 2..4; 0 is not rated", parse: texts },
  { flags: "--plays <range>", help: "10.., ..5, 2..4, 7", parse: texts },
  { flags: "--spins <range>", help: "sittings with half the album: 5..", parse: texts },
  { flags: "--confidence <range>", help: "of the match: ...9, .5...8", parse: texts },
  { flags: "--added <span>", help: "to the collection: 2024, 2024-06.., 90d", parse: texts },
  { flags: "--played <span>", help: "last played: 2024, 1y, ..1y (before a year ago)", parse: texts },
  ...["kind", "format", "genre", "style", "label", "folder"].map((name) => ({
    flags: `--not-${name} <${name}>`,
    help: `leave this ${name} out`,
    parse: name === "kind" ? repeated(choice("--not-kind", kinds)) : texts,
  })),
];

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
