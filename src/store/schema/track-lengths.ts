// Format 22: lengths of tracks where the list of their release has none. Kept for good: each costs a request of its own.

export const trackLengths = `
CREATE TABLE track_length (
  release_id INTEGER NOT NULL,
  position TEXT NOT NULL, -- as printed
  title TEXT NOT NULL,
  seconds INTEGER,        -- null: nobody knows
  asked_uts INTEGER NOT NULL,
  PRIMARY KEY (release_id, position, title)
) STRICT, WITHOUT ROWID;
`;
