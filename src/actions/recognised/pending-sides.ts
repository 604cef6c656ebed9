// Sides that a recogniser heard and that wait for the user: several records fit, or only one track was heard.
import { UsageError } from "../../model/errors.ts";
import { isoSeconds } from "../../model/times.ts";
import type { PendingDocument } from "../../queries/documents/decision-documents.ts";
import { groupedBy } from "../../queries/figures/played-most.ts";
import { listNotedPlays, type NotedPlay } from "../../store/decisions/noted-plays.ts";
import {
  chooseRelease,
  pendingRecognised,
  type RecognisedRow,
} from "../../store/decisions/recognised-tracks.ts";
import { transact, type Database } from "../../store/file/database.ts";
import { shownRelease } from "../logged/logged-plays.ts";
import { placeOpen } from "./log-recognised.ts";
import type { ListedRelease, ShelfTracks } from "./shelf-tracks.ts";

export interface PendingSide {
  readonly uuid: string;
  readonly state: "pending" | "alone";
  readonly tracks: readonly RecognisedRow[];
  /** Records that have all of its tracks. */
  readonly releases: readonly ListedRelease[];
}

/** The newest first. */
export function pendingSides(database: Database, shelf: ShelfTracks): PendingSide[] {
  const sides = groupedBy(pendingRecognised(database), ({ side }) => side);
  return [...sides]
    .flatMap(([uuid, tracks]): PendingSide[] => {
      if (uuid === null) return [];
      const fits = tracks.map(({ artist, title }) =>
        shelf.placesOf(artist, title).map(({ release }) => release),
      );
      const releases = new Set(fits[0]?.filter((release) => fits.every((each) => each.includes(release))));
      const isPending = tracks.some(({ state }) => state === "pending");
      return [{ uuid, state: isPending ? "pending" : "alone", tracks, releases: [...releases] }];
    })
    .toReversed();
}

export function pendingDocument(database: Database, sides: readonly PendingSide[]): PendingDocument {
  return {
    data: sides.map(({ uuid, state, tracks, releases }) => ({
      uuid,
      state,
      from: isoSeconds(tracks[0]?.uts ?? null),
      tracks: tracks.map(({ artist, title, uts }) => ({ artist, title, at: isoSeconds(uts) })),
      records: releases.map(({ id, instanceId }) => recordOf(database, id, instanceId)),
    })),
  };
}

export function recordOf(
  database: Database,
  releaseId: number | null,
  instanceId: number | null,
): PendingDocument["data"][number]["records"][number] {
  if (releaseId === null) return { record_id: null, release_id: null, record: null };
  const release = shownRelease(database, releaseId, instanceId);
  const record = release === undefined ? null : `${release.artist?.trim()} · ${release.title?.trim()}`;
  return { record_id: release?.recordId ?? null, release_id: releaseId, record };
}

/** Logs a pending side as this release. Returns its plays. Throws UsageError if the release has none of its tracks. */
export function logPending(
  database: Database,
  shelf: ShelfTracks,
  { uuid, tracks }: PendingSide,
  { releaseId, nowUts }: { readonly releaseId: number; readonly nowUts: number },
): NotedPlay[] {
  const has = tracks.some(({ artist, title }) =>
    shelf.placesOf(artist, title).some(({ release }) => release.id === releaseId),
  );
  if (!has) {
    throw new UsageError(
      "this record has none of the tracks that were heard",
      "To see them: rewind played --pending",
    );
  }
  return transact(database, () => {
    const before = new Set(listNotedPlays(database).map((play) => play.uuid));
    chooseRelease(database, uuid, releaseId);
    placeOpen(database, shelf, nowUts);
    return listNotedPlays(database).filter((play) => play.releaseId === releaseId && !before.has(play.uuid));
  });
}
