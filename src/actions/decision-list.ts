// The user's decisions, with the records and albums that are still there.
import type { DecisionsDocument, NamedAlbum } from "../queries/documents/decision-documents.ts";
import {
  readStoredDecisions,
  readDismissals,
  readNameDismissals,
  type AlbumName,
  type Decision,
} from "../store/decisions/user-decisions.ts";
import type { Database } from "../store/file/database.ts";
import { toIsoOrNull } from "../queries/records/json-rows.ts";
import { queryRows, sql, queryValue } from "../store/file/sql.ts";
import { findAlbumByName } from "../queries/find/find-albums.ts";

export type DecisionsResult = ReturnType<typeof queryDecisions>;
export type ListedDecision = DecisionsResult["decisions"][number];
export type ListedDismissal = DecisionsResult["dismissals"][number];
export type DecidedAlbum = ListedDecision["add"][number];

/** The oldest first. */
export function queryDecisions(database: Database) {
  const addAlbumId = (name: AlbumName) => ({
    ...name,
    /** null: not in your plays now. */
    id: findAlbumByName(database, name)?.id ?? null,
  });
  const readTitle = (releaseId: number): { artist: string | null; title: string | null } => {
    const [release] = queryRows<{ artist: string; title: string }>(database)`
      SELECT artist, title FROM release WHERE id = ${releaseId}`;
    return release ?? { artist: null, title: null };
  };
  /** The first copy; null if none is in the collection now. */
  const findRecordId = (releaseId: number, instanceId: number): number | null => {
    const copy = sql`SELECT id FROM record
      WHERE release_id = ${releaseId} AND ${instanceId} IN (0, instance_id) ORDER BY id LIMIT 1`;
    return queryValue<number | null>(database, null)`${copy}`;
  };
  return {
    decisions: readStoredDecisions(database).map((decision) => ({
      ...decision,
      ...readTitle(decision.releaseId),
      recordId: findRecordId(decision.releaseId, decision.instanceId),
      add: decision.add.map(addAlbumId),
      not: decision.not.map(addAlbumId),
    })),
    dismissals: readDismissals(database).map(({ releaseIds, albums, answeredUts }) => ({
      ...readTitle(releaseIds[0]),
      releaseIds,
      recordIds: releaseIds.flatMap((releaseId) => findRecordId(releaseId, 0) ?? []),
      albums: albums.map(addAlbumId),
      answeredUts,
    })),
    nameDismissals: readNameDismissals(database),
  };
}

export function buildDecisionsDocument({
  decisions,
  dismissals,
  nameDismissals,
}: DecisionsResult): DecisionsDocument {
  return {
    decisions: decisions.map((decision) => ({
      record_id: decision.recordId,
      release_id: decision.releaseId,
      instance_id: decision.instanceId === 0 ? null : decision.instanceId,
      artist: decision.artist,
      title: decision.title,
      mode: decision.mode,
      add: decision.add.map(toJsonAlbum),
      not: decision.not.map(toJsonAlbum),
      decided_at: toIsoOrNull(decision.decidedUts),
    })),
    dismissals: dismissals.map(({ recordIds, releaseIds, artist, title, albums, answeredUts }) => ({
      record_ids: recordIds,
      release_ids: releaseIds,
      artist,
      title,
      albums: albums.map(toJsonAlbum),
      answered_at: toIsoOrNull(answeredUts),
    })),
    two_artists: nameDismissals.map(({ name, sameAs, answeredUts }) => ({
      name,
      other_name: sameAs,
      answered_at: toIsoOrNull(answeredUts),
    })),
  };
}

function toJsonAlbum({ id, artist, title }: DecidedAlbum): NamedAlbum {
  return { id, artist_name: artist, album_name: title };
}

export interface DecisionChange {
  readonly only?: readonly AlbumName[];
  readonly none?: boolean;
  readonly add?: readonly AlbumName[];
  readonly not?: readonly AlbumName[];
}

/** The last word about an album counts; other albums stay as they are. */
export function mergeDecision(before: Decision | undefined, change: DecisionChange): Decision {
  const { none, only, add = [], not = [] } = change;
  if (none === true) return { mode: "none", add: [], not: [] };
  if (only !== undefined) return { mode: "only", add: only, not: [] };
  const start: Decision = before ?? { mode: "adjust", add: [], not: [] };
  const albums = [...excludeAlbums(start.add, [...add, ...not]), ...excludeAlbums(add, not)];
  // The matcher's credits no longer count, so only added albums matter.
  if (start.mode !== "adjust") {
    return albums.length === 0 ? { mode: "none", add: [], not: [] } : { mode: "only", add: albums, not: [] };
  }
  return { mode: "adjust", add: albums, not: [...excludeAlbums(start.not, [...add, ...not]), ...not] };
}

function excludeAlbums(names: readonly AlbumName[], others: readonly AlbumName[]): AlbumName[] {
  const otherKeys = new Set(others.map(toAlbumKey));
  return names.filter((name) => !otherKeys.has(toAlbumKey(name)));
}

function toAlbumKey({ artist, title }: AlbumName): string {
  return `${artist}\u0000${title}`;
}
