// What can be asked in SQL: each view with what its columns mean. The views themselves are made by the cache's schema.

export interface ViewColumn {
  readonly name: string;
  readonly meaning: string;
}

export interface View {
  readonly name: string;
  readonly meaning: string;
  readonly columns: readonly ViewColumn[];
}

const columnsOf = (text: string): ViewColumn[] =>
  text
    .trim()
    .split("\n")
    .map((line) => {
      const at = line.indexOf(":");
      return { name: line.slice(0, at).trim(), meaning: line.slice(at + 1).trim() };
    });

export const views: readonly View[] = [
  {
    name: "records",
    meaning: "one row a copy in the collection",
    columns: columnsOf(`
id: the record's number, as every screen shows it
instance_id: Discogs' number of the copy
release_id: Discogs' number of the pressing
master_id: Discogs' number of the master, if it has one
artist: the credit as one reads it
title: the release's title
year: of the pressing
original_year: in which the album first came out, where MusicBrainz or Discogs' master told
kind: album, single, ep, compilation, box, other
form: LP, 2×LP, 7", CD, Box …
format: name of the first format: Vinyl, CD …
label: the first label
catalog_number: of the first label
genres: JSON list
styles: JSON list
folder: name of the collection's folder
rating: 1 to 5; 0 is not rated
added_at: when it came to the collection
added_uts: the same in unix seconds
fields: JSON object of the collection's custom fields
match_type: exact, fuzzy, artist_only, none
match_confidence: 1 for exact, 0.5 for artist_only, 0 for none
decided_by: matcher or user
album_artist: artist of the matched album, as Last.fm spells it
album_title: the matched album; of several editions the most played
play_count: plays of this album, all editions together
spins: sittings with half of it heard; empty where too few tracks are known to tell
last_played: its newest scrobble
last_played_uts: the same in unix seconds
release_mbid: MusicBrainz' id of the pressing
release_group_mbid: MusicBrainz' id of the album with all its editions
barcode: by MusicBrainz
country: of the pressing, two letters, by MusicBrainz`),
  },
  {
    name: "albums",
    meaning: "one row an album of Last.fm's chart",
    columns: columnsOf(`
id: the album's number: 12 is a12 on the screens
artist: as scrobbled
title: as scrobbled
play_count: plays
spins: sittings with half of it heard; empty where too few tracks are known to tell
last_played: its newest scrobble
last_played_uts: the same in unix seconds
mbid: MusicBrainz' id, where Last.fm has one
url: its page on Last.fm
owned: 1 when a record is credited with it, else 0`),
  },
  {
    name: "scrobbles",
    meaning: "one row a play of a track",
    columns: columnsOf(`
played_at: when; empty where Last.fm doesn't know
played_uts: the same in unix seconds, 0 where Last.fm doesn't know
artist: of the track
track: the track's name
album: the album tag; '' where there is none
album_id: the album that the play belongs to, if any`),
  },
  {
    name: "matches",
    meaning: "one row a record and album credited to it; one row a record without any",
    columns: columnsOf(`
record_id: the record's number
match_type: exact, fuzzy, artist_only, none
match_confidence: of the record's best album
rule: the rule that decided
decided_by: matcher or user
album_id: the credited album
album_artist: its artist; for artist_only the artist that is known
album_title: its title
album_play_count: its plays
album_rule: the rule that credited this album
album_confidence: how likely this album is the same`),
  },
  {
    name: "wants",
    meaning: "one row a release on the wantlist",
    columns: columnsOf(`
release_id: Discogs' number of the release
master_id: Discogs' number of the master, if it has one
artist: the credit as one reads it
title: the release's title
year: of the pressing
kind: album, single, ep, compilation, box, other
form: LP, 2×LP, 7", CD, Box …
format: name of the first format
genres: JSON list
styles: JSON list
rating: 1 to 5; 0 is not rated
added_at: when it came to the wantlist
added_uts: the same in unix seconds
notes: your notes`),
  },
];
