// Aliases: two spellings of one artist, as the user declared them.
import type {
  AliasChangeDocument,
  AliasesDocument,
  JsonPair,
} from "../queries/documents/decision-documents.ts";
import { createAliasResolver } from "../match/text/aliases.ts";
import { foldArtist, isPlaceholderArtist } from "../match/text/artist-name.ts";
import { commitDecision, refreshMatches } from "./apply-decision.ts";
import { resolveName, type Ambiguous } from "./resolve-target.ts";
import { findNearestChoice, UsageError } from "../model/errors.ts";
import {
  deleteAlias,
  deleteReviewAnswer,
  readNameDismissals,
  readAliases,
  saveAlias,
  type NamePair,
} from "../store/decisions/user-decisions.ts";
import type { Database } from "../store/file/database.ts";
import { queryValues } from "../store/file/sql.ts";
import { stripArtistSuffix, quoteText } from "../model/names.ts";
import { toAliasReviewKey } from "../queries/review/review.ts";
import { groupByKey } from "../model/grouping.ts";
import { foldWords, filterByWords } from "../queries/conditions/words.ts";

type AliasAdded = {
  readonly kind: "added";
  readonly pair: NamePair;
  /** How many records were matched again; null: the running sync does that. */
  readonly changed: number | null;
};

/** Takes one artist for another from now on. Throws UsageError for names that nobody has, or of one artist. */
export async function addAlias(database: Database, texts: NamePair): Promise<AliasAdded | Ambiguous> {
  const allNames = readArtistNames(database);
  const names = [...new Set([texts.name, texts.sameAs])];
  if (names.every((name) => selectMatchingNames(name, allNames).length === 0))
    throw createUnknownNameError(names, allNames);
  const name = resolveArtist(texts.name, allNames);
  if (name.kind === "ambiguous") return name;
  const sameAs = resolveArtist(texts.sameAs, allNames);
  if (sameAs.kind === "ambiguous") return sameAs;
  const pair = { name: name.found, sameAs: sameAs.found };
  checkAlias(database, pair);
  commitDecision(database, () => setAlias(database, pair));
  return { kind: "added", pair, changed: await rematchAndCount(database) };
}

function resolveArtist(text: string, allNames: readonly string[]): ReturnType<typeof resolveName> {
  const [first, ...more] = selectMatchingNames(text, allNames);
  if (first === undefined) throw createUnknownNameError([text], allNames);
  return resolveName(text, [first, ...more]);
}

function createUnknownNameError(unknown: readonly string[], names: readonly string[]): UsageError {
  const nearest = unknown.flatMap((name) => findNearestChoice(name, names) ?? []);
  return new UsageError(
    `no record or album is by ${unknown.map((name) => `"${name}"`).join(" or ")}`,
    nearest.length === 0
      ? "Check the spelling. To see the names in your plays: rewind top artists"
      : `Did you mean ${nearest.map(quoteText).join(" and ")}?`,
  );
}

type AliasesDeleted = {
  readonly kind: "deleted";
  readonly name: string;
  readonly removed: readonly NamePair[];
  /** Names that a review asks about again. */
  readonly reopened: readonly NamePair[];
  /** How many records were matched again; null: the running sync does that. */
  readonly changed: number | null;
};

/**
 * Deletes the aliases of the name that the text means, and the answers of reviews that it is another artist. Throws
 * UsageError if there is none.
 */
export async function deleteAliases(database: Database, text: string): Promise<AliasesDeleted | Ambiguous> {
  const dismissals = readNameDismissals(database);
  const names = [
    ...readAliases(database).map((alias) => alias.name),
    ...dismissals.flatMap(({ name, sameAs }) => [name, sameAs]),
  ];
  const [first, ...more] = isPlaceholderArtist(text) ? [] : selectMatchingNames(text, names);
  if (first === undefined) throw new UsageError(`no alias "${text}"`, "To list them: rewind alias list");
  const resolution = resolveName(text, [first, ...more]);
  if (resolution.kind === "ambiguous") return resolution;
  const name = resolution.found;
  const key = foldArtist(name);
  const reopened = dismissals.filter(({ name: one, sameAs }) =>
    [one, sameAs].some((each) => foldArtist(each) === key),
  );
  const removed = commitDecision(database, () => {
    for (const pair of reopened) deleteReviewAnswer(database, toAliasReviewKey(pair));
    return removeAlias(database, name);
  });
  return { kind: "deleted", name, removed, reopened, changed: await rematchAndCount(database) };
}

