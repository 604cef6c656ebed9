// Titles that are equal in another spelling: in Latin letters, with umlauts or short words spelled out, or in one language.
import type { AlbumBlock } from "../library/album-block.ts";
import type { LazyEntry } from "../library/entry.ts";
import { isSpelled, spellingsOf, type Spelling } from "../titles/spellings.ts";
import { type Candidate, equalTitles } from "./candidates.ts";
import { compareTails, type Wanted } from "./compare.ts";
import { looser, isDoubtful, type TitleRule } from "./ladder.ts";

export function spelledOtherwise(wanted: Wanted, block: AlbumBlock): readonly Candidate[] {
  const found: Candidate[] = [];
  for (const entry of block.entries) {
    const spelling = equalSpelling(wanted, entry);
    const tails = spelling === undefined ? null : compareTails(wanted, entry.title);
    if (spelling !== undefined && tails !== null) found.push({ entry, rule: looser(spelling.rule, tails) });
  }
  return found;
}

/** Albums with the record's title in one of its languages. */
export function inOneLanguage(wanted: Wanted, block: AlbumBlock): readonly Candidate[] {
  return wanted.alternatives.flatMap(({ key, rule }) =>
    rule !== "translation"
      ? []
      : block.titled(key).flatMap((entry) => {
          const tails = compareTails(wanted, entry.title);
          return tails === null ? [] : [{ entry, rule: looser(rule, tails) }];
        }),
  );
}

function equalSpelling({ title, spellings }: Wanted, entry: LazyEntry): Spelling | undefined {
  return (
    spellings.find((one) => isSpelled(one, entry.title)) ??
    entry.spellings.find((one) => isSpelled(one, title))
  );
}

/** Spellings of a record's title, in each of its languages. */
export function spellingsOfRecord({
  title,
  alternatives,
}: Pick<Wanted, "title" | "alternatives">): readonly Spelling[] {
  const languages = alternatives.filter(({ rule }) => rule === "translation");
  return [...spellingsOf(title), ...languages.flatMap(({ key }) => spellingsOf({ stemText: key, key }))];
}

/** Albums with the record's title by artists who may be its own; no rung is tighter than the given one. */
export function sameTitleBy(
  blocks: readonly AlbumBlock[],
  wanted: Wanted,
  rung: TitleRule,
): readonly Candidate[] {
  return blocks.flatMap((block) =>
    equalTitles(wanted, block).flatMap(({ entry, rule }) =>
      isDoubtful(rule) ? [] : [{ entry, rule: looser(rung, rule) }],
    ),
  );
}
