// Finds records and albums by words. Every command, HTTP route and tool that takes words uses this search.
import { fold } from "../../match/text/fold.ts";
import { isCyrillicOrGreek, listLatinSpellings } from "../conditions/latin-letters.ts";
import { isSmallWord, isOtherAlbumWord } from "../../match/text/vocabulary.ts";
import { minCertainConfidence } from "../../model/model.ts";
import { rulesVersion } from "../../match/rules-version.ts";
import { parseTitle, splitTitle } from "../../match/titles/title.ts";
import { type OtherNames, buildWordBag } from "../../match/titles/word-bag.ts";
import type { Database } from "../../store/file/database.ts";
import {
  listSql,
  queryOneRow,
  rawSql,
  queryRows,
  queryTuples,
  queryValue,
  type Sql,
} from "../../store/file/sql.ts";
import { hasNameKeys } from "../../store/shelf/derived-columns.ts";
import { buildOwnedAlbumSql } from "../statistics/ownership.ts";
import { buildPrefixPattern, buildWordPattern, foldWords, isNumeral } from "../conditions/words.ts";
import { createCopyWordLookup } from "./copy-words.ts";
import { findLines, escapeRegExp, buildNameLines, type NameLines } from "./name-lines.ts";
import { findLooseFits, isNearWord, maxMissing, type LooseFit } from "./word-fit.ts";
import { findReleasesByNumberInText } from "./printed-numbers.ts";
import { toFormatWord } from "./typed-formats.ts";
import { areOptional, countWord, isColour, isFiller, parseWordQuery, type WordQuery } from "./word-query.ts";

/**
 * How the words are in a name, the best last: some only inside words; all but some words; with typos; each at the beginning of a
 * word; each a whole word; each a whole word, with all words of the title among them.
 */
const nameFits = ["inside", "some words", "typo", "beginning", "words", "title"] as const;
export type NameFit = (typeof nameFits)[number];

export function getFitRank(fit: NameFit): number {
  return nameFits.indexOf(fit);
}

interface Name {
  readonly id: number;
  readonly artist: string;
  readonly title: string;
}

export interface FoundName extends Name {
  readonly fit: NameFit;
  /** All words of the title are among the words, if need be corrected or completed. */
  readonly isTitle: boolean;
  readonly typos: number;
  /** The words as they were read; null if they were read as typed. */
  readonly readAs: string | null;
  /** Typed words that the name lacks. */
  readonly leftOver: readonly string[];
}

type SearchedTable = "release" | "album";

/** The names that a table has for a search. */
const searchedTables = {
  release:
    "release WHERE EXISTS (SELECT 1 FROM record WHERE release_id = release.id) OR id IN (SELECT release_id FROM want)",
  want: "release WHERE id IN (SELECT release_id FROM want)",
  album: "album WHERE play_count > 0",
} as const;
type Names = Readonly<Record<SearchedTable, readonly FoundName[]>>;

/** Owned or wanted releases, wanted ones, or played albums. */
export function readLines(database: Database, table: keyof typeof searchedTables): NameLines {
  database.function(
    "to_search_words",
    { deterministic: true },
    (artist: unknown, title: unknown, others: unknown) =>
      buildWordBag(String(artist), String(title), JSON.parse(String(others)) as OtherNames),
  );
  const others =
    table !== "album"
      ? "(SELECT json_group_array(json_array(name, anv)) FROM release_artist WHERE release_id = release.id AND anv <> '')"
      : "'[]'";
  const wordsExpression = `to_search_words(artist, title, ${others})`;
  const words = hasNameKeys(database, rulesVersion) ? `coalesce(words, ${wordsExpression})` : wordsExpression;
  // One row for all names: a row for each would take longer to read than the search takes.
  const [{ ids, text }] = queryOneRow<{ ids: string; text: string }>(database)`
    SELECT json_group_array(id) AS ids, coalesce(group_concat(replace(words, char(10), ' ') || char(10), ''), '') AS text
    FROM (${rawSql(`SELECT id, ${words} AS words FROM ${searchedTables[table]} ORDER BY id`)})`;
  return buildNameLines(JSON.parse(ids) as number[], text);
}

