// Words that make a title another album if only one side has them.
import { containsOtherAlbum } from "./editions.ts";
import { fold } from "../text/fold.ts";
import { toPieceWords } from "../text/numbers.ts";
import { continuationWords, remakeWords, venueWords, isOtherAlbumWord } from "../text/vocabulary.ts";

const gluedPart = /^(?:part|pt|vol|volume|chapter)(?:\d+|one|two|three|four|i{1,3}|iv)$/;

/** First words that name a part: "Teil Zwei", "Часть вторая". */
const partFirst = /^(?:parte|teil|tome|chapitre|capitulo|kapitel|folge|czesc|часть|том|глава)$/;

/** Words that count if a number follows. */
const countedWord =
  /^(?:phase|stage|chapter|act|book|episode|season|series|disc|disk|cd|side|day|night|set)$/;

/** "MMXI": albums recorded again are called by their year. */
export const romanYear = /^m(?:cm|m)(?:x[cl]|l?x{0,3})(?:i[xv]|v?i{0,3})$/;

/** "Some More", "Side B", "A Companion": continuations of another album. */
function isContinuation(words: readonly string[]): boolean {
  const last = words.at(-1) ?? "";
  if (last === "generation" && /^(?:new|next)$/.test(words.at(-2) ?? "")) return true;
  return continuationWords.has(last) || (words.at(-2) === "side" && last.length === 1);
}

/** Returns true if a piece of a title makes it another album: a number, "live", "best of". */
export function isOtherAlbumPiece(text: string): boolean {
  const words = toPieceWords(fold(text));
  // Versions that are editions were cut before: this one is another recording.
  if (/^versions?$/.test(words.at(-1) ?? "") || words[0] === "more" || isContinuation(words)) return true;
  if (
    words.includes("x") ||
    (words.length === 1 && words[0] === "re") ||
    words.some((word) => gluedPart.test(word) || romanYear.test(word) || containsOtherAlbum(word)) ||
    partFirst.test(words[0] ?? "") ||
    words.some((word, at) => countedWord.test(word) && /^\d+$/.test(words[at + 1] ?? ""))
  )
    return true;
  // The words at both ends of a sentence count, no others.
  const telling = words.length > 9 ? [...words.slice(0, 2), ...words.slice(-2)] : words;
  return (
    words.includes("sessions") ||
    telling.some((word) => isOtherAlbumWord(word) || venueWords.has(word) || remakeWords.has(word)) ||
    // "In 12 Bursts" counts things; a number at either end counts albums.
    [words[0] ?? "", words.at(-1) ?? ""].some((word) => /\p{N}/u.test(word)) ||
    words.filter((word) => /\p{N}/u.test(word)).length > 1
  );
}
