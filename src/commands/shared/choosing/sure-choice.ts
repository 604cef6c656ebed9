// Finds the record or albums that a command will write about. It never guesses: if several fit, it asks on a
// terminal, and fails with a list of them elsewhere.
import type { Context } from "../../../context.ts";
import { UsageError } from "../../../model/errors.ts";
import { printable, type SafeText } from "../../../output/escape.ts";
import type { Column } from "../../../output/field.ts";
import { counted, thousands } from "../../../output/number-text.ts";
import { wrapText } from "../../../output/paragraph.ts";
import type { TerminalStyle } from "../../../output/screen.ts";
import { sectionTable } from "../../../output/table.ts";
import { namedBriefly, inQuotes, quotedName } from "../../../model/names.ts";
import { albumsLike, findAlbums, type ChartAlbum } from "../../../queries/find/find-albums.ts";
import {
  describeReading,
  findRecords,
  isUncertain,
  recordsOfAlbum,
  type FoundRecords,
  type Hit,
} from "../../../queries/find/find-records.ts";
import { groupsOf } from "../../../queries/figures/played-most.ts";
import { beginsWords, foldedWords } from "../../../queries/conditions/words.ts";
import type { Database } from "../../../store/file/database.ts";
import { artistColumn, numberColumn, titleColumn } from "../listing/list-fields.ts";
import { albumTable, nothingFound } from "./choice.ts";

/** Several things fit. The message is the same on a terminal, where the user is asked, and elsewhere. */
interface Doubt<Thing> {
  /** Without the final stop: '"blue" is ambiguous: 3 albums fit'. */
  readonly message: string;
  readonly hint: string;
  /** The word for the key: "number" or "id". */
  readonly keyName: string;
  readonly candidates: readonly Candidate<Thing>[];
  /** The table that the user chooses from. */
  readonly draw: (things: readonly Thing[], style: TerminalStyle) => readonly SafeText[];
}

interface Candidate<Thing> {
  /** The id as the user types it: "17", "a12". */
  readonly key: string;
  readonly name: string;
  readonly thing: Thing;
}

const mostAsked = 12;

/** With --json, stdout has only the answer, so nothing can be asked. */
export interface Asking {
  readonly asJson: boolean;
}

/** Throws UsageError if nobody can be asked. */
async function askWhich<Thing>(
  context: Context,
  { message, hint, keyName, candidates, draw }: Doubt<Thing>,
  { asJson }: Asking,
): Promise<Thing> {
  if (asJson || !context.canAsk) {
    const texts = candidates.map(({ key, name }) => `${key} ${name}`);
    throw new UsageError(`${message}: ${namedBriefly(texts)}`, hint);
  }
  const question = `${capitalised(message)}. Which one? Give its ${keyName}, or more words.`;
  const { converse } = await import("../terminal/conversation.ts");
  return converse(
    context,
    () => "Nothing was changed.",
    async (conversation) => {
      const { style } = conversation;
      const show = (some: readonly Candidate<Thing>[]): Promise<void> => {
        const things = some.slice(0, mostAsked).map(({ thing }) => thing);
        const rest = some.length - things.length;
        return conversation.say(
          ...draw(things, style),
          ...(rest === 0 ? [] : [printable(`  ${thousands(rest)} more`)]),
        );
      };
      await conversation.say(...wrapText(question, style.screen), printable(""));
      for (let left = candidates; ;) {
        await show(left);
        const answer = await conversation.ask({
          label: `${capitalised(keyName)}:`,
          refusal: (text) => (answering(candidates, text).length === 0 ? "That is none of these." : null),
        });
        left = answering(candidates, answer);
        const [only, ...others] = left;
        if (only !== undefined && others.length === 0) return only.thing;
      }
    },
  );
}

