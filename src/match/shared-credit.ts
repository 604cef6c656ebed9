import { artistWords } from "./artist-name.ts";
import type { Candidate } from "./candidates.ts";
import { compareTitles } from "./compare.ts";
import type { Wanted } from "./compare.ts";
import { isDistinctive } from "./distinctive.ts";
import { isDoubtful, looser } from "./ladder.ts";
import { isVariousArtists } from "./artist-name.ts";
import { partsOfCredit } from "./library.ts";
import type { Library } from "./library.ts";

/** Albums of the same distinctive title by artists known by their last name: "Tim Booth", "Booth And …". */
export function creditedOtherwise(wanted: Wanted, library: Library): Candidate[] {
  if (!isDistinctive(wanted.title, 2) || wanted.title.stem.split(" ").length < 3) return [];
  const own = wanted.names.flatMap(namesIn);
  const found: Candidate[] = [];
  for (const entry of library.titles().sameTitle(wanted.title)) {
    if (isVariousArtists(entry.album.artist)) continue;
    if (!namesIn(entry.album.artist).some((name) => own.some((mine) => isShortFor(mine, name)))) continue;
    const rule = compareTitles(wanted, entry.title);
    if (rule !== null && !isDoubtful(rule)) found.push({ entry, rule: looser("credit", rule) });
  }
  return found;
}

function namesIn(credit: string): string[][] {
  return [credit, ...partsOfCredit(credit)].map(artistWords);
}

/** One name is the other's last word: "Rodriguez", "Sixto Rodriguez". */
function isShortFor(one: readonly string[], other: readonly string[]): boolean {
  const last = one.at(-1) ?? "";
  return last.length >= 4 && last === other.at(-1) && (one.length === 1 || other.length === 1);
}
