// Folding: two spellings that differ only in what never tells two albums apart become the same text.
// It keeps every script: only Latin, Greek and Cyrillic letters lose their marks.

import { pattern } from "../../pattern.ts";
import { withSimplified } from "./chinese.ts";
import { withoutMojibake } from "./mojibake.ts";

const letters = new Map<string, string>(
  Object.entries({
    æ: "ae",
    œ: "oe",
    ß: "ss",
    ø: "o",
    đ: "d",
    ð: "d",
    ł: "l",
    þ: "th",
    ı: "i",
    ħ: "h",
    ς: "σ",
  }),
);

const nonAscii = /[^\0-\x7f]/;
const asciiLetterOrDigit = /[a-z0-9]/i;
/** What signs do to the words beside them. */
const [parts, partsWords, elides, joins] = [1, 2, 3, 4];
const letterOrDigit = pattern(String.raw`[\p{L}\p{N}]`, "u");
// Zero-width characters, soft hyphens, direction marks, variation selectors.
const invisible = pattern(String.raw`[\p{Cf}\u{fe00}-\u{fe0f}\u{e0100}-\u{e01ef}]`, "gu");
const quotes = /['"`´‘’‚‛“”„‟′″‵ʹʺʻʼʽˈ＇＂]/g;
const markedLetter = pattern(String.raw`([\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}])\p{M}+`, "gu");
const strayMarks = pattern(String.raw`(^| )\p{M}+`, "gu");
const specialLetter = /[æœßøđðłþıħς]/g;
const spacedIdeographs = pattern(
  String.raw`(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]) (?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])`,
  "gu",
);
const separators = pattern(String.raw`[^\p{L}\p{N}\p{M}]+`, "gu");
const asciiSeparators = /[^a-z0-9]+/g;
// Signs of trade say nothing; a cross is a letter within a word and nothing elsewhere.
const tradeSigns = /[™℠®©℗]/gu;
const crossedLetter = pattern(String.raw`(?<=\p{L})[†✝]|[†✝](?=\p{L})`, "gu");
const disguisedS = pattern(String.raw`(?<=\p{L})\$|\$(?=\p{L})`, "gu");
const disguisedI = pattern(String.raw`(?<![\p{L}\p{N}])(\p{L})!(?=\p{L})`, "gu");
const fraction = pattern(String.raw`(?<=\p{N})(?=[½¼¾⅓⅔⅛])`, "gu");
const apostrophedAnd = pattern(
  String.raw`(?<=\p{L})\s?['’‘\x60]n['’‘\x60]?(?=\s)|(?<=\p{L})['’‘\x60]n['’‘\x60](?=\p{L})`,
  "giu",
);
const dottedInitial = pattern(String.raw`(?<![\p{L}\p{N}])(\p{L})\.(?=\p{L}(?![\p{L}\p{N}]))`, "gu");
const asciiDottedInitial = /(?<![A-Za-z0-9])([A-Za-z])\.(?=[A-Za-z](?![A-Za-z0-9]))/g;

/** The text by which names and titles are compared and searched. Never blank for a text that isn't. */
export function fold(text: string): string {
  const plain = foldBySigns(text, 1);
  if (plain !== null) return plain;
  const folded = nonAscii.test(text) ? foldUnicode(text) : foldAscii(text);
  return folded === "" ? foldSymbols(text) : folded;
}

function foldAscii(text: string): string {
  if (!asciiLetterOrDigit.test(text)) return "";
  let folded = text;
  if (folded.includes(".")) folded = folded.replace(asciiDottedInitial, "$1");
  folded = spellOutSigns(withoutQuotes(folded.toLowerCase()));
  return joinAnd(folded.replace(asciiSeparators, " ").trim());
}

function foldUnicode(text: string): string {
  let folded = withoutMojibake(text)
    .replace(tradeSigns, "")
    .replace(fraction(), " ")
    .normalize("NFKD")
    .toLowerCase()
    .replace(invisible(), "");
  if (!letterOrDigit().test(folded)) return "";
  folded = withoutQuotes(folded)
    .replace(crossedLetter(), "t")
    .replaceAll("∞", " oo")
    .replace(markedLetter(), "$1")
    .replace(specialLetter, (letter) => letters.get(letter) ?? letter);
  if (folded.includes(".")) folded = folded.replace(dottedInitial(), "$1");
  folded = spellOutSigns(folded)
    .replace(separators(), " ")
    .replace(strayMarks(), "$1")
    .replace(/ {2,}/g, " ")
    .trim();
  // Chinese and Japanese don't space their words: where a space stands is chance.
  return joinAnd(withSimplified(folded.replace(spacedIdeographs(), "").normalize("NFC")));
}

/** "Rock 'n' Roll" says "and" with its quotes; all others say nothing. */
function withoutQuotes(text: string): string {
  if (!/['"`´‘’‚‛“”„‟′″‵ʹʺʻʼʽˈ＇＂]/.test(text)) return text;
  return text.replace(apostrophedAnd(), " and ").replace(quotes, "");
}

function spellOutSigns(text: string): string {
  let spelled = text;
  if (spelled.includes("&")) spelled = spelled.replaceAll("&amp;", "&").replaceAll("&", " and ");
  if (spelled.includes("+")) spelled = spelled.replace(/(?<=\s)\+(?=\s)/g, "and").replaceAll("+", " plus ");
  // Thousands are one number: 10,000, 10 000.
  if (spelled.includes(",")) spelled = spelled.replace(/(?<=\d),(?=\d{3}(?!\d))/g, "");
  if (spelled.includes("000")) spelled = spelled.replace(/(?<=(?<!\d)\d{1,3})[ .](?=000(?!\d))/g, "");
  // A letter in disguise: A$AP, Ke$ha, P!nk.
  if (spelled.includes("$")) spelled = spelled.replace(disguisedS(), "s");
  if (spelled.includes("!")) spelled = spelled.replace(disguisedI(), "$1i");
  return spelled;
}

function joinAnd(text: string): string {
  return text.includes(" n ") ? text.replace(/ n(?= )/g, " and") : text;
}

// A title of signs alone is its signs: "( )", "?", "÷".
function foldSymbols(text: string): string {
  const plain = text.normalize("NFKC").replace(invisible(), "").replaceAll("✝", "†");
  const signs = plain.replace(/\s+/g, "").toLowerCase();
  return signs === "" ? text.trim() : signs;
}

/** Of each ASCII sign: the letter or digit it is folded to, else what it does; 0 where it takes more than one look. */
const signOf = Uint8Array.from({ length: 128 }, (_, code) => {
  const sign = String.fromCharCode(code);
  if (asciiLetterOrDigit.test(sign)) return sign.toLowerCase().charCodeAt(0);
  if (" ()[]:-/#|,_~;=<>@^{}%".includes(sign)) return parts;
  if (sign === "." || sign === "!") return partsWords;
  if (sign === "'") return elides;
  return sign === "&" ? joins : 0;
});
const [space, letterN, afterDigits] = [32, 110, 58];
const longestTitle = 512;
const folding = Buffer.alloc(3 * longestTitle);

/** What one look at each sign tells, as it does of most texts: their words, `gap` letters apart; null where it takes more. */
function foldBySigns(text: string, gap: 0 | 1): string | null {
  if (text.length > longestTitle) return null;
  let length = 0;
  let wordAt = 0;
  let hasDigit = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const letter = code < 128 ? (signOf[code] as number) : 0;
    if (letter > joins) {
      folding[length++] = letter;
      if (letter < afterDigits) hasDigit = true;
      continue;
    }
    if (letter === 0) return null;
    if (letter === elides) {
      // "Rock 'n' Roll" says "and" with its quotes.
      if ((text.charCodeAt(at + 1) | space) === letterN) return null;
      continue;
    }
    // Between words "n" is "and".
    if (length === wordAt + 1 && folding[wordAt] === letterN) return null;
    // "R.E.M." is one word, and so is "P!nk".
    if (letter === partsWords && (length === wordAt + 1 || text[at - 2] === "'")) return null;
    if (gap === 1 && length > wordAt) folding[length++] = space;
    wordAt = length;
    if (letter !== joins) continue;
    if (length === 0 || text.startsWith("&amp;", at)) return null;
    length += folding.write(gap === 1 ? "and " : "and", length, "latin1");
    wordAt = length;
  }
  if (gap === 1 && length > 0 && length === wordAt) length -= 1;
  // Signs alone are folded to themselves; thousands are one number.
  if (length === 0 || (hasDigit && (text.includes("000") || text.includes(",")))) return null;
  return folding.toString("latin1", 0, length);
}

/** A text's letters and digits as they are folded, no space left. */
export function lettersOf(text: string): string {
  return foldBySigns(text, 0) ?? compact(fold(text));
}

/** Spaces left aside: "Beautiful Garbage" is "beautifulgarbage". */
export function compact(folded: string): string {
  return folded.includes(" ") ? folded.replaceAll(" ", "") : folded;
}
