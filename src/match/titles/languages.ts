// Titles in two languages or more: "Shizuka = 静か", "静か (Shizuka)".
import { fold } from "../text/fold.ts";
import { partWords } from "../text/vocabulary.ts";
import { isOtherAlbumPiece } from "./identity.ts";
import { findLastBracket } from "./split-tail.ts";

const foreign = /[^\P{L}\p{Script=Latin}]/u;
const latin = /\p{Script=Latin}/u;
/** Signs alone are no title: two titles that have only those in common are not the same. */
const letterOrDigit = /[\p{L}\p{N}]/u;

/** The parts of a title, one for each language. Each is a title of its own. */
export function splitByLanguage(text: string): readonly string[] {
  const parts = text.includes("=") ? splitAtEqualSign(text) : [];
  return parts.length > 0 ? parts : splitByScript(text);
}

/** A sign without spaces separates languages only between two scripts. */
const equalSign =
  /(?<!\s)\s+=\s*|(?<=[^\P{L}\p{Script=Latin}])=(?=\p{Script=Latin})|(?<=\p{Script=Latin})=(?=[^\P{L}\p{Script=Latin}])/u;

function splitAtEqualSign(text: string): readonly string[] {
  const parts = text.split(equalSign);
  if (parts.length < 2 || !parts.every((part) => letterOrDigit.test(part)) || !isTranslation(parts))
    return [];
  // A bracket at the end is about every part.
  const bracket = findLastBracket(text);
  if (bracket && isOtherAlbumPiece(bracket.inner)) return parts.slice(-1);
  const pieces = parts.flatMap((part) =>
    foreign.test(part) && latin.test(part) ? part.split(/\s*,\s+/) : [part],
  );
  // "4人" counts people.
  const numberedParts = pieces.filter((part) => /\d(?![\u3041-\u9fff])/.test(part));
  return numberedParts.length > 0 ? numberedParts : pieces;
}

/** "Saturdays = Youth" is one title: two Latin words are no translation. */
function isTranslation(parts: readonly string[]): boolean {
  return parts.some((part) => foreign.test(part) || part.trim().includes(" "));
}

/** A title in two scripts, one of them in a bracket. */
function splitByScript(text: string): readonly string[] {
  const bracket = foreign.test(text) && latin.test(text) ? findLastBracket(text) : null;
  if (bracket === null) return [];
  const both = [bracket.head, bracket.inner];
  const scripts = new Set(both.map(detectScript));
  return scripts.size === 2 && !scripts.has("both") && both.every(canBeTitle) ? both : [];
}

function detectScript(text: string): "latin" | "foreign" | "both" {
  if (!foreign.test(text)) return "latin";
  return latin.test(text) ? "both" : "foreign";
}

function canBeTitle(half: string): boolean {
  const foldedHalf = fold(half);
  if (foldedHalf.length < 2 || !/\p{L}/u.test(half) || isOtherAlbumPiece(half)) return false;
  return !foreign.test(half) || !foldedHalf.split(" ").some((word) => partWords.has(word));
}
