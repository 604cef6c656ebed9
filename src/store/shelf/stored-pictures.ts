// Pictures of covers: the answer for each address, and which picture is the cover of a release.
import { daySeconds } from "../../model/times.ts";
import type { Database } from "../file/database.ts";

export type PictureSource = "archive" | "discogs";

export interface PictureAddress {
  readonly source: PictureSource;
  readonly address: string;
}

interface Preview {
  readonly thumbhash: string;
  readonly dominantColour: string;
  readonly accentColour: string;
}

/** Result of fetching a cover. `none`: the host has no cover; `unreadable`: the file could not be decoded. */
export type PictureAnswer = Preview | "none" | "unreadable";

/** A missing cover may have been added since. An unreadable one stays unreadable. */
const noneAgainSeconds = 90 * daySeconds;

/** Stores an answer. Runs inside the caller's transaction. */
export function keepPicture(
  database: Database,
  { source, address }: PictureAddress,
  answer: PictureAnswer,
  nowUts: number,
): void {
  const preview = typeof answer === "object" ? answer : null;
  database
    .prepare(
      `INSERT OR REPLACE INTO picture (address, source, state, thumbhash, dominant_color, accent_color, asked_uts)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      address,
      source,
      typeof answer === "object" ? "known" : answer,
      preview?.thumbhash ?? null,
      preview?.dominantColour ?? null,
      preview?.accentColour ?? null,
      nowUts,
    );
}

/**
 * The addresses that may have a cover of a release, the best first: the archive's for the pressing, the archive's for
 * the album, and Discogs'.
 */
const candidates = `
  SELECT release_id, 1 AS place, 'archive' AS source, 'release/' || mbid AS address FROM musicbrainz_release
  UNION ALL
  SELECT release.id, 2, 'archive', 'release-group/' || mbid
    FROM release JOIN musicbrainz_group ON musicbrainz_group.master_id = release.master_id
  UNION ALL
  SELECT id, 3, 'discogs', coalesce(thumb_url, cover_url) FROM release
    WHERE coalesce(thumb_url, cover_url) LIKE 'https://i.discogs.com/%'`;

/** A picture to fetch, and the releases that it may be the cover of. */
export interface WantedPicture extends PictureAddress {
  readonly releaseIds: readonly number[];
}

interface Candidate extends PictureAddress {
  readonly releaseId: number;
  readonly state: "known" | "none" | "unreadable" | null;
}

/**
 * For each release on the shelf without a cover, the best address that was not asked yet; the newest on the shelf
 * first. `isLost` says whether a known picture must be fetched again.
 */
export function wantedPictures(
  database: Database,
  {
    sources,
    nowUts,
    isLost = () => false,
  }: {
    readonly sources: readonly PictureSource[];
    readonly nowUts: number;
    readonly isLost?: (picture: PictureAddress) => boolean;
  },
): WantedPicture[] {
  const rows = database
    .prepare<[number], Candidate>(
      `SELECT shelved.id AS releaseId, candidate.source AS source, candidate.address AS address,
         iif(state = 'none' AND asked_uts < ?, NULL, state) AS state
       FROM (SELECT release_id AS id, max(added_uts) AS added FROM record GROUP BY release_id) AS shelved
       JOIN (${candidates}) AS candidate ON candidate.release_id = shelved.id
       LEFT JOIN picture ON picture.address = candidate.address
       ORDER BY shelved.added DESC, shelved.id DESC, candidate.place, candidate.address`,
    )
    .iterate(nowUts - noneAgainSeconds);
  const picturesByAddress = new Map<string, { source: PictureSource; releaseIds: number[] }>();
  let settledCount = -1;
  for (const { releaseId, source, address, state } of rows) {
    if (releaseId === settledCount || !sources.includes(source)) continue;
    if (state === "none" || state === "unreadable") continue;
    settledCount = releaseId;
    if (state === "known" && !isLost({ source, address })) continue;
    const picture = picturesByAddress.get(address);
    if (picture === undefined) picturesByAddress.set(address, { source, releaseIds: [releaseId] });
    else picture.releaseIds.push(releaseId);
  }
  return [...picturesByAddress].map(([address, picture]) => ({ address, ...picture }));
}

export function countAsked(database: Database, source: PictureSource, sinceUts: number): number {
  return database
    .prepare("SELECT count(*) FROM picture WHERE source = ? AND asked_uts >= ?")
    .pluck()
    .get(source, sinceUts) as number;
}

export function countCovers(database: Database): number {
  return database
    .prepare("SELECT count(*) FROM cover WHERE release_id IN (SELECT release_id FROM record)")
    .pluck()
    .get() as number;
}

/** Releases on the shelf: each may have one cover. */
export function countCoverable(database: Database): number {
  return database.prepare("SELECT count(DISTINCT release_id) FROM record").pluck().get() as number;
}

/** Updates the covers of some releases or of all. Runs inside the caller's transaction. */
export function refreshCovers(database: Database, releases: readonly number[] | "all"): void {
  const among = releases === "all" ? "SELECT id FROM release" : "SELECT value FROM json_each(@releases)";
  const best = `SELECT candidate.release_id, candidate.address,
      row_number() OVER (PARTITION BY candidate.release_id ORDER BY candidate.place, candidate.address) AS nth
    FROM (${candidates}) AS candidate
    JOIN picture ON picture.address = candidate.address AND picture.state = 'known'
    WHERE candidate.release_id IN (${among})`;
  const parameters = releases === "all" ? {} : { releases: JSON.stringify(releases) };
  database
    .prepare(
      `INSERT INTO cover SELECT release_id, address FROM (${best}) WHERE nth = 1
       ON CONFLICT (release_id) DO UPDATE SET address = excluded.address WHERE address <> excluded.address`,
    )
    .run(parameters);
  database
    .prepare(
      `DELETE FROM cover WHERE release_id IN (${releases === "all" ? "SELECT release_id FROM cover" : among})
         AND release_id NOT IN (SELECT release_id FROM (${best}))`,
    )
    .run(parameters);
}
