// Sides that a recogniser heard and that wait for the user: several records fit, or only one track was heard.
import { UsageError } from "../../model/errors.ts";
import { toIsoOrNull } from "../../model/times.ts";
import type { PendingDocument } from "../../queries/documents/decision-documents.ts";
import { groupByKey } from "../../model/grouping.ts";
import { readLoggedPlays, type LoggedPlay } from "../../store/decisions/logged-plays.ts";
import {
  saveChosenRelease,
  readPendingRecognised,
  type RecognisedRow,
} from "../../store/decisions/recognised-tracks.ts";
import { transact, type Database } from "../../store/file/database.ts";
import { readReleaseSummary } from "../logged/logged-plays.ts";
import { placeOpenTracks } from "./log-recognised.ts";
import type { ListedRelease, TrackIndex } from "./track-index.ts";

export interface PendingSide {
  readonly uuid: string;
  readonly state: "pending" | "alone";
  readonly tracks: readonly RecognisedRow[];
  /** Records that have all of its tracks. */
  readonly releases: readonly ListedRelease[];
}

/** The newest first. */
export function readPendingSides(database: Database, shelf: TrackIndex): PendingSide[] {
  const sides = groupByKey(readPendingRecognised(database), ({ side }) => side);
  return [...sides]
    .flatMap(([uuid, tracks]): PendingSide[] => {
      if (uuid === null) return [];
      const fits = tracks.map(({ artist, title }) =>
        shelf.getPlaces(artist, title).map(({ release }) => release),
      );
      const releases = new Set(fits[0]?.filter((release) => fits.every((each) => each.includes(release))));
      const isPending = tracks.some(({ state }) => state === "pending");
      return [{ uuid, state: isPending ? "pending" : "alone", tracks, releases: [...releases] }];
    })
    .toReversed();
}

export function buildPendingDocument(database: Database, sides: readonly PendingSide[]): PendingDocument {
  return {
    data: sides.map(({ uuid, state, tracks, releases }) => ({
      uuid,
      state,
      from: toIsoOrNull(tracks[0]?.uts ?? null),
      tracks: tracks.map(({ artist, title, uts }) => ({ artist, title, at: toIsoOrNull(uts) })),
      records: releases.map(({ id, instanceId }) => readJsonRecord(database, id, instanceId)),
    })),
  };
}

export function readJsonRecord(
  database: Database,
  releaseId: number | null,
  instanceId: number | null,
): PendingDocument["data"][number]["records"][number] {
  if (releaseId === null) return { record_id: null, release_id: null, record: null };
  const release = readReleaseSummary(database, releaseId, instanceId);
  const record = release === undefined ? null : `${release.artist?.trim()} · ${release.title?.trim()}`;
  return { record_id: release?.recordId ?? null, release_id: releaseId, record };
}

/** Logs a pending side as this release. Returns its plays. Throws UsageError if the release has none of its tracks. */
export function logPending(
  database: Database,
  shelf: TrackIndex,
  { uuid, tracks }: PendingSide,
  { releaseId, nowUts }: { readonly releaseId: number; readonly nowUts: number },
): LoggedPlay[] {
  const has = tracks.some(({ artist, title }) =>
    shelf.getPlaces(artist, title).some(({ release }) => release.id === releaseId),
  );
  if (!has) {
    throw new UsageError(
      "this record has none of the tracks that were heard",
      "To see them: rewind played pending",
    );
  }
  return transact(database, () => {
    const before = new Set(readLoggedPlays(database).map((play) => play.uuid));
    saveChosenRelease(database, uuid, releaseId);
    placeOpenTracks(database, shelf, nowUts);
    return readLoggedPlays(database).filter((play) => play.releaseId === releaseId && !before.has(play.uuid));
  });
}
