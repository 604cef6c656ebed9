// Whatever was imported, removed and synced before, and in whatever order, the plays are those of merging everything at once.
import { expect, test } from "vitest";
import { ask as askSources, document as sourcesDocument } from "../../../src/queries/shelf/sources.ts";
import { transact, type Database } from "../../../src/store/file/database.ts";
import { markAllDue } from "../../../src/store/plays/source-plays.ts";
import { mergeSources } from "../../../src/sync/merging/merge-sources.ts";
import { newCache } from "../../support/filled-cache.ts";
import { between, pick, seeded } from "../../support/random.ts";
import { sampled } from "../../support/sample.ts";
import {
  importFiles,
  inventOrderWorld,
  type ListeningFile,
  removeFiles,
  syncServices,
} from "./order-worlds.ts";

/** All that questions read of plays, without the ids that a cache gives. */
const play = (uts: string): string => `${uts} AS uts, track.artist, track.name, track.album, album_mbid`;

function contentOf(database: Database) {
  const all = (sql: string): unknown[] => database.prepare(sql).raw().all();
  return {
    plays: all(`SELECT ${play("uts")}, occurrence, precision_seconds, source.name, album.artist, album.title
      FROM scrobble JOIN track ON track.id = track_id JOIN source ON source.id = source_id
      LEFT JOIN album ON album.id = album_id ORDER BY 1, 2, 3, 4, 5, 6`),
    sourcesOfPlays: all(`SELECT source.name, s.uts, t.artist, t.title, t.album, t.source_key, s.occurrence,
        ${play("play_uts")}, play_occurrence
      FROM source_play AS s JOIN source_track AS t ON t.id = source_track_id JOIN source ON source.id = s.source_id
      LEFT JOIN track ON track.id = play_track_id ORDER BY 1, 2, 3, 4, 5, 6, 7`),
    playsWithoutSource:
      all(`SELECT uts FROM scrobble WHERE source_id <> 1 AND NOT EXISTS (SELECT 1 FROM source_play
      WHERE (play_uts, play_track_id, play_occurrence) = (scrobble.uts, track_id, scrobble.occurrence))`),
    albums: all(`SELECT artist, title, play_count, chart_count, last_played_uts, spins FROM album
      LEFT JOIN album_spin ON album_id = album.id ORDER BY 1, 2`),
    shelf: all(`SELECT release_id, match.type, match.play_count, match.last_played_uts FROM match
      JOIN record ON record.id = record_id ORDER BY 1`),
    sources: sourcesDocument(askSources(database)).data.map((row) => {
      const { read_at: _, ...source } = row;
      return source;
    }),
  };
}

function mergeAtOnce(database: Database): void {
  transact(database, () => {
    markAllDue(database);
    mergeSources(database);
  });
}

const seeds = Array.from({ length: 500 }, (_, at) => at + 1);

test.each(sampled("orders of imports", seeds, 8))(
  "any order of imports, removals and syncs makes the same plays (seed %i)",
  async (seed) => {
    const random = seeded(seed);
    const world = inventOrderWorld(random);
    const database = newCache();
    const here = new Set<ListeningFile>();
    let syncs = 0;
    const steps: Readonly<Record<string, () => Promise<void> | void>> = {
      import: async () => {
        const file = pick(random, world.files);
        await importFiles(database, [file]);
        here.add(file);
      },
      "import all of a source": async () => {
        const { source } = pick(random, world.files);
        const files = world.files.filter((file) => file.source === source);
        await importFiles(database, files);
        for (const file of files) here.add(file);
      },
      remove: () => {
        const [file] = [...here].slice(between(random, 0, here.size));
        if (file === undefined) return;
        removeFiles(database, file.source);
        for (const one of here) if (one.source === file.source) here.delete(one);
      },
      sync: async () => {
        if (syncs === world.services.length) return;
        await syncServices(database, world, syncs);
        syncs += 1;
      },
    };
    const taken: string[] = [];
    for (let count = between(random, 4, 10); count > 0; count -= 1) {
      const name = pick(random, ["import", "import", ...Object.keys(steps)]);
      taken.push(name);
      await steps[name]?.();
    }
    const content = contentOf(database);
    expect([taken, content.playsWithoutSource]).toEqual([taken, []]);

    const whole = newCache();
    await importFiles(whole, [...here]);
    if (syncs > 0) await syncServices(whole, world, syncs - 1);
    mergeAtOnce(whole);
    expect([taken, content]).toEqual([taken, contentOf(whole)]);
    mergeAtOnce(database);
    expect([taken, content]).toEqual([taken, contentOf(database)]);
  },
);
