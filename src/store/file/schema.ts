// The tables of the cache and the number of their format.
import type { Database } from "./database.ts";

/** "Rewd" in ASCII: tells a cache of rewind from other programs' SQLite files. */
export const applicationId = 0x52657764;

/**
 * PRAGMA user_version of the tables below. Lower numbers belong to development versions, which were never released and
 * are not read.
 */
export const firstFormat = 37;

/** Plays that clients send to rewind. SQLite changes a constraint only by making the table again. */
const clientPlays = `
CREATE TABLE new_source (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('service', 'file', 'client')),
  read_uts INTEGER -- when it was last read; null for source 1
) STRICT;
INSERT INTO new_source SELECT id, name, kind, read_uts FROM source;
DROP TABLE source;
ALTER TABLE new_source RENAME TO source;

CREATE TABLE new_source_track (
  id INTEGER PRIMARY KEY,
  source_id INTEGER NOT NULL,
  artist TEXT NOT NULL,
  album_artist TEXT NOT NULL,
  album TEXT NOT NULL,
  title TEXT NOT NULL,
  duration_seconds INTEGER NOT NULL,
  recording_mbid TEXT NOT NULL,
  release_mbid TEXT NOT NULL,
  release_group_mbid TEXT NOT NULL,
  origin TEXT NOT NULL CHECK (origin IN ('', 'lastfm', 'spotify')), -- the service that the source imported it from
  is_end_stamped INTEGER NOT NULL, -- whether its plays are dated by their end
  has_own_album INTEGER NOT NULL,  -- 0: the album says nothing about which album was heard
  source_key TEXT NOT NULL,        -- the source's own id
  client TEXT NOT NULL DEFAULT '', -- the program that sent its plays to rewind
  UNIQUE (source_id, artist, title, album, album_artist, duration_seconds, recording_mbid, release_mbid,
    release_group_mbid, origin, is_end_stamped, has_own_album, source_key, client)
) STRICT;
INSERT INTO new_source_track (id, source_id, artist, album_artist, album, title, duration_seconds, recording_mbid,
  release_mbid, release_group_mbid, origin, is_end_stamped, has_own_album, source_key)
SELECT id, source_id, artist, album_artist, album, title, duration_seconds, recording_mbid,
  release_mbid, release_group_mbid, origin, is_end_stamped, has_own_album, source_key FROM source_track;
DROP TABLE source_track;
ALTER TABLE new_source_track RENAME TO source_track;
`;

/** All that a listen says of its artists and tags. They tell tracks apart, so the constraint needs a new table. */
const artistMbids = `
CREATE TABLE new_source_track (
  id INTEGER PRIMARY KEY,
  source_id INTEGER NOT NULL,
  artist TEXT NOT NULL,
  album_artist TEXT NOT NULL,
  album TEXT NOT NULL,
  title TEXT NOT NULL,
  duration_seconds INTEGER NOT NULL,
  recording_mbid TEXT NOT NULL,
  release_mbid TEXT NOT NULL,
  release_group_mbid TEXT NOT NULL,
  origin TEXT NOT NULL CHECK (origin IN ('', 'lastfm', 'spotify')), -- the service that the source imported it from
  is_end_stamped INTEGER NOT NULL, -- whether its plays are dated by their end
  has_own_album INTEGER NOT NULL,  -- 0: the album says nothing about which album was heard
  source_key TEXT NOT NULL,        -- the source's own id
  client TEXT NOT NULL DEFAULT '', -- the program that sent its plays to rewind
  artist_mbids TEXT NOT NULL DEFAULT '', -- JSON
  tags TEXT NOT NULL DEFAULT '',         -- JSON
  UNIQUE (source_id, artist, title, album, album_artist, duration_seconds, recording_mbid, release_mbid,
    release_group_mbid, origin, is_end_stamped, has_own_album, source_key, client, artist_mbids, tags)
) STRICT;
INSERT INTO new_source_track (id, source_id, artist, album_artist, album, title, duration_seconds, recording_mbid,
  release_mbid, release_group_mbid, origin, is_end_stamped, has_own_album, source_key, client)
SELECT id, source_id, artist, album_artist, album, title, duration_seconds, recording_mbid,
  release_mbid, release_group_mbid, origin, is_end_stamped, has_own_album, source_key, client FROM source_track;
DROP TABLE source_track;
ALTER TABLE new_source_track RENAME TO source_track;
`;

