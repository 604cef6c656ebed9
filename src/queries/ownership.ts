// What is on the shelf, on the wantlist and hidden, by album: by these gaps are told.
import { foldArtist, isPlaceholderArtist } from "../match/text/artist-name.ts";
import type { Database } from "../store/database.ts";
import type { EditionKeyExpressions } from "./album-key.ts";

/** Albums owned in any pressing: those of the releases on the shelf, and those that some record is credited with. */
export function ownedKeys({ ofRelease, ofAlbum }: EditionKeyExpressions): string {
  return `SELECT ${ofRelease} FROM release WHERE id IN (SELECT release_id FROM record)
    UNION SELECT ${ofAlbum} FROM album WHERE id IN (SELECT album_id FROM credit)`;
}

export function wantedKeys({ ofRelease }: EditionKeyExpressions): string {
  return `SELECT ${ofRelease} FROM release WHERE id IN (SELECT release_id FROM want)`;
}

export function hiddenKeys({ ofHiddenAlbum }: EditionKeyExpressions): string {
  return `SELECT ${ofHiddenAlbum} FROM hidden_album`;
}

export interface ArtistShelf {
  readonly records: number;
  /** One of them that is a box set; null where none is. */
  readonly boxId: number | null;
}

const nothing: ArtistShelf = { records: 0, boxId: null };

/** How many records there are by each of some artists, by any name that stands on the sleeve. */
export function artistShelves(
  database: Database,
  artists: readonly string[],
): (artist: string) => ArtistShelf {
  const releases = new Map(
    artists
      .filter((artist) => !isPlaceholderArtist(artist))
      .map((artist) => [foldArtist(artist), new Set<number>()]),
  );
  if (releases.size === 0) return () => nothing;
  // Most names stand on several sleeves.
  const known = new Map<string, Set<number> | undefined>();
  const releasesUnder = (name: string): Set<number> | undefined => {
    if (!known.has(name)) known.set(name, releases.get(foldArtist(name)));
    return known.get(name);
  };
  const shelved = new Map<number, ArtistShelf>();
  const credits = database
    .prepare<[], [releaseId: number, artist: string, records: number, boxId: number | null]>(
      `SELECT release.id, release.artist, count(*), min(iif(release.kind = 'box', record.id, NULL))
       FROM release JOIN record ON record.release_id = release.id GROUP BY release.id`,
    )
    .raw();
  for (const [id, artist, records, boxId] of credits.iterate()) {
    shelved.set(id, { records, boxId });
    releasesUnder(artist)?.add(id);
  }
  const names = database
    .prepare<[], [releaseId: number, name: string, anv: string]>(
      "SELECT release_id, name, anv FROM release_artist",
    )
    .raw();
  for (const [id, name, anv] of names.iterate()) {
    releasesUnder(name)?.add(id);
    if (anv !== "") releasesUnder(anv)?.add(id);
  }
  return (artist) => {
    let shelf = nothing;
    for (const id of releases.get(foldArtist(artist)) ?? [])
      shelf = together(shelf, shelved.get(id) ?? nothing);
    return shelf;
  };
}

function together(one: ArtistShelf, other: ArtistShelf): ArtistShelf {
  const boxId =
    one.boxId === null || other.boxId === null
      ? (one.boxId ?? other.boxId)
      : Math.min(one.boxId, other.boxId);
  return { records: one.records + other.records, boxId };
}
