// Finds the record that a reading command is about.
import type { Context } from "../../../context.ts";
import { UsageError } from "../../../model/errors.ts";
import { counted } from "../../../output/number-text.ts";
import { quotedName } from "../../../model/names.ts";
import { findRecords, type FoundRecords, type Hit } from "../../../queries/find/find-records.ts";
import type { Database } from "../../../store/file/database.ts";
import { insideNote } from "../listing/run-listing.ts";

const mostNamed = 6;

export function namedBriefly<Thing>(things: readonly Thing[], nameOf: (thing: Thing) => string): string {
  const more = things.length > mostNamed ? `, and ${things.length - mostNamed} more` : "";
  return `${things.slice(0, mostNamed).map(nameOf).join(", ")}${more}`;
}

/**
 * Throws UsageError if nothing is found. Prints a note if a bare number has a second meaning, or if the words were
 * only found inside words.
 */
export function foundRecords(context: Context, database: Database, words: readonly string[]): FoundRecords {
  const finding = findRecords(database, words);
  const [hit] = finding.hits;
  if (hit === undefined) throw nothingFound(words.join(" "), finding.by);
  if (finding.areInside) context.note(insideNote("record", words));
  const other = finding.alsoTitled[0]?.[0];
  if (other !== undefined) {
    const subject = finding.by === "record" ? `Record ${hit[0].id}` : `Release r${hit[0].releaseId}`;
    context.note(
      `${subject} is ${hitName(hit)}. The album ${other.title} by ${other.artist} is ${other.id}: rewind explain ${other.id}`,
    );
  }
  return finding;
}

/** Throws UsageError if the words find several albums. */
export function oneRecord(
  context: Context,
  database: Database,
  words: readonly string[],
): FoundRecords & { readonly hit: Hit } {
  const finding = foundRecords(context, database, words);
  const [hit] = finding.hits;
  if (hit === undefined || finding.hits.length > 1) throw severalFound(words.join(" "), finding.hits);
  return { ...finding, hit };
}

export function severalFound(text: string, hits: readonly Hit[]): UsageError {
  const names = namedBriefly(hits, ([copy]) => `${copy.id} ${quotedName(copy)}`);
  return new UsageError(
    `"${text}" is ambiguous: ${counted(hits.length, "album")} on the shelf fit: ${names}`,
    "Give the number, or more words.",
  );
}

export function nothingFound(text: string, by: FoundRecords["by"]): UsageError {
  const message =
    by === "words"
      ? `no record has "${text}" in artist or title`
      : by === "record"
        ? `no record ${text}`
        : `no copy of that ${by} is in the collection: ${text}`;
  return new UsageError(message, "To see the numbers: rewind xref");
}

export function hitName([copy]: Hit): string {
  return `${copy.artist.trim()} · ${copy.title.trim()}`;
}