/** Albums are grouped, and spins are measured by group. */
const albumGroups = `
ALTER TABLE album ADD COLUMN group_id INTEGER; -- derived: the same for all names of one album; null until keys are made
CREATE INDEX album_group ON album (group_id);
CREATE INDEX album_edition ON album (edition_key);
ALTER TABLE album_spin ADD COLUMN group_id INTEGER; -- derived: the album's group when its spins were measured
UPDATE album SET group_id = grouped.group_id
  FROM (SELECT id, min(id) OVER (PARTITION BY coalesce(edition_key, id)) AS group_id FROM album) AS grouped
  WHERE grouped.id = album.id;
DELETE FROM fact WHERE name = 'match rules'; -- the next sync matches again, then measures by group
`;

/** Tells apart albums of one artist and title that are two masters on Discogs. */
const albumKeys = `
-- derived: equal for the releases of one album; the kind of copy tells them further apart; null until keys are made
ALTER TABLE release ADD COLUMN album_key TEXT;
UPDATE release SET album_key = known.album_key FROM (
  SELECT id, edition_key || iif(
    min(master_id) OVER same_names <> max(master_id) OVER same_names, ' m' || coalesce(master_id, ''), '') AS album_key
  FROM release WINDOW same_names AS (PARTITION BY edition_key, iif(kind IN ('single', 'ep'), kind, 'album'))) AS known
  WHERE known.id = release.id;
-- The next sync matches again, joins names of albums by more credits, and measures spins by song.
UPDATE album_spin SET group_id = NULL;
DELETE FROM fact WHERE name = 'match rules';
`;

/** Each brings a cache to the next format. A migration that was released is never edited: the next one corrects it. */
export const migrations: readonly string[] = [clientPlays, artistMbids, albumGroups, albumKeys];

/** The format that this program writes. */
export const currentFormat: number = firstFormat + migrations.length;

// Tables are named after one row. Times ending in _uts are unix seconds. Columns marked "derived" are worked out from
// other rows.

