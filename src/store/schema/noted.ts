// Format 16: what the user noted of the turntable, and what the questions need of it.

export const noted = `
-- A record that was put on, as the user noted it. It goes by Discogs' numbers: it outlives the record and the cache.
CREATE TABLE noted_play (
  uuid TEXT PRIMARY KEY,
  release_id INTEGER NOT NULL,
  instance_id INTEGER,          -- of the one copy; null: which copy it was is not known
  start_uts INTEGER NOT NULL,   -- of a day alone: its noon
  last_uts INTEGER NOT NULL,    -- when its last track began, as a scrobble of it would say
  from_uts INTEGER NOT NULL,    -- it was played from here …
  to_uts INTEGER NOT NULL,      -- … to here; of a day alone: the whole day
  precision TEXT NOT NULL CHECK (precision IN ('day', 'time')),
  source TEXT NOT NULL CHECK (source IN ('user', 'field')), -- field: read from a custom field of the collection
  note TEXT NOT NULL,
  noted_uts INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX noted_play_release ON noted_play (release_id);

-- What was played of it, in that order; no rows where its tracks are not known. Names and seconds are those that are
-- sent, and never change once a row was given to be sent.
CREATE TABLE noted_track (
  uuid TEXT NOT NULL REFERENCES noted_play (uuid) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  position TEXT NOT NULL,       -- as printed: A1
  artist TEXT NOT NULL,         -- the track's own
  title TEXT NOT NULL,
  album TEXT NOT NULL,
  album_artist TEXT NOT NULL,
  duration_seconds INTEGER NOT NULL,
  is_guessed INTEGER NOT NULL,  -- whether the duration is
  uts INTEGER,                  -- its second; null where the day alone is known
  is_given INTEGER NOT NULL,    -- to be sent: no other row ever is
  state TEXT NOT NULL CHECK (state IN ('new', 'unknown', 'ignored', 'sent')),
  reason TEXT,                  -- why it was ignored
  PRIMARY KEY (uuid, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX noted_track_given ON noted_track (uts) WHERE is_given = 1 AND state IN ('new', 'unknown');

-- Albums that rewind pick leaves out. One name stands for all editions of the album.
CREATE TABLE snooze (
  artist TEXT NOT NULL,
  title TEXT NOT NULL,
  until_uts INTEGER,            -- null: until it is undone
  snoozed_uts INTEGER NOT NULL,
  PRIMARY KEY (artist, title)
) STRICT, WITHOUT ROWID;

-- derived: the noted plays that are spins of their own, because no sitting of the history is the same one
CREATE TABLE noted_spin (
  record_id INTEGER NOT NULL REFERENCES record (id) ON DELETE CASCADE,
  uuid TEXT NOT NULL REFERENCES noted_play (uuid) ON DELETE CASCADE,
  started_uts INTEGER NOT NULL,
  PRIMARY KEY (record_id, uuid)
) STRICT, WITHOUT ROWID;
CREATE INDEX noted_spin_uuid ON noted_spin (uuid);

-- derived, as spins are: how often it was noted
ALTER TABLE match ADD COLUMN noted_plays INTEGER NOT NULL DEFAULT 0;
-- when its last track began; null until the sittings are worked out again
ALTER TABLE spin ADD COLUMN ended_uts INTEGER;
`;
