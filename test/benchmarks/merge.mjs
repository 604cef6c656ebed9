// How long merging the plays of three listening sources takes, and how much memory: all at once, then 100 new plays.
//   npm run --silent build && npm run bench -- test/benchmarks/merge.mjs [plays of each source]
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "../../src/store/open-cache.ts";
import { transact } from "../../src/store/file/database.ts";
import { savePublication } from "../../src/store/file/listings.ts";
import { createSourceImporter } from "../../src/store/plays/source-plays.ts";
import { mergeChangedPlays } from "../../src/sync/merging/merge-sources.ts";
import { createPlayGenerator } from "./generate-plays.mjs";

const size = Number(process.argv[2] ?? 500_000);
const generatePlays = createPlayGenerator(size);

const cacheDirectory = process.argv[3];
const directory = cacheDirectory ?? mkdtempSync(join(tmpdir(), "rewind-merge-"));
const database = openDatabase(join(directory, "rewind.db"), { mode: "write" });
const listenbrainz = { name: "listenbrainz", kind: "service" };
const spotify = { name: "spotify", kind: "file" };

function measureStep(what, work) {
  const began = process.cpuUsage();
  transact(database, work);
  const { user, system } = process.cpuUsage(began);
  const mb = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(`${what}: ${((user + system) / 1e6).toFixed(2)} s of CPU, at most ${mb} MB so far`);
}

try {
  if (cacheDirectory === undefined) {
    measureStep("three sources written", () => {
      const track = database.prepare(
        "INSERT OR IGNORE INTO track (artist, name, album, album_mbid) VALUES (?, ?, ?, '')",
      );
      const find = database.prepare("SELECT id FROM track WHERE (artist, name, album) = (?, ?, ?)").pluck();
      const insert = database.prepare(
        "INSERT OR IGNORE INTO scrobble (uts, track_id, occurrence) VALUES (?, ?, 1)",
      );
      for (const { artist, title, album, startUts } of generatePlays(0, size, 0, "")) {
        track.run(artist, title, album);
        insert.run(startUts, find.get(artist, title, album));
      }
      const uts = start;
      savePublication(database, "history", {
        startedUts: uts,
        publishedUts: uts,
        fullReadUts: uts,
        detail: {},
      });
      createSourceImporter(database, listenbrainz)(generatePlays(0, size, 3, " (feat. Guest)"));
      createSourceImporter(database, spotify)(generatePlays(0, size, 5, " - Remastered 2011"));
    });
    database.close();
    // A process of its own has the memory of merging alone.
    spawnSync(process.execPath, [...process.execArgv, process.argv[1], String(size), directory], {
      stdio: "inherit",
    });
  } else {
    measureStep("merged", () => mergeChangedPlays(database));
    const countRows = (sql) => database.prepare(sql).pluck().get();
    console.log(`${Number(countRows("SELECT count(*) FROM scrobble"))} plays of ${size * 3} rows`);
    measureStep("100 new plays merged", () => {
      createSourceImporter(database, listenbrainz)(generatePlays(Math.floor(size * 1.19), 100, 4, " "));
      mergeChangedPlays(database);
    });
  }
} finally {
  database.close();
  if (cacheDirectory === undefined) rmSync(directory, { recursive: true, force: true });
}