/** The candidate with the key, or those with the words. */
function answering<Thing>(
  candidates: readonly Candidate<Thing>[],
  answer: string,
): readonly Candidate<Thing>[] {
  const keyed = candidates.filter(({ key }) => key === answer.toLowerCase().replace(/^#/, ""));
  // A mistyped number is no word.
  if (keyed.length > 0 || !/\p{L}|^\d{4}$/u.test(answer)) return keyed;
  const words = foldedWords([answer]);
  return candidates.filter(({ name }) => beginsWords(name, words));
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
  const { hits, by, alsoTitled } = finding;
  const [first] = hits;
  if (first === undefined) throw nothingFound(text, by);
  if (by === "release" && /^#?\d+$/.test(text)) throw bareRelease(text, first);
  const isNumbered = by === "record" || by === "release";
  const matchingHits = isNumbered ? [first, ...(text.startsWith("#") ? [] : alsoTitled)] : hits;
  const candidates = isOnePressing && !isNumbered ? matchingHits.flatMap(pressingsOf) : matchingHits;
  if (candidates.length === 1 && !isUncertain(finding)) return { ...finding, hit: first };
  const [copy] = await askWhich(context, recordDoubt(text, finding, candidates), { asJson });
  const copies = matchingHits.find((hit) => hit.some(({ id }) => id === copy.id)) ?? [];
  return { ...finding, by: "record", hit: [copy, ...copies.filter(({ id }) => id !== copy.id)] };
}

function recordDoubt(text: string, finding: FoundRecords, hits: readonly Hit[]): Doubt<Hit> {
  const [message, hint] = problemOf(text, finding, hits.length);
  const candidates = hits.map((hit) => {
    const [copy] = hit;
    const name = quotedName(copy);
    const isTwin = hits.some(([other]) => other !== copy && quotedName(other) === name);
    const form = copy.year === null ? copy.form : `${copy.form} ${copy.year}`;
    return { key: String(copy.id), name: isTwin ? `${name} (${form})` : name, thing: hit };
  });
  return { message, hint, keyName: "number", candidates, draw: albumTable };
}

/** Says why the choice is not sure, with a hint how to make it sure. */
function problemOf(text: string, finding: FoundRecords, candidates: number): [string, string] {
  const { by, hits } = finding;
  if (by === "record") {
    return [
      `${text} is the number of a record and the title of another`,
      `For the record, give '#${text}'. For the title, give its number.`,
    ];
  }
  const reading = describeReading("record", text, finding);
  if (reading !== null) return [reading, "Give the number, or whole words."];
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
  const { albums, areSure, reading } = findAlbums(database, text);
  if (areSure) return albums;
  const message =
    describeReading("album in your plays", text, reading) ??
    `"${text}" is ambiguous: ${counted(albums.length, "album")} fit`;
  const candidates = albums.map((album) => ({
    key: `a${album.id}`,
    name: `${quotedName(album)} (${album.playCount})`,
    thing: album,
  }));
  const hint = "Give its id, or several with commas: a12,a340";
  const doubt = { message, hint, keyName: "id", candidates, draw: playedAlbumTable };
  return [await askWhich(context, doubt, asking)];
}

function playedAlbumTable(albums: readonly ChartAlbum[], { screen, colours }: TerminalStyle): SafeText[] {
  const columns: readonly Column<ChartAlbum>[] = [
    numberColumn(colours, ({ id }) => `a${id}`),
    artistColumn(({ artist }) => artist),
    titleColumn(({ title }) => title),
    { header: "Plays", cell: ({ playCount }) => thousands(playCount), numeric: true },
  ];
  return sectionTable(columns, albums, screen);
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
  const draw = (some: readonly string[], { screen, colours }: TerminalStyle): SafeText[] => {
    const columns: readonly Column<string>[] = [
      numberColumn(colours, (each) => names.indexOf(each) + 1),
      artistColumn((each) => each),
    ];
    return sectionTable(columns, some, screen);
  };
  return askWhich(context, { message, hint, keyName: "number", candidates, draw }, { asJson });
}
