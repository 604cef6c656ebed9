// The views for rewind sql, with the meaning of each column. They are no part of the cache: each connection makes its own.
import type { Database } from "./file/database.ts";
import { unmatchedPlaysSql } from "./plays/track-albums.ts";

const buildIsoTimeSql = (uts: string): string => `strftime('%Y-%m-%dT%H:%M:%SZ', ${uts}, 'unixepoch')`;

/** Times are ISO 8601 in UTC, and unix seconds in columns ending in _uts. */
const viewDefinitions = `
CREATE TEMP VIEW records AS SELECT -- one row for each copy in the collection
  record.id AS id, -- the record's number, as every screen shows it
  record.instance_id AS instance_id, -- Discogs' number of the copy
  record.release_id AS release_id, -- Discogs' number of the pressing
  release.master_id AS master_id, -- Discogs' number of the master, if it has one
  release.artist AS artist, -- the credit in one line
  release.title AS title, -- the release's title
  release.year AS year, -- year of the pressing
  release.original_year AS original_year, -- year the album was first released, by MusicBrainz or Discogs' master
  release.kind AS kind, -- album, single, ep, compilation, box, other
  release.form AS form, -- LP, 2×LP, 7", CD, Box …
  (SELECT name FROM release_format WHERE release_id = release.id ORDER BY position LIMIT 1)
    AS format, -- name of the first format: Vinyl, CD …
  (SELECT name FROM release_label WHERE release_id = release.id ORDER BY position LIMIT 1)
    AS label, -- the first label
  (SELECT catalog_number FROM release_label WHERE release_id = release.id ORDER BY position LIMIT 1)
    AS catalog_number, -- catalogue number of the first label
  release.genres AS genres, -- JSON list
  release.styles AS styles, -- JSON list
  (SELECT name FROM folder WHERE id = record.folder_id) AS folder, -- name of the collection's folder
  record.rating AS rating, -- 1 to 5; 0 is not rated
  ${buildIsoTimeSql("record.added_uts")} AS added_at, -- when it was added to the collection
  record.added_uts AS added_uts, -- the same in unix seconds
  (SELECT json_group_object(custom_field.name, record_field.value) FROM record_field
     JOIN custom_field ON custom_field.id = record_field.field_id
     WHERE record_field.record_id = record.id) AS fields, -- JSON object of the collection's custom fields
  match.type AS match_type, -- exact, fuzzy, artist_only, none
  match.confidence AS match_confidence, -- 1 for exact, 0.5 for artist_only, 0 for none
  match.decided_by AS decided_by, -- matcher or user
  coalesce(album.artist, match.artist_name) AS album_artist, -- artist of the matched album, as in your plays
  album.title AS album_name, -- the matched album; the most played edition
  match.play_count AS play_count, -- plays of this album, all editions together
  match.logged_plays AS logged_plays, -- how often you logged it
  match.spins AS spins, -- plays of at least half of it in one sitting, and logged spins; empty if too few tracks are known
  ${buildIsoTimeSql("match.last_played_uts")} AS last_played, -- its last play, logged ones included
  match.last_played_uts AS last_played_uts, -- the same in unix seconds
  (SELECT min(mbid) FROM musicbrainz_release WHERE release_id = release.id)
    AS release_mbid, -- MusicBrainz' id of the pressing
  (SELECT min(mbid) FROM musicbrainz_group WHERE master_id = release.master_id)
    AS release_group_mbid, -- MusicBrainz' id of the album with all its editions
  (SELECT min(barcode) FROM musicbrainz_release WHERE release_id = release.id) AS barcode, -- by MusicBrainz
  (SELECT min(country) FROM musicbrainz_release WHERE release_id = release.id)
    AS country, -- country of the pressing in two letters, by MusicBrainz
  release.cover_url AS cover_url, -- address of the cover on Discogs
  'https://www.discogs.com/release/' || release.id AS discogs_url, -- address of the pressing's page on Discogs
  ${unmatchedPlaysSql}
    AS stray_plays, -- plays of its songs without an album tag, which no other figure of a record counts
  record.paid_cents / 100.0 AS paid, -- what you paid, by the setting price_field
  record.currency AS currency, -- of paid: an ISO 4217 code; empty if none is written
  round(record.paid_cents * 1.0 / nullif(match.spins, 0)) / 100
    AS cost_per_spin, -- paid for each spin so far; empty without a spin
  round(record.paid_cents * 1.0 / nullif(match.play_count, 0)) / 100
    AS cost_per_play -- paid for each play of a track so far; empty without a play
FROM record JOIN release ON release.id = record.release_id
LEFT JOIN match ON match.record_id = record.id LEFT JOIN album ON album.id = match.album_id;

CREATE TEMP VIEW collection_values AS SELECT -- one row for each day on which a sync fetched Discogs' estimate
  ${buildIsoTimeSql("fetched_uts")} AS fetched_at, -- when
  fetched_uts AS fetched_uts, -- the same in unix seconds
  minimum_cents / 100.0 AS minimum, -- if every record sold at its lowest price
  median_cents / 100.0 AS median, -- at its median price
  maximum_cents / 100.0 AS maximum, -- at its highest price
  currency AS currency -- of the amounts, as Discogs shows them to you
FROM collection_value;

CREATE TEMP VIEW albums AS SELECT -- one row for each album in your plays
  id AS id, -- the album's number: 12 is a12 on the screens
  artist AS artist, -- as in your plays
  title AS title, -- as in your plays
  play_count AS play_count, -- plays
  (SELECT spins FROM album_spin WHERE album_id = album.id)
    AS spins, -- plays of at least half of it in one sitting; empty if too few tracks are known
  ${buildIsoTimeSql("last_played_uts")} AS last_played, -- its last play
  last_played_uts AS last_played_uts, -- the same in unix seconds
  mbid AS mbid, -- MusicBrainz' id, if it is known
  url AS url, -- its page at the service; empty if there is none
  id IN (SELECT album_id FROM record_album)
    AS owned -- 1 if it is on the shelf, in any pressing, else 0
FROM album;

CREATE TEMP VIEW scrobbles AS SELECT -- one row for each play of a track
  ${buildIsoTimeSql("nullif(scrobble.uts, 0)")} AS played_at, -- time of the play; empty if unknown
  scrobble.uts AS played_uts, -- the same in unix seconds; 0 if unknown
  track.artist AS artist, -- artist of the track
  track.name AS track, -- the track's name
  track.album AS album, -- the album tag; '' if there is none
  track.album_id AS album_id, -- the album that the play belongs to, if any
  track.song AS song_id -- the same for all plays that rewind top tracks counts as one song
FROM scrobble JOIN track ON track.id = scrobble.track_id;

CREATE TEMP VIEW play_sources AS SELECT -- one row for each play and each source that has it
  ${buildIsoTimeSql("nullif(scrobble.uts, 0)")} AS played_at, -- time of the play, as in scrobbles; empty if unknown
  scrobble.uts AS played_uts, -- played_at in Unix seconds; 0 if unknown
  scrobble.track_id AS track_id, -- with played_uts and occurrence, the same number for each source of a play
  scrobble.occurrence AS occurrence, -- counts the plays of a track within one second
  track.album_id AS album_id, -- the album of the play, if any
  source.name AS source, -- its name in rewind sources
  scrobble.precision_seconds AS precision_seconds, -- 1, 60 or 86400: how well the source knows the time
  scrobble.uts AS source_uts, -- time of the play as the source has it, in Unix seconds
  track.artist AS artist, -- artist of the track as the source has it
  track.name AS track, -- track name as the source has it
  track.album AS album -- album as the source has it; '' if none
FROM scrobble JOIN track ON track.id = scrobble.track_id JOIN source ON source.id = scrobble.source_id
WHERE scrobble.source_id = 1
UNION ALL SELECT ${buildIsoTimeSql("nullif(play_uts, 0)")}, play_uts, play_track_id,
  play_occurrence, track.album_id, source.name, precision_seconds, source_play.uts, source_track.artist,
  source_track.title, source_track.album
FROM source_play JOIN source_track ON source_track.id = source_track_id JOIN source ON source.id = source_play.source_id
JOIN track ON track.id = play_track_id;

CREATE TEMP VIEW logged_plays AS SELECT -- one row for each logged play
  logged_play.uuid AS uuid, -- its id
  logged_play.release_id AS release_id, -- Discogs' number of the pressing
  logged_play.instance_id AS instance_id, -- Discogs' number of the copy; empty if unknown
  release.artist AS artist, -- artist of the release; empty if unknown
  release.title AS title, -- title of the release; empty if unknown
  ${buildIsoTimeSql("logged_play.start_uts")} AS played_at, -- when it began; noon if only the day is known
  logged_play.start_uts AS played_uts, -- the same in unix seconds
  logged_play.precision AS precision, -- time, or day if only the day is known
  logged_play.source AS source, -- user, or field if it comes from a custom field of the collection
  (SELECT count(*) FROM logged_track WHERE uuid = logged_play.uuid) AS tracks, -- 0 if they are unknown
  logged_play.comment AS note -- your words
FROM logged_play LEFT JOIN release ON release.id = logged_play.release_id;

CREATE TEMP VIEW matches AS SELECT -- one row for each record and credited album; one row for a record without any
  match.record_id AS record_id, -- the record's number
  match.type AS match_type, -- exact, fuzzy, artist_only, none
  match.confidence AS match_confidence, -- confidence of the record's best album
  match.rule AS rule, -- the rule that decided
  match.decided_by AS decided_by, -- matcher or user
  album.id AS album_id, -- the credited album
  coalesce(album.artist, match.artist_name) AS album_artist, -- its artist; for artist_only the artist that is known
  album.title AS album_name, -- its title
  album.play_count AS album_play_count, -- its plays
  album_match.rule AS album_rule, -- the rule that credited this album
  album_match.confidence AS album_confidence -- how likely this album is the same
FROM match LEFT JOIN album_match ON album_match.record_id = match.record_id LEFT JOIN album ON album.id = album_match.album_id;

CREATE TEMP VIEW wants AS SELECT -- one row for each release on the wantlist
  want.release_id AS release_id, -- Discogs' number of the release
  release.master_id AS master_id, -- Discogs' number of the master, if it has one
  release.artist AS artist, -- the credit in one line
  release.title AS title, -- the release's title
  release.year AS year, -- year of the pressing
  release.kind AS kind, -- album, single, ep, compilation, box, other
  release.form AS form, -- LP, 2×LP, 7", CD, Box …
  (SELECT name FROM release_format WHERE release_id = release.id ORDER BY position LIMIT 1)
    AS format, -- name of the first format
  release.genres AS genres, -- JSON list
  release.styles AS styles, -- JSON list
  want.rating AS rating, -- 1 to 5; 0 is not rated
  ${buildIsoTimeSql("want.added_uts")} AS added_at, -- when it was added to the wantlist
  want.added_uts AS added_uts, -- the same in unix seconds
  want.notes AS notes -- your notes
FROM want JOIN release ON release.id = want.release_id;
`;

export interface ViewColumn {
  readonly name: string;
  readonly meaning: string;
}

export interface View {
  readonly name: string;
  readonly meaning: string;
  readonly columns: readonly ViewColumn[];
  readonly sql: string;
}

export const views: readonly View[] = viewDefinitions
  .trim()
  .split(/;\n\n|;$/)
  .filter((sql) => sql !== "")
  .map((sql) => {
    const [, name = "", meaning = ""] = /^CREATE TEMP VIEW (\w+) AS SELECT -- (.+)/.exec(sql) ?? [];
    return {
      name,
      meaning,
      get columns() {
        return parseColumns(sql);
      },
      sql,
    };
  });

function parseColumns(sql: string): ViewColumn[] {
  const columns = [...sql.matchAll(/\bAS ([a-z_]+),? -- (.+)/g)];
  return columns.map(([, name = "", meaning = ""]) => ({ name, meaning }));
}

/** Makes the views for one connection, which may be read-only. They hide views of the same names in the file. */
export function createViews(database: Database): void {
  for (const { sql } of views) database.exec(sql);
}
