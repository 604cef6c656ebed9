// Whatever was imported, removed and synced before, and in whatever order, the plays are those of merging everything at once.
import { expect, test } from "vitest";
import { removeSource, resumeSource, stopSource } from "../../../src/actions/sources/listening-sources.ts";
import { querySources, buildSourcesDocument } from "../../../src/queries/shelf/sources.ts";
import { type Database, transact } from "../../../src/store/file/database.ts";
import { markAllDue } from "../../../src/store/plays/source-plays.ts";
import { mergeSources } from "../../../src/sync/merging/merge-sources.ts";
import { createTestCache } from "../../support/filled-cache.ts";
import { pickInteger, pickItem, createSeededRandom } from "../../support/random.ts";
import { getRoundCount, sampleItems } from "../../support/sampling.ts";
import {
  importFiles,
  generateOrderScenario,
  type ListeningFile,
  type ReadServiceStates,
  syncServices,
} from "./order-scenarios.ts";

const playColumns = "track.artist, track.name, track.album, album_mbid";

/** All that questions read of plays, without the ids that a cache gives. */
function readContent(database: Database) {
  const readAll = (sql: string): unknown[] => database.prepare(sql).raw().all();
  return {
    plays:
      readAll(`SELECT uts, ${playColumns}, occurrence, precision_seconds, source.name, album.artist, album.title
      FROM scrobble JOIN track ON track.id = track_id JOIN source ON source.id = source_id
      LEFT JOIN album ON album.id = album_id ORDER BY 1, 2, 3, 4, 5, 6`),
    sourcesOfPlays:
      readAll(`SELECT source.name, s.uts, t.artist, t.title, t.album, t.source_key, s.occurrence,
        play_uts, ${playColumns}, play_occurrence
      FROM source_play AS s JOIN source_track AS t ON t.id = source_track_id JOIN source ON source.id = s.source_id
      LEFT JOIN track ON track.id = play_track_id ORDER BY 1, 2, 3, 4, 5, 6, 7`),
    albums: readAll(`SELECT artist, title, play_count, chart_count, last_played_uts, spins FROM album
      LEFT JOIN album_spin ON album_id = album.id ORDER BY 1, 2`),
    shelf: readAll(`SELECT release_id, match.type, match.play_count, match.last_played_uts FROM match
      JOIN record ON record.id = record_id ORDER BY 1`),
    sources: buildSourcesDocument(querySources(database)).data.map(({ name, plays, shared, offsets }) => ({
      name,
      plays,
      shared,
      offsets,
    })),
  };
}

function readPlaysWithoutSource(database: Database): unknown[] {
  return database
    .prepare(
      `SELECT uts FROM scrobble WHERE source_id <> 1 AND NOT EXISTS (SELECT 1 FROM source_play
       WHERE (play_uts, play_track_id, play_occurrence) = (scrobble.uts, track_id, scrobble.occurrence))`,
    )
    .all();
}

function mergeAll(database: Database): void {
  transact(database, () => {
    markAllDue(database);
    mergeSources(database);
  });
}

const services = ["lastfm", "listenbrainz"] as const;
/** All 500: REWIND_GATE=whole REWIND_WORLDS=500. */
const scenarioCount = getRoundCount("REWIND_WORLDS", { few: 500, whole: 12 });
const seeds = Array.from({ length: scenarioCount }, (_, at) => at + 1);

test.each(sampleItems("orders of imports", seeds, 8))(
  "merges to the same plays in any order of imports, removals and syncs (seed %i)",
  async (seed) => {
    const random = createSeededRandom(seed);
    const fixture = generateOrderScenario(random);
    const database = createTestCache();
    const here = new Set<ListeningFile>();
    let syncs = 0;
    let isShelfRead = false;
    const read: Record<keyof ReadServiceStates, number | null> = { lastfm: null, listenbrainz: null };
    const stopped = new Set<string>();
    const taken: string[] = [];
    const expectSources = (): void => {
      expect({ taken, plays: readPlaysWithoutSource(database) }).toEqual({ taken, plays: [] });
    };
    const importToFixture = async (files: readonly ListeningFile[]): Promise<void> => {
      await importFiles(database, files);
      for (const file of files) here.add(file);
      expectSources();
    };
    const steps: Readonly<Record<string, () => Promise<void> | void>> = {
      import: () => importToFixture([pickItem(random, fixture.files)]),
      "import all of a source": () => {
        const { source } = pickItem(random, fixture.files);
        return importToFixture(fixture.files.filter((file) => file.source === source));
      },
      "import year by year": async () => {
        for (const file of fixture.files.toSorted((a, b) => a.part - b.part)) await importToFixture([file]);
      },
      remove: () => {
        const source = pickItem(random, [...fixture.files.map((file) => file.source), ...services]);
        removeSource({ database }, source);
        for (const file of here) if (file.source === source) here.delete(file);
        if (source in read) read[source as keyof ReadServiceStates] = null;
      },
      stop: () => {
        const service = pickItem(random, services);
        stopSource({ database, nowUts: 0, isSet: () => true }, service);
        stopped.add(service);
      },
      resume: () => {
        const service = pickItem(random, services);
        resumeSource({ database, isSet: () => true }, service);
        stopped.delete(service);
      },
      sync: async () => {
        const at = Math.min(syncs, fixture.services.length - 1);
        await syncServices(database, fixture, { lastfm: at, listenbrainz: at });
        for (const name of services) if (!stopped.has(name)) read[name] = at;
        isShelfRead = true;
        syncs += 1;
      },
    };
    for (let count = pickInteger(random, 4, 10); count > 0; count -= 1) {
      const isFirst = taken.length === 0 && random() < 0.6;
      const name = isFirst
        ? "import year by year"
        : pickItem(random, ["import", "import", "sync", ...Object.keys(steps)]);
      taken.push(name);
      await steps[name]?.();
      expectSources();
    }
    const content = readContent(database);

    const whole = createTestCache();
    await importFiles(whole, [...here]);
    if (isShelfRead) await syncServices(whole, fixture, read);
    mergeAll(whole);
    expect({ taken, ...content }).toEqual({ taken, ...readContent(whole) });
    mergeAll(database);
    expect({ taken, ...content }).toEqual({ taken, ...readContent(database) });
  },
);