/** The collection and the wantlist, as Discogs lists them. */
const collection = `
CREATE TABLE release (
  id INTEGER PRIMARY KEY,
  master_id INTEGER,
  title TEXT NOT NULL,
  year INTEGER,
  cover_url TEXT,
  genres TEXT NOT NULL,
  styles TEXT NOT NULL,
  artist TEXT NOT NULL, -- derived: the credit in one line, without disambiguation numbers
  kind TEXT NOT NULL,   -- derived: album, single, ep, compilation, box, other
  form TEXT NOT NULL,   -- derived: LP, 2×LP, 7", CD, Box …
  -- derived: a hash of the columns above and of the artists, formats and labels; tells whether a release changed
  digest TEXT NOT NULL DEFAULT '',
  edition_key TEXT, -- derived: equal for the editions of one album; null until matched
  original_year INTEGER, -- derived: the year the album was first released; null if unknown
  -- derived: the kind that the format descriptions name; null if they name none, then MusicBrainz decides
  stated_kind TEXT,
  format_kind TEXT, -- derived: the kind by the formats alone
  words TEXT,      -- derived: the words of its names, for searches; null until matched
  thumb_url TEXT   -- the small cover on Discogs
) STRICT;

CREATE TABLE release_artist (
  release_id INTEGER NOT NULL REFERENCES release (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  artist_id INTEGER,
  name TEXT NOT NULL,
  anv TEXT NOT NULL,
  join_word TEXT NOT NULL,
  PRIMARY KEY (release_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE release_format (
  release_id INTEGER NOT NULL REFERENCES release (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  quantity INTEGER NOT NULL,
  text TEXT NOT NULL,
  descriptions TEXT NOT NULL,
  PRIMARY KEY (release_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE release_label (
  release_id INTEGER NOT NULL REFERENCES release (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  label_id INTEGER,
  name TEXT NOT NULL,
  catalog_number TEXT NOT NULL,
  PRIMARY KEY (release_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE folder (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL
) STRICT;

CREATE TABLE custom_field (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  position INTEGER NOT NULL
) STRICT;

-- AUTOINCREMENT: an id that a person has seen is never used for another record.
CREATE TABLE record (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  instance_id INTEGER NOT NULL UNIQUE,
  release_id INTEGER NOT NULL REFERENCES release (id),
  folder_id INTEGER,
  rating INTEGER NOT NULL CHECK (rating BETWEEN 0 AND 5),
  date_added TEXT,
  added_uts INTEGER,
  digest TEXT NOT NULL DEFAULT '', -- derived: a hash of this copy's row in the listing, with its custom fields
  paid_cents INTEGER, -- derived: the price in the custom field of the setting price_field, in hundredths
  currency TEXT -- derived: the price's currency; NULL if none is written
) STRICT;
CREATE INDEX record_release ON record (release_id);

CREATE TABLE record_field (
  record_id INTEGER NOT NULL REFERENCES record (id) ON DELETE CASCADE,
  field_id INTEGER NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (record_id, field_id)
) STRICT, WITHOUT ROWID;

-- What Discogs estimated the collection to be worth, in hundredths. It can't be fetched later for an earlier day.
CREATE TABLE collection_value (
  fetched_uts INTEGER PRIMARY KEY,
  minimum_cents INTEGER NOT NULL,
  median_cents INTEGER NOT NULL,
  maximum_cents INTEGER NOT NULL,
  currency TEXT
) STRICT;

-- Records that left the collection. A record that comes back gets its old id.
CREATE TABLE tombstone (
  instance_id INTEGER PRIMARY KEY,
  record_id INTEGER NOT NULL UNIQUE
) STRICT;

CREATE TABLE want (
  release_id INTEGER PRIMARY KEY REFERENCES release (id),
  rating INTEGER NOT NULL,
  date_added TEXT,
  added_uts INTEGER,
  notes TEXT NOT NULL
) STRICT;
`;

/** Answers about single releases. They are kept when the record leaves the shelf: each costs a request. */
const lookups = `
CREATE TABLE tracklist (
  release_id INTEGER PRIMARY KEY,
  -- wanted: it would settle a doubtful match; gone: Discogs has no such release; unreadable: the answer was invalid
  state TEXT NOT NULL CHECK (state IN ('wanted', 'known', 'gone', 'unreadable')),
  fetched_uts INTEGER,         -- null until Discogs answered
  is_applied INTEGER NOT NULL, -- whether the matches take it into account
  list TEXT,                   -- JSON, if known. Positions are kept as printed: they tell sides and discs
  tracks INTEGER               -- derived: how many tracks of the list can be played
) STRICT;

CREATE TABLE musicbrainz_lookup (
  kind TEXT NOT NULL CHECK (kind IN ('release', 'master')),
  id INTEGER NOT NULL,
  is_known INTEGER NOT NULL,
  fetched_uts INTEGER NOT NULL,
  PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

-- One release on Discogs may be several at MusicBrainz.
CREATE TABLE musicbrainz_release (
  release_id INTEGER NOT NULL,
  mbid TEXT NOT NULL,
  title TEXT NOT NULL,
  barcode TEXT,
  country TEXT,
  PRIMARY KEY (release_id, mbid)
) STRICT, WITHOUT ROWID;

CREATE TABLE musicbrainz_group (
  master_id INTEGER NOT NULL,
  mbid TEXT NOT NULL,
  title TEXT NOT NULL,
  first_year INTEGER,
  primary_type TEXT,
  secondary_types TEXT NOT NULL, -- JSON
  PRIMARY KEY (master_id, mbid)
) STRICT, WITHOUT ROWID;

-- The release group of each MBID in the album chart, which names releases. group_mbid is null if there is none.
CREATE TABLE musicbrainz_identity (
  mbid TEXT PRIMARY KEY,
  release_mbid TEXT, -- differs from mbid if MusicBrainz merged the two
  group_mbid TEXT,
  fetched_uts INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A master on Discogs, fetched if MusicBrainz has no year for it. Each costs a request.
CREATE TABLE master (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL, -- '' if the master is gone
  year INTEGER,
  fetched_uts INTEGER NOT NULL
) STRICT;

-- MBIDs in the chart whose release group would settle a doubtful match.
CREATE TABLE musicbrainz_queue (
  mbid TEXT PRIMARY KEY,
  plays INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE track_length (
  release_id INTEGER NOT NULL,
  position TEXT NOT NULL, -- as printed
  title TEXT NOT NULL,
  seconds INTEGER,        -- null if no service has one
  fetched_uts INTEGER NOT NULL,
  PRIMARY KEY (release_id, position, title)
) STRICT, WITHOUT ROWID;
`;

