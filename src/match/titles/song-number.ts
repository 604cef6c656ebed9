import { foldArtist } from "../text/artist-name.ts";
import { trackKey } from "./track-title.ts";

/** A number that two spellings of one song share, and no two songs, but by a chance of one in 2^53. */
export function songNumber(artist: string, name: string): number {
  return hash(`${foldArtist(artist)}\n${trackKey(name)}`);
}

/** Two mixes of 32 bits each, of which 53 are kept: what a number holds exactly. */
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
