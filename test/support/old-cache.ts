// Caches of development versions, with their own tables. Nothing here follows the current schema.
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { connect } from "../../src/store/file/database.ts";

/** The tables of the user's decisions without the tracks of logged plays: the same in formats 33 to 36. */
const decisionTables = `
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
CREATE TABLE alias (
  name TEXT PRIMARY KEY,
  same_as TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE review_note (
  release_id INTEGER NOT NULL,
  subject TEXT NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('skipped', 'dismissed')),
  noted_uts INTEGER NOT NULL,
  PRIMARY KEY (release_id, subject)
) STRICT, WITHOUT ROWID;
CREATE TABLE hidden_album (
  artist TEXT NOT NULL,
  title TEXT NOT NULL,
  hidden_uts INTEGER NOT NULL,
  PRIMARY KEY (artist, title)
) STRICT, WITHOUT ROWID;
CREATE TABLE noted_play (
  uuid TEXT PRIMARY KEY,
  release_id INTEGER NOT NULL,
  instance_id INTEGER,
  start_uts INTEGER NOT NULL,
  last_uts INTEGER NOT NULL,
  from_uts INTEGER NOT NULL,
  to_uts INTEGER NOT NULL,
  precision TEXT NOT NULL CHECK (precision IN ('day', 'time')),
  source TEXT NOT NULL CHECK (source IN ('user', 'recogniser', 'field')),
  note TEXT NOT NULL,
  noted_uts INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX noted_play_release ON noted_play (release_id);
CREATE TABLE recognised_track (
  id INTEGER PRIMARY KEY,
  at_uts INTEGER NOT NULL,
  artist TEXT NOT NULL,
  title TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('logged', 'pending', 'alone', 'dropped')),
  is_settled INTEGER NOT NULL,
  side TEXT,
  release_id INTEGER,
  position TEXT,
  chosen_release INTEGER,
  UNIQUE (at_uts, artist, title)
) STRICT;
CREATE TABLE snooze (
  artist TEXT NOT NULL,
  title TEXT NOT NULL,
  until_uts INTEGER,
  snoozed_uts INTEGER NOT NULL,
  PRIMARY KEY (artist, title)
) STRICT, WITHOUT ROWID;`;

const buildTrackTable = (stateColumns: string): string => `
CREATE TABLE noted_track (
  uuid TEXT NOT NULL REFERENCES noted_play (uuid) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  position TEXT NOT NULL,
  artist TEXT NOT NULL,
  title TEXT NOT NULL,
  album TEXT NOT NULL,
  album_artist TEXT NOT NULL,
  duration_seconds INTEGER NOT NULL,
  is_guessed INTEGER NOT NULL,
  is_inferred INTEGER NOT NULL DEFAULT 0,
  uts INTEGER,${stateColumns}
  PRIMARY KEY (uuid, place)
) STRICT, WITHOUT ROWID;`;

export const oldPlay = "00000000-0000-4000-8000-000000000001";

const decisionRows = `
INSERT INTO decision VALUES (11, 0, 'adjust', 1700000000);
INSERT INTO decision_album VALUES (11, 0, 'Can', 'Tago Mago', 'add');
INSERT INTO alias VALUES ('CAN', 'Can');
INSERT INTO hidden_album VALUES ('Neu!', 'Neu!', 1700000000);
INSERT INTO review_note VALUES (11, '[["Can","Future Days"]]', 'skipped', 1700000001);
INSERT INTO noted_play VALUES ('${oldPlay}', 11, NULL, 1700000000, 1700000900, 1700000000, 1700001200, 'time', 'user',
  'with friends', 1700000100);
INSERT INTO recognised_track VALUES (1, 1700000000, 'Can', 'Paperhouse', 'logged', 1, '${oldPlay}', 11, 'A1', NULL);
INSERT INTO snooze VALUES ('Faust', 'Faust IV', NULL, 1700000000);`;

const buildTrackRows = (states: readonly [string, string, string]): string =>
  ["Paperhouse", "Mushroom", "Oh Yeah"]
    .map(
      (title, at) => `
INSERT INTO noted_track VALUES ('${oldPlay}', ${at}, 'A${at + 1}', 'Can', '${title}', 'Tago Mago', 'Can', 449, 0, 0,
  ${1_700_000_000 + 450 * at}${states[at] ?? ""});`,
    )
    .join("");

// The first track was sent to both services. The second was refused by Last.fm and waits at ListenBrainz. The third is not
// to be sent.

/** The tables of the tracks and their rows, by format. */
const trackTables = {
  33: [
    buildTrackTable(`
  is_given INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('new', 'unknown', 'ignored', 'sent')),
  reason TEXT,
  listenbrainz_state TEXT CHECK (listenbrainz_state IN ('new', 'unknown', 'queued', 'ignored', 'sent')),
  listenbrainz_reason TEXT,`),
    buildTrackRows([
      ", 1, 'sent', NULL, 'sent', NULL",
      ", 1, 'ignored', 'too old', 'queued', NULL",
      ", 0, 'new', NULL, NULL, NULL",
    ]),
  ],
  35: [
    buildTrackTable(`
  lastfm_state TEXT CHECK (lastfm_state IN ('new', 'unknown', 'queued', 'ignored', 'sent')),
  lastfm_reason TEXT,
  listenbrainz_state TEXT CHECK (listenbrainz_state IN ('new', 'unknown', 'queued', 'ignored', 'sent')),
  listenbrainz_reason TEXT,`),
    buildTrackRows([
      ", 'sent', NULL, 'sent', NULL",
      ", 'ignored', 'too old', 'queued', NULL",
      ", NULL, NULL, NULL, NULL",
    ]),
  ],
  36: [
    `${buildTrackTable("")}
CREATE TABLE sending (
  uuid TEXT NOT NULL,
  place INTEGER NOT NULL,
  target TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('new', 'unknown', 'queued', 'ignored', 'sent')),
  reason TEXT,
  PRIMARY KEY (uuid, place, target),
  FOREIGN KEY (uuid, place) REFERENCES noted_track (uuid, place) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;`,
    `${buildTrackRows(["", "", ""])}
INSERT INTO sending VALUES ('${oldPlay}', 0, 'lastfm', 'sent', NULL), ('${oldPlay}', 0, 'listenbrainz', 'sent', NULL),
  ('${oldPlay}', 1, 'lastfm', 'ignored', 'too old'), ('${oldPlay}', 1, 'listenbrainz', 'queued', NULL);`,
  ],
} as const;

export type OldFormat = keyof typeof trackTables;
export const oldFormats = [33, 35, 36] as const satisfies readonly OldFormat[];

/** Makes a cache as the development version of this format did. */
export function createOldCache(
  path: string,
  format: OldFormat,
  { hasDecisions = true }: { readonly hasDecisions?: boolean } = {},
): void {
  const [tables, rows] = trackTables[format];
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const database = connect(path, "write");
  database.exec(`${decisionTables}${tables}${hasDecisions ? decisionRows + rows : ""}
    PRAGMA application_id = 0x52657764;
    PRAGMA user_version = ${format}`);
  database.close();
}
