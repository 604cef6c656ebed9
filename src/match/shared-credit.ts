import { artistWords } from "./artist-name.ts";
import type { Candidate } from "./candidates.ts";
import { compareTitles } from "./compare.ts";
import type { Wanted } from "./compare.ts";
import { isDistinctive } from "./distinctive.ts";
import { isDoubtful, looser } from "./ladder.ts";
import { isVariousArtists } from "./artist-name.ts";
import type { TitleIndex } from "./title-index.ts";

/** Words of many names, which make no two artists one. */
const commonWords = new Set(
  "band orchestra trio quartet quintet ensemble group project brothers sisters boys girls choir symphony philharmonic black white big little young king queen featuring with from and".split(
    " ",
  ),
);

/** Albums of the same distinctive title by artists of whose names a telling word is shared: "Tim Booth", "Booth And …". */
export function creditedOtherwise(wanted: Wanted, titles: TitleIndex): Candidate[] {
  if (!isDistinctive(wanted.title, 2) || wanted.title.stem.split(" ").length < 3) return [];
  const own = new Set(wanted.names.flatMap(tellingWords));
  const found: Candidate[] = [];
  for (const entry of titles.sameTitle(wanted.title)) {
    if (
      isVariousArtists(entry.album.artist) ||
      !tellingWords(entry.album.artist).some((word) => own.has(word))
    )
      continue;
    const rule = compareTitles(wanted, entry.title);
    if (rule !== null && !isDoubtful(rule)) found.push({ entry, rule: looser("credit", rule) });
  }
  return found;
}

function tellingWords(name: string): string[] {
  return artistWords(name).filter((word) => word.length >= 4 && !commonWords.has(word));
}
