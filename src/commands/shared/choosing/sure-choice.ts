// Finds the record or albums that a command will write about. It never guesses: if several fit, it asks on a
// terminal, and fails with a list of them elsewhere.
import type { Context } from "../../../context.ts";
import { InterruptedError, UsageError } from "../../../model/errors.ts";
import { coloursFor, type TerminalStyle } from "../../../output/terminal-style.ts";
import { linesText, printable, type SafeText } from "../../../output/escape.ts";
import { counted } from "../../../output/number-text.ts";
import { wrapped } from "../../../output/paragraph.ts";
import { quoted, quotedName } from "../../../model/quoted-name.ts";
import { albumById, findAlbums, type ChartAlbum } from "../../../queries/find/find-albums.ts";
import {
  findRecords,
  recordsOfAlbum,
  type Copy,
  type FoundRecords,
  type Hit,
} from "../../../queries/find/find-records.ts";
import { beginsWords, foldedWords } from "../../../queries/conditions/words.ts";
import type { Database } from "../../../store/file/database.ts";
import { albumChoiceLines, choiceLines, recordCount } from "./choice.ts";
import { nothingFound } from "./record-by-words.ts";

interface Doubt<Thing> {
  /** The question and the candidates, for a terminal. */
  readonly lines: (style: TerminalStyle) => readonly SafeText[];
  readonly label: string;
  readonly thingOf: (answer: string) => Thing | undefined;
  /** Thrown if nobody can be asked. */
  readonly refusal: UsageError;
}

/** With --json, stdout has only the answer, so nothing can be asked. */
export interface Asking {
  readonly asJson: boolean;
}

