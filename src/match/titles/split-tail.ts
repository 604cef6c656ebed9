import { otherThanPlainWords } from "../text/fold.ts";
import type { TailSetting } from "./soundtracks.ts";
import { classifyTail, type Tails } from "./tails.ts";

interface TailSplit {
  readonly rest: string;
  readonly tail: Partial<Tails>;
}

/** Cuts one tail off the end. Returns null if there is none, or if nothing would be left. */
export function splitTail(text: string): TailSplit | null {
  if (!otherThanPlainWords.test(text) && !mayEndInTail(text)) return null;
  return splitBracketTail(text) ?? splitSeparatedTail(text) ?? splitBareTail(text);
}

function trySplit(rest: string, piece: string, setting: TailSetting): TailSplit | null {
  const [joint] = jointSigns.exec(rest.slice(-maxJointLength)) ?? [""];
  const head = rest.slice(0, rest.length - joint.length);
  if (head === "" || piece.trim() === "") return null;
  const tail = classifyTail(piece, setting);
  return tail === null ? null : { rest: head, tail };
}

const jointSigns = /[\s\-–—:;,/|•·●★☆_+]+$/;
const maxJointLength = 20;

const bracketPairs = new Map(
  Object.entries({ ")": "(", "]": "[", "}": "{", ">": "<", "）": "（", "】": "【" }),
);

/** A bracket behind other words, at the end of a text. It may lack its end, since charts cut long titles off. */
export function findLastBracket(text: string): { readonly head: string; readonly inner: string } | null {
  const last = text[text.length - 1] ?? "";
  const opening = bracketPairs.get(last);
  if (opening === undefined) {
    const at = Math.max(text.lastIndexOf("("), text.lastIndexOf("["));
    const open = at > 0 && !/[)\]]/.test(text.slice(at)) && text.length - at > 4;
    return open ? { head: text.slice(0, at).trimEnd(), inner: text.slice(at + 1) } : null;
  }
  let depth = 0;
  for (let at = text.length - 1; at > 0; at--) {
    if (text[at] === last) depth++;
    else if (text[at] === opening && --depth === 0)
      return { head: text.slice(0, at).trimEnd(), inner: text.slice(at + 1, -1) };
  }
  return null;
}

const lastDash = /^(.*\S)(?:\s[-–—●★☆|]\s|_|-(?=(?:19|20)\d\d$))(.+)$/;

/** "Title (Piece)", "Title - Piece", "Title-1971". */
export function splitLastPiece(text: string) {
  const bracket = findLastBracket(text);
  if (bracket !== null) return { ...bracket, isBracket: true };
  const [, head = "", inner = ""] = lastDash.exec(text) ?? [];
  return { head, inner, isBracket: false };
}

function splitBracketTail(text: string): TailSplit | null {
  const bracket = findLastBracket(text);
  return bracket && trySplit(bracket.head, bracket.inner, "bracket");
}

const anySeparator = /[-–—~/|:;,•·●★☆]/;
const separator = /\s[-–—~/|•·●★☆]\s|[:;,]\s|\s[-–—](?=\S)|(?<=[)\]])-|(?<=\S)[●★☆]\s?/g;

function splitSeparatedTail(text: string): TailSplit | null {
  // A tail can only be a short ending.
  if (!anySeparator.test(text)) return null;
  const from = Math.max(1, text.length - 90);
  const window = text.slice(from);
  // The last piece first: "1967 – 1970 - 2023 Edition" loses its edition only.
  const ends: (readonly [from: number, until: number])[] = [];
  separator.lastIndex = 0;
  for (let match = separator.exec(window); match !== null; match = separator.exec(window))
    ends.push([from + match.index, from + separator.lastIndex]);
  for (let end = ends.pop(); end !== undefined; end = ends.pop()) {
    const cut = trySplit(text.slice(0, end[0]), text.slice(end[1]), "separator");
    if (cut !== null) return cut;
  }
  return null;
}

