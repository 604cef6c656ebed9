// Why a record is matched as it is: the explanation, and what a person wants to know beside it.
import type { ExplanationDocument } from "../documents/matches.ts";
import { strayPlays } from "../figures/play-counts.ts";
import type { Database } from "../../store/file/database.ts";
import type { StoredDecision, AlbumName } from "../../store/decisions/user-decisions.ts";
import { contractCollection, isoSeconds } from "../records/contract.ts";
import { createExplainer, decisionOf, type Explanation } from "./explanation.ts";
import { albumByName } from "../find/find-albums.ts";
import type { Hit } from "../find/find-records.ts";
import { heardAs, type HeardAs } from "./heard-as.ts";
import { readPublications } from "../../store/file/listings.ts";
import { historyState } from "../figures/readiness.ts";

export interface ExplainAnswer extends Explanation {
  readonly rejected: readonly (Explanation["rejected"][number] & { readonly lastPlayedUts: number | null })[];
  /** The copies of the album; the first is the one that is explained. */
  readonly copies: Hit;
  /** Whether they were all answered alike: the same type, the same albums. */
  readonly areCopiesAlike: boolean;
  readonly details: RecordDetails;
  /** The user's, where there is one. */
  readonly decision: StoredDecision | undefined;
  /** What the decision credits and is not in your plays now. */
  readonly absent: readonly AlbumName[];
  /** What is played by its artists; none for placeholders like Various. */
  readonly byArtists: { readonly albums: number; readonly plays: number };
  /** How many albums in the chart are by nobody, where the record is as well; null where it names an artist. */
  readonly namelessAlbums: number | null;
  /** Where nothing is credited because of what the record is. */
  readonly heardAs: HeardAs | null;
  readonly isHistoryComplete: boolean;
}

/** undefined: no such record on the shelf. */
export function ask(database: Database, copies: Hit): ExplainAnswer | undefined {
  const explainer = createExplainer(database);
  const explanation = explainer.explain(copies[0].id);
  if (explanation === undefined) return undefined;
  const { record, credited, decidedBy } = explanation;
  const release = explainer.release(record.releaseId);
  const albums = release === undefined ? [] : explainer.albumsByArtist(release);
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
    namelessAlbums: (release && explainer.namelessAlbums(release)?.length) ?? null,
    heardAs: isUncredited && release ? heardAs(database, record.kind, { release, albums }) : null,
    isHistoryComplete: historyState(readPublications(database)) === "complete",
  };
}

/** What a person knows a copy by: where it stands, which pressing it is. */
interface RecordDetails {
  readonly folder: string | null;
  readonly label: string | null;
  readonly addedUts: number | null;
  /** Sittings with half of a credited album, all credited albums together; null where that is not known. */
  readonly spins: number | null;
  /** How often it was noted, and when last; null: never. */
  readonly notedPlays: number;
  readonly lastNotedUts: number | null;
  /** Plays of its songs without their album, that no figure counts; 0 where the history isn't there. */
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
  const known = row ?? {
    folder: null,
    label: null,
    addedUts: null,
    spins: null,
    notedPlays: 0,
    lastNotedUts: null,
  };
  return { ...known, strayPlays: strayPlays(database, releaseId) };
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
