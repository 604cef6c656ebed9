// Words and letters that are spelled out. "4", "U", "R" and "w/" stand for the words that sound like them. "2" doesn't: as
// often it numbers a second album.
import anyAscii from "any-ascii";

const everyShort = /(?<![^\s])(?:[4ur]|w\/)(?=\s|$)/gi;
const wordsFor: ReadonlyMap<string, string> = new Map(
  Object.entries({ "4": "for", u: "you", r: "are", "w/": "with" }),
);

/** Spells short words out; "4" only between words, where it counts nothing. */
export function spellOutWords(text: string): string {
  return text.replace(everyShort, (sign, at: number) =>
    sign === "4" && !isBetweenWords(text, at) ? sign : (wordsFor.get(sign.toLowerCase()) ?? sign),
  );
}

/** A word before a number that it numbers. */
const counter =
  /(?<!\p{L})(?:vols?|volumes?|parts?|pts?|no|nr|number|chapter|act|book|side|dis[ck]|cd|dvd|lp|ep|episode|season|series|phase|page|level|stage|step|set|take|session|version|mk|track|day|week|year|scene|round|zone|area|route|channel|formula|group|class|type|top|teil|tome)\W*$/iu;

function isBetweenWords(text: string, at: number): boolean {
  const before = text.slice(0, at);
  return /\p{L}['’]?\s$/u.test(before) && !counter.test(before) && /^\s\p{L}/u.test(text.slice(at + 1));
}

// People whose keyboard has no umlauts spell them out.
const everyUmlaut = /[äöüøå]/gi;
const lettersFor: ReadonlyMap<string, string> = new Map(
  Object.entries({ ä: "ae", ö: "oe", ü: "ue", ø: "oe", å: "aa" }),
);

export function spellOutUmlauts(text: string): string {
  // Most names have none.
  if (!/[^ -~]/.test(text)) return text;
  return text
    .normalize("NFC")
    .replace(everyUmlaut, (letter) => lettersFor.get(letter.toLowerCase()) ?? letter);
}

/** Alphabets that can be transliterated. Ideographs have several readings, so they are left out. */
const otherScript = /[\u0370-\u03ff\u0400-\u052f\u3041-\u30fc\uac00-\ud7a3]/;

export function isInOtherScript(text: string): boolean {
  return otherScript.test(text);
}

const ideograph = /[\u4e00-\u9fff]/;

/** Writes a text in Latin letters; a text with ideographs is returned unchanged. */
export function transliterate(text: string): string {
  return ideograph.test(text) ? text : anyAscii(text);
}

/** A key by sound, the same for "Molly" and "Moli", "Rimsky" and "Rimskij", "Philipp" and "Filip", "Khleb" and "Hleb". */
export function toPhoneticKey(key: string): string {
  return key
    .replace(/[ijy]+/g, "i")
    .replaceAll("ph", "f")
    .replaceAll("kh", "h")
    .replace(/([a-z])\1+/g, "$1");
}
