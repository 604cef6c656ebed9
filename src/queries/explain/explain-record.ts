// Explains a match, with everything else that a person wants to know about the record, and lists its plays.
import { compareSources } from "../../model/listening-sources.ts";
import { listeningServiceOf } from "../../sources/all-services.ts";
import { readAccounts } from "../../store/file/cache-facts.ts";
import { listeningSourceId } from "../../store/plays/merged-plays.ts";
import type { RecordPlaysDocument } from "../documents/sync-documents.ts";
import type { ExplanationDocument } from "../documents/match-documents.ts";
import { strayPlays } from "../figures/play-counts.ts";
import type { Database } from "../../store/file/database.ts";
import type { StoredDecision, AlbumName } from "../../store/decisions/user-decisions.ts";
import { contractCollection, isoSeconds } from "../records/contract.ts";
import { decisionOf, explainRecord, type Explanation } from "./explanation.ts";
import { albumByName } from "../find/find-albums.ts";
import type { Hit } from "../find/find-records.ts";
import { heardAs, type HeardAs } from "./heard-as.ts";
import { historyState } from "../figures/readiness.ts";

export interface ExplainAnswer extends Explanation {
  readonly rejected: readonly (Explanation["rejected"][number] & { readonly lastPlayedUts: number | null })[];
  /** The copies of the album. The first is the one that is explained. */
  readonly copies: Hit;
  /** True if all copies have the same match type and albums. */
  readonly areCopiesAlike: boolean;
  readonly details: RecordDetails;
  /** The user's decision, if there is one. */
  readonly decision: StoredDecision | undefined;
  /** Albums that the decision credits and that your plays do not have now. */
  readonly absent: readonly AlbumName[];
  /** Plays of the record's artists; empty for placeholders such as Various. */
  readonly byArtists: { readonly albums: number; readonly plays: number };
  /** For a record by nobody, the number of albums by nobody in the plays; otherwise null. */
  readonly namelessAlbums: number | null;
  /** Set if nothing is credited because of the record's kind. */
  readonly heardAs: HeardAs | null;
  readonly isHistoryComplete: boolean;
}

/** Returns undefined if the record is not on the shelf. */
export function ask(database: Database, copies: Hit): ExplainAnswer | undefined {
  const explanation = explainRecord(database, copies[0].id);
  if (explanation === undefined) return undefined;
  const { record, credited, decidedBy, release, albumsByArtist: albums, namelessAlbums } = explanation;
  const decision = decisionOf(database, copies[0]);
  const isUncredited = credited.length === 0 && decidedBy !== "user";
  const lastPlayed = database
    .prepare<[number], number | null>("SELECT last_played_uts FROM album WHERE id = ?")
    .pluck();
  return {
    ...explanation,
    rejected: explanation.rejected.map((album) => ({
      ...album,
      lastPlayedUts: lastPlayed.get(album.id) ?? null,
    })),
    copies,
    areCopiesAlike: areMatchedAlike(
      database,
      copies.map(({ id }) => id),
    ),
    details: recordDetails(database, record),
    decision,
    absent: (decision?.add ?? []).filter((name) => albumByName(database, name) === undefined),
    byArtists: { albums: albums.length, plays: albums.reduce((sum, { playCount }) => sum + playCount, 0) },
    namelessAlbums: namelessAlbums?.length ?? null,
    heardAs: isUncredited ? heardAs(database, record.kind, { release, albums }) : null,
    isHistoryComplete: historyState(database) === "complete",
  };
}

/** What identifies a copy: its place and its pressing. */
interface RecordDetails {
  readonly folder: string | null;
  readonly label: string | null;
  readonly addedUts: number | null;
  /** Spins of all credited albums together; null if unknown. */
  readonly spins: number | null;
  /** The number of logged plays and the last of them; null: never. */
  readonly notedPlays: number;
  readonly lastNotedUts: number | null;
  /** Plays of its songs that were scrobbled without their album; 0 without the listening history. */
  readonly strayPlays: number;
}

