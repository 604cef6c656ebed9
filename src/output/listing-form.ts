/** The forms in which a listing can be written. */
export const listingForms = ["table", "json", "csv", "tsv", "ndjson", "markdown"] as const;
export type ListingForm = (typeof listingForms)[number];
