// A look back, as programs are told of it.
import { isoSeconds } from "../records/contract.ts";
import type { Keys } from "../documents/document.ts";
import type { RecapAnswer } from "./recap.ts";
import type { RecapRecord } from "./recap-events.ts";

interface ContractRecapRecord {
  readonly record_id: number;
  readonly artist: string;
  readonly title: string;
  readonly form: string;
  readonly added_at: string | null;
  readonly play_count: number;
  readonly spins: number | null;
}

interface RecapDocument {
  readonly from: string | null;
  readonly to: string | null;
  readonly plays: number;
  readonly usual_plays: number | null;
  readonly noted_plays: number;
  readonly on_shelf: {
    readonly owned: number;
    readonly not_owned: number;
    readonly no_album_tag: number | null;
    readonly albums: number;
    readonly albums_spun: number;
  };
  readonly first_time: readonly ContractRecapRecord[];
  readonly back_after_years: readonly (ContractRecapRecord & { readonly last_spin: string | null })[];
  readonly gaps: readonly {
    readonly id: number;
    readonly artist_name: string;
    readonly album_name: string;
    readonly play_count: number;
    readonly wanted: boolean;
  }[];
  readonly gaps_total: number;
  readonly new_records: { readonly records: number; readonly played: number };
  readonly to_settle: number;
  readonly months: readonly { readonly month: string; readonly plays: number }[] | null;
  readonly top_albums:
    | readonly {
        readonly artist_name: string;
        readonly album_name: string;
        readonly play_count: number;
        readonly spins: number | null;
        readonly owned: boolean;
      }[]
    | null;
  readonly top_artists:
    | readonly {
        readonly artist_name: string;
        readonly play_count: number;
        readonly owned_records: number;
      }[]
    | null;
  readonly longest_row: {
    readonly days: number;
    readonly from: string | null;
    readonly to: string | null;
  } | null;
}

const recordKeys: Keys<ContractRecapRecord> = {
  record_id: "the first of its copies",
  artist: "the credit as one reads it",
  title: "of the release",
  form: "LP, 2×LP, CD and the like",
  added_at: "to the collection, in UTC",
  play_count: "scrobbles within the span",
  spins: "within the span; null where that is not known",
};

export const keys: Keys<RecapDocument> = {
  from: "its first moment, in UTC",
  to: "the first moment after it",
  plays: "scrobbles",
  usual_plays:
    "of as many days: by the year before a span of up to a month, else by all that was before; null: unknown",
  noted_plays: "plays that you noted by hand",
  on_shelf: {
    meaning: "where the plays went",
    keys: {
      owned: "on albums that you own in any pressing",
      not_owned: "on other albums",
      no_album_tag: "of tracks that were scrobbled without an album",
      albums: "that you own and played",
      albums_spun: "of them with a sitting that heard half of it",
    },
  },
  first_time: { meaning: "albums on the shelf, never heard before", each: recordKeys },
  back_after_years: {
    meaning: "albums on the shelf that were not spun for two years or more",
    each: { ...recordKeys, last_spin: "the one before, in UTC" },
  },
  gaps: {
    meaning: "what was played and is not owned, as rewind gaps tells it; at most 20",
    each: {
      id: "as in a219",
      artist_name: "as Last.fm spells it",
      album_name: "as Last.fm spells it",
      play_count: "within the span",
      wanted: "whether it is on your wantlist",
    },
  },
  gaps_total: "how many there are",
  new_records: {
    meaning: "added to the collection within the span",
    keys: { records: "copies", played: "of them heard by now" },
  },
  to_settle: "doubtful matches, of whatever time",
  months: {
    meaning: "plays of each month; null for a span of up to 92 days, as the three below",
    each: { month: "2026-02", plays: "within the span" },
  },
  top_albums: {
    meaning: "the five most played",
    each: {
      artist_name: "as Last.fm spells it",
      album_name: "as Last.fm spells it",
      play_count: "within the span",
      spins: "within the span; null where that is not known",
      owned: "in any pressing",
    },
  },
  top_artists: {
    meaning: "the five most played",
    each: {
      artist_name: "as most of the scrobbles spell it",
      play_count: "within the span",
      owned_records: "your records by the artist",
    },
  },
  longest_row: {
    meaning: "the most days in a row with a play",
    keys: { days: "how many", from: "the beginning of the first day", to: "the beginning of the last day" },
  },
};

const iso = (uts: number | null): string | null => (uts === null ? null : isoSeconds(uts));

export function document(answer: RecapAnswer): RecapDocument {
  const { span, destinations, albums, gaps, long } = answer;
  const row = long?.longestRow ?? null;
  return {
    from: iso(span.fromUts),
    to: iso(span.toUts),
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
      last_spin: iso(record.lastSpinUts),
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
    longest_row: row === null ? null : { days: row.days, from: iso(row.fromUts), to: iso(row.lastUts) },
  };
}

function contractRecord(record: RecapRecord): ContractRecapRecord {
  return {
    record_id: record.id,
    artist: record.artist,
    title: record.title,
    form: record.form,
    added_at: iso(record.addedUts),
    play_count: record.plays,
    spins: record.spins,
  };
}
