// Titles in two languages or more: "Shizuka = 静か", "静か (Shizuka)", "静か Shizuka".
import { fold } from "../text/fold.ts";
import { partWords } from "../text/vocabulary.ts";
import { changesIdentity } from "./identity.ts";
import { lastBracket } from "./tail-cuts.ts";

const foreign = /[^\P{L}\p{Script=Latin}]/u;
const latin = /\p{Script=Latin}/u;

/** The parts of a title that are titles of their own. */
export function languagesOf(text: string): readonly string[] {
  const parts = text.includes("=") ? equalParts(text) : [];
  return parts.length > 0 ? parts : scriptsOf(text);
}

/** Without spaces the sign stands between two scripts only: elsewhere it is a sum. */
const equalSign =
  /\s+=\s*|(?<=[^\P{L}\p{Script=Latin}])=(?=\p{Script=Latin})|(?<=\p{Script=Latin})=(?=[^\P{L}\p{Script=Latin}])/u;

function equalParts(text: string): readonly string[] {
  const parts = text.split(equalSign);
  if (parts.length < 2 || !areTranslations(parts)) return [];
  // What a bracket at the end says of the recording it says of every part.
  const bracket = lastBracket(text);
  if (bracket && changesIdentity(bracket.inner)) return parts.slice(-1);
  const counted = parts.filter((part) => /\d/.test(part));
  return counted.length > 0 ? counted : parts;
}

/** "Saturdays = Youth" is one title: two Latin words are a translation only where they begin alike. */
function areTranslations(parts: readonly string[]): boolean {
  if (parts.some((part) => foreign.test(part) || part.trim().includes(" "))) return true;
  return new Set(parts.map((part) => fold(part).slice(0, sharedLetters))).size === 1;
}

const sharedLetters = 4;

const foreignFirst =
  /^([^\p{Script=Latin}]+?)([\s/／|｜:~〜–—-]+)(\p{Script=Latin}[\P{L}\p{Script=Latin}]*)$/u;
const latinFirst =
  /^(\p{Script=Latin}[\P{L}\p{Script=Latin}]*?)([\s/／|｜:~〜–—-]+)([^\P{L}\p{Script=Latin}][^\p{Script=Latin}]*)$/u;

/** A title in two scripts, the one in a bracket or behind the other. */
function scriptsOf(text: string): readonly string[] {
  if (!foreign.test(text) || !latin.test(text)) return [];
  const bracket = lastBracket(text);
  const isBracketed = bracket !== null && bracket.at > 0;
  const [, one = "", sign = "", other = ""] = isBracketed
    ? ["", text.slice(0, bracket.at), "(", bracket.inner]
    : (foreignFirst.exec(text) ?? latinFirst.exec(text) ?? []);
  if (scriptOf(one) === scriptOf(other) || [one, other].some((half) => scriptOf(half) === "both")) return [];
  // A short word beside another script may be a part of one title.
  const inLatin = scriptOf(one) === "latin" ? one : other;
  if (sign.trim() === "" && inLatin.length < fewestLetters) return [];
  return [one, other].every(mayBeWholeTitle) ? [one, other] : [];
}

const fewestLetters = 6;

function scriptOf(text: string): "latin" | "foreign" | "both" {
  if (!foreign.test(text)) return "latin";
  return latin.test(text) ? "both" : "foreign";
}

function mayBeWholeTitle(half: string): boolean {
  const folded = fold(half);
  if (folded.length < 2 || !/\p{L}/u.test(half) || changesIdentity(half)) return false;
  return !foreign.test(half) || !folded.split(" ").some((word) => partWords.has(word));
}
