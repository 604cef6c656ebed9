// Cyrillic and Greek in Latin letters, for searches. The library of transliteration.ts knows more scripts, but takes
// longer to load than a search takes.
import { fold } from "../../match/text/fold.ts";

/** Folded letters: fold() has removed their marks. */
const spellings = `а a б b в v г g д d е e ж zh з z и i к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh щ shch
  ы y э e ю yu я ya і i є e ґ g ј j љ lj њ nj ћ c џ dz
  α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s τ t υ y φ f χ ch ψ ps ω o`;
const words = spellings.split(/\s+/);
const latinFor = new Map(
  words.flatMap((letter, at) => (at % 2 === 0 ? [[letter, words[at + 1] ?? ""]] : [])),
);
/** Signs that stand for no sound. */
const silent = /[ъь]/g;
const otherLetter = /[\u0370-\u03ff\u0400-\u052f]/;
const otherLetters = new RegExp(otherLetter, "g");

/** Pairs of Greek letters for sounds that Greek has no letter for: "λεντ ζεπελιν" is "led zepelin". */
const greekPairs: ReadonlyMap<string, string> = new Map([
  ["μπ", "b"],
  ["ντ", "d"],
  ["γκ", "g"],
  ["ου", "u"],
]);

export function isCyrillicOrGreek(text: string): boolean {
  return otherLetter.test(text);
}

/** The spellings of a folded text in Latin letters: by letters, then by sounds. Empty if no letter is Cyrillic or Greek. */
export function listLatinSpellings(foldedText: string): readonly string[] {
  if (!isCyrillicOrGreek(foldedText)) return [];
  const bySound = foldedText.replace(/μπ|ντ|γκ|ου/g, (pair) => greekPairs.get(pair) ?? pair);
  return [...new Set([foldedText, bySound].map(toLatinLetters))];
}

/** The folded text, and its spellings in Latin letters. */
export function listSearchSpellings(text: string): readonly string[] {
  const folded = fold(text);
  return [folded, ...listLatinSpellings(folded)];
}

function toLatinLetters(foldedText: string): string {
  return foldedText.replace(silent, "").replace(otherLetters, (letter) => latinFor.get(letter) ?? letter);
}
