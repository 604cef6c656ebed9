// Format 19: artists by numbers of their own, for programs that ask for one: no service gives a number to every name.

export const artists = `
-- AUTOINCREMENT: a number that was given out never comes to mean another artist.
CREATE TABLE artist (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE -- as scrobbled
) STRICT;

INSERT INTO artist (name) SELECT artist FROM album UNION SELECT artist FROM track ORDER BY 1;

-- Whatever publishes a track or an album brings its artist.
CREATE TRIGGER track_artist AFTER INSERT ON track BEGIN
  INSERT INTO artist (name) SELECT new.artist WHERE NOT EXISTS (SELECT 1 FROM artist WHERE name = new.artist);
END;
CREATE TRIGGER album_artist AFTER INSERT ON album BEGIN
  INSERT INTO artist (name) SELECT new.artist WHERE NOT EXISTS (SELECT 1 FROM artist WHERE name = new.artist);
END;
`;
