// Pictures of covers: what is kept of each that was asked for, and which of them is the cover of a release.
import { daySeconds } from "../../model/times.ts";
import type { Database } from "../file/database.ts";

export type PictureSource = "archive" | "discogs";

/** Whose picture, and where. */
export interface PictureAddress {
  readonly source: PictureSource;
  readonly address: string;
}

interface Look {
  readonly thumbhash: string;
  readonly dominantColour: string;
  readonly accentColour: string;
}

/** What came of asking for it. none: there is no such picture; unreadable: it is nothing that can be unpacked. */
export type PictureAnswer = Look | "none" | "unreadable";

/** What there was not may have come since; what can't be unpacked stays so. */
const noneAgainSeconds = 90 * daySeconds;

/** Keeps an answer for good; inside the caller's transaction. */
export function keepPicture(
  database: Database,
  { source, address }: PictureAddress,
  answer: PictureAnswer,
  nowUts: number,
): void {
  const look = typeof answer === "object" ? answer : null;
  database
    .prepare(
      `INSERT OR REPLACE INTO picture (address, source, state, thumbhash, dominant_color, accent_color, asked_uts)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      address,
      source,
      typeof answer === "object" ? "known" : answer,
      look?.thumbhash ?? null,
      look?.dominantColour ?? null,
      look?.accentColour ?? null,
      nowUts,
    );
}

/**
 * Where a picture of each release on the shelf may be, the best first: the archive's of this pressing, its of the
 * album with all its editions, Discogs' own.
 */
const candidates = `
  SELECT release_id, 1 AS place, 'archive' AS source, 'release/' || mbid AS address FROM musicbrainz_release
  UNION ALL
  SELECT release.id, 2, 'archive', 'release-group/' || mbid
    FROM release JOIN musicbrainz_group ON musicbrainz_group.master_id = release.master_id
  UNION ALL
  SELECT id, 3, 'discogs', coalesce(thumb_url, cover_url) FROM release
    WHERE coalesce(thumb_url, cover_url) LIKE 'https://i.discogs.com/%'`;

/** A picture to ask for, and the releases that it may be the cover of. */
export interface WantedPicture extends PictureAddress {
  readonly releaseIds: readonly number[];
}

interface Candidate extends PictureAddress {
  readonly releaseId: number;
  readonly state: "known" | "none" | "unreadable" | null;
}

/**
 * For each release on the shelf the best picture that was not asked for yet, where none that is better is known; the
 * newest on the shelf first. `isLost`: of a known one, whether it has to be asked for again.
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
  const wanted = new Map<string, { source: PictureSource; releaseIds: number[] }>();
  let settled = -1;
  for (const { releaseId, source, address, state } of rows) {
    if (releaseId === settled || !sources.includes(source)) continue;
    if (state === "none" || state === "unreadable") continue;
    settled = releaseId;
    if (state === "known" && !isLost({ source, address })) continue;
    const known = wanted.get(address);
    if (known === undefined) wanted.set(address, { source, releaseIds: [releaseId] });
    else known.releaseIds.push(releaseId);
  }
  return [...wanted].map(([address, picture]) => ({ address, ...picture }));
}

/** How many pictures of a host were asked for since a moment. */
export function countAsked(database: Database, source: PictureSource, sinceUts: number): number {
  return database
    .prepare("SELECT count(*) FROM picture WHERE source = ? AND asked_uts >= ?")
    .pluck()
    .get(source, sinceUts) as number;
}

/** Releases on the shelf whose cover is known. */
export function countCovers(database: Database): number {
  return database
    .prepare("SELECT count(*) FROM cover WHERE release_id IN (SELECT release_id FROM record)")
    .pluck()
    .get() as number;
}

/** Releases on the shelf, by what is known of their covers. */
export interface CoverStates {
  readonly releases: number;
  readonly known: number;
  /** Every picture of theirs was asked for, and none exists or can be decoded. */
  readonly unusable: number;
  /** At least one picture of theirs was not asked for yet. */
  readonly unasked: number;
  /** No address of a picture is known. */
  readonly unaddressed: number;
}

export function countCoverStates(
  database: Database,
  { sources, nowUts }: { readonly sources: readonly PictureSource[]; readonly nowUts: number },
): CoverStates {
  return database
    .prepare<[{ sources: string; againUts: number }], CoverStates>(
      `SELECT count(*) AS releases,
         count(*) FILTER (WHERE is_known) AS known,
         count(*) FILTER (WHERE NOT is_known AND addresses > 0 AND unasked = 0) AS unusable,
         count(*) FILTER (WHERE NOT is_known AND unasked > 0) AS unasked,
         count(*) FILTER (WHERE NOT is_known AND addresses = 0) AS unaddressed
       FROM (
         SELECT EXISTS (SELECT 1 FROM cover WHERE release_id = shelved.id) AS is_known,
           count(candidate.address) AS addresses,
           count(candidate.address) FILTER (WHERE state IS NULL OR (state = 'none' AND asked_uts < @againUts)) AS unasked
         FROM (SELECT DISTINCT release_id AS id FROM record) AS shelved
         LEFT JOIN (SELECT * FROM (${candidates}) WHERE source IN (SELECT value FROM json_each(@sources))) AS candidate
           ON candidate.release_id = shelved.id
         LEFT JOIN picture ON picture.address = candidate.address
         GROUP BY shelved.id)`,
    )
    .get({ sources: JSON.stringify(sources), againUts: nowUts - noneAgainSeconds }) as CoverStates;
}

/** Brings the derived table up to date, of some releases or of all; inside the caller's transaction. */
export function refreshCovers(database: Database, releases: readonly number[] | "all"): void {
  const among = releases === "all" ? "SELECT id FROM release" : "SELECT value FROM json_each(@releases)";
  const best = `SELECT candidate.release_id, candidate.address,
      row_number() OVER (PARTITION BY candidate.release_id ORDER BY candidate.place, candidate.address) AS nth
    FROM (${candidates}) AS candidate
    JOIN picture ON picture.address = candidate.address AND picture.state = 'known'
    WHERE candidate.release_id IN (${among})`;
  const given = releases === "all" ? {} : { releases: JSON.stringify(releases) };
  database
    .prepare(
      `INSERT INTO cover SELECT release_id, address FROM (${best}) WHERE nth = 1
       ON CONFLICT (release_id) DO UPDATE SET address = excluded.address WHERE address <> excluded.address`,
    )
    .run(given);
  database
    .prepare(
      `DELETE FROM cover WHERE release_id IN (${releases === "all" ? "SELECT release_id FROM cover" : among})
         AND release_id NOT IN (SELECT release_id FROM (${best}))`,
    )
    .run(given);
}
