// What a person should look at, as a list: the doubts, the likely aliases, and the commands that settle them.
import type { Database } from "../../store/file/database.ts";
import type { Keys } from "../documents/document.ts";
import { aliasCommand, settlingCommands } from "./commands.ts";
import { findDoubts, type Doubt, type Doubts } from "./doubts.ts";

interface ReviewQuestion {
  /** With what was skipped before. */
  readonly again: boolean;
  /** How many doubts to list; null: all. */
  readonly limit: number | null;
}

export interface ReviewAnswer extends Doubts {
  /** Those that are listed. */
  readonly listed: readonly Doubt[];
}

export function ask(database: Database, { again, limit }: ReviewQuestion): ReviewAnswer {
  const found = findDoubts(database, { again });
  return { ...found, listed: found.doubts.slice(0, limit ?? undefined) };
}

interface ReviewDocument {
  readonly doubts: readonly {
    readonly kind: Doubt["kind"];
    readonly record_ids: readonly number[];
    readonly release_ids: readonly number[];
    readonly artist: string;
    readonly title: string;
    readonly match_confidence: number;
    readonly plays_at_stake: number;
    readonly candidates: readonly {
      readonly id: number;
      readonly artist_name: string;
      readonly album_name: string;
      readonly play_count: number;
      readonly reason: string;
    }[];
    readonly commands: readonly string[];
  }[];
  readonly aliases: readonly {
    readonly name: string;
    readonly same_as: string;
    readonly titles: Doubts["aliases"][number]["titles"];
    readonly command: string;
  }[];
  readonly total: number;
  readonly skipped: number;
}

export const keys: Keys<ReviewDocument> = {
  doubts: {
    meaning: "ordered by plays at stake times doubt, the highest first",
    each: {
      kind: {
        meaning:
          "fuzzy: credited, and perhaps wrongly; tie: several fit alike; near: not credited, and close",
        note: "fuzzy, tie, near",
      },
      record_ids: "numbers of the records, one a release",
      release_ids: "the pressings that raise the question",
      artist: "of the record",
      title: "of the record",
      match_confidence: "0 when nothing is credited",
      plays_at_stake: "of the candidates, all together",
      candidates: {
        meaning: "fuzzy: the albums that are credited; else those that could be, one of them",
        each: {
          id: "12 is a12 on the screens",
          artist_name: "as scrobbled",
          album_name: "as scrobbled",
          play_count: "of this edition",
          reason: "why it fits, or why not quite",
        },
      },
      commands: "that settle it, the likeliest first",
    },
  },
  aliases: {
    meaning: "artists that are probably the same",
    each: {
      name: "as on the records",
      same_as: "as scrobbled",
      titles: "that both have",
      command: "that makes them one",
    },
  },
  total: "doubts in all, listed or not",
  skipped: "questions that were put off: --again asks them",
};

export function document({ listed, doubts, aliases, skipped }: ReviewAnswer): ReviewDocument {
  return {
    doubts: listed.map((doubt) => ({
      kind: doubt.kind,
      record_ids: doubt.recordIds,
      release_ids: doubt.releaseIds,
      artist: doubt.artist,
      title: doubt.title,
      match_confidence: doubt.confidence,
      plays_at_stake: doubt.playsAtStake,
      candidates: doubt.candidates.map(({ id, artist, title, playCount, reason }) => ({
        id,
        artist_name: artist,
        album_name: title,
        play_count: playCount,
        reason,
      })),
      commands: settlingCommands(doubt).map(({ command }) => command),
    })),
    aliases: aliases.map((proposal) => ({
      name: proposal.name,
      same_as: proposal.sameAs,
      titles: proposal.titles,
      command: aliasCommand(proposal),
    })),
    total: doubts.length,
    skipped,
  };
}