/** The colours and the address of each cover. */
const covers = `
-- Kept when the record leaves the shelf: each costs a request.
CREATE TABLE cover_preview (
  -- archive: release/MBID or release-group/MBID; discogs: the whole URL
  address TEXT PRIMARY KEY,
  source TEXT NOT NULL CHECK (source IN ('archive', 'discogs')),
  -- none: the host has no cover; unreadable: the file could not be decoded
  state TEXT NOT NULL CHECK (state IN ('known', 'none', 'unreadable')),
  thumbhash TEXT,      -- base64
  dominant_color TEXT, -- #rrggbb
  accent_color TEXT,   -- #rrggbb
  fetched_uts INTEGER NOT NULL,
  CHECK ((state = 'known') = (thumbhash IS NOT NULL AND dominant_color IS NOT NULL AND accent_color IS NOT NULL))
) STRICT, WITHOUT ROWID;

-- The best known picture of each release: the archive's of the pressing, the archive's of the album, Discogs' own.
CREATE VIEW cover AS SELECT release.id AS release_id, coalesce(
  (SELECT min(address) FROM musicbrainz_release JOIN cover_preview ON address = 'release/' || mbid
     WHERE state = 'known' AND release_id = release.id),
  (SELECT min(address) FROM musicbrainz_group JOIN cover_preview ON address = 'release-group/' || mbid
     WHERE state = 'known' AND musicbrainz_group.master_id = release.master_id),
  (SELECT address FROM cover_preview WHERE state = 'known' AND address = coalesce(thumb_url, cover_url))
) AS address -- null if no picture is known
FROM release;
`;

