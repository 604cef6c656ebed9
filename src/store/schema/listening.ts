// What a listening service tells: the chart, the history, and the sittings that are worked out from it.

export const listening = `
CREATE TABLE album (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  artist TEXT NOT NULL,
  title TEXT NOT NULL,
  play_count INTEGER NOT NULL,
  mbid TEXT,
  url TEXT,
  last_played_uts INTEGER, -- derived from the scrobbles that belong to it
  edition_key TEXT, -- derived: as a release's
  UNIQUE (artist, title)
) STRICT;

-- A track as scrobbled: one row for all the scrobbles that say the same.
CREATE TABLE track (
  id INTEGER PRIMARY KEY,
  artist TEXT NOT NULL,
  name TEXT NOT NULL,
  album TEXT NOT NULL,      -- '' where the scrobble has no album tag
  album_mbid TEXT NOT NULL, -- '' where the service gives none
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
