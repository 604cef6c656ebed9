// A cache of an invented shelf, written straight into its tables: a sync of it would take longer than what is measured.
import { openDatabase } from "../../src/store/open-cache.ts";
import { refreshAlbumGroups } from "../../src/store/plays/album-groups.ts";
import { refreshLastPlayed } from "../../src/store/plays/track-albums.ts";
import { refreshSpins } from "../../src/store/plays/spins.ts";
import { refreshAlbums } from "../../src/sync/merging/album-links.ts";
import { refreshNameKeys, rematch } from "../../src/sync/matching/rematch.ts";

const nowUts = Math.floor(Date.now() / 1000);

/** The same "random" numbers on each run. */
function createSeededRandom(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const adjectives =
  "Amber Brittle Cobalt Distant Electric Feral Gentle Hollow Ivory Jagged Lunar Élan Größe".split(" ");
const nouns =
  "Atlas Bridges Cathedral Dials Engines Furnace Gardens Harbour Islands Kites Ladders Mirrors".split(" ");
const genres = ["Rock", "Jazz", "Electronic", "Funk / Soul", "Hip Hop", "Classical"];
const kinds = [
  ["album", "LP"],
  ["album", "CD"],
  ["album", "2×LP"],
  ["single", '7"'],
  ["ep", '12"'],
  ["box", "Box"],
  ["compilation", "CD"],
];
const tails = ["", "", "", " (Deluxe Edition)", " (Remastered)", " (Live)", " II"];

const getArtist = (at) => `${adjectives[at % 13]} ${nouns[(at >> 3) % 12]} ${at % 997}`;
export const getTitle = (at) =>
  `${adjectives[(at * 5) % 13]} ${nouns[(at * 7) % 12]} of ${nouns[at % 12]} ${at}${tails[at % 7]}`;

/** Two thirds of what is played is on the shelf, and each album is played in sittings of some songs. */
function fillDatabase(database, { records, scrobbles }) {
  const pick = createSeededRandom(7);
  const pickFrom = (list) => list[pick(list.length)];
  const albums = Math.round(records * 0.6);
  const release = database.prepare(
    "INSERT INTO release (id, master_id, title, year, genres, styles, artist, kind, form) VALUES (?, NULL, ?, ?, ?, '[]', ?, ?, ?)",
  );
  const artist = database.prepare("INSERT INTO release_artist VALUES (?, 0, ?, ?, '', '')");
  const format = database.prepare("INSERT INTO release_format VALUES (?, 0, 'Vinyl', 1, '', '[\"LP\"]')");
  const label = database.prepare("INSERT INTO release_label VALUES (?, 0, 1, ?, 'CAT 1')");
  const record = database.prepare(
    "INSERT INTO record (instance_id, release_id, folder_id, rating, date_added, added_uts) VALUES (?, ?, ?, ?, ?, ?)",
  );
  database.exec("INSERT INTO folder VALUES (1, 'Uncategorized'), (2, 'Jazz')");
  for (let at = 0; at < records; at += 1) {
    const name = getArtist(at % (records / 3));
    const [kind, form] = pickFrom(kinds);
    release.run(
      at + 1,
      getTitle(at),
      1950 + pick(75),
      JSON.stringify([pickFrom(genres), "Pop"]),
      name,
      kind,
      form,
    );
    artist.run(at + 1, pick(90_000), name);
    format.run(at + 1);
    label.run(at + 1, `Label ${pick(5_000)}`);
    const addedUts = nowUts - pick(400_000_000);
    record.run(at + 1, at + 1, 1 + pick(2), pick(6), new Date(addedUts * 1000).toISOString(), addedUts);
  }
  const track = database.prepare(
    "INSERT INTO track (id, artist, name, album, album_mbid, album_id) VALUES (?, ?, ?, ?, '', ?)",
  );
  const album = database.prepare(
    "INSERT INTO album (id, artist, title, play_count, chart_count) VALUES (?, ?, ?, 0, 0)",
  );
  for (let at = 0; at < albums; at += 1) {
    const place = at % 3 === 0 ? records + at : at;
    album.run(at + 1, getArtist(place % (records / 3)), getTitle(place));
    for (let song = 0; song < 5; song += 1) {
      track.run(at * 5 + song + 1, getArtist(place), `Song ${song + 1}`, getTitle(place), at + 1);
    }
  }
  const play = database.prepare(
    "INSERT OR IGNORE INTO scrobble (uts, track_id, occurrence) VALUES (?, ?, 1)",
  );
  let uts = nowUts - scrobbles * 900;
  for (let count = 0; count < scrobbles;) {
    const at = Math.floor(albums * (pick(1_000_000) / 1_000_000) ** 2);
    const songs = 1 + pick(5);
    uts += 3_000;
    for (let song = 0; song < songs && count < scrobbles; song += 1, count += 1) {
      uts += 240;
      play.run(uts, at * 5 + song + 1);
    }
  }
  database.exec(`
    UPDATE album SET chart_count = (SELECT count(*) FROM scrobble JOIN track ON track.id = track_id WHERE album_id = album.id);
    DELETE FROM track WHERE NOT EXISTS (SELECT 1 FROM scrobble WHERE track_id = track.id);
    DELETE FROM album WHERE chart_count = 0;`);
  const publish = database.prepare("INSERT INTO publication VALUES (?, ?, ?, ?, '{}')");
  for (const step of ["collection", "wantlist", "albums", "history"])
    publish.run(step, nowUts, nowUts, nowUts);
  // A sync does the same, so the next import or sync finds nothing to correct.
  refreshAlbums(database);
  refreshLastPlayed(database);
  refreshNameKeys(database);
  refreshAlbumGroups(database);
  refreshSpins(database);
}

/** Makes it; tells how many albums are in it. */
export async function generateCache(path, size) {
  const database = openDatabase(path, { mode: "write" });
  database.transaction(() => fillDatabase(database, size))();
  rematch(database);
  const albums = Number(database.prepare("SELECT count(*) FROM album").pluck().get());
  database.close();
  return albums;
}
