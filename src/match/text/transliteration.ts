// One name in two alphabets: what is written in another is spelled in Latin letters, and both that and what is written
// in Latin letters are made so coarse that the many ways of spelling it come to the same.

import { hashWith } from "./hash.ts";

export type OtherScript = "cyrillic" | "greek" | "kana" | "hangul";

/** What can be spelled in Latin letters by a table. */
const otherScript = /[\u0370-\u03ff\u0400-\u052f\u3041-\u30fc\uac00-\ud7a3]/;

export function isInOtherScript(text: string): boolean {
  return otherScript.test(text);
}

/** Of a text that is in one. */
export function scriptOf(text: string): OtherScript {
  const code = otherScript.exec(text)?.[0].charCodeAt(0) ?? 0;
  if (code < 0x400) return "greek";
  if (code < 0x3000) return "cyrillic";
  return code < 0xac00 ? "kana" : "hangul";
}

type Rules = readonly (readonly [RegExp, string])[];

interface Script {
  readonly spell: (text: string) => string;
  /** What makes the spellings of all systems one, in this order. */
  readonly coarse: Rules;
  /** The letters that none of these changes or makes. */
  readonly steady: string;
}

const table = (letters: string, spellings: string): ReadonlyMap<string, string> =>
  new Map(spellings.split(" ").map((spelling, at) => [letters.charAt(at), spelling]));

/** й and ё stand without their marks once a text is folded. */
const cyrillic = table(
  "абвгдежзиклмнопрстуфхцчшщъыьэюяієґђјљњћџ",
  "a b v g d e zh z i k l m n o p r s t u f kh ts ch sh shch  y  e iu ia i e g d i li ni ch dz",
);
const greek = table("αβγδεζηθικλμνξοπρστυφχψω", "a v g d e z i th i k l m n ks o p r s t y f h ps o");

function spellBy(letters: ReadonlyMap<string, string>, text: string): string {
  return text.replace(/[^\0-\x7f]/g, (letter) => letters.get(letter) ?? letter);
}

function spellCyrillic(text: string): string {
  // A hard sign before a consonant is a Bulgarian vowel.
  return spellBy(cyrillic, text.replace(/ъ(?=[бвгджзклмнпрстфхцчшщ])/g, "а"));
}

function spellGreek(text: string): string {
  return spellBy(greek, text.replace(/(?<=[αε])υ/g, "v").replaceAll("ου", "u"));
}

/** From U+3041 on, in the order of Unicode. Small ones change the syllable before; a small "tsu" doubles what follows. */
const kana = (
  "xa a xi i xu u xe e xo o ka ga ki gi ku gu ke ge ko go sa za shi ji su zu se ze so zo ta da chi ji q tsu zu te de to do " +
  "na ni nu ne no ha ba pa hi bi pi fu bu pu he be pe ho bo po ma mi mu me mo xya ya xyu yu xyo yo ra ri ru re ro xwa wa i e o n vu"
).split(" ");

export function spellKana(text: string): string {
  return text
    .replace(/[\u3041-\u3094\u30a1-\u30f4]/g, (sign) => kana[(sign.charCodeAt(0) - 0x3041) % 0x60] ?? "")
    .replace(/ixy/g, "y")
    .replace(/[aiueo]x(?=[aiueo])/g, "")
    .replace(/[qx\u30fb\u30fc]/g, "");
}

const leads = "g kk n d tt r m b pp s ss  j jj ch k t p h".split(" ");
const vowels = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split(" ");
const finals = " k k k n n n t l k m l l l p l m p p t t ng t t k t p t".split(" ");

function spellHangul(text: string): string {
  return text.replace(/[\uac00-\ud7a3]/g, (syllable) => {
    const at = syllable.charCodeAt(0) - 0xac00;
    return `${leads[Math.floor(at / 588)]}${vowels[Math.floor(at / 28) % 21]}${finals[at % 28]}`;
  });
}

const doubled = [/(\D)\1+/g, "$1"] as const;