function readNamesById(database: Database, table: SearchedTable, ids: Iterable<number>): Map<number, Name> {
  const rows = queryRows<Name>(database)`
    SELECT id, artist, title FROM ${rawSql(table)} WHERE id IN ${listSql([...ids])} ORDER BY id`;
  return new Map(rows.map((name) => [name.id, name]));
}

/** The places of words in a name, from the worst to the best. */
export const places = { inside: 0, beginning: 1, whole: 2 } as const;
type Place = (typeof places)[keyof typeof places];

interface FoundPlaces {
  /** The worst place of a word, by the id of a name that contains all words of the reading. */
  readonly found: ReadonlyMap<number, Place>;
  readonly reading: readonly string[];
}

/** The reading with the best placed words wins; of equals, the first. */
export function findPlaces(lines: NameLines, { readings }: WordQuery): FoundPlaces {
  let [best, bestPlace]: [FoundPlaces, number] = [{ found: new Map(), reading: [] }, -1];
  for (const reading of readings) {
    const [begun, complete] = [reading.map(buildPrefixPattern), reading.map(buildWordPattern)];
    const found = new Map<number, Place>();
    const [rarest = ""] = reading.toSorted((one, other) => other.length - one.length);
    for (const { id, bag } of findLines(lines, escapeRegExp(rarest))) {
      // "7" is no part of "70".
      if (!reading.every((word) => bag.includes(isNumeral(word) ? buildWordPattern(word) : word))) continue;
      const hasPattern = (pattern: string): boolean => bag.includes(pattern);
      found.set(
        id,
        complete.every(hasPattern)
          ? places.whole
          : begun.every(hasPattern)
            ? places.beginning
            : places.inside,
      );
    }
    const bestHere = [...found.values()].reduce((highest, place) => Math.max(highest, place), -1);
    if (bestHere > bestPlace) [best, bestPlace] = [{ found, reading }, bestHere];
  }
  return best;
}

/** The formats that were typed, without those among the words, as "ep" is in "ep7". "2 lp" is "lp" if the 2 is among them. */
function listFormatsBesides({ formats }: WordQuery, words: readonly string[]): string[] {
  const isAmong = (text: string): boolean => foldWords([text]).every((word) => words.includes(word));
  return formats.flatMap(({ text, noun, count }) =>
    isAmong(noun) || words.some((word) => word.startsWith(noun) && /^\d+$/.test(word.slice(noun.length)))
      ? []
      : [count !== "" && isAmong(count) ? noun : text].map((each) => each.toLowerCase()),
  );
}

/** Names that contain all words. Left over are formats. "the" alone finds no name but its own. */
function findCompleteNames(
  database: Database,
  table: SearchedTable,
  lines: NameLines,
  query: WordQuery,
): FoundName[] {
  const { found, reading } = findPlaces(lines, query);
  const formats = listFormatsBesides(query, reading);
  const wholeNames = areOptional(reading) ? [fold(query.text), parseTitle(query.text).counted] : null;
  const isMeant = ({ artist, title }: Name): boolean =>
    wholeNames === null || [artist, title].some((name) => wholeNames.includes(fold(name)));
  const names = readNamesById(database, table, found.keys());
  return [...names.values()].filter(isMeant).map((name) => {
    const place = found.get(name.id);
    const isTitle =
      place === places.whole
        ? hasWholeTitle(reading, name)
        : place === places.beginning && hasTitlePrefixes(reading, name);
    const fit =
      isTitle && place === places.whole
        ? "title"
        : place === places.whole
          ? "words"
          : place === places.beginning
            ? "beginning"
            : "inside";
    const excess = place === places.whole ? listExcessWords(query, name, isTitle) : [];
    return {
      ...name,
      fit: excess.length > 0 ? "some words" : fit,
      isTitle,
      typos: 0,
      readAs: null,
      leftOver: [...formats, ...excess],
    };
  });
}

/** Words typed more often than the artist or the title has them, or both if the whole title is typed. */
function listExcessWords({ repeated }: WordQuery, { artist, title }: Name, isTitle: boolean): string[] {
  if (repeated.size === 0) return [];
  const artistWords = fold(artist).split(" ");
  const titleWords = fold(title).split(" ");
  return [...repeated].flatMap(([word, count]) => {
    const [inArtist, inTitle] = [countWord(artistWords, word), countWord(titleWords, word)];
    return count > (isTitle ? inArtist + inTitle : Math.max(inArtist, inTitle)) ? [word] : [];
  });
}

