// A record in the machine-readable forms: the same names as in the views of rewind sql.
import type { Field } from "../../output/listing.ts";
import { isoSeconds } from "../../queries/contract.ts";
import type { RecordRow } from "../../queries/cross-reference.ts";

const isoOrNull = (uts: number | null): string | null => (uts === null ? null : isoSeconds(uts));

/** These names and their order are promised; more may follow them. */
export const recordFields: readonly Field<RecordRow>[] = [
  { name: "id", value: (row) => row.id, numeric: true },
  { name: "release_id", value: (row) => row.releaseId, numeric: true },
  { name: "master_id", value: (row) => row.masterId, numeric: true },
  { name: "artist", value: (row) => row.artist },
  { name: "title", value: (row) => row.title },
  { name: "year", value: (row) => row.year, numeric: true },
  { name: "kind", value: (row) => row.kind },
  { name: "form", value: (row) => row.form },
  { name: "format", value: (row) => row.format },
  { name: "label", value: (row) => row.label },
  { name: "catalog_number", value: (row) => row.catalogNumber },
  { name: "genres", value: (row) => row.genres },
  { name: "styles", value: (row) => row.styles },
  { name: "folder", value: (row) => row.folder },
  { name: "rating", value: (row) => row.rating, numeric: true },
  { name: "added_at", value: (row) => isoOrNull(row.addedUts) },
  { name: "play_count", value: (row) => row.playCount, numeric: true },
  { name: "spins", value: (row) => row.spins, numeric: true },
  { name: "last_played", value: (row) => isoOrNull(row.lastPlayedUts) },
  { name: "match_type", value: (row) => row.matchType },
  { name: "match_confidence", value: (row) => row.confidence, numeric: true },
  { name: "decided_by", value: (row) => row.decidedBy },
  { name: "album_artist", value: (row) => row.albumArtist },
  { name: "album_name", value: (row) => row.albumTitle },
  { name: "original_year", value: (row) => row.originalYear, numeric: true },
];

/** Follows the others where the order asks for it. */
export const artistPlaysField: Field<RecordRow> = {
  name: "artist_plays",
  value: (row) => row.artistPlays,
  numeric: true,
};
