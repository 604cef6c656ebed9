import { compact, fold } from "./fold.ts";
import { numbersIn, withDigits } from "./numbers.ts";
import { classifyTail } from "./tails.ts";
import type { Setting, Tail } from "./tails.ts";

/** A title taken apart once, so that comparing two is comparing strings. */
export interface ParsedTitle {
  readonly raw: string;
  readonly folded: string;
  /** Without the edition's words at the end. */
  readonly core: string;
  /** Without any tail. */
  readonly stem: string;
  /** The stem with numbers in digits. */
  readonly counted: string;
  /** That without leading article and spaces: what equal titles share at least. */
  readonly key: string;
  readonly numbers: string;
  readonly disc: string;
  readonly format: string;
  readonly soundtrack: string;
  readonly catalogue: string;
  /** An edition by its own name, or guests named in the title. */
  readonly extra: "" | "named-edition" | "guests";
  /** A new mix of the same recordings: "(2018 Remix)". */
  readonly mix: boolean;
  /** What is left of the raw title without its tails. */
  readonly stemText: string;
}

interface Cut {
  readonly rest: string;
  readonly tail: Tail;
}

const elidedArticle = /^l['’](?=\p{L})/iu;

export function parseTitle(raw: string): ParsedTitle {
  const folded = fold(raw);
  let text = raw.trim();
  let coreText = text;
  let onlyEditions = true;
  let disc = "";
  let format = "";
  let soundtrack = "";
  let catalogue = "";
  let extra: ParsedTitle["extra"] = "";
  let mix = false;
  for (let cuts = 0; cuts < 8; cuts++) {
    const cut = cutTail(text);
    if (cut === null) break;
    text = cut.rest;
    if (cut.tail.kind === "disc") disc = cut.tail.detail;
    else if (cut.tail.kind === "format") format ||= cut.tail.detail;
    else if (cut.tail.kind === "soundtrack") soundtrack ||= cut.tail.detail;
    else if (cut.tail.kind === "catalogue") catalogue ||= cut.tail.detail;
    else if (cut.tail.kind === "named-edition" || cut.tail.kind === "guests") extra = cut.tail.kind;
    else if (cut.tail.kind === "mix") mix = true;
    if (cut.tail.kind !== "edition") onlyEditions = false;
    if (onlyEditions) coreText = text;
  }
  const lead = !text.includes("rom ")
    ? null
    : /^(?:the )?(?:original )?(?:motion picture )?(?:soundtrack from (?:the (?:film|movie|motion picture|series) )?|music from the (?:film|movie|motion picture|series) )(?=\S)/i.exec(
        text,
      );
  if (lead) {
    text = text.slice(lead[0].length);
    soundtrack ||= "songs";
  }
  const stem = text === raw ? folded : fold(text);
  const words = wordsOf(text, stem);
  const counted = words.join(" ");
  return {
    raw,
    folded,
    core: coreText === raw ? folded : coreText === text ? stem : fold(coreText),
    stem,
    counted: counted === stem ? stem : counted,
    key: titleKey(words),
    numbers: numbersIn(counted),
    disc,
    format,
    soundtrack,
    catalogue,
    extra,
    mix,
    stemText: text,
  };
}

export const articles: ReadonlySet<string> = new Set([
  "the",
  "a",
  "an",
  "le",
  "la",
  "les",
  "el",
  "los",
  "las",
  "il",
  "der",
  "das",
]);

/** The key of a title given as words, numbers in digits. */
export function titleKey(words: readonly string[]): string {
  return withoutArticle(words).join("");
}

/** Without a leading article; a lone letter after it makes it no article ("A W B"). */
export function withoutArticle(words: readonly string[]): readonly string[] {
  return words.length > 1 && articles.has(words[0] ?? "") && (words[1] ?? "").length > 1
    ? words.slice(1)
    : words;
}

/** The key of a piece of a title. */
export function keyOf(text: string): string {
  return titleKey(wordsOf(text.trim(), fold(text)));
}

function wordsOf(text: string, folded: string): string[] {
  return withDigits(elidedArticle.test(text) ? fold(text.replace(elidedArticle, "")) : folded);
}

/** Takes one tail off the end; null when there is none, or when nothing would be left. */
function cutTail(text: string): Cut | null {
  return cutBracket(text) ?? cutSeparated(text) ?? cutNaked(text);
}

function attempt(rest: string, piece: string, setting: Setting): Cut | null {
  const kept = rest.replace(/[\s\-–—:;,/|•·_]{1,20}$/, "");
  if (kept === "" || piece.trim() === "") return null;
  const tail = classifyTail(piece, setting);
  return tail === null ? null : { rest: kept, tail };
}

const closing: Readonly<Record<string, string>> = {
  ")": "(",
  "]": "[",
  "}": "{",
  ">": "<",
  "）": "（",
  "】": "【",
};

/** The last bracket of a text: where it opens, and whether it is closed (Last.fm cuts long titles off). */
export function lastBracket(text: string): { readonly at: number; readonly inner: string } | null {
  const last = text[text.length - 1] ?? "";
  const opening = closing[last];
  if (opening === undefined) {
    const at = Math.max(text.lastIndexOf("("), text.lastIndexOf("["));
    const open = at > 0 && !/[)\]]/.test(text.slice(at)) && text.length - at > 4;
    return open ? { at, inner: text.slice(at + 1) } : null;
  }
  let depth = 0;
  for (let at = text.length - 1; at >= 0; at--) {
    if (text[at] === last) depth++;
    else if (text[at] === opening && --depth === 0) return { at, inner: text.slice(at + 1, -1) };
  }
  return null;
}

