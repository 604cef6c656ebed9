// Old players declared the wrong encoding: "Êèíî" is Кино, "BjÃ¶rk" is Björk.

const misread =
  /[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2122]/;
const latinOnly = /^[^A-Za-z\u0100-\uffff]*[\u00c0-\u00ff][^A-Za-z\u0100-\uffff]*$/;
const highLetters = /[\u00c0-\u00ff]/g;

/** Repairs a text that was decoded wrongly; returns any other text unchanged. */
export function withoutMojibake(text: string): string {
  if (misread.test(text)) {
    const bytes = bytesOf(text);
    const repair = bytes === null ? null : decode(bytes, "utf-8");
    if (repair !== null) return repair;
  }
  // No language has words of accented letters only, so these are Cyrillic.
  if (latinOnly.test(text) && (text.match(highLetters) ?? []).length >= 3) {
    const bytes = bytesOf(text);
    return (bytes === null ? null : decode(bytes, "windows-1251")) ?? text;
  }
  return text;
}

function decode(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

// The bytes 80 to 9F of Windows' Latin letters; the others are numbered as in Unicode.
const windowsLetters = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

function bytesOf(text: string): Uint8Array | null {
  const bytes: number[] = [];
  for (const letter of text) {
    const at = windowsLetters.indexOf(letter);
    const byte = at === -1 ? (letter.codePointAt(0) ?? 256) : 0x80 + at;
    if (byte > 255) return null;
    bytes.push(byte);
  }
  return Uint8Array.from(bytes);
}
