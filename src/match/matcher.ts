import type { MatchType } from "../model.ts";
import type { AlbumBlock } from "./album-block.ts";
import { decide, ownBlocks } from "./decide.ts";
import type { Decision } from "./decide.ts";
import { creditsOf } from "./credits.ts";
import { rejectedAlbums } from "./explain.ts";
import type { RejectedAlbum } from "./explain.ts";
import type { Rule } from "./ladder.ts";
import { createLibrary } from "./library.ts";
import type { Alias, AlbumRow, MatchedRelease } from "./matched-release.ts";
import { confidenceOf } from "./rules.ts";

export { proposeAliases } from "./alias-proposals.ts";
export type { AliasProposal } from "./alias-proposals.ts";
export { foldArtist, isPlaceholderArtist } from "./artist-name.ts";
export { editionKey } from "./edition-key.ts";
export type { RejectedAlbum } from "./explain.ts";
export { fold } from "./fold.ts";
export type { Rule } from "./ladder.ts";
export type { Alias, AlbumRow, MatchedRelease } from "./matched-release.ts";
export { ruleInWords } from "./rules.ts";
export { rulesVersion } from "./rules-version.ts";

export interface CreditedAlbum {
  readonly album: AlbumRow;
  readonly rule: Rule;
  readonly confidence: number;
}

export interface Match {
  readonly type: MatchType;
  readonly confidence: number;
  readonly rule: Rule;
  /** Most played first, then by id. */
  readonly credited: readonly CreditedAlbum[];
  /** When only the artist is known: the name as Last.fm spells it most; else null. */
  readonly artistName: string | null;
}

export interface Explanation extends Match {
  readonly rejected: readonly RejectedAlbum[];
}

export interface Matcher {
  match(release: MatchedRelease): Match;
  /** The same verdict, with what was looked at and left out. */
  explain(release: MatchedRelease): Explanation;
  /** All albums under any name of the release's artists; none for placeholders. */
  albumsByArtist(release: MatchedRelease): readonly AlbumRow[];
}

export function createMatcher(
  albums: Iterable<AlbumRow>,
  options: { readonly aliases?: readonly Alias[] } = {},
): Matcher {
  const library = createLibrary(albums, options.aliases ?? []);
  return {
    match: (release) => toMatch(decide(release, library)),
    explain: (release) => {
      const decision = decide(release, library);
      return {
        ...toMatch(decision),
        rejected: rejectedAlbums(
          release.title,
          decision,
          ownBlocks(release, creditsOf(release, library), library),
        ),
      };
    },
    albumsByArtist: (release) =>
      ownBlocks(release, creditsOf(release, library), library).flatMap((block) => block.albums),
  };
}

function toMatch(decision: Decision): Match {
  const credited = decision.credited.map(({ album, rule }) => ({
    album,
    rule,
    confidence: confidenceOf(rule),
  }));
  if (credited.length > 0) {
    const confidence = confidenceOf(decision.rule);
    return {
      type: confidence === 1 ? "exact" : "fuzzy",
      confidence,
      rule: decision.rule,
      credited,
      artistName: null,
    };
  }
  const artistName = decision.artistBlock ? spelledName(decision.artistBlock) : null;
  return {
    type: artistName === null ? "none" : "artist_only",
    confidence: artistName === null ? 0 : confidenceOf("artist"),
    rule: decision.rule,
    credited,
    artistName,
  };
}

function spelledName(block: AlbumBlock): string {
  if (block.spelledName !== null) return block.spelledName;
  const plays = new Map<string, number>();
  for (const album of block.albums) plays.set(album.artist, (plays.get(album.artist) ?? 0) + album.playCount);
  const [most] = [...plays].toSorted(([one, few], [other, many]) => many - few || (one < other ? -1 : 1));
  block.spelledName = most?.[0] ?? "";
  return block.spelledName;
}
