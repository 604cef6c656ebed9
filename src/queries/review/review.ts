// The open questions of a review: review items, likely aliases, and the commands that answer them.
import type { ReviewDocument, ChangesDocument, JsonMatch } from "../documents/match-documents.ts";
import { toJsonAlbum } from "../records/json-rows.ts";
import { iterateRows, queryRows } from "../../store/file/sql.ts";
import type { Database } from "../../store/file/database.ts";
import { readReviewItems, type ReviewItem } from "./review-items.ts";
import { buildAliasCommand, buildReviewCommands } from "./review-commands.ts";
import { proposeAliases, type NamedEdition } from "../../match/alias-proposals.ts";
import {
  readAliases,
  createVerdictFinder,
  type NamePair,
  type ReviewKey,
} from "../../store/decisions/user-decisions.ts";
import type { MatchType } from "../../model/model.ts";

export type OpenReview = ReturnType<typeof readOpenReview>;

/** Leaves out dismissed questions. With `again`, skipped ones come back. */
export function readOpenReview(database: Database, { again }: { readonly again: boolean }) {
  const getVerdict = createVerdictFinder(database);
  let [skipped, dismissed] = [0, 0];
  const isOpen = (key: ReviewKey): boolean => {
    const verdict = getVerdict(key);
    if (verdict === "skipped" && !again) skipped += 1;
    if (verdict === "dismissed") dismissed += 1;
    return verdict === undefined || (verdict === "skipped" && again);
  };
  const items = readReviewItems(database)
    .filter(({ releaseIds, subject }) => isOpen({ releaseId: releaseIds[0], subject }))
    .toSorted((a, b) => computeReviewWeight(b) - computeReviewWeight(a) || a.recordIds[0] - b.recordIds[0]);
  const ownedByOneArtist = iterateRows<NamedEdition>(database)`
    SELECT name AS artist, edition_key AS editionKey FROM release JOIN release_artist ON release_id = release.id
    WHERE release.id IN (SELECT release_id FROM record) AND edition_key IS NOT NULL
    GROUP BY release.id HAVING count(*) = 1`;
  const played = iterateRows<NamedEdition>(database)`
    SELECT artist, edition_key AS editionKey FROM album WHERE edition_key IS NOT NULL ORDER BY id`;
  const aliases = proposeAliases(ownedByOneArtist, played, readAliases(database)).filter((proposal) =>
    isOpen(toAliasReviewKey(proposal)),
  );
  return {
    /** The items by plays at stake times uncertainty, the highest first. */
    items,
    aliases,
    /** The number of questions left out because they were skipped before. */
    skipped,
    /** The number of questions that were answered with no. */
    dismissed,
  };
}

export type ReviewResult = ReturnType<typeof queryReview>;

function computeReviewWeight({ playsAtStake, uncertainty }: ReviewItem): number {
  return playsAtStake * uncertainty;
}

/** The key of an alias proposal, which belongs to no release. */
export function toAliasReviewKey({ name, sameAs }: NamePair): ReviewKey {
  return { releaseId: 0, subject: JSON.stringify(["alias", name, sameAs]) };
}

/** `again` includes what was skipped before. `limit` null: all items. */
export function queryReview(
  database: Database,
  { again, limit }: { readonly again: boolean; readonly limit: number | null },
) {
  const all = readOpenReview(database, { again });
  return { ...all, page: all.items.slice(0, limit ?? undefined) };
}

export function buildReviewDocument({ page, items, aliases, skipped }: ReviewResult): ReviewDocument {
  return {
    items: page.map((item) => ({
      kind: item.kind,
      record_ids: item.recordIds,
      release_ids: item.releaseIds,
      artist: item.artist,
      title: item.title,
      match_confidence: item.confidence,
      plays_at_stake: item.playsAtStake,
      candidates: item.candidates.map((album) => ({ ...toJsonAlbum(album), reason: album.reason })),
      commands: buildReviewCommands(item).map(({ command }) => command),
    })),
    aliases: aliases.map((proposal) => ({
      name: proposal.name,
      same_as: proposal.sameAs,
      titles: proposal.titles,
      command: buildAliasCommand(proposal),
    })),
    total: items.length,
    skipped,
  };
}

export interface MatchSnapshot {
  readonly type: MatchType;
  readonly confidence: number;
  readonly albums: readonly (readonly [artist: string, title: string])[];
  readonly playCount: number;
}

export type ChangedMatch = ReturnType<typeof readChangedMatches>[number];

/** The largest difference in plays first. */
export function readChangedMatches(database: Database) {
  const rows = queryRows<Record<"artist" | "title" | "before" | "now", string> & { recordId: number }>(
    database,
  )`
    SELECT record.id AS recordId, release.artist AS artist, release.title AS title,
      json_object('type', old.type, 'confidence', old.confidence, 'albums', json(old.albums),
        'playCount', old.play_count) AS before,
      json_object('type', match.type, 'confidence', match.confidence, 'playCount', match.play_count, 'albums',
        (SELECT json_group_array(json_array(artist, title)) FROM (
           SELECT album.artist, album.title FROM album_match JOIN album ON album.id = album_match.album_id
           WHERE album_match.record_id = record.id ORDER BY play_count DESC, album.id))) AS now
    FROM former_match AS old JOIN record ON record.id = old.record_id
    JOIN release ON release.id = record.release_id JOIN match ON match.record_id = record.id
    ORDER BY abs(match.play_count - old.play_count) DESC, record.id`;
  return rows.map(({ before, now, ...record }) => ({
    ...record,
    before: JSON.parse(before) as MatchSnapshot,
    now: JSON.parse(now) as MatchSnapshot,
  }));
}

export function buildChangesDocument(changes: readonly ChangedMatch[]): ChangesDocument {
  return {
    changed: changes.map(({ recordId, artist, title, before, now }) => ({
      record_id: recordId,
      artist,
      title,
      before: toJsonMatch(before),
      now: toJsonMatch(now),
    })),
  };
}

function toJsonMatch({ type, confidence, albums, playCount }: MatchSnapshot): JsonMatch {
  return {
    match_type: type,
    match_confidence: confidence,
    albums: albums.map(([artist, title]) => ({ artist_name: artist, album_name: title })),
    play_count: playCount,
  };
}
