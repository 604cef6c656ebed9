// The user's decisions as a document that outlives the cache: it names releases by their ids, artists and albums by name.
import { isoTime, latestUts } from "../../model/local-days.ts";
import { listDecisions, readAliases, type AlbumName } from "./decisions.ts";
import type { Database } from "../file/database.ts";
import { listNotedPlays, type NotedPlay, type NotedTrack } from "./noted-plays.ts";

/** Version 1 had decisions and aliases alone. */
export const documentVersion = 2;

interface NamedAlbum {
  readonly artist: string;
  readonly album: string;
}

interface DecisionDocument {
  readonly version: number;
  readonly decisions: readonly {
    readonly release_id: number;
    /** null: the decision holds for all copies of the release. */
    readonly instance_id: number | null;
    readonly mode: "adjust" | "only" | "none";
    readonly add: readonly NamedAlbum[];
    readonly not: readonly NamedAlbum[];
    readonly decided_at: string;
  }[];
  readonly aliases: readonly { readonly name: string; readonly same_as: string }[];
  readonly plays: readonly PlayDocument[];
  readonly hidden_albums: readonly (NamedAlbum & { readonly hidden_at: string })[];
  /** until null: the snooze has no end. */
  readonly snoozes: readonly (NamedAlbum & { readonly until: string | null; readonly snoozed_at: string })[];
  readonly reviews: readonly {
    readonly release_id: number;
    readonly subject: string;
    readonly verdict: "skipped" | "dismissed";
    readonly noted_at: string;
  }[];
}

interface PlayDocument {
  readonly uuid: string;
  readonly release_id: number;
  readonly instance_id: number | null;
  readonly start: string;
  readonly last: string;
  readonly from: string;
  readonly to: string;
  readonly precision: NotedPlay["precision"];
  readonly note: string;
  readonly noted_at: string;
  readonly tracks: readonly {
    readonly position: string;
    readonly artist: string;
    readonly title: string;
    readonly album: string;
    readonly album_artist: string;
    readonly duration: number;
    readonly guessed: boolean;
    readonly at: string | null;
    readonly to_send: boolean;
    readonly state: NotedTrack["state"];
    readonly reason: string | null;
  }[];
}

export function decisionDocument(database: Database): DecisionDocument {
  return {
    version: documentVersion,
    decisions: listDecisions(database).map(({ releaseId, instanceId, mode, add, not, decidedUts }) => ({
      release_id: releaseId,
      instance_id: instanceId === 0 ? null : instanceId,
      mode,
      add: add.map(contractName),
      not: not.map(contractName),
      decided_at: readableTime(decidedUts),
    })),
    aliases: readAliases(database).map(({ name, sameAs }) => ({ name, same_as: sameAs })),
    plays: listNotedPlays(database)
      // The next sync reads the plays of a custom field again.
      .filter(({ source }) => source === "user")
      .map(playDocument),
    hidden_albums: database
      .prepare<[], AlbumName & { uts: number }>(
        "SELECT artist, title, hidden_uts AS uts FROM hidden_album ORDER BY artist, title",
      )
      .all()
      .map((row) => ({ ...contractName(row), hidden_at: readableTime(row.uts) })),
    snoozes: database
      .prepare<[], AlbumName & { until: number | null; uts: number }>(
        "SELECT artist, title, until_uts AS until, snoozed_uts AS uts FROM snooze ORDER BY artist, title",
      )
      .all()
      .map((row) => ({
        ...contractName(row),
        until: row.until === null ? null : readableTime(row.until),
        snoozed_at: readableTime(row.uts),
      })),
    reviews: database
      .prepare<[], { id: number; subject: string; verdict: "skipped" | "dismissed"; uts: number }>(
        `SELECT release_id AS id, subject, verdict, noted_uts AS uts FROM review_note
         ORDER BY release_id, subject`,
      )
      .all()
      .map(({ id, subject, verdict, uts }) => ({
        release_id: id,
        subject,
        verdict,
        noted_at: readableTime(uts),
      })),
  };
}

function contractName({ artist, title }: AlbumName): NamedAlbum {
  return { artist, album: title };
}

function playDocument(play: NotedPlay): PlayDocument {
  return {
    uuid: play.uuid,
    release_id: play.releaseId,
    instance_id: play.instanceId,
    start: readableTime(play.startUts),
    last: readableTime(play.lastUts),
    from: readableTime(play.fromUts),
    to: readableTime(play.toUts),
    precision: play.precision,
    note: play.note,
    noted_at: readableTime(play.notedUts),
    tracks: play.tracks.map((track) => ({
      position: track.position,
      artist: track.artist,
      title: track.title,
      album: track.album,
      album_artist: track.albumArtist,
      duration: track.durationSeconds,
      guessed: track.isGuessed,
      at: track.uts === null ? null : readableTime(track.uts),
      to_send: track.isGiven,
      state: track.state,
      reason: track.reason,
    })),
  };
}

/** A time that has no ISO form becomes 1970, so that the document can be read back. */
function readableTime(uts: number): string {
  return isoTime(Math.abs(uts) <= latestUts ? uts : 0);
}
