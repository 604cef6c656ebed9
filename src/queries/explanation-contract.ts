// The JSON of rewind explain and rewind link.
import type { MatchType } from "../model.ts";
import { contractCollection, isoSeconds, type ContractCollection } from "./contract.ts";
import type { Explanation } from "./explanation.ts";

export interface ContractExplanation {
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

export function contractExplanation(explanation: Explanation): ContractExplanation {
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
