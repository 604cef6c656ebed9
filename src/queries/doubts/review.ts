// The open questions of a review: doubts, likely aliases, and the commands that settle them.
import type { ReviewDocument, ChangesDocument, ContractVerdict } from "../documents/match-documents.ts";
import { contractAlbum } from "../records/contract.ts";
import { rowsOf } from "../../store/file/sql.ts";
import type { Database } from "../../store/file/database.ts";
import { allDoubts, type Doubt } from "./doubts.ts";
import { aliasCommand, settlingCommands } from "./commands.ts";
import { proposeAliases } from "../../match/alias-proposals.ts";
import {
  readAliases,
  readReviewNotes,
  type NamePair,
  type ReviewNote,
  storedAlbums,
} from "../../store/decisions/user-decisions.ts";
import { shelvedReleases } from "../../store/plays/record-matches.ts";
import type { MatchType } from "../../model/model.ts";

export type Doubts = ReturnType<typeof findDoubts>;

/** Leaves out dismissed questions. With `again`, skipped ones come back. */
export function findDoubts(database: Database, { again }: { readonly again: boolean }) {
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
  return {
    /** By plays at stake times doubt, the highest first. */
    doubts,
    aliases,
    /** The number of doubts left out because they were skipped before. */
    skipped,
  };
}

export type ReviewAnswer = ReturnType<typeof ask>;

function weightOf({ playsAtStake, doubt }: Doubt): number {
  return playsAtStake * doubt;
}

/** The review note of an alias proposal, which belongs to no release. */
export function aliasNote({ name, sameAs }: NamePair): ReviewNote {
  return { releaseId: 0, subject: JSON.stringify(["alias", name, sameAs]) };
}

/** `again` includes what was skipped before. `limit` null: all doubts. */
export function ask(
  database: Database,
  { again, limit }: { readonly again: boolean; readonly limit: number | null },
) {
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
      candidates: doubt.candidates.map((album) => ({ ...contractAlbum(album), reason: album.reason })),
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

export interface MatchVerdict {
  readonly type: MatchType;
  readonly confidence: number;
  readonly albums: readonly (readonly [artist: string, title: string])[];
  readonly playCount: number;
}

export type ChangedMatch = ReturnType<typeof changedMatches>[number];

/** The largest difference in plays first. */
export function changedMatches(database: Database) {
  const rows = rowsOf<Record<"artist" | "title" | "before" | "now", string> & { recordId: number }>(database)`
    SELECT record.id AS recordId, release.artist AS artist, release.title AS title,
      json_object('type', old.type, 'confidence', old.confidence, 'albums', json(old.albums),
        'playCount', old.play_count) AS before,
      json_object('type', match.type, 'confidence', match.confidence, 'playCount', match.play_count, 'albums',
        (SELECT json_group_array(json_array(artist, title)) FROM (
           SELECT album.artist, album.title FROM credit JOIN album ON album.id = credit.album_id
           WHERE credit.record_id = record.id ORDER BY play_count DESC, album.id))) AS now
    FROM former_match AS old JOIN record ON record.id = old.record_id
    JOIN release ON release.id = record.release_id JOIN match ON match.record_id = record.id
    ORDER BY abs(match.play_count - old.play_count) DESC, record.id`;
  return rows.map(({ before, now, ...record }) => ({
    ...record,
    before: JSON.parse(before) as MatchVerdict,
    now: JSON.parse(now) as MatchVerdict,
  }));
}

export function changesDocument(changes: readonly ChangedMatch[]): ChangesDocument {
  return {
    changed: changes.map(({ recordId, artist, title, before, now }) => ({
      record_id: recordId,
      artist,
      title,
      before: contractVerdict(before),
      now: contractVerdict(now),
    })),
  };
}

function contractVerdict({ type, confidence, albums, playCount }: MatchVerdict): ContractVerdict {
  return {
    match_type: type,
    match_confidence: confidence,
    albums: albums.map(([artist, title]) => ({ artist_name: artist, album_name: title })),
    play_count: playCount,
  };
}