async function askWhich<Thing>(
  context: Context,
  { lines, label, thingOf, refusal }: Doubt<Thing>,
  { asJson }: Asking,
): Promise<Thing> {
  const { screen } = context;
  if (asJson || !context.canAsk) throw refusal;
  await context.write(linesText(lines({ screen, colours: await coloursFor(screen) })));
  const { startConversation } = await import("../terminal/conversation.ts");
  const conversation = await startConversation(context);
  try {
    const answer = await conversation.ask({
      label,
      refusal: (given) => (thingOf(given) === undefined ? "That is none of these." : null),
    });
    const thing = thingOf(answer);
    if (thing === undefined) throw refusal;
    return thing;
  } catch (error) {
    if (!(error instanceof InterruptedError)) throw error;
    throw new InterruptedError(error.exitCode === 143 ? "SIGTERM" : "SIGINT", "Nothing was changed.");
  } finally {
    conversation.close();
  }
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
  const [first] = finding.hits;
  if (first === undefined) throw nothingFound(text, finding.by);
  if (finding.by === "release" && /^#?\d+$/.test(text)) throw bareRelease(text, first);
  const isNumbered = finding.by === "record" || finding.by === "release";
  const meant = isNumbered ? [first, ...(text.startsWith("#") ? [] : finding.alsoTitled)] : finding.hits;
  const candidates = isOnePressing && !isNumbered ? meant.flatMap(pressingsOf) : meant;
  if (candidates.length === 1 && !finding.areInside) return { ...finding, hit: first };
  const copy = await askWhich(context, recordDoubt(text, { finding, candidates }), { asJson });
  const copies = meant.find((hit) => hit.some(({ id }) => id === copy.id)) ?? [];
  return { ...finding, by: "record", hit: [copy, ...copies.filter(({ id }) => id !== copy.id)] };
}

interface RecordDoubt {
  readonly finding: FoundRecords;
  readonly candidates: readonly Hit[];
}

function recordDoubt(text: string, { finding, candidates }: RecordDoubt): Doubt<Copy> {
  const { by, areInside, hits } = finding;
  const named = (hit: Hit): string => {
    const isTwin = candidates.some((other) => other !== hit && quotedName(other[0]) === quotedName(hit[0]));
    return `${hit[0].id} ${quotedName(hit[0])}${isTwin ? ` (${pressing(hit)})` : ""}`;
  };
  const pressings = `"${text}" is on the shelf in ${candidates.length} pressings`;
  const [doubt, hint, question] =
    by === "record"
      ? [
          `${text} is the number of a record and the title of another`,
          `For the record, give '#${text}'. For the title, give its number.`,
          `${text} is the number of a record and the title of another.`,
        ]
      : areInside
        ? [
            `no record has words that begin with "${text}"; inside words`,
            "Give the number, or whole words.",
            `No record has words that begin with "${text}". These have it inside words.`,
          ]
        : hits.length === 1
          ? [pressings, "Give the number of one of them.", `${pressings}.`]
          : [
              `"${text}" is ambiguous: ${counted(hits.length, "album")} on the shelf fit`,
              "Give the number, or more words.",
              `"${text}" could be any of ${recordCount(candidates)}.`,
            ];
  const copyOf = (answer: string): Copy | undefined =>
    candidates.flat().find(({ id }) => String(id) === answer.replace(/^#/, ""));
  return {
    lines: (style) =>
      choiceLines(`${question} Which one? Give its number.`, candidates, { ...style, words: text }),
    label: "Number:",
    thingOf: copyOf,
    refusal: new UsageError(`${doubt}: ${namedBriefly(candidates, named)}`, hint),
  };
}

function pressing([{ form, year }]: Hit): string {
  return year === null ? form : `${form} ${year}`;
}

function pressingsOf(hit: Hit): Hit[] {
  const pressings = new Map<number, [Hit[0], ...Hit[0][]]>();
  for (const copy of hit) {
    const same = pressings.get(copy.releaseId);
    if (same === undefined) pressings.set(copy.releaseId, [copy]);
    else same.push(copy);
  }
  return [...pressings.values()];
}

/** "a34" and addresses at Last.fm are albums. */
function refuseOtherIds(database: Database, text: string): void {
  const isAddress = /^(?:https?:\/\/)?(?:www\.)?last\.fm\//i.test(text);
  const id = /^a(\d{1,15})$/i.exec(text)?.[1];
  const album = isAddress
    ? findAlbums(database, text).albums[0]
    : id === undefined
      ? undefined
      : albumById(database, Number(id));
  if (album === undefined) return;
  const records = recordsOfAlbum(database, album.id);
  throw new UsageError(
    `"${text}" is an album in your plays, not a record: ${quotedName(album)}`,
    records.length === 0
      ? "None of your records is credited with it. To see the numbers: rewind xref"
      : `Its record is ${records.join(", ")}.`,
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

const mostNamed = 6;
const mostAsked = 12;

function namedBriefly<Thing>(things: readonly Thing[], nameOf: (thing: Thing) => string): string {
  const more = things.length > mostNamed ? `, and ${things.length - mostNamed} more` : "";
  return `${things.slice(0, mostNamed).map(nameOf).join(", ")}${more}`;
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
  const listed = namedBriefly(albums, (album) => `a${album.id} ${quotedName(album)} (${album.playCount})`);
  const fit = areInside
    ? `no album in your plays has words that begin with "${text}"; inside words: ${listed}`
    : `"${text}" is ambiguous: ${albums.length} albums fit: ${listed}`;
  const question = areInside
    ? `No album in your plays has words that begin with "${text}". These have it inside words.`
    : `"${text}" could be any of ${counted(albums.length, "album")}.`;
  const album = await askWhich(
    context,
    {
      lines: (style) => albumChoiceLines(`${question} Which one? Give its id.`, albums, style),
      label: "Id:",
      thingOf: (answer) => albums.find(({ id }) => `a${id}` === answer.toLowerCase()),
      refusal: new UsageError(fit, "Give its id, or several with commas: a12,a340"),
    },
    asking,
  );
  return [album];
}

interface NameWish extends Asking {
  readonly text: string;
  /**
   * The names that the text could mean. The user is asked if there are several, or if the words were only found inside words.
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
  const many = names.length === 1 ? name : `any of ${names.length} names`;
  const numbered = names.slice(0, mostAsked).map((each, at) => `  ${at + 1}  ${each}`);
  return askWhich(
    context,
    {
      lines: ({ screen }) => [
        ...wrapped(`"${text}" could be ${many}. Which one? Give its number.`, screen),
        printable(""),
        ...numbered.map((line) => printable(line)),
      ],
      label: "Number:",
      thingOf: (answer) => (/^\d+$/.test(answer) ? names.slice(0, mostAsked)[Number(answer) - 1] : undefined),
      refusal: new UsageError(
        `"${text}" is not a whole name; it could be ${namedBriefly(names, quoted)}`,
        "Give the whole name, in quotes if it has spaces.",
      ),
    },
    { asJson },
  );
}
