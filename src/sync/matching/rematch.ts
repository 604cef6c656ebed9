// Matches every record with the albums of the chart, and applies the user's decisions.
import { stripArtistSuffix } from "../../model/names.ts";
import { computeSongNumber } from "../../match/titles/track-title.ts";
import { createAliasResolver } from "../../match/text/aliases.ts";
import { foldArtist } from "../../match/text/artist-name.ts";
import { toEditionKey } from "../../match/titles/title.ts";
import { buildWordBag } from "../../match/titles/word-bag.ts";
import {
  type AlbumRow,
  createMatcher,
  type CountUses,
  explainMatch,
  type ExplainedMatch,
  type Match,
  type MatchedRelease,
} from "../../match/matcher.ts";
import { rulesVersion } from "../../match/rules-version.ts";
import { type Database, transact } from "../../store/file/database.ts";
import { execute, listSql, queryValue, queryValues } from "../../store/file/sql.ts";
import {
  type Decision,
  createDecisionFinder,
  type NamePair,
  type StoredAlbum,
  readAlbums,
  readAliases,
} from "../../store/decisions/user-decisions.ts";
import { matchRulesFact, readFact, saveFact } from "../../store/file/cache-facts.ts";
import { hashTrackAlbums } from "../../store/plays/track-albums.ts";
import {
  type AlbumMatch,
  type MatchRow,
  createMatchWriter,
  refreshMatchStats,
  readCollectionReleases,
  type SimilarAlbum,
  createSimilarAlbumsWriter,
} from "../../store/plays/record-matches.ts";
import { refreshAlbumGroups } from "../../store/plays/album-groups.ts";
import { refreshOwnedAlbums } from "../../store/shelf/stored-albums.ts";
import { readPublication } from "../../store/file/listings.ts";
import { forgetNameKeys, saveNameKeys, hashOriginalYears } from "../../store/shelf/derived-columns.ts";
import { createMatchEvidence, createNameCounter } from "../../store/match-evidence.ts";
import { hashMusicBrainzResults, saveWantedIdentities } from "../../store/shelf/musicbrainz-cache.ts";
import {
  markTracklistsApplied,
  readReleasesToReweigh,
  saveWantedTracklists,
} from "../../store/shelf/tracklists.ts";
import { refreshUnmatchedSongs } from "./unmatched-songs.ts";

const matchedAlbumsSql = `
  (SELECT json_group_array(json_array(artist, title)) FROM (
     SELECT artist, title FROM album_match JOIN album ON album.id = album_match.album_id
     WHERE album_match.record_id = match.record_id ORDER BY artist, title))`;

/** Returns how many records changed. */
export function rematchByNewRules(database: Database): number {
  return transact(database, () => {
    database.exec(`
      DELETE FROM former_match;
      INSERT INTO former_match (record_id, type, confidence, albums, play_count)
      SELECT record_id, type, confidence, ${matchedAlbumsSql}, play_count FROM match`);
    const changedIds = rematch(database);
    refreshUnmatchedSongs(database);
    execute(database)`DELETE FROM former_match WHERE record_id NOT IN ${listSql(changedIds)}`;
    return queryValue(database, 0)`SELECT count(*) FROM former_match`;
  });
}

export function rematchByDecisions(database: Database): void {
  transact(database, () => rematch(database));
}

function isMatchable(database: Database): boolean {
  return readPublication(database, "collection") !== undefined;
}

/** Returns true if the matches follow other rules than this program's. */
export function isMatchOutdated(database: Database): boolean {
  return isMatchable(database) && readFact(database, matchRulesFact) !== String(rulesVersion);
}

const evidenceFact = "evidence when matched";

/** Changes with the tracks heard, the answers of MusicBrainz and the original years. */
function hashEvidence(database: Database): string {
  return [hashTrackAlbums, hashMusicBrainzResults, hashOriginalYears]
    .map((digest) => digest(database))
    .join("|");
}

