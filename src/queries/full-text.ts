// Records, artists, albums and tracks by words, in one list, as programs of the hosted API search them.
import { fold } from "../match/text/fold.ts";
import type { Database } from "../store/database.ts";
import { allOf, holds, type Condition } from "./filters/condition-parts.ts";
import { condition } from "./filters/record-filter.ts";
import { pagesOf } from "./listed-things.ts";
import { contractPagination, type ContractPagination, type Paging } from "./paging.ts";
import { recordsById } from "./records-by-id.ts";
import { recordSource } from "./record-source.ts";
import { foldedWords } from "./words.ts";

export const searchDomains = ["listening", "collecting"] as const;
export type SearchDomain = (typeof searchDomains)[number];

type EntityType = "artist" | "album" | "track" | "release";

export interface FoundEntity {
  readonly domain: SearchDomain;
  readonly entity_type: EntityType;
  /** Of a release, the number of the record. */
  readonly entity_id: string;
  readonly title: string;
  readonly subtitle: string | null;
  readonly image_key: null;
  readonly image: {
    readonly cdn_url: string;
    readonly thumbhash: string | null;
    readonly dominant_color: string | null;
  } | null;
  readonly url: string | null;
  readonly instapaper_url: null;
  readonly instapaper_app_url: null;
  readonly author: null;
  /** 1: the title is what was asked for; 0.75: its words begin words; 0.5: they stand within words. */
  readonly score: number;
}

interface Row {
  readonly type: EntityType;
  readonly id: number;
  readonly title: string;
  readonly subtitle: string | null;
  readonly score: number;
}

interface SearchQuestion {
  readonly text: string;
  readonly domains: readonly SearchDomain[];
  readonly paging: Paging;
}

/** The best first, then by plays. Throws UsageError for more words than any name has. */
export function searchAll(
  database: Database,
  { text, domains, paging }: SearchQuestion,
): { readonly data: readonly FoundEntity[]; readonly pagination: ContractPagination } {
  const words = foldedWords([text]);
  const parts = domains.flatMap((domain) =>
    domain === "listening" ? listeningParts(words) : [recordPart(database, words)],
  );
  if (parts.length === 0) return { data: [], pagination: contractPagination(paging, 0) };
  const found: Condition = {
    sql: parts.map(({ sql }) => sql).join(" UNION ALL "),
    parameters: parts.flatMap(({ parameters }) => parameters),
  };
  const beginning = words.map(() => "instr(' ' || fold(coalesce(subtitle, '') || ' ' || title), ?) > 0");
  const rows = database
    .prepare<unknown[], Row>(
      `WITH found AS MATERIALIZED (${found.sql})
       SELECT type, id, title, subtitle,
         CASE WHEN fold(title) = ? THEN 1.0 WHEN ${beginning.join(" AND ")} THEN 0.75 ELSE 0.5 END AS score
       FROM found ORDER BY score DESC, plays DESC, type, id LIMIT ? OFFSET ?`,
    )
    .all(
      ...found.parameters,
      fold(text),
      ...words.map((word) => ` ${word}`),
      paging.limit,
      (paging.page - 1) * paging.limit,
    );
  const total =
    database
      .prepare<unknown[], number>(`SELECT count(*) FROM (${found.sql})`)
      .pluck()
      .get(...found.parameters) ?? 0;
  return { data: entities(database, rows), pagination: contractPagination(paging, total) };
}

/** Each: type, id, title, subtitle, plays. */
function listeningParts(words: readonly string[]): Condition[] {
  const named = (expression: string): Condition => allOf(words.map((word) => holds(expression, word)));
  const [artists, albums, tracks] = [
    named("name"),
    named("artist || ' ' || title"),
    named("artist || ' ' || name"),
  ];
  return [
    {
      sql: `SELECT 'artist' AS type, id, name AS title, NULL AS subtitle,
          (SELECT count(*) FROM track JOIN scrobble ON track_id = track.id WHERE track.artist = artist.name) AS plays
        FROM artist WHERE ${artists.sql}`,
      parameters: artists.parameters,
    },
    {
      sql: `SELECT 'album', id, title, artist, play_count FROM album WHERE ${albums.sql}`,
      parameters: albums.parameters,
    },
    {
      sql: `SELECT 'track', min(id), name, artist,
          sum((SELECT count(*) FROM scrobble WHERE track_id = track.id))
        FROM track WHERE ${tracks.sql} GROUP BY artist, name`,
      parameters: tracks.parameters,
    },
  ];
}

function recordPart(database: Database, words: readonly string[]): Condition {
  const where = condition(database, { words });
  return {
    sql: `SELECT 'release' AS type, record.id AS id, release.title AS title, release.artist AS subtitle,
        match.play_count AS plays
      FROM ${recordSource({}).tables} WHERE ${where.sql}`,
    parameters: where.parameters,
  };
}

function entities(database: Database, rows: readonly Row[]): FoundEntity[] {
  const pageOf = pagesOf(database);
  const records = recordsById(
    database,
    rows.filter(({ type }) => type === "release").map(({ id }) => id),
  );
  return rows.map(({ type, id, title, subtitle, score }) => {
    const record = type === "release" ? records.get(id) : undefined;
    const artist = subtitle ?? title;
    const url =
      record !== undefined
        ? `https://www.discogs.com/release/${record.releaseId}`
        : pageOf({
            artist,
            ...(type === "album" ? { album: title } : {}),
            ...(type === "track" ? { track: title } : {}),
          });
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
      url,
      instapaper_url: null,
      instapaper_app_url: null,
      author: null,
      score,
    };
  });
}
