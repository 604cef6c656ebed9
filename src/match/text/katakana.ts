// What a title in katakana sounds like: Japanese tags write Western titles as they are spoken.
import { spellKana } from "./transliteration.ts";

const katakana = /^[\u30a1-\u30fca-z\d ]+$/;
/** The softest vary most. */
const [fewestKana, fewestConsonants, fewestHard, longest] = [4, 4, 3, 60];

/** How English writes each consonant of Japanese. */
const spellings: Readonly<Record<string, string>> = {
  k: "ck|ch|[kcq]",
  g: "gu|g|k(?=s)",
  s: "sc|ps|th|[scz]",
  sh: "sch|sh|ch|th|s|t(?=i)|c(?=[ei])",
  z: "th|d?[zs]",
  j: "dg|dj|th|[jgzs]|d(?=u)",
  t: "th|t",
  ts: "te?s|tz|[tz]",
  ch: "tch|ch|[tc]",
  d: "th|d",
  n: "kn|gn|ng(?![aeiou])|n|m(?= ?[bpm])",
  h: "wh|[hj]",
  f: "ph|gh|wh|[fh]",
  b: "[bv]",
  v: "[vbfw]",
  m: "m[bn](?= |$)|mb|m",
  r: "wr|[lr]",
};

/** What stands between two consonants: vowels, and what isn't spoken. */
const vowels = "(?:[aeiouyw ]|gh|h|r(?![aeiouy])|r(?=e[sd]?(?: |$))|l(?=[kmfd]))*";

/** A pattern of the titles in Latin letters, folded, that are spoken so; null where it takes more, or too much would fit. */
export function soundOf(folded: string): RegExp | null {
  if (!katakana.test(folded) || folded.length > longest) return null;
  if (folded.replace(/[^\u30a1-\u30fa]/g, "").length < fewestKana) return null;
  const spelled = spellKana(folded);
  const consonants = spelled.replace(/[aiueo ]|(?<=[sc])h|(?<=t)s/g, "");
  if (consonants.length < fewestConsonants || consonants.replace(/[yw]/g, "").length < fewestHard)
    return null;
  const parts = spelled.match(/sh|ch|ts|[^aiueoyw ]/g) ?? [];
  const spoken = parts.map((sound, at) => {
    const spelling = `(?:${spellings[sound] ?? sound})`;
    return sound === parts[at - 1] ? `${spelling}?` : spelling;
  });
  return new RegExp(`^(?:(?:the|an?) )?${vowels}${spoken.join(vowels)}${vowels}$`);
}

/** A folded title in Latin letters as it is held against such a pattern. */
export function asSpoken(folded: string): string {
  return folded
    .replace(/\bof\b/g, "ov")
    .replace(/cc(?=[ei])/g, "ks")
    .replaceAll("x", "ks")
    .replace(/([a-z])\1+/g, "$1");
}
