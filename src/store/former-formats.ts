// The tables as they came to be before the first release, format by format: the way in for caches of that time. Never
// edited, and nothing is added: what changes now is a migration of schema.ts.

/**
 * Tables are named after one row. Times ending in _uts are unix seconds; date_added is kept as Discogs sends it.
 * Columns of release marked "derived" are worked out from the others when a release is written.
 */
const main = `
CREATE TABLE account (
  service TEXT PRIMARY KEY CHECK (service IN ('discogs', 'lastfm')),
  username TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE release (
  id INTEGER PRIMARY KEY,
  master_id INTEGER,
  title TEXT NOT NULL,
  year INTEGER,
  cover_url TEXT,
  genres TEXT NOT NULL,
  styles TEXT NOT NULL,
  artist TEXT NOT NULL, -- derived: the credit as one reads it, without disambiguation numbers
  kind TEXT NOT NULL,   -- derived: album, single, ep, compilation, box, other
  form TEXT NOT NULL,   -- derived: LP, 2×LP, 7", CD, Box …
  digest TEXT NOT NULL DEFAULT '' -- derived: of everything above and the lists below, to tell an unchanged release unread
) STRICT;

CREATE TABLE release_artist (
  release_id INTEGER NOT NULL REFERENCES release (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  artist_id INTEGER,
  name TEXT NOT NULL,
  anv TEXT NOT NULL,
  join_word TEXT NOT NULL,
  PRIMARY KEY (release_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE release_format (
  release_id INTEGER NOT NULL REFERENCES release (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  quantity INTEGER NOT NULL,
  text TEXT NOT NULL,
  descriptions TEXT NOT NULL,
  PRIMARY KEY (release_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE release_label (
  release_id INTEGER NOT NULL REFERENCES release (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  label_id INTEGER,
  name TEXT NOT NULL,
  catalog_number TEXT NOT NULL,
  PRIMARY KEY (release_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE folder (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL
) STRICT;

CREATE TABLE custom_field (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  position INTEGER NOT NULL
) STRICT;

-- AUTOINCREMENT: an id that was shown to a person never comes to mean another record.
CREATE TABLE record (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  instance_id INTEGER NOT NULL UNIQUE,
  release_id INTEGER NOT NULL REFERENCES release (id),
  folder_id INTEGER,
  rating INTEGER NOT NULL CHECK (rating BETWEEN 0 AND 5),
  date_added TEXT,
  added_uts INTEGER,
  digest TEXT NOT NULL DEFAULT '' -- derived: of what the listing says of this copy, its fields included
) STRICT;
CREATE INDEX record_release ON record (release_id);

CREATE TABLE record_field (
  record_id INTEGER NOT NULL REFERENCES record (id) ON DELETE CASCADE,
  field_id INTEGER NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (record_id, field_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE want (
  release_id INTEGER PRIMARY KEY REFERENCES release (id),
  rating INTEGER NOT NULL,
  date_added TEXT,
  added_uts INTEGER,
  notes TEXT NOT NULL
) STRICT;

CREATE TABLE album (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  artist TEXT NOT NULL,
  title TEXT NOT NULL,
  play_count INTEGER NOT NULL,
  mbid TEXT,
  url TEXT,
  last_played_uts INTEGER, -- derived from the scrobbles that belong to it
  UNIQUE (artist, title)
) STRICT;

-- A track as scrobbled: one row for all the scrobbles that say the same.
CREATE TABLE track (
  id INTEGER PRIMARY KEY,
  artist TEXT NOT NULL,
  name TEXT NOT NULL,
  album TEXT NOT NULL,      -- '' where the scrobble has no album tag
  album_mbid TEXT NOT NULL, -- '' where Last.fm gives none
  album_id INTEGER REFERENCES album (id) ON DELETE SET NULL,
  UNIQUE (artist, name, album, album_mbid)
) STRICT;
CREATE INDEX track_album ON track (album_id);

-- occurrence counts the scrobbles of one track within one second, from 1.
CREATE TABLE scrobble (
  uts INTEGER NOT NULL,
  track_id INTEGER NOT NULL REFERENCES track (id),
  occurrence INTEGER NOT NULL,
  PRIMARY KEY (uts, track_id, occurrence)
) STRICT, WITHOUT ROWID;
CREATE INDEX scrobble_track ON scrobble (track_id, uts);

-- What was decided for each record. play_count and last_played_uts are those of the credited albums together.
CREATE TABLE match (
  record_id INTEGER PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
  type TEXT NOT NULL CHECK (type IN ('exact', 'fuzzy', 'artist_only', 'none')),
  confidence REAL NOT NULL,
  rule TEXT NOT NULL,
  decided_by TEXT NOT NULL CHECK (decided_by IN ('matcher', 'user')),
  artist_name TEXT,
  album_id INTEGER REFERENCES album (id) ON DELETE SET NULL, -- the most played of the credited
  play_count INTEGER NOT NULL,
  last_played_uts INTEGER
) STRICT;

CREATE TABLE credit (
  record_id INTEGER NOT NULL REFERENCES match (record_id) ON DELETE CASCADE,
  album_id INTEGER NOT NULL REFERENCES album (id) ON DELETE CASCADE,
  rule TEXT NOT NULL,
  confidence REAL NOT NULL,
  PRIMARY KEY (record_id, album_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX credit_album ON credit (album_id);

-- What each listing's last publication was. detail is JSON of the step's own.
CREATE TABLE publication (
  step TEXT PRIMARY KEY CHECK (step IN ('collection', 'wantlist', 'albums', 'history')),
  started_uts INTEGER NOT NULL,   -- when the walk that it came from began
  published_uts INTEGER NOT NULL, -- when it was last found to be up to date
  walked_uts INTEGER NOT NULL,    -- when it was last read whole
  detail TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A walk that is under way: pages are staged together with the state to go on from.
CREATE TABLE walk (
  step TEXT PRIMARY KEY CHECK (step IN ('collection', 'wantlist', 'albums', 'history')),
  started_uts INTEGER NOT NULL,
  state TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A listing may have to be read in several rounds until one holds still. seen: the last round that listed the row;
-- before: the one in which it was listed before that, 0 if never.
CREATE TABLE staged_record (
  instance_id INTEGER PRIMARY KEY,
  seen INTEGER NOT NULL,
  before INTEGER NOT NULL,
  release_id INTEGER NOT NULL,
  folder_id INTEGER,
  rating INTEGER NOT NULL,
  date_added TEXT,
  added_uts INTEGER,
  field_values TEXT NOT NULL, -- JSON
  digest TEXT NOT NULL,
  release TEXT NOT NULL,      -- JSON
  release_digest TEXT NOT NULL
) STRICT;
CREATE INDEX staged_record_release ON staged_record (release_id);

CREATE TABLE staged_want (
  release_id INTEGER PRIMARY KEY,
  seen INTEGER NOT NULL,
  before INTEGER NOT NULL,
  rating INTEGER NOT NULL,
  date_added TEXT,
  added_uts INTEGER,
  notes TEXT NOT NULL,
  release TEXT NOT NULL,      -- JSON
  release_digest TEXT NOT NULL
) STRICT;

CREATE TABLE staged_album (
  artist TEXT NOT NULL,
  title TEXT NOT NULL,
  seen INTEGER NOT NULL,
  before INTEGER NOT NULL,
  play_count INTEGER NOT NULL,
  mbid TEXT,
  url TEXT,
  PRIMARY KEY (artist, title)
) STRICT, WITHOUT ROWID;

CREATE TABLE staged_scrobble (
  uts INTEGER NOT NULL,
  artist TEXT NOT NULL,
  track TEXT NOT NULL,
  album TEXT NOT NULL,
  album_mbid TEXT NOT NULL,
  occurrence INTEGER NOT NULL,
  PRIMARY KEY (uts, artist, track, album, album_mbid, occurrence)
) STRICT, WITHOUT ROWID;

-- Facts about the cache as a whole, by name.
CREATE TABLE fact (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`;

