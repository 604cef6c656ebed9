// Tracks as they were scrobbled, each with its plays: of all time or of a span.
import { trackKey } from "../../match/titles/track-title.ts";
import type { Database } from "../../store/file/database.ts";
import type { Condition } from "../conditions/condition-parts.ts";
import { spanCondition, type Span } from "../conditions/span.ts";

/** From so many scrobbles on, it costs less to go through all tracks than through the seconds of a span. */
const many = 20_000;

/** `heard_track (track_id, plays, last_uts)`: a row for each track that was played; last_uts NULL where no play is dated. */
export function heardTrackTable(span: Span | null): Condition {
  const columns = "track_id, count(*), nullif(max(uts), 0)";
  if (span === null) {
    const sql = `heard_track (track_id, plays, last_uts) AS (SELECT ${columns} FROM scrobble GROUP BY track_id)`;
    return { sql, parameters: [] };
  }
  const bySecond = spanCondition("uts", span);
  // A sign before a column keeps SQLite from its index.
  const byTrack = spanCondition("+uts", span);
  const isLong = `(SELECT count(*) FROM (SELECT 1 FROM scrobble WHERE ${bySecond.sql} LIMIT ${many})) = ${many}`;
  return {
    sql: `heard_track (track_id, plays, last_uts) AS (
      SELECT ${columns} FROM scrobble WHERE ${isLong} AND ${byTrack.sql} GROUP BY track_id
      UNION ALL
      SELECT ${columns} FROM scrobble WHERE NOT ${isLong} AND ${bySecond.sql} GROUP BY track_id)`,
    parameters: [bySecond, byTrack, bySecond, bySecond].flatMap(({ parameters }) => parameters),
  };
}

/** How many songs were heard of each of these groups: of the albums by their numbers, or of the artist by all spellings. */
export function countHeardTracks(
  database: Database,
  column: "album_id" | "artist",
  span: Span | null,
  groups: readonly (readonly (number | string)[])[],
): number[] {
  const within = span === null ? { sql: "true", parameters: [] } : spanCondition("uts", span);
  const heard = database
    .prepare<unknown[], [member: number | string, name: string]>(
      `SELECT track.${column}, name FROM json_each(?) AS wanted JOIN track ON track.${column} = wanted.value
       WHERE EXISTS (SELECT 1 FROM scrobble WHERE track_id = track.id AND ${within.sql})`,
    )
    .raw();
  const songs = new Map<number | string, Set<string>>();
  for (const [member, name] of heard.iterate(JSON.stringify(groups.flat()), ...within.parameters)) {
    const known = songs.get(member);
    if (known === undefined) songs.set(member, new Set([trackKey(name)]));
    else known.add(trackKey(name));
  }
  return groups.map((group) => new Set(group.flatMap((member) => [...(songs.get(member) ?? [])])).size);
}