const scripts: Readonly<Record<OtherScript, Script>> = {
  cyrillic: {
    spell: spellCyrillic,
    coarse: [
      [/s(?:h?ch?|h|z)/g, "s"],
      [/zh/g, "z"],
      [/ph/g, "f"],
      // Scholars write х with an x, others кс.
      [/kh|ks|x/g, "h"],
      // Ukrainian г is an h.
      [/g/g, "h"],
      [/t?ch|t[sz]|cz/g, "c"],
      [/w/g, "v"],
      [/[ijy]+/g, "i"],
      [/io/g, "e"],
      // Whatever makes a vowel soft, or ends it.
      [/i(?=[aeou])|(?<=[aeou])i/g, ""],
      doubled,
    ],
    steady: "abdlmnqru",
  },
  greek: {
    spell: spellGreek,
    coarse: [
      [/[ck]h/g, "h"],
      [/ph/g, "f"],
      [/x/g, "ks"],
      [/gh|gk|ng|gg/g, "g"],
      [/mp|mb/g, "b"],
      [/nt|nd|dh/g, "d"],
      [/th/g, "t"],
      [/d[jz]|t[sz]/g, "ts"],
      [/ou/g, "u"],
      [/([ae])[uf]/g, "$1v"],
      [/ai/g, "e"],
      [/[eo]i|[yj]/g, "i"],
      [/c/g, "k"],
      doubled,
    ],
    steady: "lqrw",
  },
  kana: {
    spell: spellKana,
    coarse: [
      [/t?ch|ts/g, "t"],
      [/sh/g, "s"],
      [/dz|j/g, "z"],
      [/(?<=[stzd])y/g, ""],
      [/f/g, "h"],
      [/l/g, "r"],
      [/v/g, "b"],
      [/c/g, "k"],
      [/m(?=[bp])/g, "n"],
      [/wo/g, "o"],
      [/ou/g, "o"],
      [/ei/g, "e"],
      doubled,
    ],
    steady: "agp",
  },
  hangul: {
    spell: spellHangul,
    coarse: [
      [/sh/g, "s"],
      [/ch|j/g, "c"],
      [/e(?=[ou])/g, ""],
      [/ae/g, "e"],
      [/g/g, "k"],
      [/d/g, "t"],
      [/b/g, "p"],
      [/r/g, "l"],
      doubled,
    ],
    steady: "fimnoquvwxyz",
  },
};

const fewestLetters = 3;

/** A name without spaces, folded, as it is spelled in a script's Latin letters; null where these are not all that it takes. */
export function latinKey(text: string, script: OtherScript): string | null {
  const { spell, coarse } = scripts[script];
  const spelled = spell(text);
  if (spelled.length < fewestLetters || !/^[a-z\d]+$/.test(spelled)) return null;
  return coarse.reduce((key, [spelling, one]) => key.replace(spelling, one), spelled);
}

const steadyCodes = new Map<OtherScript, Uint8Array>();
for (const script of ["cyrillic", "greek", "kana", "hangul"] as const) {
  const codes = new Uint8Array(128);
  for (let at = 0; at < scripts[script].steady.length; at++) codes[scripts[script].steady.charCodeAt(at)] = 1;
  steadyCodes.set(script, codes);
}

/**
 * A number made of the letters that a name in Latin letters keeps however a script is spelled: equal for names that are
 * one, and sooner told than what they are spelled like.
 */
export function steadyNumber(text: string, script: OtherScript): number {
  const codes = steadyCodes.get(script);
  // Small kana are spelled with an x, which takes the vowel before it away.
  const letters = script === "kana" && /[qx]/.test(text) ? spellKana(text) : text;
  let [number, last] = [0, 0];
  for (let at = 0; at < letters.length; at++) {
    const code = letters.charCodeAt(at);
    // Doubled ones count once.
    if (code === last || codes?.[code] !== 1) continue;
    number = hashWith(number, code);
    last = code;
  }
  return number;
}