/** What the user decided. Keys outlive the cache: release ids, names of artists and albums. */
const decisions = `
-- instance_id 0: the decision holds for all copies of the release.
CREATE TABLE decision (
  release_id INTEGER NOT NULL,
  instance_id INTEGER NOT NULL,
  mode TEXT NOT NULL CHECK (mode IN ('adjust', 'only', 'none')),
  decided_uts INTEGER NOT NULL,
  PRIMARY KEY (release_id, instance_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE decision_album (
  release_id INTEGER NOT NULL,
  instance_id INTEGER NOT NULL,
  artist TEXT NOT NULL,
  title TEXT NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('add', 'not')),
  PRIMARY KEY (release_id, instance_id, artist, title),
  FOREIGN KEY (release_id, instance_id) REFERENCES decision (release_id, instance_id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Two spellings of one artist.
CREATE TABLE alias (
  name TEXT PRIMARY KEY,
  same_as TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`;

/** What is remembered of the questions. Names outlive the cache, ids don't. */
const memory = `
-- Albums that rewind gaps shall not show. One name stands for all editions of the album.
CREATE TABLE hidden_album (
  artist TEXT NOT NULL,
  title TEXT NOT NULL,
  hidden_uts INTEGER NOT NULL,
  PRIMARY KEY (artist, title)
) STRICT, WITHOUT ROWID;

-- What rewind pick proposed lately.
CREATE TABLE proposal (
  artist TEXT NOT NULL,
  title TEXT NOT NULL,
  proposed_uts INTEGER NOT NULL,
  PRIMARY KEY (artist, title)
) STRICT, WITHOUT ROWID;
`;

