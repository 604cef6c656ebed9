// How long one new play takes that a client sent, beside working out everything again: on a shelf of 3 000 records, with plays
// of nearly as many tracks.
//   npm run --silent build && npm run bench -- test/benchmarks/one-play.mjs [plays]
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { transact } from "../../src/store/file/database.ts";
import { createSourceImporter } from "../../src/store/plays/source-plays.ts";
import { addSubmittedPlays } from "../../src/store/plays/submitted-plays.ts";
import { openDatabase } from "../../src/store/open-cache.ts";
import { mergeChangedPlays, mergeSources, refreshPlays } from "../../src/sync/merging/merge-sources.ts";
import { generateCache, getTitle } from "./generate-cache.mjs";

const size = Number(process.argv[2] ?? 65_000);
const tracks = Math.round((size * 63) / 65);
const tracksPerAlbum = 10;
const startUts = Math.floor(Date.now() / 1000) - size * 1800;

/** One album in ten has the title of one on the shelf. */
function buildPlay(nth) {
  const song = (nth * 7919) % tracks;
  const album = Math.floor(song / tracksPerAlbum);
  return {
    startUts: startUts + nth * 1800,
    precisionSeconds: 1,
    artist: `Artist ${album % 2000}`,
    albumArtist: null,
    album: album % 10 === 0 ? getTitle(album) : `Album ${album}`,
    title: `Song ${song}`,
    durationSeconds: 200,
    recordingMbid: null,
    releaseMbid: null,
    releaseGroupMbid: null,
    origin: null,
    isEndStamped: false,
    hasOwnAlbum: true,
    sourceKey: null,
    client: "player",
  };
}

function* buildPlays() {
  for (let nth = 0; nth < size; nth += 1) yield buildPlay(nth);
}

function measure(what, work) {
  const began = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(began);
  const seconds = (user + system) / 1e6;
  console.log(`${what}: ${seconds.toFixed(2)} s of CPU`);
  return seconds;
}

const directory = mkdtempSync(join(tmpdir(), "rewind-one-play-"));
const path = join(directory, "rewind.db");
await generateCache(path, { records: 3_000, scrobbles: 1 });
const database = openDatabase(path, { mode: "write" });
try {
  transact(database, () => {
    createSourceImporter(database, { name: "direct", kind: "client" })(buildPlays());
    mergeSources(database);
  });
  const plays = [
    { what: "a known track", play: buildPlay(5) },
    { what: "a new track of a known album", play: { ...buildPlay(6), title: "New song" } },
    { what: "a new album", play: { ...buildPlay(7), title: "New song", album: "New album" } },
  ];
  const sums = { one: 0, all: 0 };
  for (const [at, { what, play }] of plays.entries()) {
    const sent = { ...play, startUts: startUts + (size + at) * 1800 };
    transact(database, () => addSubmittedPlays(database, [sent], sent.startUts));
    // The rollback gives the one play the same cache.
    database.exec("BEGIN");
    sums.all += measure(`everything again, ${what}`, () => {
      mergeChangedPlays(database);
      refreshPlays(database);
    });
    database.exec("ROLLBACK");
    sums.one += measure(`one play, ${what}`, () => transact(database, () => mergeSources(database)));
  }
  console.log(`${size} plays: everything again takes ${(sums.all / sums.one).toFixed(1)} × as long`);
} finally {
  database.close();
  rmSync(directory, { recursive: true, force: true });
}