/** The chart and the history of the listening service, and what is derived from them. */
const listening = `
CREATE TABLE album (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  artist TEXT NOT NULL,
  title TEXT NOT NULL,
  -- derived: chart_count, with the plays that only other sources have
  play_count INTEGER NOT NULL,
  chart_count INTEGER, -- the service's own number of plays; null if its chart does not list the album
  mbid TEXT,
  url TEXT,
  last_played_uts INTEGER, -- derived: its newest scrobble
  edition_key TEXT, -- derived: as for a release
  words TEXT,       -- derived: as for a release
  UNIQUE (artist, title)
) STRICT;

-- A track as scrobbled: scrobbles with the same names share a row. AUTOINCREMENT: an id always stands for the same names.
CREATE TABLE track (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  artist TEXT NOT NULL,
  name TEXT NOT NULL,
  album TEXT NOT NULL,      -- '' if the scrobble has no album
  album_mbid TEXT NOT NULL, -- '' if the service has none
  album_id INTEGER REFERENCES album (id) ON DELETE SET NULL,
  -- derived: equal for all spellings of one song, on any album; null until matched
  song INTEGER,
  UNIQUE (artist, name, album, album_mbid)
) STRICT;
CREATE INDEX track_album ON track (album_id);

-- occurrence counts the scrobbles of one track within one second, from 1. Rows of source 1 are as the listening service
-- lists them. The others are derived: the plays that only other sources have, merged from source_play.
CREATE TABLE scrobble (
  uts INTEGER NOT NULL,
  track_id INTEGER NOT NULL REFERENCES track (id),
  occurrence INTEGER NOT NULL,
  source_id INTEGER NOT NULL DEFAULT 1,
  precision_seconds INTEGER NOT NULL DEFAULT 1 CHECK (precision_seconds IN (1, 60, 86400)),
  PRIMARY KEY (uts, track_id, occurrence)
) STRICT, WITHOUT ROWID;
CREATE INDEX scrobble_track ON scrobble (track_id, uts);

CREATE TABLE spin (
  album_id INTEGER NOT NULL REFERENCES album (id) ON DELETE CASCADE,
  started_uts INTEGER NOT NULL,
  ended_uts INTEGER NOT NULL, -- when its last track began
  PRIMARY KEY (album_id, started_uts)
) STRICT, WITHOUT ROWID;

CREATE TABLE album_spin (
  album_id INTEGER PRIMARY KEY REFERENCES album (id) ON DELETE CASCADE,
  spins INTEGER NOT NULL,
  last_spin_uts INTEGER,
  track_count INTEGER -- derived: the number of tracks that spins were measured by; null if unknown
) STRICT;

-- AUTOINCREMENT: an id that a program has seen is never used for another artist.
CREATE TABLE artist (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE -- as scrobbled
) STRICT;

-- Every new track or album adds its artist.
CREATE TRIGGER track_artist AFTER INSERT ON track BEGIN
  INSERT INTO artist (name) SELECT new.artist WHERE NOT EXISTS (SELECT 1 FROM artist WHERE name = new.artist);
END;
CREATE TRIGGER album_artist AFTER INSERT ON album BEGIN
  INSERT INTO artist (name) SELECT new.artist WHERE NOT EXISTS (SELECT 1 FROM artist WHERE name = new.artist);
END;

-- derived: the only release on the shelf that lists a track which counts for no record
CREATE TABLE unmatched_song (
  track_id INTEGER PRIMARY KEY REFERENCES track (id) ON DELETE CASCADE,
  release_id INTEGER NOT NULL
) STRICT;
CREATE INDEX unmatched_song_release ON unmatched_song (release_id);
`;

/** The raw plays of further listening sources. Only scrobble, the merged plays, is read by questions. */
const sources = `
-- Source 1 is the listening service of the cache: its plays are the rows of scrobble, not of source_play.
CREATE TABLE source (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('service', 'file')),
  read_uts INTEGER -- when it was last read; null for source 1
) STRICT;
INSERT INTO source VALUES (1, 'lastfm', 'service', NULL);

-- A track as one source wrote it. '' and 0 stand for what the source does not say.
CREATE TABLE source_track (
  id INTEGER PRIMARY KEY,
  source_id INTEGER NOT NULL,
  artist TEXT NOT NULL,
  album_artist TEXT NOT NULL,
  album TEXT NOT NULL,
  title TEXT NOT NULL,
  duration_seconds INTEGER NOT NULL,
  recording_mbid TEXT NOT NULL,
  release_mbid TEXT NOT NULL,
  release_group_mbid TEXT NOT NULL,
  origin TEXT NOT NULL CHECK (origin IN ('', 'lastfm', 'spotify')), -- the service that the source imported it from
  is_end_stamped INTEGER NOT NULL, -- whether its plays are dated by their end
  has_own_album INTEGER NOT NULL,  -- 0: the album says nothing about which album was heard
  source_key TEXT NOT NULL,        -- the source's own id
  UNIQUE (source_id, artist, title, album, album_artist, duration_seconds, recording_mbid, release_mbid,
    release_group_mbid, origin, is_end_stamped, has_own_album, source_key)
) STRICT;

-- occurrence: as for a scrobble. The last three columns are derived: the key of the scrobble that the play is part of;
-- null until merged.
CREATE TABLE source_play (
  source_id INTEGER NOT NULL,
  uts INTEGER NOT NULL, -- the start; of a play with less precision the first second of its minute or day
  source_track_id INTEGER NOT NULL,
  occurrence INTEGER NOT NULL,
  precision_seconds INTEGER NOT NULL CHECK (precision_seconds IN (1, 60, 86400)),
  play_uts INTEGER,
  play_track_id INTEGER,
  play_occurrence INTEGER,
  PRIMARY KEY (source_id, uts, source_track_id, occurrence)
) STRICT, WITHOUT ROWID;

-- Plays are merged by calendar quarters: quarter is year * 4 + 0 to 3. is_due: plays were added or removed since; the
-- other columns are derived.
CREATE TABLE merge_quarter (
  source_id INTEGER NOT NULL,
  quarter INTEGER NOT NULL,
  is_due INTEGER NOT NULL,
  -- JSON: how far the clock of the source was ahead of the source that it was compared with. offsets: fromUts by the clock
  -- of the source, seconds, pairs of plays that agree on it; certain: seconds that this quarter proves by itself
  clock TEXT NOT NULL DEFAULT '{"offsets":[],"certain":[]}',
  plays INTEGER NOT NULL DEFAULT 0,
  shared INTEGER NOT NULL DEFAULT 0, -- plays that another source has as well
  PRIMARY KEY (source_id, quarter)
) STRICT, WITHOUT ROWID;
`;