/** What rewind sql asks. Times are ISO 8601 in UTC, and unix seconds in columns ending in _uts. */
const views = `
CREATE VIEW records AS SELECT
  record.id AS id, record.instance_id AS instance_id, record.release_id AS release_id,
  release.master_id AS master_id, release.artist AS artist, release.title AS title, release.year AS year,
  release.kind AS kind, release.form AS form,
  (SELECT name FROM release_format WHERE release_id = release.id ORDER BY position LIMIT 1) AS format,
  (SELECT name FROM release_label WHERE release_id = release.id ORDER BY position LIMIT 1) AS label,
  (SELECT catalog_number FROM release_label WHERE release_id = release.id ORDER BY position LIMIT 1)
    AS catalog_number,
  release.genres AS genres, release.styles AS styles,
  (SELECT name FROM folder WHERE id = record.folder_id) AS folder,
  record.rating AS rating,
  strftime('%Y-%m-%dT%H:%M:%SZ', record.added_uts, 'unixepoch') AS added_at, record.added_uts AS added_uts,
  (SELECT json_group_object(custom_field.name, record_field.value) FROM record_field
     JOIN custom_field ON custom_field.id = record_field.field_id
     WHERE record_field.record_id = record.id) AS fields,
  match.type AS match_type, match.confidence AS match_confidence, match.decided_by AS decided_by,
  coalesce(album.artist, match.artist_name) AS album_artist, album.title AS album_title,
  match.play_count AS play_count,
  strftime('%Y-%m-%dT%H:%M:%SZ', match.last_played_uts, 'unixepoch') AS last_played,
  match.last_played_uts AS last_played_uts
FROM record JOIN release ON release.id = record.release_id
LEFT JOIN match ON match.record_id = record.id LEFT JOIN album ON album.id = match.album_id;

CREATE VIEW albums AS SELECT
  id, artist, title, play_count,
  strftime('%Y-%m-%dT%H:%M:%SZ', last_played_uts, 'unixepoch') AS last_played, last_played_uts, mbid, url,
  EXISTS (SELECT 1 FROM credit WHERE album_id = album.id) AS owned
FROM album;

CREATE VIEW scrobbles AS SELECT
  strftime('%Y-%m-%dT%H:%M:%SZ', nullif(scrobble.uts, 0), 'unixepoch') AS played_at, scrobble.uts AS played_uts,
  track.artist AS artist, track.name AS track, track.album AS album, track.album_id AS album_id
FROM scrobble JOIN track ON track.id = scrobble.track_id;

CREATE VIEW matches AS SELECT
  match.record_id AS record_id, match.type AS match_type, match.confidence AS match_confidence,
  match.rule AS rule, match.decided_by AS decided_by,
  album.id AS album_id, coalesce(album.artist, match.artist_name) AS album_artist, album.title AS album_title,
  album.play_count AS album_play_count, credit.rule AS album_rule, credit.confidence AS album_confidence
FROM match LEFT JOIN credit ON credit.record_id = match.record_id LEFT JOIN album ON album.id = credit.album_id;

CREATE VIEW wants AS SELECT
  want.release_id AS release_id, release.master_id AS master_id, release.artist AS artist,
  release.title AS title, release.year AS year, release.kind AS kind, release.form AS form,
  (SELECT name FROM release_format WHERE release_id = release.id ORDER BY position LIMIT 1) AS format,
  release.genres AS genres, release.styles AS styles, want.rating AS rating,
  strftime('%Y-%m-%dT%H:%M:%SZ', want.added_uts, 'unixepoch') AS added_at, want.added_uts AS added_uts,
  want.notes AS notes
FROM want JOIN release ON release.id = want.release_id;
`;

