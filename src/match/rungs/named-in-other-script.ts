// Artists whose names nothing spells alike: a name in Latin letters on one side, one in ideographs, kana or Hangul on the other.
import type { AlbumBlock } from "../albums/album-block.ts";
import type { Library } from "../albums/library.ts";
import { holdsOtherAlbum } from "../text/asian-editions.ts";
import { foldArtist } from "../text/artist-name.ts";
import type { ParsedTitle } from "../text/title.ts";
import { equalTitles, type Candidate } from "./candidates.ts";
import { compareTitles, type Wanted } from "./compare.ts";
import type { Credits } from "./credits.ts";
import { isDoubtful, looser } from "./ladder.ts";

const none: readonly Candidate[] = [];
const asian = /[\u3041-\u30fa\u4e00-\u9fff\uac00-\ud7a3]/;
const ideographs = /[\u4e00-\u9fff]/g;
const syllables = /[\u3041-\u30fa\uac00-\ud7a3]/g;
/** An ideograph tells as much as two syllables; shorter titles are those of songs that others sing, and of idioms. */
const tellingWeight = 10;

export function namedInOtherScript(
  wanted: Wanted,
  credits: Credits,
  library: Library,
  otherwise: (block: AlbumBlock) => readonly Candidate[],
): readonly Candidate[] {
  const found: Candidate[] = [];
  const add = ({ entry, rule }: Candidate): void => {
    if (!isDoubtful(rule)) found.push({ entry, rule: looser("other-script", rule) });
  };
  for (const key of credits.whole) {
    for (const name of library.soundingLike(key)) {
      const block = library.block(name);
      if (block === undefined) continue;
      for (const candidate of equalTitles(wanted, block)) add(candidate);
      for (const candidate of otherwise(block)) add(candidate);
    }
  }
  for (const candidate of found.length > 0 ? none : underTellingTitle(wanted, credits, library))
    add(candidate);
  return found;
}

/** Albums of the same telling title by the only artist in the other script who has one. */
function underTellingTitle(wanted: Wanted, { names }: Credits, library: Library): readonly Candidate[] {
  const { title } = wanted;
  if (!asian.test(title.stem) || !isTelling(title)) return none;
  const isAsian = names.some((name) => asian.test(name));
  if (names.length === 0 || names.some((name) => asian.test(name) !== isAsian)) return none;
  const rows = library
    .titles()
    .sameTitle(title)
    .filter(({ album, title: { soundtrack } }) => soundtrack === "" && asian.test(album.artist) !== isAsian);
  if (new Set(rows.map(({ album }) => foldArtist(album.artist))).size !== 1) return none;
  return rows.flatMap((entry) => {
    const rule = compareTitles(wanted, entry.title);
    return rule === null ? [] : [{ entry, rule }];
  });
}

function isTelling({ stem, soundtrack }: ParsedTitle): boolean {
  if (soundtrack !== "" || holdsOtherAlbum(stem)) return false;
  return 2 * countOf(stem, ideographs) + countOf(stem, syllables) >= tellingWeight;
}

function countOf(text: string, signs: RegExp): number {
  return text.match(signs)?.length ?? 0;
}
