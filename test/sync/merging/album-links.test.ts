import { expect, test } from "vitest";
import { indexAlbums } from "../../../src/store/plays/track-albums.ts";
import { albumKeys, findScrobbleAlbum } from "../../../src/sync/merging/album-links.ts";
import { createTestCache } from "../../support/filled-cache.ts";

const albums = [
  { id: 1, artist: "Prince", title: "Purple Rain", mbid: "m-purple" },
  { id: 2, artist: "Various Artists", title: "Pulp Fiction", mbid: null },
  { id: 3, artist: "Queen", title: "Greatest Hits", mbid: null },
  { id: 4, artist: "Abba", title: "Greatest Hits", mbid: null },
  { id: 5, artist: "Various Artists", title: "Rock Classics", mbid: null },
  { id: 6, artist: "Toto", title: "Rock Classics", mbid: null },
  { id: 7, artist: "Massive Attack", title: "Mezzanine", mbid: "m-shared" },
  { id: 8, artist: "Massive Attack", title: "Mezzanine (Deluxe)", mbid: "m-shared" },
  { id: 9, artist: "Björk", title: "Début", mbid: null },
];

function createIndex(rows: typeof albums) {
  const database = createTestCache();
  const insert = database.prepare(
    "INSERT INTO album (id, artist, title, mbid, play_count, chart_count) VALUES (@id, @artist, @title, @mbid, 1, 1)",
  );
  for (const row of rows) insert.run(row);
  return indexAlbums(database, "all", albumKeys);
}

test.each([
  ["equal artist and title", "Prince", "Purple Rain", "", 1],
  ["equal names win over another album's mbid", "Queen", "Greatest Hits", "m-purple", 3],
  ["equal mbid, other names", "Wendy & Lisa", "Purple Rain (Live)", "m-purple", 1],
  ["an mbid of two albums tells nothing", "Someone", "Mezzanine remixed", "m-shared", null],
  ["a singer on a compilation", "Dusty Springfield", "Pulp Fiction", "", 2],
  ["a guest in the track's credit", "Prince feat. Sheila E.", "Purple Rain", "", 1],
  ["the band of the leader", "Prince & The Revolution", "Purple Rain", "", 1],
  ["another spelling of the artist", "PRINCE", "Purple Rain", "", 1],
  ["another spelling of the title", "Bjork", "debut", "", 9],
  ["the same title of two artists: the leader's", "Queen & Paul Rodgers", "Greatest Hits", "", 3],
  ["the same title of two artists, neither leading", "Boney M.", "Greatest Hits", "", null],
  ["a compilation and the leader's own: rivals", "Toto feat. Cher", "Rock Classics", "", null],
  ["a compilation, and a rival that doesn't lead", "Asia", "Rock Classics", "", 5],
  ["a name that only begins alike", "Princess", "Purple Rain", "", null],
  ["a name that ends like a word between artists", "Queenand", "Greatest Hits", "", null],
  ["no album tag", "Prince", "", "m-purple", null],
  ["a title that the chart doesn't have", "Prince", "Parade", "", null],
])("%s", (_, artist, album, albumMbid, expected) => {
  expect(findScrobbleAlbum({ artist, album, albumMbid }, createIndex(albums))).toBe(expected);
});