/** What review and a change of the rules left behind. */
const reviews = `
-- What was skipped or waved through in a review. subject: the albums in question, so that new ones ask anew.
CREATE TABLE review_note (
  release_id INTEGER NOT NULL,
  subject TEXT NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('skipped', 'dismissed')),
  noted_uts INTEGER NOT NULL,
  PRIMARY KEY (release_id, subject)
) STRICT, WITHOUT ROWID;

-- What the matches that the last change of the rules changed were before it.
CREATE TABLE former_match (
  record_id INTEGER PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
  type TEXT NOT NULL,
  confidence REAL NOT NULL,
  albums TEXT NOT NULL, -- JSON: the credited as [artist, title]
  play_count INTEGER NOT NULL
) STRICT;
`;

/** Derived from the scrobbles. An album of which too few tracks are known to tell has no row in album_spin. */
const spins = `
CREATE TABLE spin (
  album_id INTEGER NOT NULL REFERENCES album (id) ON DELETE CASCADE,
  started_uts INTEGER NOT NULL,
  tracks INTEGER NOT NULL, -- how many different ones were heard
  PRIMARY KEY (album_id, started_uts)
) STRICT, WITHOUT ROWID;

CREATE TABLE album_spin (
  album_id INTEGER PRIMARY KEY REFERENCES album (id) ON DELETE CASCADE,
  spins INTEGER NOT NULL,
  last_spin_uts INTEGER
) STRICT;
`;

/** Spins, for the views of records and albums. */
const spinViews = `
DROP VIEW records;
CREATE VIEW records AS SELECT
  record.id AS id, record.instance_id AS instance_id, record.release_id AS release_id,
  release.master_id AS master_id, release.artist AS artist, release.title AS title, release.year AS year,
  release.kind AS kind, release.form AS form,
  (SELECT name FROM release_format WHERE release_id = release.id ORDER BY position LIMIT 1) AS format,
  (SELECT name FROM release_label WHERE release_id = release.id ORDER BY position LIMIT 1) AS label,
  (SELECT catalog_number FROM release_label WHERE release_id = release.id ORDER BY position LIMIT 1)
    AS catalog_number,
  release.genres AS genres, release.styles AS styles,
  (SELECT name FROM folder WHERE id = record.folder_id) AS folder,
  record.rating AS rating,
  strftime('%Y-%m-%dT%H:%M:%SZ', record.added_uts, 'unixepoch') AS added_at, record.added_uts AS added_uts,
  (SELECT json_group_object(custom_field.name, record_field.value) FROM record_field
     JOIN custom_field ON custom_field.id = record_field.field_id
     WHERE record_field.record_id = record.id) AS fields,
  match.type AS match_type, match.confidence AS match_confidence, match.decided_by AS decided_by,
  coalesce(album.artist, match.artist_name) AS album_artist, album.title AS album_title,
  match.play_count AS play_count,
  (SELECT sum(album_spin.spins) FROM credit JOIN album_spin ON album_spin.album_id = credit.album_id
     WHERE credit.record_id = record.id) AS spins,
  strftime('%Y-%m-%dT%H:%M:%SZ', match.last_played_uts, 'unixepoch') AS last_played,
  match.last_played_uts AS last_played_uts
FROM record JOIN release ON release.id = record.release_id
LEFT JOIN match ON match.record_id = record.id LEFT JOIN album ON album.id = match.album_id;

DROP VIEW albums;
CREATE VIEW albums AS SELECT
  id, artist, title, play_count,
  (SELECT spins FROM album_spin WHERE album_id = album.id) AS spins,
  strftime('%Y-%m-%dT%H:%M:%SZ', last_played_uts, 'unixepoch') AS last_played, last_played_uts, mbid, url,
  EXISTS (SELECT 1 FROM credit WHERE album_id = album.id) AS owned
FROM album;
`;

