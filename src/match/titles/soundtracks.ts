// Pieces at the end of a title that name a film's music: the songs or the score, and which volume.
import { toPieceWords } from "../text/numbers.ts";
import {
  castWords,
  editionWords,
  identityWords,
  soundtrackFillers,
  soundtrackWords,
} from "../text/vocabulary.ts";

/** "Music For The Somebody Film", "Bande Originale Du Film De Somebody". */
const filmMusic =
  /^(?:the )?(?:original )?(?:music|songs|(?:motion picture )?soundtrack) (?:from|for|of|inspired by) (?:the )?.*\b(?:film|movie|motion picture|series|documentary|video game)$|^bande originale (?:du film|de)\b|^(?:the )?(?:original )?(?:music|songs|(?:motion picture )?soundtrack) (?:from|for|of) the (?:original )?(?:film|movie|motion picture|netflix series|tv series)\b/;
const phrase =
  /^(?:the )?(?:original )?(?:music|songs) (?:from|of|for|to)\b|motion picture|bande originale|banda sonora|colonna sonora|^musi\w+ (?:du|del|dal) film/;
const opening = /^(?:the )?(?:original )?(?:music|songs) (?:from|inspired by) (?:the|a|and|inspired)\b/;

/** "Original Broadway Cast Recording", "An American Musical". */
const castRecording = /\bcast (?:recording|album)\b|^(?:the|an? \w+) musical$/;

/** How a piece at the end of a title is set off from the rest. */
export type TailSetting = "bracket" | "separator" | "bare";

/** Returns "songs" or "score", followed by words that not every soundtrack has: "songs season 2". */
export function classifySoundtrack(words: readonly string[], setting: TailSetting): string | null {
  const text = words.join(" ");
  const isCast = castRecording.test(text);
  const strong = isCast || words.some((word) => soundtrackWords.has(word));
  const kind = isCast ? "cast" : words.includes("score") ? "score" : "songs";
  // Some bands call the orchestral companion of an album "The Score".
  if (text === "the score") return null;
  if (words.some((word) => identityWords.has(word) && !isCast && !soundtrackFillers.has(word))) return null;
  const telling = words.filter(
    (word) =>
      !soundtrackFillers.has(word) &&
      !soundtrackWords.has(word) &&
      !(isCast && castWords.has(word)) &&
      !(setting === "bracket" && editionWords.has(word)),
  );
  if (telling.length === 0) {
    if (strong) return setting === "bare" && words.length === 1 && kind === "score" ? null : kind;
    return setting !== "bare" && phrase.test(text) ? kind : null;
  }
  const isOfFilm =
    (setting !== "bare" && filmMusic.test(text)) ||
    (setting === "bracket" && ((strong && words.includes("original")) || opening.test(text)));
  return isOfFilm ? [kind, ...toPieceWords(telling.join(" "))].join(" ") : null;
}

const sequelPattern = /^(?:sequel|revival|remake|event)$/;

/** The number of a volume or season, which tells soundtracks of one title apart; "" for the first. */
export function getVolume(soundtrack: string): string {
  return soundtrack
    .split(" ")
    .filter(
      (word) =>
        sequelPattern.test(word) || (/^\d+$/.test(word) && word !== "1" && !/^(?:19|20)\d\d$/.test(word)),
    )
    .join(" ");
}

export function isSameSoundtrack(one: string, other: string): boolean {
  return one.split(" ")[0] === other.split(" ")[0] && getVolume(one) === getVolume(other);
}