function recordDetails(
  database: Database,
  { id, releaseId }: Pick<Explanation["record"], "id" | "releaseId">,
): RecordDetails {
  const row = database
    .prepare<[number], Omit<RecordDetails, "strayPlays">>(
      `SELECT (SELECT name FROM folder WHERE id = record.folder_id) AS folder,
         (SELECT name FROM release_label WHERE release_id = record.release_id ORDER BY position LIMIT 1) AS label,
         record.added_uts AS addedUts,
         match.spins AS spins, match.noted_plays AS notedPlays,
         (SELECT max(start_uts) FROM noted_play WHERE release_id = record.release_id) AS lastNotedUts
       FROM record JOIN match ON match.record_id = record.id WHERE record.id = ?`,
    )
    .get(id);
  const facts = row ?? {
    folder: null,
    label: null,
    addedUts: null,
    spins: null,
    notedPlays: 0,
    lastNotedUts: null,
  };
  return { ...facts, strayPlays: strayPlays(database, releaseId) };
}

function areMatchedAlike(database: Database, recordIds: readonly number[]): boolean {
  const answers = new Set(
    recordIds.map((id) =>
      database
        .prepare<[number], string>(
          `SELECT type || (SELECT json_group_array(album_id) FROM (
             SELECT album_id FROM credit WHERE credit.record_id = match.record_id ORDER BY album_id))
           FROM match WHERE record_id = ?`,
        )
        .pluck()
        .get(id),
    ),
  );
  return answers.size <= 1;
}

export function document(explanation: Explanation): ExplanationDocument {
  const { record, kinds, type, confidence, rule, decidedBy, credited, rejected } = explanation;
  return {
    record: contractCollection(record),
    original_year: record.originalYear,
    kinds: { formats: kinds.said, musicbrainz: kinds.musicbrainz },
    decision: { match_type: type, match_confidence: confidence, rule, decided_by: decidedBy },
    credited: credited.map((album) => ({
      id: album.id,
      artist_name: album.artist,
      album_name: album.title,
      play_count: album.playCount,
      last_played: isoSeconds(album.lastPlayedUts),
      rule: album.rule,
      confidence: album.confidence,
    })),
    rejected: rejected.map((album) => ({
      id: album.id,
      artist_name: album.artist,
      album_name: album.title,
      play_count: album.playCount,
      reason: album.reason,
    })),
  };
}

export interface RecordPlay {
  /** 0: unknown. */
  readonly uts: number;
  readonly precisionSeconds: number;
  readonly artist: string;
  readonly track: string;
  readonly album: string;
  readonly sources: readonly string[];
}

interface PlayRow extends Omit<RecordPlay, "sources"> {
  readonly trackId: number;
  readonly occurrence: number;
  readonly sourceId: number;
}

/** The plays that a record is credited with, each with the sources that have it. Newest first. */
export function askPlays(database: Database, recordId: number): RecordPlay[] {
  const plays = database
    .prepare<[number], PlayRow>(
      `SELECT uts, precision_seconds AS precisionSeconds, artist, name AS track, album, track_id AS trackId, occurrence,
         source_id AS sourceId
       FROM track JOIN scrobble ON track_id = track.id
       WHERE album_id IN (SELECT album_id FROM credit WHERE record_id = ?)
       ORDER BY uts DESC, track_id, occurrence`,
    )
    .all(recordId);
  const sources = new Map<string, string[]>();
  const links = database
    .prepare<[string], [number, number, number, string]>(
      `SELECT play_uts, play_track_id, play_occurrence, name FROM source_play JOIN source ON source.id = source_id
       WHERE play_track_id IN (SELECT value FROM json_each(?))`,
    )
    .raw();
  const trackIds = [...new Set(plays.map(({ trackId }) => trackId))];
  for (const [uts, trackId, occurrence, name] of links.iterate(JSON.stringify(trackIds))) {
    const key = `${uts} ${trackId} ${occurrence}`;
    sources.set(key, [...(sources.get(key) ?? []), name]);
  }
  const own = listeningServiceOf(readAccounts(database)).id;
  return plays.map(({ trackId, occurrence, sourceId, ...play }) => ({
    ...play,
    sources: [
      ...(sourceId === listeningSourceId ? [own] : []),
      ...(sources.get(`${play.uts} ${trackId} ${occurrence}`) ?? []),
    ].toSorted(compareSources),
  }));
}

export function playsDocument(recordId: number, plays: readonly RecordPlay[]): RecordPlaysDocument {
  return {
    record: recordId,
    data: plays.map(({ uts, precisionSeconds, artist, track, album, sources }) => ({
      played_at: uts === 0 ? null : isoSeconds(uts),
      precision_seconds: precisionSeconds,
      artist_name: artist,
      track_name: track,
      album_name: album,
      sources,
    })),
  };
}