/** The matches and the decisions of the user. The user's rows use release ids and names, which outlive the cache. */
const matching = `
-- The figures from play_count on are derived: the sums over the credited albums, with the plays that the user logged.
CREATE TABLE match (
  record_id INTEGER PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
  type TEXT NOT NULL CHECK (type IN ('exact', 'fuzzy', 'artist_only', 'none')),
  confidence REAL NOT NULL,
  rule TEXT NOT NULL,
  decided_by TEXT NOT NULL CHECK (decided_by IN ('matcher', 'user')),
  artist_name TEXT,
  album_id INTEGER REFERENCES album (id) ON DELETE SET NULL, -- the most played credited album
  play_count INTEGER NOT NULL,
  last_played_uts INTEGER,
  spins INTEGER,         -- null if too few tracks are known
  last_spin_uts INTEGER, -- when the last one began
  logged_plays INTEGER NOT NULL DEFAULT 0,
  artist_plays INTEGER   -- plays of the artist's other albums; null if no artist is named, as on a compilation
) STRICT;
CREATE INDEX match_album ON match (album_id);

CREATE TABLE album_match (
  record_id INTEGER NOT NULL REFERENCES match (record_id) ON DELETE CASCADE,
  album_id INTEGER NOT NULL REFERENCES album (id) ON DELETE CASCADE,
  rule TEXT NOT NULL,
  confidence REAL NOT NULL,
  PRIMARY KEY (record_id, album_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX album_match_album ON album_match (album_id);

-- derived: the albums that a record is a pressing of. An album of the chart is owned if it is in here.
CREATE TABLE record_album (
  album_id INTEGER NOT NULL REFERENCES album (id) ON DELETE CASCADE,
  record_id INTEGER NOT NULL REFERENCES record (id) ON DELETE CASCADE,
  PRIMARY KEY (album_id, record_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX record_album_record ON record_album (record_id);

-- Albums that look like a release, closest first: those credited without certainty, and those not credited.
CREATE TABLE similar_album (
  release_id INTEGER NOT NULL REFERENCES release (id) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  album_id INTEGER NOT NULL REFERENCES album (id) ON DELETE CASCADE,
  reason TEXT NOT NULL, -- why the album fits, or why not quite
  uncertainty REAL NOT NULL, -- 0: certainly another album
  PRIMARY KEY (release_id, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX similar_album_album ON similar_album (album_id);

-- The old match of each record that the last change of the rules changed.
CREATE TABLE former_match (
  record_id INTEGER PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
  type TEXT NOT NULL,
  confidence REAL NOT NULL,
  albums TEXT NOT NULL, -- JSON: the credited albums as [artist, title]
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

-- Answers in a review. subject: the albums that were asked about; other albums are a new question.
CREATE TABLE review_answer (
  release_id INTEGER NOT NULL,
  subject TEXT NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('skipped', 'dismissed')),
  answered_uts INTEGER NOT NULL,
  PRIMARY KEY (release_id, subject)
) STRICT, WITHOUT ROWID;

-- Albums that rewind gaps leaves out. One name stands for all editions of the album.
CREATE TABLE hidden_album (
  artist TEXT NOT NULL,
  title TEXT NOT NULL,
  hidden_uts INTEGER NOT NULL,
  PRIMARY KEY (artist, title)
) STRICT, WITHOUT ROWID;

-- Recent proposals of rewind pick.
CREATE TABLE proposal (
  artist TEXT NOT NULL,
  title TEXT NOT NULL,
  proposed_uts INTEGER NOT NULL,
  PRIMARY KEY (artist, title)
) STRICT, WITHOUT ROWID;
`;

