import { keyOf } from "./title.ts";
import { foldArtist } from "../text/artist-name.ts";

const longTrack = 300;
const bracketAtEnd = /\s*[([{（【][^([{（【]*[)\]}）】]?\s*$/u;
const dashAtEnd = /\s+[-–—]\s.*$/u;
const guestsAtEnd = /\s(?:feat|ft|featuring)\b.*$/iu;

/** For evidence: leaves out what follows a dash or is in brackets at the end. songKey() tells songs apart. */
export function trackKey(title: string): string {
  let text = title.trim();
  if (text.length <= longTrack) {
    for (let cuts = 0; cuts < 4; cuts++) {
      const cut = text.replace(bracketAtEnd, "").replace(dashAtEnd, "").replace(guestsAtEnd, "");
      if (cut === text || cut === "") break;
      text = cut;
    }
  }
  return keyOf(text);
}

const guests = /\s*[([](?:feat|ft|featuring|with)\b[^)\]]*[)\]]\s*$|\s(?:feat|ft|featuring)\b\.?\s.*$/iu;
const edition =
  /\s*(?:\s[-–—]\s|[([])[^()[\]]*\b(?:remaster(?:ed|izado|isé)?|mono|stereo|anniversary|deluxe|expanded|(?:album|single|original|lp) version|(?:19|20)\d\d version|bonus track|explicit)\b[^()[\]]*[)\]]?\s*$/iu;

/** A track's title without guests and remarks about the edition. */
export function bareTitle(title: string): string {
  if (title.length > longTrack) return title;
  let bare = title;
  for (let cuts = 0; cuts < 3; cuts += 1) {
    const cut = bare.replace(edition, "").replace(guests, "");
    if (cut === bare || cut.trim() === "") break;
    bare = cut;
  }
  return bare;
}

/** Equal for the spellings of one song. A live version, a remix, a reprise and another part are other songs. */
export function songKey(title: string): string {
  return keyOf(bareTitle(title));
}

/** Names that tracks of any record may have: "Track 01", "Untitled #3", "Intro", "Side A", "B2", "IV". */
const genericTrack =
  /^(?:(?:bonus|hidden|unknown|unnamed|untitled|audio)?(?:track|trk|title|titel|titre|piste|pista|traccia|faixa|song|untitled|unknown|side|seite|face|lado|disc|disk|cd|intro|introduction|outro|interlude|intermission|prelude|prologue|epilogue|overture|theme|skit|reprise|silence|movement|section|segment|chapter|трек|дорожка|トラック)(?:\d+[a-d]?|[a-h]\d*)?|[a-h]?\d+|[a-h]|[ivx]+)$/;

export function isGenericTrack(key: string): boolean {
  return genericTrack.test(key);
}

/** A number for a song, the same for all its spellings. Two songs share one by a chance of 1 in 2^53. */
export function songNumber(artist: string, name: string): number {
  return hash(`${foldArtist(artist)}\n${songKey(name)}`);
}

/** Mixes 64 bits and keeps 53, which a number holds exactly. */
function hash(text: string): number {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    high = Math.imul(high ^ unit, 0x9e3779b1);
    low = Math.imul(low ^ unit, 0x5f356495);
  }
  high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
  low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
  return (high >>> 0) * 2 ** 21 + (low >>> 11);
}
