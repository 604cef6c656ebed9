// The user's decisions as a document that outlives the cache: release ids, names of artists and albums.
import { listDecisions } from "./decision-book.ts";
import type { Database } from "./database.ts";
import { readAliases, type AlbumName } from "./decisions.ts";
import { isoTime, keptDocument, type KeptDocument } from "./kept-document.ts";

/** 1 had decisions and aliases alone. */
export const documentVersion = 2;

export interface DecisionDocument extends KeptDocument {
  readonly version: number;
  readonly decisions: readonly {
    readonly release_id: number;
    /** null: it holds for all copies of the release. */
    readonly instance_id: number | null;
    readonly mode: "adjust" | "only" | "none";
    readonly add: readonly { readonly artist: string; readonly album: string }[];
    readonly not: readonly { readonly artist: string; readonly album: string }[];
    readonly decided_at: string;
  }[];
  readonly aliases: readonly { readonly name: string; readonly same_as: string }[];
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
      decided_at: isoTime(decidedUts),
    })),
    aliases: readAliases(database).map(({ name, sameAs }) => ({ name, same_as: sameAs })),
    ...keptDocument(database),
  };
}

function contractName({ artist, title }: AlbumName): { artist: string; album: string } {
  return { artist, album: title };
}
