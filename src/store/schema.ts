// The cache, migration by migration. A migration that has been released is never edited: the next one corrects it.

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

export interface Migration {
  readonly name: string;
  readonly sql: string;
}

/** In order; PRAGMA user_version counts how many of them a cache has had. */
export const migrations: readonly Migration[] = [
  { name: "records, albums, scrobbles, matches, staging", sql: main },
  { name: "decisions of the user", sql: decisions },
];
