// Which letters a text has, as bits of one number: what can't hold another text is known before it is folded.

const [letterA, digits] = [97, 26];

function bitsOfLetters(letters: string): number {
  let bits = 0;
  for (let at = 0; at < letters.length; at++) bits |= 1 << (letters.charCodeAt(at) - letterA);
  return bits;
}

/** Stands for every letter: what a text holds once it is folded takes a closer look. */
export const anyLetters = (1 << (digits + 1)) - 1;

/** What each ASCII sign of a raw title may become. */
const bitsOfSign = Int32Array.from({ length: 128 }, (_, code) => {
  const sign = String.fromCharCode(code).toLowerCase();
  if (sign >= "a" && sign <= "z") return bitsOfLetters(sign);
  if (sign >= "0" && sign <= "9") return 1 << digits;
  if (sign === "&") return bitsOfLetters("and");
  if (sign === "+") return bitsOfLetters("andplus");
  if (sign === "$") return bitsOfLetters("s");
  if (sign === "!") return bitsOfLetters("i");
  // What replaces letters may stand for any of them.
  return sign === "*" || sign === "?" ? anyLetters : 0;
});
const [letterM, letterN, dot, space, lowerCase] = [109, 110, 46, 32, 32];

/** Beside the bits of a sign: whether it is part of a word. */
const ofWord = anyLetters + 1;
const signs = bitsOfSign.map((bits, code) => (isLetterOrDigit(code) ? bits | ofWord : bits));

/** All letters that a raw title may be found by, folded in whatever way; `anyLetters` where that isn't plain. */
export function bitsOfTitle(raw: string): number {
  let bits = 0;
  let last = 0;
  let wordAt = 0;
  for (let at = 0; at < raw.length; at++) {
    const code = raw.charCodeAt(at);
    if (code > 127) return anyLetters;
    const sign = signs[code] as number;
    bits |= sign;
    if (sign < ofWord) {
      if (sign === anyLetters) return anyLetters;
      // Between words "n" is "and".
      if (at === wordAt + 1 && (last | lowerCase) === letterN) return anyLetters;
      // It may trail off.
      if (code === dot && last === dot) return anyLetters;
      // "Music from the film": the title is behind it.
      if (code === space && last === letterM && raw.startsWith("ro", at - 3)) return anyLetters;
      wordAt = at + 1;
    }
    last = code;
  }
  return bits & anyLetters;
}

function isLetterOrDigit(code: number): boolean {
  const letter = code | lowerCase;
  return (letter >= letterA && letter < letterA + digits) || (code >= 48 && code <= 57);
}

/** The bits without which a title can't hold these folded letters. */
export function bitsOf(folded: string): number {
  let bits = 0;
  for (let at = 0; at < folded.length; at++) {
    const code = folded.charCodeAt(at);
    if (isLetterOrDigit(code)) bits |= bitsOfSign[code] as number;
  }
  return bits;
}

/** Whether all bits of what is looked for are among a text's. */
export function holdsBits(bits: number, wanted: number): boolean {
  return (bits & wanted) === wanted;
}

export function lacksMoreThanTwo(bits: number, wanted: number): boolean {
  let lacking = wanted & ~bits;
  // Each time the lowest one is taken out.
  lacking &= lacking - 1;
  lacking &= lacking - 1;
  return lacking !== 0;
}

/** Whether a raw title of plain signs begins with these letters, whatever signs are between them. */
export function startsWithLetters(raw: string, letters: string): boolean {
  let held = 0;
  for (let at = 0; at < raw.length && held < letters.length; at++) {
    const code = raw.charCodeAt(at);
    if (!isLetterOrDigit(code)) continue;
    if ((code | lowerCase) !== letters.charCodeAt(held)) return false;
    held += 1;
  }
  return held === letters.length;
}

/** Whether it begins with words of these letters. */
export function startsWithWords(raw: string, letters: string): boolean {
  return endsWord(raw, 0, letters);
}

/** Whether these letters stand in a raw title of plain signs as whole words do, whatever signs are between them. */
export function standsInWords(raw: string, letters: string): boolean {
  const first = letters.charCodeAt(0);
  let isBehindSign = true;
  for (let at = 0; at < raw.length; at++) {
    const code = raw.charCodeAt(at);
    const isLetter = isLetterOrDigit(code);
    if (isBehindSign && isLetter && (code | lowerCase) === first && endsWord(raw, at, letters)) return true;
    isBehindSign = !isLetter;
  }
  return false;
}

function endsWord(raw: string, from: number, letters: string): boolean {
  let at = from;
  for (let held = 0; held < letters.length; at++) {
    if (at === raw.length) return false;
    const code = raw.charCodeAt(at);
    if (!isLetterOrDigit(code)) continue;
    if ((code | lowerCase) !== letters.charCodeAt(held)) return false;
    held += 1;
  }
  return at === raw.length || !isLetterOrDigit(raw.charCodeAt(at));
}
