// Pictures of covers: the answer for each address, and which picture is the cover of a release.
import type { CoverPreview } from "../../model/cover-preview.ts";
import { daySeconds } from "../../model/times.ts";
import type { Database } from "../file/database.ts";
import { execute, iterateRows, rawSql, queryValue } from "../file/sql.ts";

export type CoverSource = "archive" | "discogs";

export interface CoverAddress {
  readonly source: CoverSource;
  readonly address: string;
}

/** Result of fetching a cover. `none`: the host has no cover; `unreadable`: the file could not be decoded. */
export type CoverResult = CoverPreview | "none" | "unreadable";

/** A missing cover may have been added since. An unreadable one stays unreadable. */
const noneRetrySeconds = 90 * daySeconds;

/** Stores an answer. Runs inside the caller's transaction. */
export function saveCover(
  database: Database,
  { source, address }: CoverAddress,
  answer: CoverResult,
  nowUts: number,
): void {
  const preview = typeof answer === "object" ? answer : null;
  execute(database)`
    INSERT OR REPLACE INTO cover_preview (address, source, state, thumbhash, dominant_color, accent_color, fetched_uts)
    VALUES (${address}, ${source}, ${typeof answer === "object" ? "known" : answer}, ${preview?.thumbhash ?? null},
      ${preview?.dominantColour ?? null}, ${preview?.accentColour ?? null}, ${nowUts})`;
}

/** The addresses that may have a cover of a release, the best first, as in the view `cover`. */
const possibleCovers = rawSql(`
  SELECT release_id, 1 AS place, 'archive' AS source, 'release/' || mbid AS address FROM musicbrainz_release
  UNION ALL
  SELECT release.id, 2, 'archive', 'release-group/' || mbid
    FROM release JOIN musicbrainz_group ON musicbrainz_group.master_id = release.master_id
  UNION ALL
  SELECT id, 3, 'discogs', coalesce(thumb_url, cover_url) FROM release
    WHERE coalesce(thumb_url, cover_url) LIKE 'https://i.discogs.com/%'`);

interface CoverCandidate extends CoverAddress {
  readonly releaseId: number;
  readonly state: "known" | "none" | "unreadable" | null;
}

/**
 * Reads the best address that was not asked yet for each release on the shelf without a cover; the newest on the shelf
 * come first. `isLost` says whether a known picture must be fetched again.
 */
export function readWantedCovers(
  database: Database,
  sources: readonly CoverSource[],
  nowUts: number,
  isLost: (picture: CoverAddress) => boolean,
): CoverAddress[] {
  const rows = iterateRows<CoverCandidate>(database)`
    SELECT shelved.id AS releaseId, candidate.source AS source, candidate.address AS address,
      iif(state = 'none' AND fetched_uts < ${nowUts - noneRetrySeconds}, NULL, state) AS state
    FROM (SELECT release_id AS id, max(added_uts) AS added FROM record GROUP BY release_id) AS shelved
    JOIN (${possibleCovers}) AS candidate ON candidate.release_id = shelved.id
    LEFT JOIN cover_preview ON cover_preview.address = candidate.address
    ORDER BY shelved.added DESC, shelved.id DESC, candidate.place, candidate.address`;
  const pictures = new Map<string, CoverAddress>();
  let doneReleaseId = -1;
  for (const { releaseId, source, address, state } of rows) {
    if (releaseId === doneReleaseId || !sources.includes(source)) continue;
    if (state === "none" || state === "unreadable") continue;
    doneReleaseId = releaseId;
    if (state === "known" && !isLost({ source, address })) continue;
    pictures.set(address, { source, address });
  }
  return [...pictures.values()];
}

export function countCoverLookups(database: Database, source: CoverSource, sinceUts: number): number {
  return queryValue(database, 0)`
    SELECT count(*) FROM cover_preview WHERE source = ${source} AND fetched_uts >= ${sinceUts}`;
}

export function countCovers(database: Database): number {
  return queryValue(database, 0)`
    SELECT count(address) FROM cover WHERE release_id IN (SELECT release_id FROM record)`;
}

/** Releases on the shelf: each may have one cover. */
export function countReleasesForCovers(database: Database): number {
  return queryValue(database, 0)`SELECT count(DISTINCT release_id) FROM record`;
}