/** Last words of tails that no sign sets off. Most titles end in none, so this is tested first. */
const nakedEnd =
  /^(?:editions?|remaster\w{0,6}|anniversary|deluxe|expanded|version|reissue|tracks?|soundtracks?|score|ost|o\.s\.t\.?|ep|e\.p\.?|lp|cds|cdep|explicit|mono|stereo|luxe|box|set|ultime|limit[ée]e|sp[ée]ciale|limitada|especial|web|retail|cd[mr]?|flac|advance|promo|vinyl|more|redux|reloaded|(?:dis[ck]|cds?)\d{1,2}|(?:19|20)\d\d)["'\]]?$/i;
/** "Disc 2", "CD II". */
const nakedDisc = /\s(?:dis[ck]|disque|cd|dvd)(?:\s\w{1,5}|\d{1,2})$/i;
const plusSongs =
  /\s\+\s?(?:(?:\d{1,2}|bonus) (?:songs?|tracks?|bonus tracks?|more)|(?:bonus )?(?:dvd|cd|disc|poster|ep))$/i;

/** Marks from the names of files. */
const fileMark =
  /[\s_-](?:WEB|RETAIL|CDM|CDR|FLAC|MP3|ADVANCE|PROMO)$|(?:[\s_-]|-\d)\d?-?CD$|[\s-](?:VINYL|Vinyl)$|\s\dx?LP$|\s\d{3} ?g(?:ram)?$|-(?:Promo|Pr)-?$/;
/** "Title ...And More", "Title+", "Title Redux"; of longer titles, "Title Reloaded", which is no film's sequel. */
const addition =
  /(?<=\p{L}{2}\W*)(?:\s(?:\.{2,3}|…)?\s?(?:and|&) more|\s?\+)$|\s\(?(?:redux|(?<=\s\S+\s\S+\s\(?)reloaded)\)?$/iu;
const minAddedTitleLength = 8;
/** Most titles end otherwise, so this is tested first. */
const additionEnd = /(?:more|\+|redux|reloaded)\)?$/i;

/** Returns true if a title of plain words may end in a tail. Most do not. */
function mayEndInTail(text: string): boolean {
  const last = text.slice(text.lastIndexOf(" ") + 1);
  return nakedEnd.test(last) || (last.length < 6 && nakedDisc.test(text));
}

function splitBareTail(text: string): TailSplit | null {
  if (!text.includes(" ") && !/[_+-]/.test(text)) return null;
  const songs = text.includes("+") ? plusSongs.exec(text.slice(-40)) : null;
  if (songs) return trySplit(text.slice(0, text.length - songs[0].length), "bonus tracks", "separator");
  const file = fileMark.exec(text.slice(-12));
  if (file) return trySplit(text.slice(0, text.length - file[0].length), "digital edition", "separator");
  const mayBeLonger = text.length > minAddedTitleLength && additionEnd.test(text.slice(-9));
  const added = mayBeLonger ? addition.exec(text.slice(-40)) : null;
  if (added) return trySplit(text.slice(0, -added[0].length), "and more", "separator");
  const window = text.slice(-60);
  // "Made In Japan Disc 1" is no Japanese edition.
  const discOnly = nakedDisc.exec(window);
  const discCut = discOnly && trySplit(text.slice(0, -discOnly[0].length), discOnly[0].trim(), "bare");
  if (discCut) return discCut;
  if (!nakedEnd.test(window.slice(window.lastIndexOf(" ") + 1)) && !discOnly) return null;
  const offset = text.length - window.length;
  const starts: number[] = [];
  for (let at = window.indexOf(" "); at !== -1; at = window.indexOf(" ", at + 1)) starts.push(offset + at);
  for (const at of starts.slice(-6)) {
    const cut = trySplit(text.slice(0, at), text.slice(at + 1), "bare");
    if (cut !== null) return cut;
  }
  return null;
}
