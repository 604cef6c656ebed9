// Format 17: how many tracks a record has, and by how many its sittings were measured.

export const trackCounts = `
-- derived: how many tracks the list has, as one plays them; null where that was not counted yet
ALTER TABLE tracklist ADD COLUMN tracks INTEGER;
-- derived: of how many tracks the record is whose list measured the sittings; null where none was known
ALTER TABLE album_spin ADD COLUMN listed INTEGER;
`;
