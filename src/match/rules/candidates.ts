import { foldArtist } from "../text/artist-name.ts";
import type { AlbumBlock, AlbumEntry } from "../albums/album-block.ts";
import { isOtherAlbumPiece } from "../titles/identity.ts";
import { hasSameOrder, hasSignificantWord, isDistinctive } from "../titles/significant-words.ts";
import { findTailRule, findTitleRule } from "./title-rules.ts";
import { type Target, hasNamesakes, isSelfTitled } from "./target.ts";
import { fold } from "../text/fold.ts";
import { isUnreliable, getWeakerRule, type TitleRule } from "./rule-order.ts";
import { parseTitle, splitTitle, stripArticle, type ParsedTitle } from "../titles/title.ts";
import { findYear } from "../titles/title-year.ts";
import { matchesSpelling } from "../titles/spellings.ts";
import { isLoneName } from "../titles/subtitles.ts";
import { findTypoRule } from "./title-typo.ts";
import {
  collectionWords,
  editionFillers,
  genericTitles,
  identityWords,
  leadWords,
  partWords,
  placeWords,
} from "../text/vocabulary.ts";

export interface Candidate {
  readonly entry: AlbumEntry;
  readonly rule: TitleRule;
}

/** The same rows, each by its own rule or by `limit`, whichever is weaker. */
export function weakenRules(limit: TitleRule, rows: readonly Candidate[]): readonly Candidate[] {
  return rows.map(({ entry, rule }) => ({ entry, rule: getWeakerRule(limit, rule) }));
}

/** The rows of reliable rules, each by its own rule or by `limit`, whichever is weaker. */
export function selectReliable(limit: TitleRule, rows: readonly Candidate[]): readonly Candidate[] {
  const reliable = rows.filter(({ rule }) => !isUnreliable(rule));
  return weakenRules(limit, reliable);
}

/** Albums with the title in another spelling: in Latin letters, or with umlauts spelled out. */
export function matchSpellings(target: Target, block: AlbumBlock): readonly Candidate[] {
  const { title, spellings } = target;
  const rows: Candidate[] = [];
  for (const entry of block.entries) {
    if (spellings.length === 0 && entry.spellings.length === 0) continue;
    const spelling =
      spellings.find((one) => matchesSpelling(one, entry.title)) ??
      entry.spellings.find((one) => matchesSpelling(one, title));
    if (spelling !== undefined) addCandidate(rows, target, entry, spelling.rule);
  }
  return rows;
}

/** Albums of one artist with the same title key. */
export function matchEqualTitles(target: Target, block: AlbumBlock): readonly Candidate[] {
  const titled = block.getEntriesByTitleKey(target.title.key);
  if (target.selfTitled) return matchSelfTitled(target, titled, block.entries);
  return matchSameTitles(target, titled);
}

function matchSameTitles(target: Target, entries: readonly AlbumEntry[]): Candidate[] {
  const rows: Candidate[] = [];
  for (const entry of entries) {
    const rule = findTitleRule(target, entry.title);
    if (rule !== null) rows.push({ entry, rule });
  }
  return rows;
}

/** Albums with the title of a self-titled record, and all self-titled albums. */
function matchSelfTitled(
  target: Target,
  titled: readonly AlbumEntry[],
  all: readonly AlbumEntry[],
): Candidate[] {
  const { title } = target;
  const ambiguous = hasNamesakes(title, all);
  const equal = ambiguous ? titled.filter((entry) => entry.title.folded === title.folded) : titled;
  const rows = matchSameTitles(target, equal);
  // An EP named after the artist is not the album of that name.
  const eps = rows.filter(({ entry }) => entry.title.format === "ep");
  if (target.kind === "ep" && eps.length > 0) return eps;
  for (const entry of all) {
    // A year next to the name tells self-titled albums apart; "Name - 1999" is an album named after a year.
    const beside = findYear(entry.title);
    const undated = beside === null || beside.position === "behind" ? null : parseTitle(beside.rest);
    if (undated !== null && isSelfTitledAlbum(target, undated))
      addCandidate(rows, target, entry, "dated", undated);
    if (!ambiguous && entry.title.key !== title.key && isSelfTitledAlbum(target, entry.title))
      addCandidate(rows, target, entry, "self-titled");
  }
  return rows;
}

/** A self-titled album. Each of several artists may have one. */
function isSelfTitledAlbum({ title, credits, own }: Target, album: ParsedTitle): boolean {
  if (!isSelfTitled(album, own)) return false;
  return credits.jointNames.length === 0 || foldArtist(album.stem) === foldArtist(title.stem);
}