/** Returns true if all words of the title are typed; those of its edition may be left out. */
function hasWholeTitle(typed: readonly string[], { title }: Pick<Name, "title">): boolean {
  const foldedTitle = fold(title);
  if (isWithin(foldedTitle, typed)) return true;
  // Parsing is slow, and needless where already the first word is another.
  const [first = ""] = selectSignificantWords(foldedTitle);
  const mayBegin = typed.includes(first) || isCyrillicOrGreek(first) || typed.some((word) => /\d/.test(word));
  return mayBegin && isWithin(parseTitle(title).counted, typed);
}

function isWithin(foldedText: string, typed: readonly string[]): boolean {
  return [foldedText, ...listLatinSpellings(foldedText)].some((text) =>
    selectSignificantWords(text).every((word) => typed.includes(word)),
  );
}

/** Returns true if the words of the title begin with typed words. */
function hasTitlePrefixes(typed: readonly string[], { title }: Name): boolean {
  return selectSignificantWords(fold(title)).every((word) => typed.some((part) => word.startsWith(part)));
}

/** All words but articles, "and" and "o'" for "of"; all words if no other is left. */
function selectSignificantWords(foldedText: string): readonly string[] {
  const words = foldedText.split(" ");
  const telling = words.filter((word) => !["the", "a", "and", "o"].includes(word));
  return telling.length > 0 ? telling : words;
}

/**
 * Names that lack some of the words as typed: they begin with them, or differ by typos. If no record is among them, also
 * names that have only some of the words.
 */
function findLooseNames(
  database: Database,
  table: SearchedTable,
  lines: NameLines,
  query: WordQuery,
): FoundName[] {
  const fits = findLooseFits(query, lines);
  const toLooseNames = (some: typeof fits): FoundName[] => {
    const names = readNamesById(
      database,
      table,
      some.map(([id]) => id),
    );
    return some.flatMap(([id, fit]) => {
      const name = names.get(id);
      const wishes = [...new Set([...fit.wishes, ...listFormatsBesides(query, fit.words)])];
      return (name && buildLooseName(name, table, { ...fit, wishes })) ?? [];
    });
  };
  const complete = toLooseNames(fits.filter(([, { missing }]) => missing.length === 0));
  return hasOwnedName(database, table, complete) ? complete : toLooseNames(fits);
}

/** Played albums are; wanted releases are not. */
function hasOwnedName(database: Database, table: SearchedTable, names: readonly FoundName[]): boolean {
  const ids = listSql(names.map(({ id }) => id));
  return table === "album"
    ? names.length > 0
    : queryValue(database, 0)`SELECT EXISTS (SELECT 1 FROM record WHERE release_id IN ${ids})` === 1;
}

function buildLooseName(
  name: Name,
  table: SearchedTable,
  { cost, typos, words, wishes, missing, readAs }: LooseFit,
): FoundName | undefined {
  const isTitle = hasWholeTitle(words, name);
  const isNamed = isTitle || isArtist(words, name);
  const firmPreferences = wishes.filter((word) => !isFiller(word));
  // Nobody knows what an album's copy looks like. "kind of black" is no black copy of Kind of Blue.
  if (!isNamed && (table === "album" ? firmPreferences.length > 0 : firmPreferences.some(isColour)))
    return undefined;
  // "blue train" is no blue copy of Trainspotting.
  if (cost === 1 && firmPreferences.some(isColour)) return undefined;
  if (missing.length > 0 && !(isTitle && canLackWords(name, words, missing))) return undefined;
  const fit: NameFit =
    missing.length > 0
      ? "some words"
      : cost > 1
        ? "typo"
        : cost === 1
          ? "beginning"
          : isTitle
            ? "title"
            : "words";
  return { ...name, fit, isTitle, typos, readAs, leftOver: [...wishes, ...missing] };
}

/** Releases whose catalogue number or barcode is among the words. Left over are the words that their names lack. */
function findNumberedNames(database: Database, { ids, text: bags }: NameLines, text: string): FoundName[] {
  const rests = findReleasesByNumberInText(database, text);
  if (rests.size === 0) return [];
  const names = readNamesById(database, "release", rests.keys());
  const lines = bags.split("\n");
  return [...names.values()].map((name) => {
    const bag = lines[ids.indexOf(name.id)] ?? "";
    const leftOver = (rests.get(name.id) ?? []).filter((word) => !bag.includes(buildWordPattern(word)));
    return { ...name, fit: "words", isTitle: true, typos: 0, readAs: null, leftOver };
  });
}