/** Returns true if the matches do not use all evidence yet: tracks, tracklists, MusicBrainz and original years. */
export function isEvidenceNew(database: Database): boolean {
  if (!isMatchable(database)) return false;
  return (
    readReleasesToReweigh(database).length > 0 || readFact(database, evidenceFact) !== hashEvidence(database)
  );
}

/**
 * Matches the whole shelf, or only some releases if all others are up to date. Only changes are written. Returns the
 * records with another type of match, or other credited albums. Runs in one transaction, the caller's if there is one.
 */
export function rematch(database: Database, only?: readonly number[]): readonly number[] {
  const run = database.transaction(() => {
    refreshNameKeys(database);
    if (!isMatchable(database)) return [];
    const changedIds = matchCollection(database, only);
    refreshAlbumGroups(database);
    refreshMatchStats(database);
    refreshOwnedAlbums(database);
    saveFact(database, matchRulesFact, String(rulesVersion));
    if (only === undefined) saveFact(database, evidenceFact, hashEvidence(database));
    return changedIds;
  });
  return database.inTransaction ? run() : run.immediate();
}

/** Makes the missing keys that questions use to compare albums and songs and to search for names. */
export function refreshNameKeys(database: Database): void {
  const aliases = readAliases(database);
  const resolveAlias = createAliasResolver(aliases);
  forgetKeysOfAliases(database, aliases);
  saveNameKeys(database, rulesVersion, {
    editionKey: (artist, title) => toEditionKey(resolveAlias(artist), title),
    words: buildWordBag,
    song: computeSongNumber,
  });
}

const aliasFact = "aliases of name keys";

/** Keys of artists whose aliases changed are made again. */
function forgetKeysOfAliases(database: Database, aliases: readonly NamePair[]): void {
  const before = readFact(database, aliasFact) ?? "[]";
  const after = JSON.stringify(aliases.map(({ name, sameAs }) => [name, sameAs]));
  if (before === after) return;
  const keys = new Set(
    [before, after].flatMap((text) => (JSON.parse(text) as string[][]).flat().map(foldArtist)),
  );
  const names = queryValues<string>(database)`SELECT artist FROM release UNION SELECT artist FROM album`;
  forgetNameKeys(
    database,
    names.filter((name) => keys.has(foldArtist(name))),
  );
  saveFact(database, aliasFact, after);
}

function matchCollection(database: Database, only: readonly number[] | undefined): number[] {
  const evidence = createMatchEvidence(database);
  const matcher = createMatcher(readAlbums(database), evidence.ofAlbums);
  const decisionFor = createDecisionFinder(database);
  const findAlbum = createAlbumFinder(database);
  const countUses = createNameCounter(database);
  const write = createMatchWriter(database);
  const writeSimilar = createSimilarAlbumsWriter(database);
  const open: number[] = [];
  const unidentified: number[] = [];
  const changedIds: number[] = [];
  for (const releaseId of only ?? [undefined]) {
    for (const release of readCollectionReleases(database, releaseId)) {
      const verdict = matcher.explain(evidence.ofRelease(release), "close");
      const isUnknown =
        verdict.type === "none" &&
        verdict.rule !== "tie" &&
        !verdict.isOpen &&
        matcher.listNamelessAlbums(release) === null;
      writeSimilar(release.id, isUnknown ? [] : buildSimilarAlbums(release, verdict, countUses));
      const artistAlbums = matcher.listAlbumsByArtist(release);
      let isDecided = true;
      for (const copy of release.copies) {
        const decision = decisionFor(release.id, copy.instanceId);
        if (!decision) isDecided = false;
        const row = decision
          ? applyDecision(verdict, decision, findAlbum)
          : toRow(verdict, verdict.credited, "matcher");
        const artistPlays = artistAlbums && sumOtherPlays(artistAlbums, row.albumMatches);
        if (write({ recordId: copy.recordId, artistPlays, ...row })) changedIds.push(copy.recordId);
      }
      // A decided release needs no evidence.
      if (verdict.isOpen && !isDecided) open.push(release.id);
      if (!isDecided) unidentified.push(...verdict.unidentified.map(({ id }) => id));
    }
  }
  const looked = only ?? "all";
  saveWantedTracklists(database, { looked, open });
  markTracklistsApplied(database, looked);
  saveWantedIdentities(database, { isWhole: only === undefined, albumIds: unidentified });
  return changedIds;
}

