// Letters of other keyboards and alphabets in those of one.
import anyAscii from "any-ascii";

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