/** The plays that the user logged, and the albums that `pick` leaves out. */
const loggedPlays = `
-- A play that the user logged. It names the record by Discogs' ids, which outlive the record and the cache.
CREATE TABLE logged_play (
  uuid TEXT PRIMARY KEY,
  release_id INTEGER NOT NULL,
  instance_id INTEGER,          -- null if the copy is unknown
  start_uts INTEGER NOT NULL,   -- noon if only the day is known
  last_uts INTEGER NOT NULL,    -- when its last track began
  from_uts INTEGER NOT NULL,    -- the play lies between from_uts and to_uts:
  to_uts INTEGER NOT NULL,      -- the whole day if only the day is known
  precision TEXT NOT NULL CHECK (precision IN ('day', 'time')),
  source TEXT NOT NULL CHECK (source IN ('user', 'recogniser', 'field')), -- field: a custom field of the collection
  comment TEXT NOT NULL,
  logged_uts INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX logged_play_release ON logged_play (release_id);

-- The tracks of a logged play, in order; no rows if they are unknown. A row that is sent never changes its names and times.
CREATE TABLE logged_track (
  uuid TEXT NOT NULL REFERENCES logged_play (uuid) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  position TEXT NOT NULL,       -- as printed: A1
  artist TEXT NOT NULL,         -- the track's own
  title TEXT NOT NULL,
  album TEXT NOT NULL,
  album_artist TEXT NOT NULL,
  duration_seconds INTEGER NOT NULL,
  is_guessed INTEGER NOT NULL,  -- whether the duration is
  is_inferred INTEGER NOT NULL DEFAULT 0, -- whether a recogniser heard only tracks around it
  uts INTEGER,                  -- null if only the day is known
  PRIMARY KEY (uuid, place)
) STRICT, WITHOUT ROWID;

-- The state of sending a track to a service; no row if it is not to be sent there.
CREATE TABLE sending (
  uuid TEXT NOT NULL,
  place INTEGER NOT NULL,
  target TEXT NOT NULL,         -- the id of the service
  state TEXT NOT NULL CHECK (state IN ('new', 'unknown', 'queued', 'ignored', 'sent')), -- queued: not listed yet
  reason TEXT,                  -- why it was ignored, or waits
  PRIMARY KEY (uuid, place, target),
  FOREIGN KEY (uuid, place) REFERENCES logged_track (uuid, place) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Tracks of the shelf that a recogniser heard. side: UUID of the logged play, or of the side that waits for the user.
-- alone: no other track of its record was heard; dropped: other tracks contradict it, or the user deleted its play.
CREATE TABLE recognised_track (
  id INTEGER PRIMARY KEY,
  at_uts INTEGER NOT NULL,
  artist TEXT NOT NULL,
  title TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('logged', 'pending', 'alone', 'dropped')),
  is_final INTEGER NOT NULL, -- whether later tracks change nothing any more
  side TEXT,
  release_id INTEGER,          -- the release that it belongs to, as far as known
  position TEXT,               -- of the track on that release, as printed
  chosen_release INTEGER,      -- the user's choice
  UNIQUE (at_uts, artist, title)
) STRICT;
CREATE INDEX recognised_track_side ON recognised_track (side);
CREATE INDEX recognised_track_open ON recognised_track (at_uts) WHERE is_final = 0;

-- Albums that rewind pick leaves out. One name stands for all editions of the album.
CREATE TABLE snooze (
  artist TEXT NOT NULL,
  title TEXT NOT NULL,
  until_uts INTEGER,            -- null: no end
  snoozed_uts INTEGER NOT NULL,
  PRIMARY KEY (artist, title)
) STRICT, WITHOUT ROWID;

-- derived: the logged plays that count as spins, because the history has no spin at the same time
CREATE TABLE logged_spin (
  record_id INTEGER NOT NULL REFERENCES record (id) ON DELETE CASCADE,
  uuid TEXT NOT NULL REFERENCES logged_play (uuid) ON DELETE CASCADE,
  started_uts INTEGER NOT NULL,
  PRIMARY KEY (record_id, uuid)
) STRICT, WITHOUT ROWID;
CREATE INDEX logged_spin_uuid ON logged_spin (uuid);
`;

