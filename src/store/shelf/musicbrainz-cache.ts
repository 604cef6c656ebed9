// MusicBrainz' answers about the shelf. They are kept when the record leaves: each costs a request.
import { daySeconds } from "../../model/times.ts";
import type { MusicBrainzGroup, MusicBrainzRelease, OtherTitle } from "../../model/model.ts";
import type { Kind } from "../../model/release-kinds.ts";
import type { Database } from "../file/database.ts";
import { execute, listSql, rawSql, queryValue, queryValues } from "../file/sql.ts";
import { createKindReader } from "./derived-columns.ts";

/** The kinds of things that MusicBrainz is asked about, by their ids on Discogs. */
export type LookupKind = "release" | "master";

/** MusicBrainz may have got an unknown entry since. */
const unknownRetrySeconds = 90 * daySeconds;
/** A sync with --full asks for known answers again, unless it continues a stopped one. */
const knownRetrySeconds = daySeconds;

const collectionIdsSql: Readonly<Record<LookupKind, string>> = {
  release: "SELECT release_id AS id, max(added_uts) AS added FROM record GROUP BY release_id",
  master: `SELECT release.master_id AS id, max(record.added_uts) AS added FROM record
    JOIN release ON release.id = record.release_id WHERE release.master_id IS NOT NULL GROUP BY release.master_id`,
};

/** Ids of releases or masters on the shelf to ask about, the newest on the shelf first. */
export function readPendingLookups(
  database: Database,
  kind: LookupKind,
  { nowUts, full }: { readonly nowUts: number; readonly full: boolean },
): number[] {
  return queryValues<number>(database)`
    SELECT shelved.id FROM (${rawSql(collectionIdsSql[kind])}) AS shelved
    LEFT JOIN musicbrainz_lookup AS lookup ON lookup.kind = ${kind} AND lookup.id = shelved.id
    WHERE lookup.id IS NULL OR (lookup.is_known = 0 AND lookup.fetched_uts < ${nowUts - unknownRetrySeconds})
      OR lookup.fetched_uts < ${full ? nowUts - knownRetrySeconds : 0}
    ORDER BY shelved.added DESC, shelved.id DESC`;
}

/** The answers of MusicBrainz by ids of Discogs. It does not know the ids without an entity. */
type LookupResults<Entity> = ReadonlyMap<number, readonly Entity[]>;

export function saveReleases(
  database: Database,
  ids: readonly number[],
  answers: LookupResults<MusicBrainzRelease>,
  nowUts: number,
): void {
  const write = database.prepare("INSERT OR IGNORE INTO musicbrainz_release VALUES (?, ?, ?, ?, ?)");
  execute(database)`DELETE FROM musicbrainz_release WHERE release_id IN ${listSql(ids)}`;
  for (const [id, releases] of answers) {
    for (const { mbid, title, barcode, country } of releases) write.run(id, mbid, title, barcode, country);
  }
  markLookedUp(database, "release", ids, answers, nowUts);
}

export function saveGroups(
  database: Database,
  ids: readonly number[],
  answers: LookupResults<MusicBrainzGroup>,
  nowUts: number,
): void {
  const write = database.prepare("INSERT OR IGNORE INTO musicbrainz_group VALUES (?, ?, ?, ?, ?, ?)");
  execute(database)`DELETE FROM musicbrainz_group WHERE master_id IN ${listSql(ids)}`;
  for (const [id, groups] of answers) {
    for (const { mbid, title, firstYear, primaryType, secondaryTypes } of groups)
      write.run(id, mbid, title, firstYear, primaryType, JSON.stringify(secondaryTypes));
  }
  markLookedUp(database, "master", ids, answers, nowUts);
}

function markLookedUp(
  database: Database,
  kind: LookupKind,
  ids: readonly number[],
  answers: LookupResults<unknown>,
  nowUts: number,
): void {
  const knownIds = ids.filter((id) => (answers.get(id) ?? []).length > 0);
  execute(database)`INSERT OR REPLACE INTO musicbrainz_lookup (kind, id, is_known, fetched_uts)
    SELECT ${kind}, value, value IN ${listSql(knownIds)}, ${nowUts} FROM ${listSql(ids)}`;
}

export function isLookedUp(database: Database, kind: LookupKind, id: number): boolean {
  return queryValue(database, 0)`SELECT 1 FROM musicbrainz_lookup WHERE kind = ${kind} AND id = ${id}` === 1;
}

/** The MBIDs of a release on Discogs. */
export function readReleaseMbids(database: Database, releaseId: number): string[] {
  return queryValues<string>(database)`
    SELECT mbid FROM musicbrainz_release WHERE release_id = ${releaseId} ORDER BY mbid`;
}

