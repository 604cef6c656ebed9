// Format 15: what the questions ask of every record, beside its plays.

export const recordFigures = `
-- derived, as play_count is: of the credited albums together. NULL where too few tracks are known to tell.
ALTER TABLE match ADD COLUMN spins INTEGER;
-- derived: when the last of them began
ALTER TABLE match ADD COLUMN last_spin_uts INTEGER;

UPDATE match SET (spins, last_spin_uts) = (
  SELECT sum(album_spin.spins), max(album_spin.last_spin_uts)
  FROM credit JOIN album_spin ON album_spin.album_id = credit.album_id WHERE credit.record_id = match.record_id);
`;
