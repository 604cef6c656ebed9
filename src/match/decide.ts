import { alternativesOf } from "./rungs/alternatives.ts";
import { bagOf } from "./rungs/telling-words.ts";
import { cluesOf } from "./albums/clues.ts";
import type { AlbumBlock } from "./albums/album-block.ts";
import { compilationRows } from "./rungs/compilation.ts";
import { type Candidate, equalTitles, nearTitles } from "./rungs/candidates.ts";
import { isSelfTitled } from "./rungs/self-titled.ts";
import type { Wanted } from "./rungs/compare.ts";
import { besideNames, partByArtist, partsOfSeries } from "./rungs/named-title.ts";
import { nearArtists } from "./rungs/near-artist.ts";
import { halvesOfSplit } from "./rungs/split-release.ts";
import { creditsOf, isNameless, ownKeys, type Credits } from "./rungs/credits.ts";
import { namelessTitle } from "./rungs/nameless.ts";
import { namedInOtherScript } from "./rungs/named-in-other-script.ts";
import { spelledOtherwise } from "./rungs/spelled-otherwise.ts";
import { creditedOtherwise } from "./rungs/shared-credit.ts";
import { sharedCredits } from "./rungs/sharing-artists.ts";
import { isComplete } from "./rungs/halves.ts";
import { isDoubtful, looser, rungOrder, type TitleRule } from "./rungs/ladder.ts";
import { variousKey } from "./albums/artist-names.ts";
import type { Library } from "./albums/library.ts";
import type { AlbumRow, MatchedRelease } from "./matched-release.ts";
import {
  isCollection,
  isCompilation,
  isMiniAlbum,
  isNoSoundtrack,
  releaseKind,
} from "./rungs/release-format.ts";
import { parseTitle } from "./text/title.ts";
import { OwnNames } from "./text/own-names.ts";
import { ofItsYear, yearsOf } from "./rungs/years.ts";

export interface MatchDecision {
  readonly rule: TitleRule | "artist" | "tie" | "none";
  readonly credited: readonly { readonly album: AlbumRow; readonly rule: TitleRule }[];
  /** The artist's albums, where none of them is credited. */
  readonly artistBlock: AlbumBlock | null;
  /** Albums that a rung reached without being credited. */
  readonly passedOver: readonly Candidate[];
}

export function decide(release: MatchedRelease, library: Library): MatchDecision {
  const credits = creditsOf(release, library);
  const title = parseTitle(release.title);
  const own = new OwnNames(credits.names, credits.joined);
  const alternatives = alternativesOf(title, own, "record");
  const bag = bagOf(title, own);
  const selfTitled = isSelfTitled(title, own);
  const wanted: Wanted = {
    title,
    alternatives,
    bag,
    clues: cluesOf(title, alternatives, bag),
    kind: releaseKind(release),
    own,
    mini: isMiniAlbum(release.formats),
    compilation: isCompilation(release.formats),
    collection: isCollection(release.formats),
    noSoundtrack: isNoSoundtrack(release),
    years: yearsOf(release),
    selfTitled,
    shared: credits.joined.length > 0,
  };
  const found = isNameless(release, library)
    ? namelessTitle(wanted, library)
    : ofItsYear(wanted, candidates(wanted, credits, library));
  if (found.length === 0) return unmatched("artist", firstBlock(release, credits, library), found);
  return choose(wanted, found, () => firstBlock(release, credits, library));
}

function unmatched(
  rule: "artist" | "tie",
  artistBlock: AlbumBlock | null,
  passedOver: readonly Candidate[],
): MatchDecision {
  const known = rule === "tie" || artistBlock !== null ? rule : "none";
  return { rule: known, credited: [], artistBlock, passedOver };
}

/** The first of the blocks of a release's artists: mostly that of the whole credit. */
function firstBlock(release: MatchedRelease, credits: Credits, library: Library): AlbumBlock | null {
  return blocksOf(credits.whole, library)[0] ?? ownBlocks(release, credits, library)[0] ?? null;
}

/** The blocks of a release's artists: together, each alone, and the leader of a band named after him. */
export function ownBlocks(release: MatchedRelease, credits: Credits, library: Library): AlbumBlock[] {
  return blocksOf([...new Set([...credits.whole, ...ownKeys(release, library)])], library);
}

function candidates(wanted: Wanted, credits: Credits, library: Library): readonly Candidate[] {
  const found: Candidate[] = [];
  const blocks = blocksOf(credits.various ? [variousKey] : credits.whole, library);
  for (let at = 0; at < blocks.length; at++) addAll(found, equalTitles(wanted, blocks[at] as AlbumBlock));
  if (credits.various) {
    for (const block of blocks) addAll(found, nearTitles(wanted, block));
    addAll(found, compilationRows(wanted, library.titles()));
    addAll(found, partByArtist(wanted, library));
    return tightest(found);
  }
  const shared = sharedCredits(credits, library);
  const otherwise = spelledOtherwise(wanted);
  if (shared.length > 0) addAll(found, underSharedCredits(wanted, credits, shared, otherwise));
  if (credits.names.length > 1)
    for (const block of blocks) addAll(found, besideNames(wanted, block, "artist-in-title"));
  addAll(found, partsOfSeries(wanted, credits, library));
  addAll(found, halvesOfSplit(wanted, credits, library));
  for (let at = 0; at < blocks.length; at++) {
    const block = blocks[at] as AlbumBlock;
    addAll(found, nearTitles(wanted, block));
    addAll(found, otherwise(block));
  }
  if (found.length === 0 || wanted.selfTitled)
    addAll(found, creditedOtherwise(wanted, credits.names, library));
  if (found.length === 0) addAll(found, namedInOtherScript(wanted, credits, library, otherwise));
  addAll(found, nearArtists(wanted, credits.names, library));
  return tightest(found);
}

