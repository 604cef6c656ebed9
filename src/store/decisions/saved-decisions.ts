// The user's decisions as a document that outlives the cache. It names releases by their ids, artists and albums by name.
// The document is also saved from a cache that this version cannot use: one of another format, or a damaged one.
import { isoTime } from "../../model/times.ts";
import {
  type AlbumName,
  hiddenAlbums,
  listDecisions,
  listSnoozes,
  readAliases,
  reviewNotes,
} from "./user-decisions.ts";
import { type Database, openScratch } from "../file/database.ts";
import { listNotedPlays, type NotedPlay } from "./noted-plays.ts";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { decisionCopyPath } from "../../host/paths.ts";
import { damagedCache } from "../file/cache-errors.ts";
import { createTables } from "../file/schema.ts";

/** Documents of other versions cannot be imported. */
export const documentVersion = 2;

/** Times are in ISO 8601. */
export function decisionDocument(database: Database) {
  return {
    version: documentVersion,
    decisions: listDecisions(database).map(({ releaseId, instanceId, mode, add, not, decidedUts }) => ({
      release_id: releaseId,
      // null: the decision holds for all copies of the release.
      instance_id: instanceId === 0 ? null : instanceId,
      mode,
      add: add.map(contractName),
      not: not.map(contractName),
      decided_at: isoTime(decidedUts),
    })),
    aliases: readAliases(database).map(({ name, sameAs }) => ({ name, same_as: sameAs })),
    plays: listNotedPlays(database)
      // The next sync reads the plays of a custom field again.
      .filter(({ source }) => source !== "field")
      .map(playDocument),
    hidden_albums: hiddenAlbums(database).map(({ hiddenUts, ...album }) => ({
      ...contractName(album),
      hidden_at: isoTime(hiddenUts),
    })),
    snoozes: listSnoozes(database).map(({ untilUts, snoozedUts, ...album }) => ({
      ...contractName(album),
      // null: the snooze has no end.
      until: untilUts === null ? null : isoTime(untilUts),
      snoozed_at: isoTime(snoozedUts),
    })),
    reviews: reviewNotes(database).map(({ releaseId, subject, verdict, notedUts }) => ({
      release_id: releaseId,
      subject,
      verdict,
      noted_at: isoTime(notedUts),
    })),
  };
}

function contractName({ artist, title }: AlbumName): { readonly artist: string; readonly album: string } {
  return { artist, album: title };
}

function playDocument(play: NotedPlay) {
  return {
    uuid: play.uuid,
    release_id: play.releaseId,
    instance_id: play.instanceId,
    start: isoTime(play.startUts),
    last: isoTime(play.lastUts),
    from: isoTime(play.fromUts),
    to: isoTime(play.toUts),
    precision: play.precision,
    source: play.source,
    note: play.note,
    noted_at: isoTime(play.notedUts),
    tracks: play.tracks.map((track) => ({
      position: track.position,
      artist: track.artist,
      title: track.title,
      album: track.album,
      album_artist: track.albumArtist,
      duration: track.durationSeconds,
      guessed: track.isGuessed,
      inferred: track.isInferred,
      at: track.uts === null ? null : isoTime(track.uts),
      to_send: track.lastfmState !== null,
      state: track.lastfmState ?? "new",
      reason: track.lastfmReason,
      listenbrainz_state: track.listenbrainzState,
      listenbrainz_reason: track.listenbrainzReason,
    })),
  };
}

/** What no sync can fetch again. A table comes after those that it refers to. */
export const userTables = [
  "decision",
  "decision_album",
  "alias",
  "hidden_album",
  "review_note",
  "noted_play",
  // It can't be fetched again.
  "collection_value",
  "noted_track",
  "recognised_track",
  "snooze",
] as const;

/**
 * Writes the decisions in a cache of any format to a new file beside it, as `rewind links export` does. Returns the path
 * of the file, or null if there are no decisions. A file that says the same already is not written twice.
 */
export function saveDecisions(database: Database, cachePath: string): string | null {
  const { version, ...parts } = documentOf(database, cachePath);
  if (Object.values(parts).every(({ length }) => length === 0)) return null;
  const text = `${JSON.stringify({ version, ...parts }, null, 2)}\n`;
  for (let nth = 1; ; nth += 1) {
    const path = decisionCopyPath(cachePath, nth);
    try {
      writeFileSync(path, text, { mode: 0o600, flag: "wx", flush: true });
      return path;
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) {
        // A full disk leaves half a file.
        rmSync(path, { force: true });
        throw error;
      }
      if (readFileSync(path, "utf8") === text) return path;
    }
  }
}

/** Other formats may lack tables and columns, so the rows are read from tables of this version. */
function documentOf(database: Database, cachePath: string): ReturnType<typeof decisionDocument> {
  const scratch = openScratch();
  try {
    createTables(scratch);
    for (const table of userTables) {
      const isThere = columnsOf(database, table).length > 0;
      if (isThere && copyRows(database, scratch, table) === null) {
        throw damagedCache(cachePath, `table ${table} can't be read`);
      }
    }
    return decisionDocument(scratch);
  } finally {
    scratch.close();
  }
}

type Row = Readonly<Record<string, unknown>>;

/**
 * Copies the columns that both tables have. Returns how many rows were copied, or null if the table can't be read to its
 * end; the rows before that point are kept.
 */
export function copyRows(from: Database, into: Database, table: string): number | null {
  let copied = 0;
  try {
    const tableColumns = columnsOf(into, table);
    const columns = columnsOf(from, table).filter((name) => tableColumns.includes(name));
    const values = columns.map((name) => `@${name}`).join(", ");
    const insert = into.prepare<[Row]>(
      `INSERT OR IGNORE INTO ${table} (${columns.join(", ")}) VALUES (${values})`,
    );
    for (const row of from.prepare<[], Row>(`SELECT ${columns.join(", ")} FROM ${table}`).iterate()) {
      copied += insert.run(row).changes;
    }
    return copied;
  } catch {
    return null;
  }
}

function columnsOf(database: Database, table: string): string[] {
  return database.prepare<[string], string>("SELECT name FROM pragma_table_info(?)").pluck().all(table);
}
