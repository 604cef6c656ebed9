import { hashText } from "../../model/hash.ts";
import { toTitleKey } from "./title.ts";
import { foldArtist } from "../text/artist-name.ts";

const openingBrackets = ["(", "[", "{", "（", "【"];
const dash = /\s[-–—]\s/u;
const guest = /\s(?:feat|ft|featuring)\b/iu;

/** A key for evidence: leaves out what follows a dash or is in brackets at the end. toSongKey() tells songs apart. */
export function toTrackKey(title: string): string {
  let text = title.trim();
  for (let cuts = 0; cuts < 4; cuts++) {
    const bracket = findLastIndex(text, openingBrackets);
    const outside = bracket === -1 ? text : text.slice(0, bracket).trimEnd();
    const cut = stripFrom(stripFrom(outside, dash).trimEnd(), guest);
    if (cut === text || cut === "") break;
    text = cut;
  }
  return toTitleKey(text);
}

const closingBrackets = [")", "]"];
const brackets = ["(", "[", ...closingBrackets];
const guestInBrackets = /[([](?:feat|ft|featuring|with)\b/giu;
const guestAfterSpace = /\s(?:feat|ft|featuring)\b\.?\s/iu;
const edition =
  /\b(?:remaster(?:ed|izado|isé)?|mono|stereo|anniversary|deluxe|expanded|(?:album|single|original|lp) version|(?:19|20)\d\d version|bonus track|explicit)\b/iu;

/** A track's title without guests and remarks about the edition. */
export function stripTitleExtras(title: string): string {
  let bare = title;
  for (let cuts = 0; cuts < 3; cuts += 1) {
    const cut = stripGuests(stripEdition(bare));
    if (cut === bare || cut.trim() === "") break;
    bare = cut;
  }
  return bare;
}

// The functions below read a title once or twice. An expression that tries the rest of the title from each bracket,
// dash or space on takes seconds for some thousand long titles.

/** Leaves out a remark about the edition after the last bracket, or after a dash behind it. */
function stripEdition(title: string): string {
  const text = title.trimEnd();
  const inside = hasClosingBracket(text) ? text.slice(0, -1) : text;
  const bracket = findLastIndex(inside, brackets);
  const rest = inside.slice(bracket + 1);
  const isOpen = bracket !== -1 && !hasClosingBracket(inside.slice(0, bracket + 1));
  if (isOpen && edition.test(rest)) return inside.slice(0, bracket).trimEnd();
  const at = rest.search(dash);
  if (at === -1 || !edition.test(rest.slice(at + 2))) return title;
  return inside.slice(0, bracket + 1 + at).trimEnd();
}

/** Leaves out guests in the last brackets, or after a "feat.". */
function stripGuests(title: string): string {
  const text = title.trimEnd();
  const cut = stripFrom(title, guestAfterSpace);
  if (!hasClosingBracket(text)) return cut;
  guestInBrackets.lastIndex = findLastIndex(text.slice(0, -1), closingBrackets) + 1;
  const bracket = guestInBrackets.exec(text)?.index ?? Number.POSITIVE_INFINITY;
  return bracket < cut.length ? text.slice(0, bracket).trimEnd() : cut;
}

function hasClosingBracket(text: string): boolean {
  return closingBrackets.some((bracket) => text.endsWith(bracket));
}

function stripFrom(text: string, expression: RegExp): string {
  const at = text.search(expression);
  return at === -1 ? text : text.slice(0, at);
}

/** The index of the last of these characters; -1 if there is none. */
function findLastIndex(text: string, characters: readonly string[]): number {
  let last = -1;
  for (const character of characters) last = Math.max(last, text.lastIndexOf(character));
  return last;
}

/** Equal for the spellings of one song. A live version, a remix, a reprise and another part are other songs. */
export function toSongKey(title: string): string {
  return toTitleKey(stripTitleExtras(title));
}

/** Names that tracks of any record may have: "Track 01", "Untitled #3", "Intro", "Side A", "B2", "IV". */
const genericTrack =
  /^(?:(?:bonus|hidden|unknown|unnamed|untitled|audio)?(?:track|trk|title|titel|titre|piste|pista|traccia|faixa|song|untitled|unknown|side|seite|face|lado|disc|disk|cd|intro|introduction|outro|interlude|intermission|prelude|prologue|epilogue|overture|theme|skit|reprise|silence|movement|section|segment|chapter|трек|дорожка|トラック)(?:\d+[a-d]?|[a-h]\d*)?|[a-h]?\d+|[a-h]|[ivx]+)$/;

export function isGenericTrack(key: string): boolean {
  return genericTrack.test(key);
}

/** A number for a song, the same for all its spellings. Two songs share one by a chance of 1 in 2^53. */
export function computeSongNumber(artist: string, name: string): number {
  return hashText(`${foldArtist(artist)}\n${toSongKey(name)}`);
}