/** Whose the staged rows are, who is at work, and what stood on the shelf once. */
const walks = `
-- A row is staged by one walk at a time: the last that listed it. Rows of before belong to walk 0, as their walk does.
ALTER TABLE walk ADD COLUMN id INTEGER NOT NULL DEFAULT 0;
ALTER TABLE staged_record ADD COLUMN walk_id INTEGER NOT NULL DEFAULT 0;
ALTER TABLE staged_want ADD COLUMN walk_id INTEGER NOT NULL DEFAULT 0;
ALTER TABLE staged_album ADD COLUMN walk_id INTEGER NOT NULL DEFAULT 0;
ALTER TABLE staged_scrobble ADD COLUMN walk_id INTEGER NOT NULL DEFAULT 0;

-- The sync that is at work, or one that was killed. Whatever it writes, it writes while its token stands here.
CREATE TABLE sync_holder (
  place INTEGER PRIMARY KEY CHECK (place = 1),
  token TEXT NOT NULL,
  pid INTEGER NOT NULL,
  host TEXT NOT NULL,
  cache_file TEXT NOT NULL, -- device and inode: a copy of the cache has others
  lock_file TEXT NOT NULL,
  since_uts INTEGER NOT NULL
) STRICT;

-- Records that left the shelf: one that comes back has its old id.
CREATE TABLE tombstone (
  instance_id INTEGER PRIMARY KEY,
  record_id INTEGER NOT NULL UNIQUE,
  removed_uts INTEGER NOT NULL
) STRICT;
`;

/** Kept for good, whatever becomes of the record: a tracklist costs a request of its own. */
const tracklists = `
CREATE TABLE tracklist (
  release_id INTEGER PRIMARY KEY,
  -- wanted: it would settle a doubtful match; gone: Discogs has no such release; unreadable: it answered nonsense
  state TEXT NOT NULL CHECK (state IN ('wanted', 'known', 'gone', 'unreadable')),
  asked_uts INTEGER,           -- when the state came from an answer
  is_weighed INTEGER NOT NULL  -- whether the matches were made with it
) STRICT;

-- In the order of the list; the parts of an index follow it. Sides and discs are read from the positions, which are
-- kept as they are printed.
CREATE TABLE listed_track (
  release_id INTEGER NOT NULL REFERENCES tracklist (release_id) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  part_of INTEGER,          -- the place of the index that it is a part of
  kind TEXT NOT NULL CHECK (kind IN ('track', 'index', 'heading')),
  position TEXT NOT NULL,
  title TEXT NOT NULL,
  duration_seconds INTEGER, -- null where the release doesn't say
  PRIMARY KEY (release_id, place)
) STRICT, WITHOUT ROWID;

-- Only where they differ from the release's.
CREATE TABLE listed_track_artist (
  release_id INTEGER NOT NULL,
  place INTEGER NOT NULL,
  position INTEGER NOT NULL,
  artist_id INTEGER,
  name TEXT NOT NULL,
  anv TEXT NOT NULL,
  join_word TEXT NOT NULL,
  PRIMARY KEY (release_id, place, position),
  FOREIGN KEY (release_id, place) REFERENCES listed_track (release_id, place) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
`;

/** What MusicBrainz knows of releases and masters of Discogs; kept whatever becomes of the record. */
const musicbrainz = `
CREATE TABLE musicbrainz_asked (
  kind TEXT NOT NULL CHECK (kind IN ('release', 'master')),
  id INTEGER NOT NULL,
  is_known INTEGER NOT NULL,
  asked_uts INTEGER NOT NULL,
  PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

-- Several of MusicBrainz' releases may be one of Discogs'.
CREATE TABLE musicbrainz_release (
  release_id INTEGER NOT NULL,
  mbid TEXT NOT NULL,
  barcode TEXT,
  country TEXT,
  PRIMARY KEY (release_id, mbid)
) STRICT, WITHOUT ROWID;

CREATE TABLE musicbrainz_group (
  master_id INTEGER NOT NULL,
  mbid TEXT NOT NULL,
  first_year INTEGER,
  primary_type TEXT,
  secondary_types TEXT NOT NULL, -- JSON
  PRIMARY KEY (master_id, mbid)
) STRICT, WITHOUT ROWID;

-- Last.fm's albums are known by releases: which group each is of. group_mbid is null where there is no such release.
CREATE TABLE musicbrainz_identity (
  mbid TEXT PRIMARY KEY,
  release_mbid TEXT, -- another where that one was merged into it
  group_mbid TEXT,
  asked_uts INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The year that Discogs gives a master: asked for one by one, where MusicBrainz knows none.
CREATE TABLE master (
  id INTEGER PRIMARY KEY,
  year INTEGER,
  asked_uts INTEGER NOT NULL
) STRICT;
`;

