// The user's decisions with what they are about, as far as it is still there.
import { listDecisions, type StoredDecision, type AlbumName } from "../store/decisions/decisions.ts";
import type { Database } from "../store/file/database.ts";
import { isoSeconds } from "../queries/records/contract.ts";
import type { Keys } from "../queries/documents/document.ts";
import { albumByName } from "../queries/find/find-albums.ts";

export interface DecidedAlbum extends AlbumName {
  /** null: not in your plays now. */
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

interface NamedAlbum {
  readonly id: number | null;
  readonly artist_name: string;
  readonly album_name: string;
}

interface DecisionsDocument {
  readonly decisions: readonly {
    readonly record_id: number | null;
    readonly release_id: number;
    readonly instance_id: number | null;
    readonly artist: string | null;
    readonly title: string | null;
    readonly mode: StoredDecision["mode"];
    readonly add: readonly NamedAlbum[];
    readonly not: readonly NamedAlbum[];
    readonly decided_at: string | null;
  }[];
}

const albumKeys: Keys<NamedAlbum> = {
  id: "12 is a12 on the screens; null when it is not in your plays now",
  artist_name: "as scrobbled",
  album_name: "as scrobbled",
};

export const keys: Keys<DecisionsDocument> = {
  decisions: {
    meaning: "the oldest first",
    each: {
      record_id: "the first copy that it holds for; null when none is in the collection now",
      release_id: "of the release at Discogs",
      instance_id: "of the one copy that it holds for; null for all copies of the release",
      artist: "of the release",
      title: "of the release",
      mode: {
        meaning: "adjust what the matcher credits, only what is added, or none",
        note: "adjust, only, none",
      },
      add: { meaning: "albums that are credited", each: albumKeys },
      not: { meaning: "albums that are not", each: albumKeys },
      decided_at: "in UTC",
    },
  },
};

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
