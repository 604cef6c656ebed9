// Format 18: songs that were heard without their album.

export const straySongs = `
-- derived: of a track that counts for no record, the one release on the shelf that has it on its list
CREATE TABLE stray_song (
  track_id INTEGER PRIMARY KEY REFERENCES track (id) ON DELETE CASCADE,
  release_id INTEGER NOT NULL
) STRICT;
CREATE INDEX stray_song_release ON stray_song (release_id);
`;
