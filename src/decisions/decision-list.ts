// The user's decisions, with the records and albums that are still there.
import type { DecisionsDocument, NamedAlbum } from "../queries/documents/decision-documents.ts";
import { listDecisions, type StoredDecision, type AlbumName } from "../store/decisions/user-decisions.ts";
import type { Database } from "../store/file/database.ts";
import { isoSeconds } from "../queries/records/contract.ts";
import { albumByName } from "../queries/find/find-albums.ts";

export interface DecidedAlbum extends AlbumName {
  /** null: not in your plays now. */
  readonly id: number | null;
}

export interface ListedDecision extends Omit<StoredDecision, "add" | "not"> {
  /** The first copy that it applies to; null if none is in the collection now. */
  readonly recordId: number | null;
  readonly artist: string | null;
  readonly title: string | null;
  readonly add: readonly DecidedAlbum[];
  readonly not: readonly DecidedAlbum[];
}

/** The oldest first. */
export function ask(database: Database): ListedDecision[] {
  const findRelease = database.prepare<[number], { artist: string; title: string }>(
    "SELECT artist, title FROM release WHERE id = ?",
  );
  const findCopy = database
    .prepare<[number, number, number], number>(
      "SELECT id FROM record WHERE release_id = ? AND (? = 0 OR instance_id = ?) ORDER BY id LIMIT 1",
    )
    .pluck();
  const withId = (name: AlbumName): DecidedAlbum => ({
    ...name,
    id: albumByName(database, name)?.id ?? null,
  });
  return listDecisions(database).map((decision) => {
    const { releaseId, instanceId } = decision;
    const release = findRelease.get(releaseId);
    return {
      ...decision,
      recordId: findCopy.get(releaseId, instanceId, instanceId) ?? null,
      artist: release?.artist ?? null,
      title: release?.title ?? null,
      add: decision.add.map(withId),
      not: decision.not.map(withId),
    };
  });
}

export function document(decisions: readonly ListedDecision[]): DecisionsDocument {
  return {
    decisions: decisions.map((decision) => ({
      record_id: decision.recordId,
      release_id: decision.releaseId,
      instance_id: decision.instanceId === 0 ? null : decision.instanceId,
      artist: decision.artist,
      title: decision.title,
      mode: decision.mode,
      add: decision.add.map(contractAlbum),
      not: decision.not.map(contractAlbum),
      decided_at: isoSeconds(decision.decidedUts),
    })),
  };
}

function contractAlbum({ id, artist, title }: DecidedAlbum): NamedAlbum {
  return { id, artist_name: artist, album_name: title };
}