/** Albums of one artist with near titles, by rules that need more evidence. */
export function matchNearTitles(target: Target, block: AlbumBlock): readonly Candidate[] {
  const { title, bag } = target;
  const longestWord = bag.split(" ").reduce((long, word) => (word.length > long.length ? word : long));
  const rows: Candidate[] = [];
  for (const entry of block.entries) {
    // Equal titles were compared before.
    if (entry.title.key === title.key) continue;
    matchPieces(target, entry, block, rows);
    // Few titles have the longest word, so the others are rarely compared.
    if (longestWord !== "" && entry.title.counted.includes(longestWord) && entry.bag === bag)
      addCandidate(rows, target, entry, hasSameOrder(title, entry.title) ? "small-words" : "reordered");
    addNearTitles(target, entry, rows);
  }
  return rows;
}

/** Adds an album by this rule, or by a looser one that its tails need. */
function addCandidate(
  rows: Candidate[],
  target: Target,
  entry: AlbumEntry,
  rule: TitleRule,
  title = entry.title,
): void {
  const tails = isOtherAlbum(rule, target.title, title) ? null : findTailRule(target, title);
  if (tails !== null) rows.push({ entry, rule: getWeakerRule(tails, rule) });
}

/** Two catalogue numbers, or a film's subtitle, which names a sequel, tell albums apart by some rules. */
function isOtherAlbum(rule: TitleRule, record: ParsedTitle, album: ParsedTitle): boolean {
  if (rule === "catalogue-number") return record.catalogue !== "" || album.catalogue !== "";
  const isPartOfTitle = rule === "subtitle" || rule === "note" || rule === "longer-title";
  return isPartOfTitle && (record.soundtrack !== "" || album.soundtrack !== "");
}

/** Compares pieces of one title with the whole of the other. */
function matchPieces(target: Target, entry: AlbumEntry, block: AlbumBlock, rows: Candidate[]): void {
  const { title, alternatives, kind } = target;
  // A single with two sides is not the album named after one of them.
  const half =
    kind === "album" ||
    target.compilation ||
    alternatives.every(({ key, rule }) => rule !== "half" || block.getEntriesByTitleKey(key).length > 0);
  for (const { key, rule } of alternatives) {
    if (key !== entry.title.key || (rule === "half" && !half)) continue;
    if (canMatchPiece(target, rule, title, entry.title, block)) addCandidate(rows, target, entry, rule);
  }
  for (const { key, rule } of entry.alternatives) {
    if (key !== title.key || (rule === "half" && kind === "album")) continue;
    if (canMatchPiece(target, rule, entry.title, title, block)) addCandidate(rows, target, entry, rule);
  }
}

function canMatchPiece(
  { compilation, kind, title }: Target,
  rule: TitleRule,
  whole: ParsedTitle,
  piece: ParsedTitle,
  block: AlbumBlock,
): boolean {
  // Next to "Total 19", "Total 20" is no anniversary of "Total".
  const neighbours = [-1, 1].map((step) => `${piece.key}${Number(whole.numbers) + step}`);
  if (rule === "anniversary") return neighbours.every((key) => block.getEntriesByTitleKey(key).length === 0);
  // Albums that are no collections have no "best of" in their title.
  if (rule === "best-of") return compilation || (kind === "" && whole === title);
  // A span of years may name another album, if the record is no collection.
  const isSpanBehind = rule === "dated" && whole.counted.startsWith(`${piece.counted} `);
  const isCollection =
    compilation || (kind === "" && splitTitle(piece).some((word) => collectionWords.has(word)));
  return !isSpanBehind || isCollection;
}

/** Compares titles that are written nearly the same. */
function addNearTitles(target: Target, entry: AlbumEntry, rows: Candidate[]): void {
  const { title } = target;
  const { title: other, album } = entry;
  if (!target.selfTitled) {
    if (isCutOff(other, title)) addCandidate(rows, target, entry, "cut-off");
    else if (isContinuation(target, other) && foldArtist(other.stem) !== foldArtist(album.artist))
      addCandidate(rows, target, entry, "longer-title");
  }
  const typo = findTypoRule(title, other);
  if (typo !== null) addCandidate(rows, target, entry, typo);
}

/** Old tags hold thirty letters; a longer title that ends within a word was cut off by some other limit. */
const [maxTagLength, minLongTagLength] = [30, 40];