function cutBracket(text: string): Cut | null {
  const bracket = lastBracket(text);
  return bracket === null || bracket.at === 0
    ? null
    : attempt(text.slice(0, bracket.at), bracket.inner, "bracket");
}

const anySeparator = /[-–—~/|:;,]/;
const separator = /\s[-–—~/|]\s|[:;,]\s|\s[-–—](?=\S)|(?<=[)\]])-/g;

function cutSeparated(text: string): Cut | null {
  // Only a short end can be a tail.
  if (!anySeparator.test(text)) return null;
  const from = Math.max(1, text.length - 90);
  const window = text.slice(from);
  // The last piece first: "1967 – 1970 - 2023 Edition" loses its edition only.
  for (const found of [...window.matchAll(separator)].toReversed()) {
    const at = from + found.index;
    const cut = attempt(text.slice(0, at), text.slice(at + found[0].length), "separator");
    if (cut !== null) return cut;
  }
  return null;
}

// Most titles end in none of these: that is worth knowing before looking closer.
const nakedEnd =
  /(?:edition|remaster\w{0,6}|anniversary|deluxe|expanded|version|reissue|tracks?|soundtrack|score|ost|o\.s\.t\.?|\bep|e\.p\.?|\blp|\bcds|(?:dis[ck]|cd)\s?\w{1,5}|explicit|mono|stereo|luxe|box|box set)["'\]]?$/i;
const plusSongs = /\s\+\s?(?:\d{1,2}|bonus) (?:songs?|tracks?|bonus tracks?|more)$/i;

/** What the names of files carry along; always in capitals. */
const fileMark = /[\s_-](?:WEB|RETAIL|CDM|CDR|FLAC|MP3)$/;

function cutNaked(text: string): Cut | null {
  const songs = plusSongs.exec(text.slice(-40));
  if (songs) return attempt(text.slice(0, text.length - songs[0].length), "bonus tracks", "separator");
  const file = fileMark.exec(text.slice(-12));
  if (file) return attempt(text.slice(0, text.length - file[0].length), "digital edition", "separator");
  const window = text.slice(-60);
  if (!nakedEnd.test(window)) return null;
  const offset = text.length - window.length;
  const starts: number[] = [];
  for (let at = window.indexOf(" "); at !== -1; at = window.indexOf(" ", at + 1)) starts.push(offset + at);
  for (const at of starts.slice(-6)) {
    const cut = attempt(text.slice(0, at), text.slice(at + 1), "naked");
    if (cut !== null) return cut;
  }
  return null;
}

/** The stem with spaces left aside, without reading numbers. */
export function spelledKey(title: ParsedTitle): string {
  return compact(title.stem);
}
