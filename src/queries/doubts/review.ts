// What a person should look at, as a list: the doubts, the likely aliases, and the commands that settle them.
import type { ReviewDocument } from "../documents/matches.ts";
import type { Database } from "../../store/file/database.ts";
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