/** What questions ask of every row, and what removing an album looks up. */
const keptKeys = `
ALTER TABLE release ADD COLUMN edition_key TEXT; -- derived: equal for the editions of one album; null until matched
ALTER TABLE album ADD COLUMN edition_key TEXT;   -- derived: the same
CREATE INDEX match_album ON match (album_id);
`;

/** What follows from MusicBrainz and from Discogs' masters. */
const originals = `
-- derived: the year in which the album first came out; null where nobody said so
ALTER TABLE release ADD COLUMN original_year INTEGER;
-- derived: what the words of the formats say of the music; null where they say nothing, and MusicBrainz decides
ALTER TABLE release ADD COLUMN said_kind TEXT;
-- derived: what the formats make of it by themselves
ALTER TABLE release ADD COLUMN usual_kind TEXT;

DROP VIEW records;
CREATE VIEW records AS SELECT
  record.id AS id, record.instance_id AS instance_id, record.release_id AS release_id,
  release.master_id AS master_id, release.artist AS artist, release.title AS title, release.year AS year,
  release.original_year AS original_year,
  release.kind AS kind, release.form AS form,
  (SELECT name FROM release_format WHERE release_id = release.id ORDER BY position LIMIT 1) AS format,
  (SELECT name FROM release_label WHERE release_id = release.id ORDER BY position LIMIT 1) AS label,
  (SELECT catalog_number FROM release_label WHERE release_id = release.id ORDER BY position LIMIT 1)
    AS catalog_number,
  release.genres AS genres, release.styles AS styles,
  (SELECT name FROM folder WHERE id = record.folder_id) AS folder,
  record.rating AS rating,
  strftime('%Y-%m-%dT%H:%M:%SZ', record.added_uts, 'unixepoch') AS added_at, record.added_uts AS added_uts,
  (SELECT json_group_object(custom_field.name, record_field.value) FROM record_field
     JOIN custom_field ON custom_field.id = record_field.field_id
     WHERE record_field.record_id = record.id) AS fields,
  match.type AS match_type, match.confidence AS match_confidence, match.decided_by AS decided_by,
  coalesce(album.artist, match.artist_name) AS album_artist, album.title AS album_title,
  match.play_count AS play_count,
  (SELECT sum(album_spin.spins) FROM credit JOIN album_spin ON album_spin.album_id = credit.album_id
     WHERE credit.record_id = record.id) AS spins,
  strftime('%Y-%m-%dT%H:%M:%SZ', match.last_played_uts, 'unixepoch') AS last_played,
  match.last_played_uts AS last_played_uts,
  (SELECT min(mbid) FROM musicbrainz_release WHERE release_id = release.id) AS release_mbid,
  (SELECT min(mbid) FROM musicbrainz_group WHERE master_id = release.master_id) AS release_group_mbid,
  (SELECT min(barcode) FROM musicbrainz_release WHERE release_id = release.id) AS barcode,
  (SELECT min(country) FROM musicbrainz_release WHERE release_id = release.id) AS country
FROM record JOIN release ON release.id = record.release_id
LEFT JOIN match ON match.record_id = record.id LEFT JOIN album ON album.id = match.album_id;
`;

const wantedIdentities = `
-- Rows of the chart that MusicBrainz could settle a doubtful match by, if it were asked of them.
CREATE TABLE musicbrainz_wanted (
  mbid TEXT PRIMARY KEY,
  plays INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;

/** In order: the first makes format 1. */
export const formerMigrations: readonly string[] = [
  main,
  decisions,
  memory,
  views,
  reviews,
  spins,
  spinViews,
  walks,
  tracklists,
  musicbrainz,
  keptKeys,
  originals,
  wantedIdentities,
];