/** Returns true if a typed word begins one of the title, and is none of the artist's. */
function hasTitleWord({ readings }: WordQuery, { artist, title, leftOver, readAs }: FoundName): boolean {
  const artistWords = fold(artist).split(" ");
  const titleWords = fold(title).split(" ");
  const typed = readAs?.split(" ") ?? readings.flat();
  return typed
    .filter((word) => !isSmallWord(word) && !isFiller(word) && !leftOver.includes(word))
    .some((word) => !artistWords.includes(word) && titleWords.some((each) => each.startsWith(word)));
}

/** Returns true if the words are the artist's. */
function isArtist(words: readonly string[], { artist }: Name): boolean {
  const own = fold(artist).split(" ");
  const telling = words.filter((word) => !isFiller(word));
  return telling.length > 0 && telling.every((word) => own.includes(word));
}

/** The rest must be enough to name the album: its artist too, or a title of two words, or of one beside nearly its artist. */
function canLackWords(
  { artist, title }: Name,
  words: readonly string[],
  missing: readonly string[],
): boolean {
  if (missing.some(isOtherAlbumWord)) return false;
  const titleWords = splitTitle(parseTitle(title)).filter((word) => !isSmallWord(word));
  const artistWords = fold(artist)
    .split(" ")
    .filter((word) => !isSmallWord(word) && !titleWords.includes(word));
  const [missed = "", ...others] = missing;
  return (
    artistWords.some((word) => words.includes(word)) ||
    (others.length === 0 && (titleWords.length > 1 || artistWords.some((word) => isNearWord(missed, word))))
  );
}

export interface NamedRecord extends FoundName {
  readonly recordId: number;
  /** The played album whose name was found; null if the record's own name was. */
  readonly albumId: number | null;
}

export interface WordSearch {
  readonly query: WordQuery;
  /** The records with the best fit, and for lists those that fit nearly as well. */
  readonly records: readonly NamedRecord[];
  /** Owned or wanted releases and played albums, searched in the same way. */
  readonly names: Names;
  /** The words are the title of something that is wanted or played, and of no record. */
  readonly isElsewhere: boolean;
}

/** Searches for the words as typed. If no record has them, also for printed numbers, typos and some of the words. */
export function searchByWords(database: Database, text: string): WordSearch {
  const query = parseWordQuery(text);
  const none = { query, records: [], names: { release: [], album: [] }, isElsewhere: false };
  if (query.readings.length === 0) return none;
  const lines = { release: readLines(database, "release"), album: readLines(database, "album") };
  const searchBoth = (search: typeof findCompleteNames): Names => ({
    release: search(database, "release", lines.release, query),
    album: search(database, "album", lines.album, query),
  });
  const names = searchBoth(findCompleteNames);
  const firm = readNamedRecords(database, names);
  const records = checkPreferences(database, query, removePartialWords(firm));
  const isElsewhere = !firm.some(isTitleFit) && isTitleElsewhere(database, names);
  if (records.length > 0 || isElsewhere) return { query, records, names, isElsewhere };
  const numbered: Names = { release: findNumberedNames(database, lines.release, text), album: [] };
  const numberedRecords = checkPreferences(database, query, readNamedRecords(database, numbered));
  const asWished = numberedRecords.filter(({ leftOver }) => leftOver.length === 0);
  if (asWished.length > 0) return { ...none, records: asWished, names: numbered };
  const others = searchBoth(findLooseNames);
  const loose = checkPreferences(database, query, readNamedRecords(database, others));
  const isFound = loose.length + others.album.length + others.release.length > 0;
  if (isFound) return { ...none, records: loose, names: others };
  if (numbered.release.length === 0) return { ...none, records: firm, names };
  const nearly = numberedRecords.filter(({ leftOver }) => leftOver.length <= maxMissing);
  return { ...none, records: nearly, names: numbered };
}

function isTitleElsewhere(database: Database, { release, album }: Names): boolean {
  return (
    queryValue(database, 0)`
      SELECT count(*) FROM (
        SELECT 1 FROM want WHERE release_id IN ${buildTitleIdsSql(release)}
        UNION ALL SELECT 1 FROM album WHERE id IN ${buildTitleIdsSql(album)} AND NOT ${buildOwnedAlbumSql("id")})` >
    0
  );
}