async function rematchAndCount(database: Database): Promise<number | null> {
  const outcome = await refreshMatches(database);
  return outcome === "later" ? null : outcome.changed;
}

/** Throws UsageError if a name stands for no artist, or if the names are already one artist. */
function checkAlias(database: Database, pair: NamePair): void {
  for (const name of [pair.name, pair.sameAs]) {
    if (isPlaceholderArtist(name))
      throw new UsageError(`"${name}" is a placeholder, not an artist`, "Give the names of one artist.");
  }
  if (pair.name === pair.sameAs)
    throw new UsageError(`both names are of the same artist, "${pair.name}"`, "No alias is needed.");
  const resolveAlias = createAliasResolver(readAliases(database));
  if (foldArtist(resolveAlias(pair.name)) === foldArtist(resolveAlias(pair.sameAs))) {
    throw new UsageError(
      `"${pair.name}" and "${pair.sameAs}" are already the same artist`,
      foldArtist(pair.name) === foldArtist(pair.sameAs)
        ? "Only the spelling differs, so no alias is needed."
        : "To see your aliases: rewind alias list",
    );
  }
}

/** Replaces an alias of the same name in any spelling. */
export function setAlias(database: Database, pair: NamePair): void {
  createAliasWriter(database)(pair);
}

/** Returns a function that sets an alias like setAlias() and returns the replaced ones. It reads the aliases only once. */
export function createAliasWriter(database: Database): (pair: NamePair) => readonly NamePair[] {
  const aliasesByKey = groupByKey<NamePair, string>(readAliases(database), ({ name }) => foldArtist(name));
  return (pair) => {
    const key = foldArtist(pair.name);
    const replaced = aliasesByKey.get(key) ?? [];
    for (const { name } of replaced) deleteAlias(database, name);
    saveAlias(database, pair.name, pair.sameAs);
    aliasesByKey.set(key, [pair]);
    return replaced;
  };
}

/**
 * The names that a name may mean: the exact name, or else those that contain its words. Names each artist once, without
 * Discogs' numbers and other spellings.
 */
function selectMatchingNames(name: string, names: readonly string[]): readonly string[] {
  const byKey = new Map(names.map((each) => [foldArtist(each), stripArtistSuffix(each)]));
  if (isPlaceholderArtist(name) || byKey.has(foldArtist(name))) return [name];
  const words = foldWords([name]);
  return words.length === 0 ? [] : filterByWords([...byKey.values()], (each) => each, words);
}

/** Returns the removed aliases. The name may be in any spelling that the matcher folds. */
export function removeAlias(database: Database, name: string): NamePair[] {
  const key = foldArtist(name);
  const same = readAliases(database).filter((alias) => foldArtist(alias.name) === key);
  for (const alias of same) deleteAlias(database, alias.name);
  return same;
}

/** The artists of records and albums, and the names in aliases. */
function readArtistNames(database: Database): readonly string[] {
  const names = queryValues<string>(database)`
    SELECT artist FROM album UNION SELECT name FROM release_artist ORDER BY 1`;
  return [...names, ...readAliases(database).flatMap((alias) => [alias.name, alias.sameAs])];
}

export function buildAliasesDocument(aliases: readonly NamePair[]): AliasesDocument {
  return { aliases: aliases.map(toJsonPair) };
}

/** `recordsChanged` null: records are matched when the running sync ends. */
export function buildAliasChangeDocument(
  {
    added = [],
    removed = [],
    reopened = [],
  }: { readonly [Change in "added" | "removed" | "reopened"]?: readonly NamePair[] },
  recordsChanged: number | null,
): AliasChangeDocument {
  return {
    added: added.map(toJsonPair),
    removed: removed.map(toJsonPair),
    reopened: reopened.map(toJsonPair),
    records_changed: recordsChanged,
  };
}

function toJsonPair({ name, sameAs }: NamePair): JsonPair {
  return { name, same_as: sameAs };
}
