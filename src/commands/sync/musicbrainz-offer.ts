import { printable, type SafeText } from "../../output/escape.ts";
import type { Database } from "../../store/database.ts";
import { readFact, writeFact } from "../../store/facts.ts";

const offeredFact = "musicbrainz offered";

/** Tells of MusicBrainz after the first sync that is complete, and never again. */
export function offerMusicBrainz(database: Database): SafeText[] {
  if (readFact(database, offeredFact) !== undefined) return [];
  writeFact(database, offeredFact, "once");
  return [
    printable("For original years: rewind sync --musicbrainz (it tells MusicBrainz which releases you have)"),
  ];
}