/**
 * Not by `for of`, as nothing that each record passes: until such a loop is compiled, each step of it makes an object,
 * which was a seventh of all that a first match threw away.
 */
function addAll(found: Candidate[], rows: readonly Candidate[]): void {
  for (let at = 0; at < rows.length; at++) found.push(rows[at] as Candidate);
}

function underSharedCredits(
  wanted: Wanted,
  credits: Credits,
  blocks: readonly AlbumBlock[],
  otherwise: (block: AlbumBlock) => readonly Candidate[],
): readonly Candidate[] {
  const found: Candidate[] = [];
  for (const block of blocks) {
    for (const { entry, rule } of equalTitles(wanted, block))
      if (!isDoubtful(rule)) found.push({ entry, rule: looser("credit", rule) });
    for (const { entry, rule } of otherwise(block)) found.push({ entry, rule: looser("credit", rule) });
  }
  if (mayNameOthers(wanted, credits))
    for (const block of blocks) addAll(found, besideNames(wanted, block, "credit"));
  return found;
}

/** Whether a title may name artists beside the one under whom it stands: where there are several, or it does so itself. */
function mayNameOthers({ alternatives }: Wanted, { names }: Credits): boolean {
  return names.length > 1 || alternatives.some(({ rule }) => rule === "artist-in-title");
}

/** Each album once, by the tightest rung that reaches it. */
function tightest(found: readonly Candidate[]): readonly Candidate[] {
  if (found.length < 2) return found;
  const byAlbum = new Map<number, Candidate>();
  for (const candidate of found) {
    const { id } = candidate.entry.album;
    const held = byAlbum.get(id);
    if (!held || rungOrder(candidate.rule) < rungOrder(held.rule)) byAlbum.set(id, candidate);
  }
  return [...byAlbum.values()];
}

function blocksOf(keys: readonly string[], library: Library): AlbumBlock[] {
  const blocks: AlbumBlock[] = [];
  for (let at = 0; at < keys.length; at++) {
    const block = library.block(keys[at] as string);
    if (block) blocks.push(block);
  }
  return blocks;
}

/** Whether beside the plain title an EP or a single is something else: where the record is no such thing. */
function isAnotherFormat(
  { kind, mini }: Wanted,
  { rule, entry }: Candidate,
  found: readonly Candidate[],
): boolean {
  if (rule !== "format" || kind === "ep" || kind === "single") return false;
  if (mini && entry.title.format === "ep") return false;
  if (kind === "album" || entry.title.format !== "ep") return true;
  // What has editions is an album.
  return found.some(
    ({ entry: { title } }) => title.format === "" && (title.core !== title.folded || title.soundtrack !== ""),
  );
}

function choose(
  wanted: Wanted,
  found: readonly Candidate[],
  ownBlock: () => AlbumBlock | null,
): MatchDecision {
  const [only] = found;
  // Alone it has no rival.
  if (only !== undefined && found.length === 1) {
    const { entry, rule } = only;
    return { rule, credited: [{ album: entry.album, rule }], artistBlock: null, passedOver: [] };
  }
  const both = found.some(({ rule }) => rule === "half") && isComplete(wanted, found);
  const solid = found.filter(
    ({ rule }) =>
      !isDoubtful(rule) || (rule === "half" && both) || (rule === "best-of" && wanted.compilation),
  );
  // Where an album stands under its plain title, the EP and the single of that title are something else.
  const plain = solid.some((candidate) => rungOrder(candidate.rule) <= rungOrder("edition"));
  let credited = plain ? solid.filter((candidate) => !isAnotherFormat(wanted, candidate, found)) : solid;
  if (solid.length === 0 && found.length > 0) {
    const best = found.reduce(
      (least, candidate) => Math.min(least, rungOrder(candidate.rule)),
      Number.POSITIVE_INFINITY,
    );
    credited = found.filter((candidate) => rungOrder(candidate.rule) === best);
    const rule = credited[0]?.rule;
    const different = new Set(credited.map((candidate) => candidate.entry.title.key)).size;
    if (different > 1 && rule !== "half") return unmatched("tie", ownBlock(), found);
  }
  const kept = new Set(credited);
  const passedOver = found.filter((candidate) => !kept.has(candidate));
  const rows = credited
    .map(({ entry, rule }) => ({ album: entry.album, rule }))
    .toSorted((a, b) => b.album.playCount - a.album.playCount || a.album.id - b.album.id);
  const best = rows.reduce<TitleRule | null>(
    (rule, row) => (rule === null || rungOrder(row.rule) < rungOrder(rule) ? row.rule : rule),
    null,
  );
  if (best !== null) return { rule: best, credited: rows, artistBlock: null, passedOver };
  return unmatched("artist", ownBlock(), passedOver);
}
