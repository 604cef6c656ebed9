// What was asked for release by release. Kept for good, whatever becomes of the record: each costs a request of its own.

export const lookups = `
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

-- The chart's albums are known by releases: which group each is of. group_mbid is null where there is no such release.
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

-- Rows of the chart that MusicBrainz could settle a doubtful match by, if it were asked of them.
CREATE TABLE musicbrainz_wanted (
  mbid TEXT PRIMARY KEY,
  plays INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;
