// The JSON of `rewind recap`.
import type { ContractRecapRecord, RecapDocument } from "../documents/play-documents.ts";
import { isoSeconds } from "../records/contract.ts";
import type { RecapAnswer } from "./recap.ts";
import type { RecapRecord } from "./recap-events.ts";

export function document(answer: RecapAnswer): RecapDocument {
  const { span, destinations, albums, gaps, long } = answer;
  const row = long?.longestRow ?? null;
  return {
    from: isoSeconds(span.fromUts),
    to: isoSeconds(span.toUts),
    plays: answer.plays,
    usual_plays: answer.usualPlays,
    noted_plays: answer.notedPlays,
    on_shelf: {
      owned: destinations.owned,
      not_owned: destinations.notOwned,
      no_album_tag: destinations.noAlbumTag,
      albums: albums.played,
      albums_spun: albums.spun,
    },
    first_time: answer.firstTimes.map(contractRecord),
    back_after_years: answer.comebacks.map((record) => ({
      ...contractRecord(record),
      last_spin: isoSeconds(record.lastSpinUts),
    })),
    gaps: gaps.rows.map(({ id, artist, title, plays, isWanted }) => ({
      id,
      artist_name: artist,
      album_name: title,
      play_count: plays,
      wanted: isWanted,
    })),
    gaps_total: gaps.total,
    new_records: answer.added,
    to_settle: answer.doubts,
    months:
      long?.months.map(({ year, month, plays }) => ({
        month: `${year}-${String(month).padStart(2, "0")}`,
        plays,
      })) ?? null,
    top_albums:
      long?.topAlbums.map(({ artist, title, plays, spins, isOwned }) => ({
        artist_name: artist,
        album_name: title ?? "",
        play_count: plays,
        spins,
        owned: isOwned,
      })) ?? null,
    top_artists:
      long?.topArtists.map(({ artist, plays, ownedRecords }) => ({
        artist_name: artist,
        play_count: plays,
        owned_records: ownedRecords,
      })) ?? null,
    longest_row:
      row === null ? null : { days: row.days, from: isoSeconds(row.fromUts), to: isoSeconds(row.lastUts) },
  };
}

function contractRecord(record: RecapRecord): ContractRecapRecord {
  return {
    record_id: record.id,
    artist: record.artist,
    title: record.title,
    form: record.form,
    added_at: isoSeconds(record.addedUts),
    play_count: record.plays,
    spins: record.spins,
  };
}
