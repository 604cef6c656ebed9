// Folding gives spellings of one name the same text. It keeps every script: only Latin, Greek and Cyrillic letters lose
// their marks.

import { createPattern } from "../../model/unicode-patterns.ts";
import { simplifyChinese } from "./chinese.ts";

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

/** Most names and titles have nothing to fold but capitals. */
export const otherThanPlainWords = /[^a-zA-Z ]|^ |  | $/;
const nonAscii = /[^\0-\x7f]/;
const asciiLetterOrDigit = /[a-z0-9]/i;
const letterOrDigit = createPattern(String.raw`[\p{L}\p{N}]`, "u");
// Zero-width characters, soft hyphens, direction marks, variation selectors.
const invisible = createPattern(String.raw`[\p{Cf}\u{fe00}-\u{fe0f}\u{e0100}-\u{e01ef}]`, "gu");
const quotes = /['"`´‘’‚‛“”„‟′″‵ʹʺʻʼʽˈ＇＂]/g;
const markedLetter = createPattern(
  String.raw`([\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}])\p{M}+`,
  "gu",
);
const strayMarks = createPattern(String.raw`(^| )\p{M}+`, "gu");
const specialLetter = /[æœßøđðłþıħς]/g;
const spacedIdeographs = createPattern(
  String.raw`(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]) (?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])`,
  "gu",
);
const separators = createPattern(String.raw`[^\p{L}\p{N}\p{M}]+`, "gu");
const asciiSeparators = /[^a-z0-9]+/g;
// Trademark signs are removed; a cross within a word is a letter.
const tradeSigns = /[™℠®©℗]/gu;
const crossedLetter = createPattern(String.raw`(?<=\p{L})[†✝]|[†✝](?=\p{L})`, "gu");
const disguisedS = createPattern(String.raw`(?<=\p{L})\$|\$(?=\p{L})`, "gu");
const disguisedI = createPattern(String.raw`(?<![\p{L}\p{N}])(\p{L})!(?=\p{L})`, "gu");
const fraction = createPattern(String.raw`(?<=\p{N})(?=[½¼¾⅓⅔⅛])`, "gu");
const apostrophedAnd = createPattern(
  String.raw`(?<=\p{L})\s?['’‘\x60]n['’‘\x60]?(?=\s)|(?<=\p{L})['’‘\x60]n['’‘\x60](?=\p{L})`,
  "giu",
);
const dottedInitial = createPattern(String.raw`(?<![\p{L}\p{N}])(\p{L})\.(?=\p{L}(?![\p{L}\p{N}]))`, "gu");
const asciiDottedInitial = /(?<![a-z0-9])([a-z])\.(?=[a-z](?![a-z0-9]))/g;
/** Signs that stripQuotes() and spellOutSigns() replace. */
const asciiSigns = /['"`&+,$!]|000/;

/** The text by which names and titles are compared and searched. It is blank only for a blank text. */
export function fold(text: string): string {
  if (!otherThanPlainWords.test(text)) return expandAnd(text.toLowerCase());
  const plain = nonAscii.test(text) ? foldUnicode(text) : foldAscii(text);
  return plain === "" ? foldSymbols(text) : plain;
}

function foldAscii(text: string): string {
  if (!asciiLetterOrDigit.test(text)) return "";
  let plain = text.toLowerCase();
  if (plain.includes(".")) plain = plain.replace(asciiDottedInitial, "$1");
  if (asciiSigns.test(plain)) plain = spellOutSigns(stripQuotes(plain));
  return expandAnd(plain.replace(asciiSeparators, " ").trim());
}

function foldUnicode(text: string): string {
  let plain = text
    .replace(tradeSigns, "")
    .replace(fraction(), " ")
    .normalize("NFKD")
    .toLowerCase()
    .replace(invisible(), "");
  if (!letterOrDigit().test(plain)) return "";
  plain = stripQuotes(plain)
    .replace(crossedLetter(), "t")
    .replaceAll("∞", " oo")
    .replace(markedLetter(), "$1")
    .replace(specialLetter, (letter) => letters.get(letter) ?? letter);
  if (plain.includes(".")) plain = plain.replace(dottedInitial(), "$1");
  plain = spellOutSigns(plain)
    .replace(separators(), " ")
    .replace(strayMarks(), "$1")
    .replace(/ {2,}/g, " ")
    .trim();
  // Chinese and Japanese have no spaces between words, so spaces are removed.
  return expandAnd(simplifyChinese(plain.replace(spacedIdeographs(), "").normalize("NFC")));
}

/** Replaces the quotes of "Rock 'n' Roll" by "and", and removes all others. */
function stripQuotes(text: string): string {
  if (!/['"`´‘’‚‛“”„‟′″‵ʹʺʻʼʽˈ＇＂]/.test(text)) return text;
  return text.replace(apostrophedAnd(), " and ").replace(quotes, "");
}

function spellOutSigns(text: string): string {
  let plain = text;
  if (plain.includes("&")) plain = plain.replaceAll("&amp;", "&").replaceAll("&", " and ");
  if (plain.includes("+")) plain = plain.replace(/(?<=\s)\+(?=\s)/g, "and").replaceAll("+", " plus ");
  // "10,000" and "10 000" are one number.
  if (plain.includes(",")) plain = plain.replace(/(?<=\d),(?=\d{3}(?!\d))/g, "");
  if (plain.includes("000")) plain = plain.replace(/(?<=(?<!\d)\d{1,3})[ .](?=000(?!\d))/g, "");
  // A letter in disguise: A$AP, Ke$ha, P!nk.
  if (plain.includes("$")) plain = plain.replace(disguisedS(), "s");
  if (plain.includes("!")) plain = plain.replace(disguisedI(), "$1i");
  return plain;
}

function expandAnd(text: string): string {
  return text.includes(" n ") ? text.replace(/ n(?= )/g, " and") : text;
}

// Titles of signs only: "( )", "?", "÷".
function foldSymbols(text: string): string {
  const plain = text.normalize("NFKC").replace(invisible(), "").replaceAll("✝", "†");
  const signs = plain.replace(/\s+/g, "").toLowerCase();
  return signs === "" ? text.trim() : signs;
}

/** Removes spaces: "Beautiful Garbage" is "beautifulgarbage". */
export function stripSpaces(foldedText: string): string {
  return foldedText.includes(" ") ? foldedText.replaceAll(" ", "") : foldedText;
}
