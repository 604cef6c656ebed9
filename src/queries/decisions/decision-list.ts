// The user's decisions with what they are about, as far as it is still there.
import { listDecisions, type StoredDecision } from "../../store/decision-book.ts";
import type { Database } from "../../store/database.ts";
import type { AlbumName } from "../../store/decisions.ts";
import { albumByName } from "../find-albums.ts";

export interface DecidedAlbum extends AlbumName {
  /** null: not in the chart now. */
  readonly id: number | null;
}

export interface ListedDecision extends Omit<StoredDecision, "add" | "not"> {
  /** The first copy that it holds for; null where none is in the collection now. */
  readonly recordId: number | null;
  readonly artist: string | null;
  readonly title: string | null;
  readonly add: readonly DecidedAlbum[];
  readonly not: readonly DecidedAlbum[];
}

/** The oldest first. */
export function decisionList(database: Database): ListedDecision[] {
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
