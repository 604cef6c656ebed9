// Finds the record that a call means.
import { UsageError } from "../../../model/errors.ts";
import { findRecords, type Hit } from "../../../queries/find/find-records.ts";
import type { Database } from "../../../store/file/database.ts";
import { requiredPhrase } from "../../parameters/parameter.ts";
import { quoted, quotedName } from "../../../model/quoted-name.ts";

const mostNamed = 6;

export const recordParameter = requiredPhrase(
  "its number as in collection.id, r123 a release, m123 a master, a discogs.com address, or words of artist and title",
);

/** Throws UsageError if no album or several albums fit. */
export function chosenRecord(database: Database, text: string): Hit {
  const { hits } = findRecords(database, [text]);
  const [hit] = hits;
  if (hit === undefined) {
    throw new UsageError(`no record fits ${quoted(text)}`, "Look for it with search_records.");
  }
  if (hits.length === 1) return hit;
  const named = hits
    .slice(0, mostNamed)
    .map(([{ id, artist, title }]) => `${id} ${quotedName({ artist, title })}`);
  const more = hits.length > mostNamed ? `, and ${hits.length - mostNamed} more` : "";
  throw new UsageError(
    `${quoted(text)} fits ${hits.length} albums: ${named.join(", ")}${more}`,
    "Give the number of one of them.",
  );
}
