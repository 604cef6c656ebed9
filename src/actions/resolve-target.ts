// Finds the record, the albums or the name that an action is about. It never guesses: several that fit are a choice, which
// the interface offers or reports.
import { UsageError } from "../model/errors.ts";
import { quoteText, formatNameList, formatQuotedName } from "../model/names.ts";
import { pluralize } from "../output/format-numbers.ts";
import { matchesWordPrefixes, foldWords } from "../queries/conditions/words.ts";
import { groupIntoLists } from "../model/grouping.ts";
import { searchAlbums, findAlbums, type ChartAlbum } from "../queries/find/find-albums.ts";
import {
  describeReading,
  findRecords,
  isUncertain,
  readMatchedRecordIds,
  type FoundRecords,
  type Hit,
} from "../queries/find/find-records.ts";
import type { Database } from "../store/file/database.ts";

/** Several things fit a text, or one fits it only nearly. */
export interface Choice<Thing> {
  /** The text as the user gave it. */
  readonly text: string;
  /** The message without the final stop: '"blue" is ambiguous: 3 albums fit'. */
  readonly message: string;
  readonly hint: string;
  readonly candidates: readonly Candidate<Thing>[];
}

export interface Candidate<Thing> {
  /** The id as the user types it: "17", "a12". */
  readonly key: string;
  /** Means this candidate and nothing else, in place of the text. */
  readonly exact: string;
  readonly name: string;
  readonly thing: Thing;
}

/** A choice of records, of albums, or of names. */
export type Ambiguous =
  | { readonly kind: "ambiguous"; readonly subject: "record"; readonly choice: Choice<Hit> }
  | { readonly kind: "ambiguous"; readonly subject: "album"; readonly choice: Choice<ChartAlbum> }
  | { readonly kind: "ambiguous"; readonly subject: "name"; readonly choice: Choice<string> };

type Resolution<Found> = { readonly kind: "found"; readonly found: Found } | Ambiguous;

export function isAmbiguous(result: unknown): result is Ambiguous {
  return typeof result === "object" && result !== null && "kind" in result && result.kind === "ambiguous";
}

/** The error for an interface that can't ask. The candidates have a line of their own. */
export function createAmbiguityError({ choice: { message, hint, candidates } }: Ambiguous): UsageError {
  const texts = candidates.map(({ key, name }) => `${key} ${name}`);
  return new UsageError(message, `${formatNameList(texts)}\n${hint}`);
}

export type ResolvedRecord = FoundRecords & { readonly hit: Hit };

interface RecordRequest {
  /** true: one pressing of the album. false: all of them are meant. */
  readonly isOnePressing?: boolean;
}

