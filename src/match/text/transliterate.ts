import anyAscii from "any-ascii";

/** Alphabets whose letters have one spelling each. Ideographs have many: they are read as Chinese even in Japanese. */
const otherScript = /[\u0370-\u03ff\u0400-\u052f\u3041-\u30fc\uac00-\ud7a3]/;

/** Whether a text has letters of another alphabet that can be spelled in Latin ones. */
export function isInOtherScript(text: string): boolean {
  return otherScript.test(text);
}

const ideograph = /[\u4e00-\u9fff]/;

/** A text as it is spelled in Latin letters; unchanged where ideographs are among them. */
export function transliterated(text: string): string {
  return ideograph.test(text) ? text : anyAscii(text);
}

/** A key in Latin letters, the same for "Molly" and "Moli", "Rimsky" and "Rimskij", "Philipp" and "Filip", "Khleb" and "Hleb". */
export function latinKey(key: string): string {
  return key
    .replace(/[ijy]+/g, "i")
    .replaceAll("ph", "f")
    .replaceAll("kh", "h")
    .replace(/([a-z])\1+/g, "$1");
}
