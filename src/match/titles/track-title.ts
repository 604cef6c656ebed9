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

/**
 * Names that any record's tracks may have, as keys: "Track 01", "Untitled #3", "Intro", "Side A", "B2", "07", "IV".
 * They are no evidence that two albums are one.
 */
const genericTrack =
  /^(?:(?:bonus|hidden|unknown|unnamed|untitled|audio)?(?:track|trk|title|titel|titre|piste|pista|traccia|faixa|song|untitled|unknown|side|seite|face|lado|disc|disk|cd|intro|introduction|outro|interlude|intermission|prelude|prologue|epilogue|overture|theme|skit|reprise|silence|movement|section|segment|chapter|трек|дорожка|トラック)(?:\d+[a-d]?|[a-h]\d*)?|[a-h]?\d+|[a-h]|[ivx]+)$/;

export function isGenericTrack(key: string): boolean {
  return genericTrack.test(key);
}
