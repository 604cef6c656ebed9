// The user's decisions, with the records and albums that are still there.
import type { DecisionsDocument, NamedAlbum } from "../queries/documents/decision-documents.ts";
import {
  listDecisions,
  listDismissals,
  listNameDismissals,
  type AlbumName,
  type Decision,
} from "../store/decisions/user-decisions.ts";
import type { Database } from "../store/file/database.ts";
import { isoSeconds } from "../queries/records/contract.ts";
import { rowsOf, sql, valueOf } from "../store/file/sql.ts";
import { albumByName } from "../queries/find/find-albums.ts";

export type DecisionsAnswer = ReturnType<typeof ask>;
export type ListedDecision = DecisionsAnswer["decisions"][number];
export type ListedDismissal = DecisionsAnswer["dismissals"][number];
export type DecidedAlbum = ListedDecision["add"][number];

/** The oldest first. */
export function ask(database: Database) {
  const withId = (name: AlbumName) => ({
    ...name,
    /** null: not in your plays now. */
    id: albumByName(database, name)?.id ?? null,
  });
  const titleOf = (releaseId: number): { artist: string | null; title: string | null } => {
    const [release] = rowsOf<{ artist: string; title: string }>(database)`
      SELECT artist, title FROM release WHERE id = ${releaseId}`;
    return release ?? { artist: null, title: null };
  };
  /** The first copy; null if none is in the collection now. */
  const recordOf = (releaseId: number, instanceId: number): number | null => {
    const copy = sql`SELECT id FROM record
      WHERE release_id = ${releaseId} AND ${instanceId} IN (0, instance_id) ORDER BY id LIMIT 1`;
    return valueOf<number | null>(database, null)`${copy}`;
  };
  return {
    decisions: listDecisions(database).map((decision) => ({
      ...decision,
      ...titleOf(decision.releaseId),
      recordId: recordOf(decision.releaseId, decision.instanceId),
      add: decision.add.map(withId),
      not: decision.not.map(withId),
    })),
    dismissals: listDismissals(database).map(({ releaseIds, albums, notedUts }) => ({
      ...titleOf(releaseIds[0]),
      releaseIds,
      recordIds: releaseIds.flatMap((releaseId) => recordOf(releaseId, 0) ?? []),
      albums: albums.map(withId),
      notedUts,
    })),
    nameDismissals: listNameDismissals(database),
  };
}

export function document({ decisions, dismissals, nameDismissals }: DecisionsAnswer): DecisionsDocument {
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
    dismissals: dismissals.map(({ recordIds, releaseIds, artist, title, albums, notedUts }) => ({
      record_ids: recordIds,
      release_ids: releaseIds,
      artist,
      title,
      albums: albums.map(contractAlbum),
      answered_at: isoSeconds(notedUts),
    })),
    two_artists: nameDismissals.map(({ name, sameAs, notedUts }) => ({
      name,
      other_name: sameAs,
      answered_at: isoSeconds(notedUts),
    })),
  };
}

function contractAlbum({ id, artist, title }: DecidedAlbum): NamedAlbum {
  return { id, artist_name: artist, album_name: title };
}

export interface DecisionChange {
  readonly only?: readonly AlbumName[];
  readonly none?: boolean;
  readonly add?: readonly AlbumName[];
  readonly not?: readonly AlbumName[];
}

/** The last word about an album counts; other albums stay as they are. */
export function changedDecision(before: Decision | undefined, change: DecisionChange): Decision {
  const { none, only, add = [], not = [] } = change;
  if (none === true) return { mode: "none", add: [], not: [] };
  if (only !== undefined) return { mode: "only", add: only, not: [] };
  const start: Decision = before ?? { mode: "adjust", add: [], not: [] };
  const albums = [...without(start.add, [...add, ...not]), ...without(add, not)];
  // The matcher's credits no longer count, so only added albums matter.
  if (start.mode !== "adjust") {
    return albums.length === 0 ? { mode: "none", add: [], not: [] } : { mode: "only", add: albums, not: [] };
  }
  return { mode: "adjust", add: albums, not: [...without(start.not, [...add, ...not]), ...not] };
}

function without(names: readonly AlbumName[], others: readonly AlbumName[]): AlbumName[] {
  const otherKeys = new Set(others.map(nameKey));
  return names.filter((name) => !otherKeys.has(nameKey(name)));
}

function nameKey({ artist, title }: AlbumName): string {
  return `${artist}\u0000${title}`;
}
