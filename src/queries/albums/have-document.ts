// The JSON of `rewind have`.
import type { HaveDocument } from "../documents/record-documents.ts";
import { contractCollection, isoSeconds } from "../records/contract.ts";
import type { HaveAnswer } from "./have.ts";

export function document({ isOwned, didYouMean, owned, wanted, played }: HaveAnswer): HaveDocument {
  return {
    owned: isOwned,
    did_you_mean: didYouMean,
    records: owned.flat().map(({ record, isExact, isWhole, creditedWith }) => ({
      collection: contractCollection(record),
      form: record.form,
      label: record.label,
      catalog_number: record.catalogNumber,
      folder: record.folder,
      play_count: record.playCount,
      spins: record.spins,
      last_played: isoSeconds(record.lastPlayedUts),
      exact: isExact,
      credited_with: creditedWith?.id ?? null,
      whole_words: isWhole,
    })),
    wanted: wanted.map((want) => ({
      release_id: want.releaseId,
      artist: want.artist,
      title: want.title,
      form: want.form,
      year: want.year,
      added_at: isoSeconds(want.addedUts),
    })),
    played: played.map((album) => ({
      id: album.id,
      artist_name: album.artist,
      album_name: album.title,
      play_count: album.plays,
      last_played: isoSeconds(album.lastPlayedUts),
      owned: album.isOwned,
    })),
  };
}
