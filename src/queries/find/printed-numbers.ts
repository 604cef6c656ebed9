// Catalogue numbers and barcodes, alone or with other words.
import { fold } from "../../match/text/fold.ts";
import type { Database } from "../../store/file/database.ts";
import { listSql, queryTuples, queryValue, rawSql } from "../../store/file/sql.ts";
import { foldWords } from "../conditions/words.ts";
import { splitTypedFormats } from "./typed-formats.ts";
import { canDescribeCopy } from "./word-query.ts";

/** Fewer characters are a word. */
const minPrintedLength = 3;
/** "7243 5 32764 1" */
const maxNumberParts = 5;
/** More words are no name. */
const maxParts = 16;

/** Letters and digits alone: blanks and dashes are printed in many ways. "" if the text can't be a printed number. */
function toPrintedKey(text: string): string {
  const key = fold(text).replaceAll(" ", "");
  return /\d/.test(key) && key.length >= minPrintedLength ? key : "";
}

/** Scanners add or leave out the first zero. */
function toBarcodeKey(key: string): string {
  return key.replace(/^0+/, "");
}

/** Owned or wanted releases with one of these numbers. Barcodes are those that MusicBrainz has. */
function findReleasesByKeys(database: Database, keys: readonly string[]) {
  const none = { by: "catalog number", found: [] as [releaseId: number, key: string][] } as const;
  if (keys.length === 0) return none;
  database.function("printed_key", { deterministic: true }, (value: unknown) => toPrintedKey(String(value)));
  const found = queryTuples<[number, string]>(database)`
    SELECT DISTINCT release_id, printed_key(catalog_number) AS key FROM release_label WHERE key IN ${listSql(keys)}`;
  if (found.length > 0) return { ...none, found };
  // A barcode has 8 digits or more.
  const barcodes = keys.map(toBarcodeKey).filter((key) => /^\d{7,14}$/.test(key));
  if (barcodes.length === 0) return none;
  const barcode = rawSql("ltrim(replace(replace(barcode, ' ', ''), '-', ''), '0')");
  return {
    by: "barcode",
    found: queryTuples<[number, string]>(database)`
      SELECT DISTINCT release_id, ${barcode} AS key FROM musicbrainz_release WHERE key IN ${listSql(barcodes)}`,
  } as const;
}

/** Releases whose catalogue number or barcode is the whole text. */
export function findReleasesByPrintedNumber(database: Database, text: string) {
  const { by, found } = findReleasesByKeys(
    database,
    [toPrintedKey(text)].filter((key) => key !== ""),
  );
  return { by, ids: found.map(([id]) => id) } as const;
}

/** The number of records that may have the barcode because theirs is not known; 0 if the text is no barcode. */
export function countRecordsWithoutBarcode(database: Database, text: string): number {
  if (!/^\d{11,14}$/.test(toPrintedKey(text))) return 0;
  return queryValue(database, 0)`
    SELECT count(*) FROM record
    WHERE release_id NOT IN (SELECT release_id FROM musicbrainz_release WHERE barcode <> '')`;
}

/** Releases whose catalogue number or barcode is a part of the text, each with the other words. */
export function findReleasesByNumberInText(database: Database, text: string): Map<number, readonly string[]> {
  const parts = text.split(/\s+/);
  if (parts.length > maxParts) return new Map();
  const restByKey = new Map<string, readonly string[]>();
  for (let count = 1; count <= maxNumberParts; count++)
    for (let from = 0; from + count <= parts.length; from++) {
      const key = toPrintedKey(parts.slice(from, from + count).join(" "));
      // A year is a wish.
      if (key === "" || canDescribeCopy(key)) continue;
      const { rest, formats } = splitTypedFormats(parts.toSpliced(from, count).join(" "));
      restByKey.set(key, [...foldWords([rest]), ...formats.map((format) => format.text.toLowerCase())]);
    }
  const restByBarcode = new Map([...restByKey].map(([key, rest]) => [toBarcodeKey(key), rest]));
  const rests = new Map<number, readonly string[]>();
  for (const [id, key] of findReleasesByKeys(database, [...restByKey.keys()]).found) {
    const rest = restByKey.get(key) ?? restByBarcode.get(key) ?? [];
    if (rest.length <= (rests.get(id)?.length ?? Infinity)) rests.set(id, rest);
  }
  return rests;
}
