// Finds the record or albums that a command will write about. It never guesses: if several fit, it asks on a
// terminal, and fails with a list of them elsewhere.
import type { Context } from "../../../context.ts";
import { UsageError } from "../../../model/errors.ts";
import { linesText } from "../../../output/escape.ts";
import { counted } from "../../../output/number-text.ts";
import { messageLines, wrapText } from "../../../output/paragraph.ts";
import { namedBriefly, inQuotes, quotedName } from "../../../model/names.ts";
import { albumsLike, findAlbums, type ChartAlbum } from "../../../queries/find/find-albums.ts";
import {
  findRecords,
  recordsOfAlbum,
  type Copy,
  type FoundRecords,
  type Hit,
} from "../../../queries/find/find-records.ts";
import { groupsOf } from "../../../queries/figures/played-most.ts";
import { beginsWords, foldedWords } from "../../../queries/conditions/words.ts";
import type { Database } from "../../../store/file/database.ts";
import { nothingFound } from "./choice.ts";

/** Several things fit. The message is the same on a terminal, where the user is asked, and elsewhere. */
interface Doubt<Thing> {
  /** Without the final stop: '"blue" is ambiguous: 3 albums fit'. */
  readonly message: string;
  readonly hint: string;
  /** The word for the key: "number" or "id". */
  readonly keyName: string;
  /** The key is the id as the user types it: "17", "a12". */
  readonly candidates: readonly { readonly key: string; readonly name: string; readonly thing: Thing }[];
}

const mostAsked = 12;

/** With --json, stdout has only the answer, so nothing can be asked. */
export interface Asking {
  readonly asJson: boolean;
}

