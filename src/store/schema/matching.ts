// What was decided for each record, by the matcher and by the user, and what is remembered of the questions. What the user
// said goes by release ids and names: those outlive the cache.

export const matching = `
-- What was decided for each record. play_count and last_played_uts are those of the credited albums together; what else
-- is kept of those came with later formats.
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
CREATE INDEX match_album ON match (album_id);

CREATE TABLE credit (
  record_id INTEGER NOT NULL REFERENCES match (record_id) ON DELETE CASCADE,
  album_id INTEGER NOT NULL REFERENCES album (id) ON DELETE CASCADE,
  rule TEXT NOT NULL,
  confidence REAL NOT NULL,
  PRIMARY KEY (record_id, album_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX credit_album ON credit (album_id);

-- What the matches that the last change of the rules changed were before it.
CREATE TABLE former_match (
  record_id INTEGER PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
  type TEXT NOT NULL,
  confidence REAL NOT NULL,
  albums TEXT NOT NULL, -- JSON: the credited as [artist, title]
  play_count INTEGER NOT NULL
) STRICT;

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

-- What was skipped or waved through in a review. subject: the albums in question, so that new ones ask anew.
CREATE TABLE review_note (
  release_id INTEGER NOT NULL,
  subject TEXT NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('skipped', 'dismissed')),
  noted_uts INTEGER NOT NULL,
  PRIMARY KEY (release_id, subject)
) STRICT, WITHOUT ROWID;

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
