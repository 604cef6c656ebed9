// Formats 20 and 23: what the covers look like, and where Discogs has them.

export const covers = `
-- Kept for good, whatever becomes of the record: each costs a request of its own.
CREATE TABLE picture (
  -- at the archive release/MBID or release-group/MBID, at Discogs the whole address
  address TEXT PRIMARY KEY,
  source TEXT NOT NULL CHECK (source IN ('archive', 'discogs')),
  -- none: there is no such picture; unreadable: it is nothing that can be unpacked
  state TEXT NOT NULL CHECK (state IN ('known', 'none', 'unreadable')),
  thumbhash TEXT,      -- base64
  dominant_color TEXT, -- #rrggbb
  accent_color TEXT,   -- #rrggbb
  asked_uts INTEGER NOT NULL,
  CHECK ((state = 'known') = (thumbhash IS NOT NULL AND dominant_color IS NOT NULL AND accent_color IS NOT NULL))
) STRICT, WITHOUT ROWID;

-- derived: of the pictures that are known of a release, the one that comes first
CREATE TABLE cover (
  release_id INTEGER PRIMARY KEY,
  address TEXT NOT NULL REFERENCES picture (address) ON DELETE CASCADE
) STRICT;
CREATE INDEX cover_address ON cover (address);
`;

export const thumbnails = `
ALTER TABLE release ADD COLUMN thumb_url TEXT /* the cover at Discogs, small */;
`;