function sumOtherPlays(albums: readonly AlbumRow[], credits: readonly AlbumMatch[]): number {
  const creditedIds = new Set(credits.map(({ albumId }) => albumId));
  return albums.reduce((sum, { id, playCount }) => (creditedIds.has(id) ? sum : sum + playCount), 0);
}

type Verdict = Omit<MatchRow, "recordId" | "artistPlays">;

type AlbumWithRule = Pick<Match["credited"][number], "confidence"> & {
  readonly album: StoredAlbum;
  readonly rule: AlbumMatch["rule"];
};

function toRow(
  { type, confidence, rule, artistName }: Pick<Verdict, "type" | "confidence" | "rule" | "artistName">,
  credited: readonly AlbumWithRule[],
  decidedBy: Verdict["decidedBy"],
): Verdict {
  const best = credited[0]?.album;
  return {
    type,
    confidence,
    rule,
    decidedBy,
    artistName: best?.artist ?? artistName,
    albumId: best?.id ?? null,
    albumMatches: credited.map((each) => ({
      albumId: each.album.id,
      rule: each.rule,
      confidence: each.confidence,
    })),
  };
}

const maxSimilar = 100;

function buildSimilarAlbums(
  { title, artists }: MatchedRelease,
  match: ExplainedMatch,
  countUses: CountUses,
): SimilarAlbum[] {
  const record = { title, artist: artists.map(({ name }) => stripArtistSuffix(name)).join(" & ") };
  const uncertainMatches = match.type === "fuzzy" ? match.credited : [];
  return [
    ...uncertainMatches.map(({ album, rule, confidence, tracks }) => ({
      albumId: album.id,
      reason: explainMatch(rule, { record, album }, tracks, countUses),
      uncertainty: 1 - confidence,
    })),
    ...match.rejected
      .slice(0, maxSimilar)
      .map(({ album, reason, uncertainty }) => ({ albumId: album.id, reason, uncertainty })),
  ];
}

type FindAlbum = (artist: string, title: string) => StoredAlbum | undefined;

function createAlbumFinder(database: Database): FindAlbum {
  const find = database.prepare(
    "SELECT id, artist, title, play_count AS playCount FROM album WHERE artist = ? AND title = ?",
  );
  return (artist, title) => find.get(artist, title) as StoredAlbum | undefined;
}

/** Applies a decision to the matcher's verdict: exact if an album is left, otherwise none. */
function applyDecision(match: Match, decision: Decision, findAlbum: FindAlbum): Verdict {
  const credits = new Map<number, AlbumWithRule>();
  if (decision.mode === "adjust") {
    const not = new Set(decision.not.map(({ artist, title }) => `${artist}\u0000${title}`));
    for (const credited of match.credited) {
      const { id, artist, title } = credited.album;
      if (!not.has(`${artist}\u0000${title}`)) credits.set(id, credited);
    }
  }
  if (decision.mode !== "none") {
    for (const { artist, title } of decision.add) {
      const album = findAlbum(artist, title);
      if (album) credits.set(album.id, { album, rule: "user", confidence: 1 });
    }
  }
  const credited = [...credits.values()].toSorted(
    (a, b) => b.album.playCount - a.album.playCount || a.album.id - b.album.id,
  );
  const type = credited.length === 0 ? "none" : "exact";
  const verdict = {
    type,
    confidence: credited.length === 0 ? 0 : 1,
    rule: "user",
    artistName: null,
  } as const;
  return toRow(verdict, credited, "user");
}