/** MBIDs to look up, the most played first. */
export function readPendingIdentities(database: Database, nowUts: number, limit: number): string[] {
  return queryValues<string>(database)`
    SELECT mbid FROM musicbrainz_queue LEFT JOIN musicbrainz_identity USING (mbid)
    WHERE fetched_uts IS NULL OR (group_mbid IS NULL AND fetched_uts < ${nowUts - unknownRetrySeconds})
    ORDER BY plays DESC, mbid LIMIT ${limit}`;
}

/**
 * Stores the MBIDs that would settle uncertain matches. `isWhole`: replaces all others. Runs inside the caller's
 * transaction.
 */
export function saveWantedIdentities(
  database: Database,
  { isWhole, albumIds }: { readonly isWhole: boolean; readonly albumIds: readonly number[] },
): void {
  if (isWhole) database.exec("DELETE FROM musicbrainz_queue");
  execute(database)`
    INSERT OR IGNORE INTO musicbrainz_queue (mbid, plays)
    SELECT lower(mbid), max(play_count) FROM album
    WHERE id IN ${listSql(albumIds)} AND mbid IS NOT NULL GROUP BY lower(mbid)`;
}

export function saveIdentity(
  database: Database,
  mbid: string,
  identity: { readonly mbid: string; readonly groupMbid: string } | null,
  nowUts: number,
): void {
  execute(database)`
    INSERT OR REPLACE INTO musicbrainz_identity (mbid, release_mbid, group_mbid, fetched_uts)
    VALUES (${mbid}, ${identity?.mbid ?? null}, ${identity?.groupMbid ?? null}, ${nowUts})`;
}

/** Returns null if MusicBrainz knows nothing of the shelf. */
export function createMbidReader(database: Database) {
  const isKnown = queryValue(database, 0)`
    SELECT 1 FROM musicbrainz_release UNION ALL SELECT 1 FROM musicbrainz_group LIMIT 1`;
  if (isKnown === 0) return null;
  const ofRelease = database
    .prepare<[number, number], string>(
      `SELECT mbid FROM musicbrainz_release WHERE release_id = ?
       UNION SELECT mbid FROM musicbrainz_group WHERE master_id = (SELECT master_id FROM release WHERE id = ?)`,
    )
    .pluck();
  const ofAlbum = database
    .prepare<[number], string | null>(
      `SELECT value FROM album LEFT JOIN musicbrainz_identity AS known ON known.mbid = lower(album.mbid)
       JOIN json_each(json_array(lower(album.mbid), known.release_mbid, known.group_mbid)) WHERE album.id = ?`,
    )
    .pluck();
  const opinionOn = createKindReader(database);
  return {
    /** The MBIDs of a release on the shelf and of its release groups. */
    release: (releaseId: number): string[] => ofRelease.all(releaseId, releaseId),
    /** The kind of a release; undefined if MusicBrainz does not know it. */
    kind: (releaseId: number): Kind | undefined => opinionOn(releaseId).musicbrainz ?? undefined,
    /** The MBIDs of a played album. */
    album: (albumId: number): string[] => ofAlbum.all(albumId).filter((mbid) => mbid !== null),
  };
}

/** Reads the titles that MusicBrainz and Discogs' master give a release. */
export function createOtherTitlesReader(database: Database): (releaseId: number) => readonly OtherTitle[] {
  const find = database.prepare<[number, number], OtherTitle>(`
    SELECT title, 'musicbrainz' AS source FROM musicbrainz_release WHERE release_id = ?
    UNION SELECT known.title, known.source FROM release JOIN (
      SELECT master_id, title, 'musicbrainz' AS source FROM musicbrainz_group
      UNION ALL SELECT id, title, 'master' FROM master) AS known USING (master_id)
    WHERE release.id = ? AND known.title <> '' ORDER BY source DESC, title`);
  return (releaseId) => find.all(releaseId, releaseId);
}

/** Differs as soon as MusicBrainz or Discogs' masters were asked anything since. */
export function hashMusicBrainzResults(database: Database): string {
  return queryValue(database, "")`
    SELECT (SELECT count(*) || ' ' || coalesce(max(fetched_uts), 0) FROM musicbrainz_lookup) || ' ' ||
      (SELECT count(*) || ' ' || coalesce(max(fetched_uts), 0) FROM musicbrainz_identity) || ' ' ||
      (SELECT count(*) || ' ' || coalesce(max(fetched_uts), 0) FROM master WHERE title <> '')`;
}

/** How many releases on the shelf MusicBrainz knows, by themselves or by their masters. */
export function countKnownToMusicBrainz(database: Database): number {
  return queryValue(database, 0)`
    SELECT count(*) FROM release WHERE id IN (SELECT release_id FROM record)
      AND (id IN (SELECT release_id FROM musicbrainz_release)
        OR master_id IN (SELECT master_id FROM musicbrainz_group))`;
}
