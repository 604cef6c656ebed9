// Pictures of covers: what is kept of each that was asked for, and which of them is the cover of a release.
import type { Database } from "./database.ts";

type PictureSource = "archive" | "discogs";

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

/** Keeps an answer for good; inside the caller's transaction, which refreshes the covers, too. */
export function keepPicture(
  database: Database,
  { source, address }: PictureAddress,
  answer: PictureAnswer,
  nowUts: number,
): void {
  const isKnown = typeof answer === "object";
  database
    .prepare(
      `INSERT OR REPLACE INTO picture (address, source, state, thumbhash, dominant_color, accent_color, asked_uts)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      address,
      source,
      isKnown ? "known" : answer,
      isKnown ? answer.thumbhash : null,
      isKnown ? answer.dominantColour : null,
      isKnown ? answer.accentColour : null,
      nowUts,
    );
}

/**
 * Where a picture of each release on the shelf may be, the best first: the archive's of this pressing, its of the
 * album with all its editions, Discogs' own.
 */
const pictureCandidates = `
  SELECT shelved.id AS release_id, 1 AS place, 'archive' AS source, 'release/' || mbid AS address
    FROM (SELECT DISTINCT release_id AS id FROM record) AS shelved
    JOIN musicbrainz_release ON musicbrainz_release.release_id = shelved.id
  UNION ALL
  SELECT release.id, 2, 'archive', 'release-group/' || mbid
    FROM release JOIN musicbrainz_group ON musicbrainz_group.master_id = release.master_id
    WHERE release.id IN (SELECT release_id FROM record)
  UNION ALL
  SELECT release.id, 3, 'discogs', release.cover_url
    FROM release WHERE cover_url IS NOT NULL AND release.id IN (SELECT release_id FROM record)`;

/** Brings the derived table up to date; inside the caller's transaction. */
export function refreshCovers(database: Database): void {
  database.exec(`
    CREATE TEMP TABLE IF NOT EXISTS best_picture (release_id INTEGER PRIMARY KEY, address TEXT NOT NULL);
    DELETE FROM best_picture;
    INSERT OR IGNORE INTO best_picture SELECT release_id, candidate.address
      FROM (${pictureCandidates}) AS candidate
      JOIN picture ON picture.address = candidate.address AND picture.state = 'known'
      ORDER BY release_id, place, candidate.address;
    DELETE FROM cover WHERE (release_id, address) NOT IN (SELECT release_id, address FROM best_picture);
    INSERT OR IGNORE INTO cover SELECT release_id, address FROM best_picture;
    DROP TABLE best_picture`);
}
