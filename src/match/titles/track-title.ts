import { keyOf } from "./title.ts";

const longTrack = 300;
const bracketAtEnd = /\s*[([{（【][^([{（【]*[)\]}）】]?\s*$/u;
const dashAtEnd = /\s+[-–—]\s.*$/u;
const guestsAtEnd = /\s(?:feat|ft|featuring)\b.*$/iu;

/**
 * What two spellings of one track share: its title without what players and remasters hang on it
 * ("(feat. …)", "- 2011 Remaster"), folded like an album's.
 */
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
