import { fold } from "../text/fold.ts";
import { digitsOfPiece } from "../text/numbers.ts";
import type { ParsedTitle } from "../titles/title.ts";
import { identityWords } from "../text/vocabulary.ts";

/** Words for kinds of recordings, with their descriptions. */
const recordings: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "a live recording": "live concert concerts unplugged",
    demos: "demo demos",
    remixes: "remix remixes remixed mixes",
    "a dub version": "dub",
    "an acoustic version": "acoustic",
    "an instrumental version": "instrumental instrumentals",
    sessions: "session sessions",
    "a tribute": "tribute",
    karaoke: "karaoke",
    "an interview": "interview",
    outtakes: "outtakes",
  }).flatMap(([recording, words]) => words.split(" ").map((word) => [word, recording] as const)),
);

/** Explains why an album's title is not the record's. */
export function difference(record: ParsedTitle, album: ParsedTitle): string {
  if (record.key === album.key) return tailDifference(record, album);
  const mine = record.counted.split(" ");
  const theirs = album.counted.split(" ");
  const extra = theirs.filter((word) => !mine.includes(word));
  const missing = mine.filter((word) => !theirs.includes(word));
  if (sharesTheRest(mine, theirs)) {
    const marked = [...extra, ...missing].find((word) => identityWords.has(word));
    if (marked !== undefined) return recordingReason(marked, extra.includes(marked));
    if (record.numbers !== album.numbers) return numberReason(record, album);
  }
  if (missing.length === 0 && extra.length > 0) return `more words: ${wordsBeyond(album, record)}`;
  if (extra.length === 0 && missing.length > 0) return `fewer words: without ${wordsBeyond(record, album)}`;
  return "another title";
}

function recordingReason(word: string, ofTheAlbum: boolean): string {
  const recording = recordings.get(word);
  if (recording === undefined) return `only ${ofTheAlbum ? "the album" : "the record"} says “${word}”`;
  return ofTheAlbum ? recording : `not ${recording}`;
}

function tailDifference(record: ParsedTitle, album: ParsedTitle): string {
  if (record.disc !== "" && album.disc !== "" && record.disc !== album.disc) return "another disc";
  if (record.catalogue !== "" && album.catalogue !== "") return "another catalogue number";
  if (album.format === "single") return "the single of this title";
  if (album.format === "ep") return "the EP of this title";
  if (record.format === "ep") return "the album, not the EP";
  return "another release of this title";
}

/** Returns true if two titles have the same words, except for numbers and words of recordings. */
function sharesTheRest(mine: readonly string[], theirs: readonly string[]): boolean {
  return unmarked(mine) === unmarked(theirs);
}

function unmarked(words: readonly string[]): string {
  return words.filter((word) => !identityWords.has(word) && !/\p{N}/u.test(word)).join(" ");
}

function numberReason(record: ParsedTitle, album: ParsedTitle): string {
  const [theirs, mine] = [numberOf(album), numberOf(record)];
  if (theirs === "") return `without the number ${mine}`;
  return mine === "" ? `with a number: ${theirs}` : `another number: ${theirs} against ${mine}`;
}

/** A title's numbers as spelled. */
function numberOf(title: ParsedTitle): string {
  return spelledWords(title)
    .filter((word) => /\p{N}/u.test(digitsOfPiece(fold(word)).join("")))
    .join(" ");
}

/** The words, as spelled, that only the first title has. */
function wordsBeyond(long: ParsedTitle, short: ParsedTitle): string {
  const shortWords = new Set(short.stem.split(" "));
  const beyond = spelledWords(long).filter(
    (word) =>
      !fold(word)
        .split(" ")
        .every((part) => shortWords.has(part)),
  );
  return beyond.length === 0 ? long.stemText : beyond.join(" ");
}

function spelledWords(title: ParsedTitle): string[] {
  return title.stemText
    .split(/\s+/)
    .map((word) => word.replace(/^[([{"“”«:;,–—-]+|[)\]}"“”»:;,–—-]+$/g, ""))
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
}