/** The state of a sync: the accounts, the last publications, and the staged rows. */
const syncing = `
CREATE TABLE account (
  service TEXT PRIMARY KEY,
  username TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The last publication of each listing. detail: JSON whose fields depend on the step.
CREATE TABLE publication (
  step TEXT PRIMARY KEY,
  started_uts INTEGER NOT NULL,   -- when the read began
  published_uts INTEGER NOT NULL, -- when it was last known to be up to date
  full_read_uts INTEGER NOT NULL, -- when the whole listing was last read
  detail TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The checkpoint of an unfinished read of a listing. Each page is staged in the same transaction.
CREATE TABLE checkpoint (
  step TEXT PRIMARY KEY,
  started_uts INTEGER NOT NULL,
  state TEXT NOT NULL,
  id INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- A listing that changes while it is read is read in several rounds. last_round: the last round that listed the row;
-- previous_round: the round before that one in which it was listed, 0 if none.
CREATE TABLE staged_record (
  instance_id INTEGER PRIMARY KEY,
  last_round INTEGER NOT NULL,
  previous_round INTEGER NOT NULL,
  release_id INTEGER NOT NULL,
  folder_id INTEGER,
  rating INTEGER NOT NULL,
  date_added TEXT,
  added_uts INTEGER,
  field_values TEXT NOT NULL, -- JSON
  digest TEXT NOT NULL,
  release TEXT NOT NULL,      -- JSON
  release_digest TEXT NOT NULL,
  checkpoint_id INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX staged_record_release ON staged_record (release_id);

CREATE TABLE staged_want (
  release_id INTEGER PRIMARY KEY,
  last_round INTEGER NOT NULL,
  previous_round INTEGER NOT NULL,
  rating INTEGER NOT NULL,
  date_added TEXT,
  added_uts INTEGER,
  notes TEXT NOT NULL,
  release TEXT NOT NULL,      -- JSON
  release_digest TEXT NOT NULL,
  checkpoint_id INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE staged_album (
  artist TEXT NOT NULL,
  title TEXT NOT NULL,
  last_round INTEGER NOT NULL,
  previous_round INTEGER NOT NULL,
  play_count INTEGER NOT NULL,
  mbid TEXT,
  url TEXT,
  checkpoint_id INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (artist, title)
) STRICT, WITHOUT ROWID;

CREATE TABLE staged_scrobble (
  uts INTEGER NOT NULL,
  artist TEXT NOT NULL,
  track TEXT NOT NULL,
  album TEXT NOT NULL,
  album_mbid TEXT NOT NULL,
  occurrence INTEGER NOT NULL,
  checkpoint_id INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (uts, artist, track, album, album_mbid, occurrence)
) STRICT, WITHOUT ROWID;

CREATE TABLE staged_listen (
  start_uts INTEGER NOT NULL,
  msid TEXT NOT NULL,
  play TEXT NOT NULL, -- JSON
  checkpoint_id INTEGER NOT NULL,
  PRIMARY KEY (start_uts, msid)
) STRICT, WITHOUT ROWID;

-- Facts about the cache as a whole, by name.
CREATE TABLE fact (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`;

const firstTables = [collection, lookups, covers, listening, sources, matching, loggedPlays, syncing].join(
  "",
);

/** Makes the tables of this version in an empty database. `since`: the migrations up to another version. */
export function createTables(database: Database, since: readonly string[] = migrations): void {
  for (const sql of [firstTables, ...since]) database.exec(sql);
}

/** The format of a file; 0 if there is nothing in it. */
export function readFormat(database: Database): number {
  return Number(database.pragma("user_version", { simple: true }));
}
