// What Discogs tells of the collection and of the wantlist. Times ending in _uts are unix seconds; date_added is kept as
// Discogs sends it. Columns marked "derived" are worked out from the others when a row is written.

export const shelf = `
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
  -- derived: of everything above and the lists below, to tell an unchanged release unread
  digest TEXT NOT NULL DEFAULT '',
  edition_key TEXT, -- derived: equal for the editions of one album; null until matched
  original_year INTEGER, -- derived: the year in which the album first came out; null where nobody said so
  -- derived: what the words of the formats say of the music; null where they say nothing, and MusicBrainz decides
  said_kind TEXT,
  usual_kind TEXT -- derived: what the formats make of it by themselves
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

-- Records that left the shelf: one that comes back has its old id.
CREATE TABLE tombstone (
  instance_id INTEGER PRIMARY KEY,
  record_id INTEGER NOT NULL UNIQUE,
  removed_uts INTEGER NOT NULL
) STRICT;

CREATE TABLE want (
  release_id INTEGER PRIMARY KEY REFERENCES release (id),
  rating INTEGER NOT NULL,
  date_added TEXT,
  added_uts INTEGER,
  notes TEXT NOT NULL
) STRICT;
`;