/** The title, or the title and one of its words once too often. */
function isTitleFit({ fit, isTitle }: FoundName): boolean {
  return fit === "title" || (fit === "some words" && isTitle);
}

function buildTitleIdsSql(names: readonly FoundName[]): Sql {
  return listSql(names.filter(isTitleFit).map(({ id }) => id));
}

/** A part of a word is found only if no word is. */
function removePartialWords<Found extends FoundName>(found: readonly Found[]): readonly Found[] {
  return found.filter(({ fit }) => fit !== "inside");
}

/** Returns the names with the best fit. */
export function selectBestFits<Found extends FoundName>(found: readonly Found[]): readonly Found[] {
  const best = found.reduce((most, { fit }) => Math.max(most, getFitRank(fit)), -1);
  return found.filter(({ fit }) => getFitRank(fit) === best);
}

/** Returns for a list all names that have the words as whole words; else those with the best fit. */
export function selectListedFits<Found extends FoundName>(found: readonly Found[]): readonly Found[] {
  const firm = found.filter(({ fit }) => getFitRank(fit) >= getFitRank("words"));
  return firm.length > 0 ? firm : selectBestFits(found);
}

/** Albums of the listening history, in the same way. */
export function searchAlbumNames(database: Database, text: string): readonly FoundName[] {
  const query = parseWordQuery(text);
  if (query.readings.length === 0) return [];
  const lines = readLines(database, "album");
  const firm = findCompleteNames(database, "album", lines, query);
  const words = removePartialWords(firm);
  if (words.length > 0) return words;
  const loose = findLooseNames(database, "album", lines, query);
  return loose.length > 0 ? loose : firm;
}

/** Sorted by record number. A record that was found under several names has the best, and its own before an album's. */
function readNamedRecords(database: Database, { release, album }: Names): NamedRecord[] {
  const rows = queryTuples<[recordId: number, nameId: number, isAlbum: number]>(database)`
    SELECT record.id, release_id, 0 FROM record WHERE release_id IN ${listSql(release.map(({ id }) => id))}
    UNION ALL
    SELECT album_match.record_id, album_match.album_id, 1 FROM album_match JOIN match ON match.record_id = album_match.record_id
    WHERE (match.type = 'exact' OR album_match.confidence >= ${minCertainConfidence}) AND album_match.album_id IN ${listSql(album.map(({ id }) => id))}`;
  const [releases, albums] = [release, album].map((names) => new Map(names.map((name) => [name.id, name])));
  const found = new Map<number, NamedRecord>();
  for (const [recordId, nameId, isAlbum] of rows) {
    const name = (isAlbum === 1 ? albums : releases)?.get(nameId);
    const before = found.get(recordId);
    if (name === undefined || (before !== undefined && getFitRank(before.fit) >= getFitRank(name.fit)))
      continue;
    found.set(recordId, { ...name, recordId, albumId: isAlbum === 1 ? nameId : null });
  }
  return [...found.values()].toSorted((a, b) => a.recordId - b.recordId);
}

/**
 * A record that is not as wished, such as a CD for "vinyl", has only some of the words. Some of its title must be typed:
 * "prince 1999" is no other record by Prince. A colour more often belongs to a title.
 */
function checkPreferences(
  database: Database,
  query: WordQuery,
  found: readonly NamedRecord[],
): NamedRecord[] {
  const getFacts = createCopyWordLookup(
    database,
    found.filter(({ leftOver }) => leftOver.length > 0).map(({ recordId }) => recordId),
  );
  return found.flatMap((record) => {
    const { recordId, leftOver, isTitle, fit } = record;
    const lacking = leftOver.filter((word) => !isFiller(word) && !getFacts(recordId).has(toFormatWord(word)));
    const isNamed = (): boolean =>
      isTitle || fit === "some words" || (!lacking.some(isColour) && hasTitleWord(query, record));
    if (lacking.length > 0 && !isNamed()) return [];
    const asWished =
      fit === "some words" && lacking.length === 0 ? (record.readAs === null ? "title" : "typo") : fit;
    return { ...record, leftOver: lacking, fit: lacking.length > 0 ? "some words" : asWished };
  });
}
