// The JSON of rewind explain and rewind link.
import type { MatchType } from "../model.ts";
import { collectionKeys, contractCollection, isoSeconds, type ContractCollection } from "./contract.ts";
import type { Keys } from "./document.ts";
import type { Explanation } from "./explanation.ts";

interface ExplanationDocument {
  readonly record: ContractCollection;
  readonly decision: {
    readonly match_type: MatchType;
    readonly match_confidence: number;
    readonly rule: string;
    readonly decided_by: "matcher" | "user";
  };
  readonly credited: readonly {
    readonly id: number;
    readonly artist: string;
    readonly album: string;
    readonly play_count: number;
    readonly last_played: string | null;
    readonly rule: string;
    readonly confidence: number;
  }[];
  readonly rejected: readonly {
    readonly id: number;
    readonly artist: string;
    readonly album: string;
    readonly play_count: number;
    readonly reason: string;
  }[];
}

export const keys: Keys<ExplanationDocument> = {
  record: {
    meaning: "as collection in the rows of xref",
    note: "as collection of xref",
    isBrief: true,
    keys: collectionKeys,
  },
  decision: {
    meaning: "how it is matched, and by whom",
    keys: {
      match_type: "exact, fuzzy, artist_only, none",
      match_confidence: "of the best album",
      rule: "that decided",
      decided_by: { meaning: "matcher or user", note: "matcher, user" },
    },
  },
  credited: {
    meaning: "albums whose plays count for the record, the most played first",
    each: {
      id: "12 is a12 on the screens",
      artist: "as scrobbled",
      album: "as scrobbled",
      play_count: "of this edition",
      last_played: "its newest scrobble, in UTC; null for never and for not known",
      rule: "that credited this album",
      confidence: "how likely it is the same album",
    },
  },
  rejected: {
    meaning: "albums that were looked at and left out, the closest first",
    each: {
      id: "12 is a12 on the screens",
      artist: "as scrobbled",
      album: "as scrobbled",
      play_count: "of this edition",
      reason: "why it was left out",
    },
  },
};

export function document(explanation: Explanation): ExplanationDocument {
  const { record, type, confidence, rule, decidedBy, credited, rejected } = explanation;
  return {
    record: contractCollection(record),
    decision: { match_type: type, match_confidence: confidence, rule, decided_by: decidedBy },
    credited: credited.map((album) => ({
      id: album.id,
      artist: album.artist,
      album: album.title,
      play_count: album.playCount,
      last_played: album.lastPlayedUts === null ? null : isoSeconds(album.lastPlayedUts),
      rule: album.rule,
      confidence: album.confidence,
    })),
    rejected: rejected.map((album) => ({
      id: album.id,
      artist: album.artist,
      album: album.title,
      play_count: album.playCount,
      reason: album.reason,
    })),
  };
}
