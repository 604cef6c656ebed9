// Finds the record on the shelf that is playing now.
import { createEditionKeyMaker } from "../statistics/artist-collections.ts";
import type { PlayingNow, PlayingReport } from "../../model/playing-now.ts";
import type { Database } from "../../store/file/database.ts";
import { listSql, queryValue, queryValues } from "../../store/file/sql.ts";
import { readFieldValues } from "../../store/shelf/custom-fields.ts";
import type { NowDocument } from "../documents/play-documents.ts";
import { findReleasesWithTrack } from "../find/collection-tracks.ts";
import { toIsoOrNull, toJsonRow } from "../records/json-rows.ts";
import { readRecordsById, type RecordRow } from "../records/read-records.ts";
import { createPageUrlBuilder, readHistoryState } from "../statistics/readiness.ts";

/** album: the record of the album that is playing. track: another record with the song. */
type FoundBy = "album" | "track";

interface PlayingRecord extends RecordRow {
  readonly foundBy: FoundBy;
  /** The value of the shelf field; null: none. */
  readonly shelf: string | null;
  readonly lastSpinUts: number | null;
}

export type NowResult = ReturnType<typeof queryNow>;

interface NowParameters {
  readonly report: PlayingReport;
  /** The custom field that says where a record stands; null: none. */
  readonly shelfField: string | null;
}

export function queryNow(database: Database, { report, shelfField }: NowParameters) {
  const { playing } = report;
  const found = playing === null ? null : findPlayingRecords(database, playing);
  return {
    ...report,
    record: found === null ? null : readPlayingRecord(database, found, shelfField),
    /** The copies on the shelf that it may be, that of `record` first. */
    recordIds: found?.recordIds ?? [],
    names: playing === null ? null : readNames(database, playing),
  };
}

interface FoundRecords {
  readonly foundBy: FoundBy;
  readonly recordIds: readonly [number, ...number[]];
}

/** The album decides; the song only if no record is a pressing of the album. */
function findPlayingRecords(database: Database, playing: PlayingNow): FoundRecords | null {
  const finders = { album: findRecordsByAlbum, track: findRecordsByTrack };
  for (const foundBy of ["album", "track"] as const) {
    const [first, ...others] = sortByPlays(database, finders[foundBy](database, playing));
    if (first !== undefined) return { foundBy, recordIds: [first, ...others] };
  }
  return null;
}

/** If you play the album, its matches decide; otherwise the name of the release. */
function findRecordsByAlbum(database: Database, { artist, album }: PlayingNow): number[] {
  if (album === null) return [];
  const key = createEditionKeyMaker(database)({ artist, title: album });
  const albumIds = queryValues<number>(database)`
    SELECT album_id FROM track WHERE artist = ${artist} AND album = ${album} AND album_id IS NOT NULL
    UNION SELECT id FROM album WHERE edition_key = ${key}`;
  return albumIds.length > 0
    ? queryValues<number>(database)`SELECT record_id FROM record_album WHERE album_id IN ${listSql(albumIds)}`
    : queryValues<number>(database)`
        SELECT record.id FROM record JOIN release ON release.id = release_id WHERE edition_key = ${key}`;
}

/** The records whose tracklist has the song, or whose album it was played from before. */
function findRecordsByTrack(database: Database, { artist, title }: PlayingNow): number[] {
  const releaseIds = findReleasesWithTrack(database, artist, title);
  return queryValues<number>(database)`
    SELECT id FROM record WHERE release_id IN ${listSql(releaseIds)}
    UNION SELECT record_id FROM record_album WHERE album_id IN (
      SELECT album_id FROM track WHERE artist = ${artist} AND name = ${title})`;
}

/** The most played first, and then the oldest. */
function sortByPlays(database: Database, recordIds: readonly number[]): number[] {
  return queryValues<number>(database)`
    SELECT record_id FROM match WHERE record_id IN ${listSql(recordIds)} ORDER BY play_count DESC, record_id`;
}

function readPlayingRecord(
  database: Database,
  { foundBy, recordIds: [id] }: FoundRecords,
  shelfField: string | null,
): PlayingRecord | null {
  const record = readRecordsById(database, [id]).get(id);
  if (record === undefined) return null;
  const isHistoryComplete = readHistoryState(database) === "complete";
  return {
    ...record,
    foundBy,
    shelf: shelfField === null ? null : (readFieldValues(database, shelfField, [id])?.get(id) ?? null),
    lastSpinUts: isHistoryComplete
      ? queryValue<number | null>(database, null)`SELECT last_spin_uts FROM match WHERE record_id = ${id}`
      : null,
  };
}

/** The numbers of the names in the cache; null where you never played it. */
function readNames(database: Database, { artist, title, album }: PlayingNow) {
  const queryId = queryValue<number | null>(database, null);
  return {
    trackId: queryId`
      SELECT min(id) FROM track WHERE artist = ${artist} AND name = ${title} AND album = ${album ?? ""}`,
    artistId: queryId`SELECT id FROM artist WHERE name = ${artist}`,
    albumId: queryId`SELECT min(album_id) FROM track WHERE artist = ${artist} AND album = ${album}`,
    url: createPageUrlBuilder(database)({ artist, track: title }),
  };
}

export function buildNowDocument({
  playing,
  source,
  unanswered,
  record,
  recordIds,
  names,
}: NowResult): NowDocument {
  return {
    is_playing: playing !== null,
    track:
      playing === null || names === null
        ? null
        : {
            id: names.trackId,
            name: playing.title,
            url: names.url,
            apple_music_url: null,
            preview_url: null,
            artist: { id: names.artistId, name: playing.artist },
            album: { id: names.albumId, name: playing.album, image: null },
            length_seconds: playing.lengthSeconds,
          },
    scrobbled_at: null,
    source,
    client: playing?.client ?? null,
    record:
      record === null
        ? null
        : {
            ...toJsonRow(record),
            found_by: record.foundBy,
            form: record.form,
            label: record.label,
            catalog_number: record.catalogNumber,
            folder: record.folder,
            shelf: record.shelf,
            spins: record.spins,
            last_spin: toIsoOrNull(record.lastSpinUts),
          },
    record_ids: recordIds,
    unanswered,
  };
}
