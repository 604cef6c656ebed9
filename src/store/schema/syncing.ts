// What a sync keeps: whose cache it is, what was published when, and what is staged until then.

export const syncing = `
CREATE TABLE account (
  service TEXT PRIMARY KEY,
  username TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What each listing's last publication was. detail is JSON of the step's own.
CREATE TABLE publication (
  step TEXT PRIMARY KEY,
  started_uts INTEGER NOT NULL,   -- when the walk that it came from began
  published_uts INTEGER NOT NULL, -- when it was last found to be up to date
  walked_uts INTEGER NOT NULL,    -- when it was last read whole
  detail TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A walk that is under way: pages are staged together with the state to go on from.
CREATE TABLE walk (
  step TEXT PRIMARY KEY,
  started_uts INTEGER NOT NULL,
  state TEXT NOT NULL,
  id INTEGER NOT NULL DEFAULT 0
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
  release_digest TEXT NOT NULL,
  walk_id INTEGER NOT NULL DEFAULT 0
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
  release_digest TEXT NOT NULL,
  walk_id INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE staged_album (
  artist TEXT NOT NULL,
  title TEXT NOT NULL,
  seen INTEGER NOT NULL,
  before INTEGER NOT NULL,
  play_count INTEGER NOT NULL,
  mbid TEXT,
  url TEXT,
  walk_id INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (artist, title)
) STRICT, WITHOUT ROWID;

CREATE TABLE staged_scrobble (
  uts INTEGER NOT NULL,
  artist TEXT NOT NULL,
  track TEXT NOT NULL,
  album TEXT NOT NULL,
  album_mbid TEXT NOT NULL,
  occurrence INTEGER NOT NULL,
  walk_id INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (uts, artist, track, album, album_mbid, occurrence)
) STRICT, WITHOUT ROWID;

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

-- Facts about the cache as a whole, by name.
CREATE TABLE fact (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`;
