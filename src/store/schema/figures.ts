// What is worked out for each record, and of what.

/** Format 15: what the questions ask of every record, beside its plays. */
export const recordFigures = `
-- derived, as play_count is: of the credited albums together. NULL where too few tracks are known to tell.
ALTER TABLE match ADD COLUMN spins INTEGER;
-- derived: when the last of them began
ALTER TABLE match ADD COLUMN last_spin_uts INTEGER;

UPDATE match SET (spins, last_spin_uts) = (
  SELECT sum(album_spin.spins), max(album_spin.last_spin_uts)
  FROM credit JOIN album_spin ON album_spin.album_id = credit.album_id WHERE credit.record_id = match.record_id);
`;

/** Format 24: how much the artist of a record is played beside it. */
export const artistPlays = `
-- plays of all albums by the record's artists but the credited; null where no artist is named, as on a compilation
ALTER TABLE match ADD COLUMN artist_plays INTEGER;
`;

/** Format 17: how many tracks a record has, and by how many its sittings were measured. */
export const trackCounts = `
-- derived: how many tracks the list has, as one plays them; null where that was not counted yet
ALTER TABLE tracklist ADD COLUMN tracks INTEGER;
-- derived: of how many tracks the record is whose list measured the sittings; null where none was known
ALTER TABLE album_spin ADD COLUMN listed INTEGER;
`;

/** Format 18: songs that were heard without their album. */
export const straySongs = `
-- derived: of a track that counts for no record, the one release on the shelf that has it on its list
CREATE TABLE stray_song (
  track_id INTEGER PRIMARY KEY REFERENCES track (id) ON DELETE CASCADE,
  release_id INTEGER NOT NULL
) STRICT;
CREATE INDEX stray_song_release ON stray_song (release_id);
`;
