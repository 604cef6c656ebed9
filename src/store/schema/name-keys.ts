// Format 21: what questions ask of every name, worked out once.

export const nameKeys = `
-- derived: its names by their words, as they are searched; null until matched
ALTER TABLE release ADD COLUMN words TEXT;
ALTER TABLE album ADD COLUMN words TEXT;
-- derived: equal for the spellings of one song, whatever it was played from; null until matched
ALTER TABLE track ADD COLUMN song INTEGER;

-- The next question matches anew, and fills them.
UPDATE fact SET value = 'before name keys' WHERE name = 'match rules';
`;
