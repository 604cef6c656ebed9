// The open questions of a review: doubts, likely aliases, and the commands that settle them.
import type { ReviewDocument } from "../documents/match-documents.ts";
import type { Database } from "../../store/file/database.ts";
import { aliasCommand, settlingCommands } from "./commands.ts";
import { allDoubts, type Doubt } from "./doubts.ts";
import { proposeAliases, type AliasProposal } from "../../match/alias-proposals.ts";
import {
  readAliases,
  readReviewNotes,
  type ReviewNote,
  storedAlbums,
} from "../../store/decisions/user-decisions.ts";
import { shelvedReleases } from "../../store/plays/record-matches.ts";

export interface Doubts {
  /** By plays at stake times doubt, the highest first. */
  readonly doubts: readonly Doubt[];
  readonly aliases: readonly AliasProposal[];
  /** The number of doubts left out because they were skipped before. */
  readonly skipped: number;
}

/** Leaves out dismissed questions. With `again`, skipped ones come back. */
export function findDoubts(database: Database, { again }: { readonly again: boolean }): Doubts {
  const verdictOf = readReviewNotes(database);
  let skipped = 0;
  const isOpen = (note: ReviewNote): boolean => {
    const verdict = verdictOf(note);
    if (verdict === "skipped" && !again) skipped += 1;
    return verdict === undefined || (verdict === "skipped" && again);
  };
  const doubts = allDoubts(database)
    .filter(({ releaseIds, subject }) => isOpen({ releaseId: releaseIds[0], subject }))
    .toSorted((a, b) => weightOf(b) - weightOf(a) || a.recordIds[0] - b.recordIds[0]);
  const aliases = proposeAliases(
    shelvedReleases(database),
    storedAlbums(database),
    readAliases(database),
  ).filter((proposal) => isOpen(aliasNote(proposal)));
  return { doubts, aliases, skipped };
}

interface ReviewQuestion {
  /** Includes what was skipped before. */
  readonly again: boolean;
  /** The number of doubts to list; null: all. */
  readonly limit: number | null;
}

export interface ReviewAnswer extends Doubts {
  readonly page: readonly Doubt[];
}

function weightOf({ playsAtStake, doubt }: Doubt): number {
  return playsAtStake * doubt;
}

/** The review note of an alias proposal, which belongs to no release. */
export function aliasNote({ name, sameAs }: AliasProposal): ReviewNote {
  return { releaseId: 0, subject: JSON.stringify(["alias", name, sameAs]) };
}

export function ask(database: Database, { again, limit }: ReviewQuestion): ReviewAnswer {
  const all = findDoubts(database, { again });
  return { ...all, page: all.doubts.slice(0, limit ?? undefined) };
}

export function document({ page, doubts, aliases, skipped }: ReviewAnswer): ReviewDocument {
  return {
    doubts: page.map((doubt) => ({
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
