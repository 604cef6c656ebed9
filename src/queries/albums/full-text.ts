// Searches records, artists, albums and tracks by words, for programs of the hosted API.
import type { SearchPage } from "../documents/hosted-listening-documents.ts";
import { fold } from "../../match/text/fold.ts";
import type { Database } from "../../store/file/database.ts";
import { joinAnd, joinOr, rawSql, queryRows, sql } from "../../store/file/sql.ts";
import { buildRecordsSql } from "../filters/record-filter.ts";
import { createPageUrlBuilder } from "../statistics/readiness.ts";
import { compareTexts } from "../statistics/played-items.ts";
import { toJsonPagination, selectPage, type Paging } from "../documents/paging.ts";
import { readRecordsById } from "../records/read-records.ts";
import { listSearchSpellings } from "../conditions/latin-letters.ts";
import { foldWords } from "../conditions/words.ts";

export const searchDomains = ["listening", "collecting"] as const;
type SearchDomain = (typeof searchDomains)[number];

type EntityType = "artist" | "album" | "track" | "release";

interface FoundEntity {
  readonly type: EntityType;
  readonly id: number;
  readonly title: string;
  readonly subtitle: string | null;
  /** The folded text that is searched, and its spellings in Latin letters. */
  readonly text: string;
  readonly plays: number;
}

interface SearchParameters {
  readonly text: string;
  readonly domains: readonly SearchDomain[];
  readonly paging: Paging;
}

/** The best matches first, then by plays. Throws UsageError for more than 200 words. */
export function searchAll(database: Database, { text, domains, paging }: SearchParameters): SearchPage {
  const words = foldWords([text]);
  const entities = domains.flatMap((domain) =>
    domain === "listening" ? readPlayedEntities(database, words) : readRecordEntities(database, words),
  );
  const exact = fold(text);
  const byScore = entities
    .map((row) => ({ ...row, score: computeScore(row, { exact, words }) }))
    .toSorted(
      (a, b) => b.score - a.score || b.plays - a.plays || compareTexts(a.type, b.type) || a.id - b.id,
    );
  return {
    data: buildSearchRows(database, selectPage(byScore, paging)),
    pagination: toJsonPagination(paging, byScore.length),
  };
}

function computeScore(
  { title, text }: FoundEntity,
  { exact, words }: { readonly exact: string; readonly words: readonly string[] },
): number {
  if (fold(title) === exact) return 1;
  return words.every((word) => ` ${text.replaceAll("\n", " ")}`.includes(` ${word}`)) ? 0.75 : 0.5;
}

/** Folding is the slow part, so each name is folded once. */
function readPlayedEntities(database: Database, words: readonly string[]): FoundEntity[] {
  return queryRows<FoundEntity>(database)`WITH named AS MATERIALIZED (
      SELECT 'artist' AS type, id, name AS title, NULL AS subtitle, spellings(name) AS text FROM artist
      UNION ALL SELECT 'album', id, title, artist, spellings(artist || ' ' || title) FROM album
      UNION ALL SELECT 'track', min(id), name, artist, spellings(artist || ' ' || name) FROM track
        GROUP BY artist, name)
    SELECT *, CASE type
      WHEN 'artist' THEN (SELECT count(*) FROM track JOIN scrobble ON track_id = track.id WHERE artist = named.title)
      WHEN 'album' THEN (SELECT play_count FROM album WHERE id = named.id)
      ELSE (SELECT count(*) FROM track JOIN scrobble ON track_id = track.id
        WHERE artist = named.subtitle AND name = named.title) END AS plays
    FROM named WHERE ${joinAnd(
      words.map((word) => joinOr(listSearchSpellings(word), (spelling) => sql`instr(text, ${spelling}) > 0`)),
    )}`;
}

/** Searches records as every list of records does. */
function readRecordEntities(database: Database, words: readonly string[]): FoundEntity[] {
  const columns =
    rawSql(`'release' AS type, record.id AS id, release.title AS title, release.artist AS subtitle,
    spellings(release.artist || ' ' || release.title) AS text, match.play_count AS plays`);
  return queryRows<FoundEntity>(database)`${buildRecordsSql(database, { words }, columns)}`;
}

function buildSearchRows(
  database: Database,
  rows: readonly (FoundEntity & { readonly score: number })[],
): SearchPage["data"] {
  const buildUrl = createPageUrlBuilder(database);
  const recordIds = rows.filter(({ type }) => type === "release").map(({ id }) => id);
  const records = readRecordsById(database, recordIds);
  return rows.map(({ type, id, title, subtitle, score }) => {
    const record = type === "release" ? records.get(id) : undefined;
    const page = {
      artist: subtitle ?? title,
      album: type === "album" ? title : undefined,
      track: type === "track" ? title : undefined,
    };
    const cover = record?.coverUrl ?? null;
    return {
      domain: type === "release" ? "collecting" : "listening",
      entity_type: type,
      entity_id: String(id),
      title,
      subtitle,
      image_key: null,
      image:
        cover === null
          ? null
          : {
              cdn_url: cover,
              thumbhash: record?.thumbhash ?? null,
              dominant_color: record?.dominantColour ?? null,
            },
      url: record === undefined ? buildUrl(page) : `https://www.discogs.com/release/${record.releaseId}`,
      instapaper_url: null,
      instapaper_app_url: null,
      author: null,
      score,
    };
  });
}
