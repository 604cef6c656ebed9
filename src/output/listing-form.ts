/** The forms in which a listing can be written. */
export const listingForms = ["table", "box", "json", "csv", "tsv", "ndjson", "markdown"] as const;
/** Those for people: the others are for programs. */
export type TableForm = "table" | "box";
export type ListingForm = (typeof listingForms)[number];

export function isTable(form: ListingForm): form is TableForm {
  return form === "table" || form === "box";
}