/** Throws UsageError if nobody can be asked. */
async function askWhich<Thing>(
  context: Context,
  { message, hint, keyName, candidates }: Doubt<Thing>,
  { asJson }: Asking,
): Promise<Thing> {
  const { screen } = context;
  const texts = candidates.map(({ key, name }) => `${key} ${name}`);
  const refusal = new UsageError(`${message}: ${namedBriefly(texts)}`, hint);
  if (asJson || !context.canAsk) throw refusal;
  const question = `${capitalised(message)}. Which one? Give its ${keyName}.`;
  const lines = ["", ...texts.slice(0, mostAsked).map((text) => `  ${text}`)];
  await context.write(linesText([...wrapText(question, screen), ...messageLines(lines, screen)]));
  const thingOf = (answer: string): Thing | undefined =>
    candidates.find(({ key }) => key === answer.toLowerCase().replace(/^#/, ""))?.thing;
  const { converse } = await import("../terminal/conversation.ts");
  return converse(
    context,
    () => "Nothing was changed.",
    async (conversation) => {
      const answer = await conversation.ask({
        label: `${capitalised(keyName)}:`,
        refusal: (text) => (thingOf(text) === undefined ? "That is none of these." : null),
      });
      const thing = thingOf(answer);
      if (thing === undefined) throw refusal;
      return thing;
    },
  );
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

export type SureRecord = FoundRecords & { readonly hit: Hit };

interface RecordWish extends Asking {
  /** true: ask which pressing of an album is meant. false: all of them are. */
  readonly isOnePressing?: boolean;
}

/** Throws UsageError if nothing is found, or if the id belongs to something else. */
export async function sureRecord(
  context: Context,
  database: Database,
  words: readonly string[],
  { isOnePressing = false, asJson }: RecordWish,
): Promise<SureRecord> {
  const text = words.join(" ").trim();
  refuseOtherIds(database, text);
  const finding = findRecords(database, words);
  const { hits, by, alsoTitled, areInside } = finding;
  const [first] = hits;
  if (first === undefined) throw nothingFound(text, by);
  if (by === "release" && /^#?\d+$/.test(text)) throw bareRelease(text, first);
  const isNumbered = by === "record" || by === "release";
  const matchingHits = isNumbered ? [first, ...(text.startsWith("#") ? [] : alsoTitled)] : hits;
  const candidates = isOnePressing && !isNumbered ? matchingHits.flatMap(pressingsOf) : matchingHits;
  if (candidates.length === 1 && !areInside) return { ...finding, hit: first };
  const copy = await askWhich(context, recordDoubt(text, finding, candidates), { asJson });
  const copies = matchingHits.find((hit) => hit.some(({ id }) => id === copy.id)) ?? [];
  return { ...finding, by: "record", hit: [copy, ...copies.filter(({ id }) => id !== copy.id)] };
}

function recordDoubt(text: string, finding: FoundRecords, hits: readonly Hit[]): Doubt<Copy> {
  const [message, hint] = problemOf(text, finding, hits.length);
  const candidates = hits.map(([copy]) => {
    const name = quotedName(copy);
    const isTwin = hits.some(([other]) => other !== copy && quotedName(other) === name);
    const form = copy.year === null ? copy.form : `${copy.form} ${copy.year}`;
    return { key: String(copy.id), name: isTwin ? `${name} (${form})` : name, thing: copy };
  });
  return { message, hint, keyName: "number", candidates };
}

/** Says why the choice is not sure, with a hint how to make it sure. */
function problemOf(
  text: string,
  { by, areInside, hits }: FoundRecords,
  candidates: number,
): [string, string] {
  if (by === "record") {
    return [
      `${text} is the number of a record and the title of another`,
      `For the record, give '#${text}'. For the title, give its number.`,
    ];
  }
  if (areInside) {
    return [
      `no record has words that begin with "${text}"; these have it inside a word`,
      "Give the number, or whole words.",
    ];
  }
  return hits.length === 1
    ? [`"${text}" is on the shelf in ${candidates} pressings`, "Give the number of one of them."]
    : [
        `"${text}" is ambiguous: ${counted(hits.length, "album")} on the shelf fit`,
        "Give the number, or more words.",
      ];
}

/** The copies of each release. */
export function pressingsOf(hit: Hit): Hit[] {
  return groupsOf(hit, ({ releaseId }) => releaseId);
}

/** "a34" and addresses at Last.fm are albums. */
function refuseOtherIds(database: Database, text: string): void {
  const isAlbum = /^a\d{1,15}$|^(?:https?:\/\/)?(?:www\.)?last\.fm\//i.test(text);
  const [album] = isAlbum ? albumsLike(database, text) : [];
  if (album === undefined) return;
  const records = recordsOfAlbum(database, album.id);
  throw new UsageError(
    `"${text}" is an album in your plays, not a record: ${quotedName(album)}`,
    records.length === 0
      ? "None of your records is credited with it. To see the numbers: rewind xref"
      : `Its record is ${records.join(" or ")}.`,
  );
}

/** A mistyped record number must not become another record. */
function bareRelease(text: string, hit: Hit): UsageError {
  const number = text.replace(/^#/, "");
  return new UsageError(
    `no record ${number}`,
    `The release of that number is r${number}: ${quotedName(hit[0])}`,
  );
}

/** An id list may name several albums; words and addresses name one. Throws UsageError if nothing is found. */
export async function sureAlbums(
  context: Context,
  database: Database,
  text: string,
  asking: Asking,
): Promise<readonly ChartAlbum[]> {
  const { albums, areSure, areInside } = findAlbums(database, text);
  if (areSure) return albums;
  const message = areInside
    ? `no album in your plays has words that begin with "${text}"; these have it inside a word`
    : `"${text}" is ambiguous: ${counted(albums.length, "album")} fit`;
  const candidates = albums.map((album) => ({
    key: `a${album.id}`,
    name: `${quotedName(album)} (${album.playCount})`,
    thing: album,
  }));
  const hint = "Give its id, or several with commas: a12,a340";
  return [await askWhich(context, { message, hint, keyName: "id", candidates }, asking)];
}

interface NameWish extends Asking {
  readonly text: string;
  /**
   * The names that the text could mean. The user is asked if there are several, or if the words are only inside words.
   */
  readonly names: readonly string[];
  readonly nothing: UsageError;
}

export async function sureName(
  context: Context,
  { text, names, nothing, asJson }: NameWish,
): Promise<string> {
  const [name] = names;
  if (name === undefined) throw nothing;
  if (names.length === 1 && (name === text || beginsWords(name, foldedWords([text])))) return name;
  const message = `"${text}" is only a part of ${names.length === 1 ? "this name" : "these names"}`;
  const hint = "Give the whole name, in quotes if it has spaces.";
  const candidates = names.map((each, at) => ({ key: String(at + 1), name: inQuotes(each), thing: each }));
  return askWhich(context, { message, hint, keyName: "number", candidates }, { asJson });
}
