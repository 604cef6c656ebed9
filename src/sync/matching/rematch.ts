// Matches every record with the albums of the chart, and applies the user's decisions.
import { bareArtistName } from "../../model/names.ts";
import { songNumber } from "../../match/titles/track-title.ts";
import { editionKey } from "../../match/titles/title.ts";
import { wordBag } from "../../match/titles/word-bag.ts";
import {
  type AlbumRow,
  createMatcher,
  creditInWords,
  type ExplainedMatch,
  type Match,
  type MatchedRelease,
} from "../../match/matcher.ts";
import { rulesVersion } from "../../match/rules-version.ts";
import { type Database, transact } from "../../store/file/database.ts";
import { change, list, valueOf } from "../../store/file/sql.ts";
import {
  type Decision,
  readDecisions,
  type StoredAlbum,
  storedAlbums,
} from "../../store/decisions/user-decisions.ts";
import { matchRulesFact, readFact, writeFact } from "../../store/file/cache-facts.ts";
import { heardDigest } from "../../store/plays/track-albums.ts";
import {
  type Credit,
  type MatchRow,
  matchWriter,
  refreshMatchFigures,
  shelvedReleases,
  type SimilarAlbum,
  similarAlbumsWriter,
} from "../../store/plays/record-matches.ts";
import { refreshOwnedAlbums } from "../../store/shelf/stored-albums.ts";
import { readPublication } from "../../store/file/listings.ts";
import { writeNameKeys, originalsDigest } from "../../store/shelf/derived-columns.ts";
import { matchEvidence } from "../../store/match-evidence.ts";
import { musicbrainzDigest, writeWantedIdentities } from "../../store/shelf/musicbrainz-answers.ts";
import { markWeighed, unweighedTracklists, writeWantedTracklists } from "../../store/shelf/tracklists.ts";

const creditedAlbums = `
  (SELECT json_group_array(json_array(artist, title)) FROM (
     SELECT artist, title FROM credit JOIN album ON album.id = credit.album_id
     WHERE credit.record_id = match.record_id ORDER BY artist, title))`;

/** Returns how many records changed. */
export function rematchByNewRules(database: Database): number {
  return transact(database, () => {
    database.exec(`
      DELETE FROM former_match;
      INSERT INTO former_match (record_id, type, confidence, albums, play_count)
      SELECT record_id, type, confidence, ${creditedAlbums}, play_count FROM match`);
    const changedIds = rematch(database);
    change(database)`DELETE FROM former_match WHERE record_id NOT IN ${list(changedIds)}`;
    return valueOf(database, 0)`SELECT count(*) FROM former_match`;
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
function evidenceDigest(database: Database): string {
  return [heardDigest, musicbrainzDigest, originalsDigest].map((digest) => digest(database)).join("|");
}

/** Returns true if the matches do not use all evidence yet: tracks, tracklists, MusicBrainz and original years. */
export function isEvidenceNew(database: Database): boolean {
  if (!isMatchable(database)) return false;
  return (
    unweighedTracklists(database).length > 0 || readFact(database, evidenceFact) !== evidenceDigest(database)
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
    const changedIds = matchShelf(database, only);
    refreshMatchFigures(database);
    refreshOwnedAlbums(database);
    writeFact(database, matchRulesFact, String(rulesVersion));
    if (only === undefined) writeFact(database, evidenceFact, evidenceDigest(database));
    return changedIds;
  });
  return database.inTransaction ? run() : run.immediate();
}

/** Makes the missing keys that questions use to compare albums and songs and to search for names. */
export function refreshNameKeys(database: Database): void {
  writeNameKeys(database, rulesVersion, { editionKey, words: wordBag, song: songNumber });
}

function matchShelf(database: Database, only: readonly number[] | undefined): number[] {
  const evidence = matchEvidence(database);
  const matcher = createMatcher(storedAlbums(database), evidence.ofAlbums);
  const decisionFor = readDecisions(database);
  const findAlbum = albumFinder(database);
  const write = matchWriter(database);
  const writeSimilar = similarAlbumsWriter(database);
  const open: number[] = [];
  const unidentified: number[] = [];
  const changedIds: number[] = [];
  for (const releaseId of only ?? [undefined]) {
    for (const release of shelvedReleases(database, releaseId)) {
      const verdict = matcher.explain(evidence.ofRelease(release), "close");
      const isUnknown =
        verdict.type === "none" && verdict.rule !== "tie" && matcher.namelessAlbums(release) === null;
      writeSimilar(release.id, isUnknown ? [] : similarAlbums(release, verdict));
      const artistAlbums = matcher.albumsByArtist(release);
      let isDecided = true;
      for (const copy of release.copies) {
        const decision = decisionFor(release.id, copy.instanceId);
        if (!decision) isDecided = false;
        const row = decision
          ? applyDecision(verdict, decision, findAlbum)
          : toRow(verdict, verdict.credited, "matcher");
        const artistPlays = artistAlbums && playsOfOthers(artistAlbums, row.credits);
        if (write({ recordId: copy.recordId, artistPlays, ...row })) changedIds.push(copy.recordId);
      }
      // A decided release needs no evidence.
      if (verdict.isOpen && !isDecided) open.push(release.id);
      if (!isDecided) unidentified.push(...verdict.unidentified.map(({ id }) => id));
    }
  }
  const looked = only ?? "all";
  writeWantedTracklists(database, { looked, open });
  markWeighed(database, looked);
  writeWantedIdentities(database, { isWhole: only === undefined, albumIds: unidentified });
  return changedIds;
}

function playsOfOthers(albums: readonly AlbumRow[], credits: readonly Credit[]): number {
  const creditedIds = new Set(credits.map(({ albumId }) => albumId));
  return albums.reduce((sum, { id, playCount }) => (creditedIds.has(id) ? sum : sum + playCount), 0);
}

type Verdict = Omit<MatchRow, "recordId" | "artistPlays">;

type Credited = Pick<Match["credited"][number], "confidence"> & {
  readonly album: StoredAlbum;
  readonly rule: Credit["rule"];
};

function toRow(
  { type, confidence, rule, artistName }: Pick<Verdict, "type" | "confidence" | "rule" | "artistName">,
  credited: readonly Credited[],
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
    credits: credited.map((each) => ({
      albumId: each.album.id,
      rule: each.rule,
      confidence: each.confidence,
    })),
  };
}

const mostSimilar = 100;

function similarAlbums({ title, artists }: MatchedRelease, match: ExplainedMatch): SimilarAlbum[] {
  const record = { title, artist: artists.map(({ name }) => bareArtistName(name)).join(" & ") };
  const doubtful = match.type === "fuzzy" ? match.credited : [];
  return [
    ...doubtful.map(({ album, rule, confidence, tracks }) => ({
      albumId: album.id,
      reason: creditInWords(rule, record, album, tracks),
      doubt: 1 - confidence,
    })),
    ...match.rejected
      .slice(0, mostSimilar)
      .map(({ album, reason, doubt }) => ({ albumId: album.id, reason, doubt })),
  ];
}

type FindAlbum = (artist: string, title: string) => StoredAlbum | undefined;

function albumFinder(database: Database): FindAlbum {
  const find = database.prepare(
    "SELECT id, artist, title, play_count AS playCount FROM album WHERE artist = ? AND title = ?",
  );
  return (artist, title) => find.get(artist, title) as StoredAlbum | undefined;
}

/** Applies a decision to the matcher's verdict: exact if an album is left, otherwise none. */
function applyDecision(match: Match, decision: Decision, findAlbum: FindAlbum): Verdict {
  const credits = new Map<number, Credited>();
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