/** Throws UsageError if nothing is found, or if the id belongs to something else. */
export function resolveRecord(
  database: Database,
  words: readonly string[],
  { isOnePressing = false }: RecordRequest = {},
): Resolution<ResolvedRecord> {
  const text = words.join(" ").trim();
  refuseOtherIds(database, text);
  const finding = findRecords(database, words);
  const { hits, by, alsoTitled } = finding;
  const [first] = hits;
  if (first === undefined) throw createNotFoundError(text, by);
  if (by === "release" && /^#?\d+$/.test(text)) throw createBareReleaseError(text, first);
  const isNumbered = by === "record" || by === "release";
  const matchingHits =
    isNumbered && hits.length === 1 ? [first, ...(text.startsWith("#") ? [] : alsoTitled)] : hits;
  const pressings = isOnePressing && !isNumbered ? matchingHits.flatMap(groupByRelease) : matchingHits;
  if (pressings.length === 1 && !isUncertain(finding))
    return { kind: "found", found: { ...finding, hit: first } };
  const [message, hint] = explainChoice(text, finding, pressings.length);
  const candidates = pressings.map((hit) => {
    const [copy] = hit;
    const name = formatQuotedName(copy);
    const isTwin = pressings.some(([other]) => other !== copy && formatQuotedName(other) === name);
    const form = copy.year === null ? copy.form : `${copy.form} ${copy.year}`;
    return {
      key: String(copy.id),
      exact: `#${copy.id}`,
      name: isTwin ? `${name} (${form})` : name,
      thing: hit,
    };
  });
  return { kind: "ambiguous", subject: "record", choice: { text, message, hint, candidates } };
}

/** Says why the choice is not sure, with a hint how to make it sure. */
function explainChoice(text: string, finding: FoundRecords, count: number): [string, string] {
  const { by, hits } = finding;
  if (by === "record" && hits.length === 1) {
    return [
      `${text} is the number of a record and the title of another`,
      `For the record, give '#${text}'. For the title, give its number.`,
    ];
  }
  const reading = describeReading("record", text, finding);
  if (reading !== null) return [reading, "Give the number, or whole words."];
  return hits.length === 1
    ? [`"${text}" is on the shelf in ${count} pressings`, "Give the number of one of them."]
    : [
        `"${text}" is ambiguous: ${pluralize(hits.length, "album")} on the shelf fit`,
        "Give the number, or more words.",
      ];
}

/** The copies of each release. */
export function groupByRelease(hit: Hit): Hit[] {
  return groupIntoLists(hit, ({ releaseId }) => releaseId);
}

export function createNotFoundError(text: string, by: FoundRecords["by"]): UsageError {
  if (by === "record") {
    const number = text.replace(/^#/, "");
    return new UsageError(
      `no record ${number}`,
      `To see the numbers: rewind xref        Titles with that number: rewind xref ${number}`,
    );
  }
  if (/^#?\d+(?:\s+#?\d+)+$/.test(text)) {
    return new UsageError(
      `no record has "${text}" in artist or title`,
      `Several numbers need commas: ${text.replaceAll("#", "").split(/\s+/).join(",")}`,
    );
  }
  const message =
    by === "release" || by === "master"
      ? `no copy of that ${by} is in the collection: ${text}`
      : `no record has "${text}" in artist or title`;
  return new UsageError(message, "To see the numbers: rewind xref");
}

/** "a34" and addresses on Last.fm are albums. */
function refuseOtherIds(database: Database, text: string): void {
  const isAlbum = /^a\d{1,15}$|^(?:https?:\/\/)?(?:www\.)?last\.fm\//i.test(text);
  const [album] = isAlbum ? searchAlbums(database, text) : [];
  if (album === undefined) return;
  const records = readMatchedRecordIds(database, album.id);
  throw new UsageError(
    `"${text}" is an album in your plays, not a record: ${formatQuotedName(album)}`,
    records.length === 0
      ? "None of your records is credited with it. To see the numbers: rewind xref"
      : `Its record is ${records.join(" or ")}.`,
  );
}

/** A mistyped record number must not become another record. */
function createBareReleaseError(text: string, hit: Hit): UsageError {
  const number = text.replace(/^#/, "");
  return new UsageError(
    `no record ${number}`,
    `The release of that number is r${number}: ${formatQuotedName(hit[0])}`,
  );
}

/**
 * An id list may name several albums; words and addresses name one. Words mean preferred albums if they fit any. Throws
 * UsageError if nothing is found.
 */
export function resolveAlbums(
  database: Database,
  text: string,
  {
    idCommand,
    prefer = (albums) => albums,
  }: {
    readonly idCommand?: string;
    readonly prefer?: (albums: readonly ChartAlbum[]) => readonly ChartAlbum[];
  } = {},
): Resolution<readonly ChartAlbum[]> {
  const { albums: found, isCertain, reading } = findAlbums(database, text, idCommand);
  if (isCertain) return { kind: "found", found };
  const preferred = prefer(found);
  const albums = preferred.length === 0 ? found : preferred;
  if (albums.length === 1 && !isUncertain(reading)) return { kind: "found", found: albums };
  const message =
    describeReading("album in your plays", text, reading) ??
    `"${text}" is ambiguous: ${pluralize(albums.length, "album")} fit`;
  const candidates = albums.map((album) => ({
    key: `a${album.id}`,
    exact: `a${album.id}`,
    name: `${formatQuotedName(album)} (${album.playCount})`,
    thing: album,
  }));
  const hint = "Give its id, or several with commas: a12,a340";
  return { kind: "ambiguous", subject: "album", choice: { text, message, hint, candidates } };
}

/** `names`: those that the text could mean, at least one. It must be all of one name, or begin its words. */
export function resolveName(text: string, names: readonly [string, ...string[]]): Resolution<string> {
  const [name] = names;
  if (names.length === 1 && (name === text || matchesWordPrefixes(name, foldWords([text])))) {
    return { kind: "found", found: name };
  }
  const message = `"${text}" is only a part of ${names.length === 1 ? "this name" : "these names"}`;
  const hint = "Give the whole name, in quotes if it has spaces.";
  const candidates = names.map((each, at) => ({
    key: String(at + 1),
    exact: each,
    name: quoteText(each),
    thing: each,
  }));
  return { kind: "ambiguous", subject: "name", choice: { text, message, hint, candidates } };
}