/** A title cut off by the limit of a tag matches, unless the missing part names another album. */
function isCutOff(album: ParsedTitle, record: ParsedTitle): boolean {
  if (album.folded[0] !== record.folded[0]) return false;
  if (isTrailingOff(album, record) || isTrailingOff(record, album)) return true;
  const { folded, raw } = album;
  const isLimit =
    raw.length === maxTagLength - 1 || raw.length === maxTagLength || raw.length >= minLongTagLength;
  if (!isLimit || !record.folded.startsWith(folded) || record.raw.includes(" / ")) return false;
  // A word cut in two proves that the title was cut off; a whole last word may end another title.
  const rest = record.folded.slice(folded.length);
  const isCut = rest.startsWith(" ")
    ? fold(record.raw.slice(0, maxTagLength)) === folded
    : raw.length >= maxTagLength && rest !== "";
  return isCut && !isOtherAlbumPiece(rest.replace(/^\S* ?/, ""));
}

/** "Where The River…": dots show that the title continues. Fewer than four words may name a place. */
function isTrailingOff(short: ParsedTitle, long: ParsedTitle): boolean {
  if (!long.stem.startsWith(`${short.stem} `) || !/ .*(?:\.\.|…)\s*$/.test(short.stemText)) return false;
  const rest = long.stem.slice(short.stem.length + 1).split(" ");
  const ends = [...rest.slice(0, 2), ...rest.slice(-2)];
  return rest.length > 3 && !rest.includes("live") && !ends.some((word) => identityWords.has(word));
}

/** Two titles share this many words at the beginning, or one word of this length, with several behind it. */
const [minSharedWords, minHeadLength, minWordsBehindHead] = [4, 5, 3];
const innerSeparator = /:\s|\s[-–—•~]\s|[([](?:at|from|in) /i;
const innerSign = /[,/]|.[([](?!or )/i;

/** Returns true if one title is a part of the other, and the rest does not name another album. */
function isContinuation({ title: record, own, kind }: Target, album: ParsedTitle): boolean {
  const isOnRecord = record.counted.length <= album.counted.length;
  const [short, long] = isOnRecord ? [record, album] : [album, record];
  if (!long.key.includes(short.key) || long.raw.includes(" / ")) return false;
  // "The Rise And Fall Of Ada Vole And The Mills".
  const at = short.stem.includes(" ") ? long.stem.indexOf(` of ${short.stem} and `) : -1;
  if (at > 0 && !isOtherAlbumPiece(long.stem.slice(0, at))) return true;
  const [whole, piece] = [` ${stripArticle(long.counted)} `, stripArticle(short.counted)];
  const part = [` ${piece} `, ` ${piece}s `].find((one) => whole.includes(one)) ?? whole;
  const [before = "", rest = ""] = whole.split(part).map((one) => one.trim());
  if (before === "" && rest === "") return false;
  // "Paper Kite & Tin Moon" are two works, "Glass Moth And The Harbours" is one.
  if (before.endsWith(" and") || (/^and (?!the )/.test(rest) && /[&+]/.test(long.stemText))) return false;
  if (isOtherAlbumPiece(rest.replace(/^and /, "")) || isLoneName(long.stemText, rest)) return false;
  const words = splitTitle(short);
  const isLong = words.length >= minSharedWords && short.stem.length >= 14;
  if (before === "" && isLong && !words.some((word) => collectionWords.has(word))) return true;
  // Words that are set off may name another album.
  if (!isOnRecord || kind === "single" || kind === "ep" || innerSeparator.test(long.stemText)) return false;
  if (before === "" && rest.includes(" ") && isDistinctive(record, own)) return true;
  if (short.format !== long.format || innerSign.test(long.stemText)) return false;
  if (editionFillers.has(rest) || placeWords.has(rest)) return false;
  // "Glass Moth" for "Songs Of The Glass Moth".
  const lead = before.split(" ");
  if (isDistinctive(record, own))
    return !isOtherAlbumPiece(before) && !lead.some((word) => partWords.has(word) || leadWords.has(word));
  // A single word is short only for a title with several more, and "The Unforgettable Name" is not "Unforgettable".
  const isHead = before === "" && words.length === 1 && rest.split(" ").length >= minWordsBehindHead;
  const isTelling = hasSignificantWord(record, minHeadLength) && !genericTitles.has(record.key);
  return (
    isHead && isTelling && !own.hasWord(record.key) && (rest.startsWith("of ") || !own.isMentionedIn(rest))
  );
}
