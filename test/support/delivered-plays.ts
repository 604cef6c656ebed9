// Compares the plays that the server stored with those that were really played.
import { querySources } from "../../src/queries/shelf/sources.ts";
import { deliverReports } from "./scrobble-delivery.ts";
import { generateReports } from "./scrobbling-clients.ts";
import { withHomeCache } from "./filled-cache.ts";
import { createSeededRandom } from "./random.ts";
import { runCliJson } from "./run-cli.ts";
import { createApiKey } from "./start-server.ts";
import { createTempDirectory } from "./temp-directories.ts";

interface Trial {
  readonly seed: number;
  /** How many tracks were really played. */
  readonly plays: number;
  readonly kills: number;
}

export async function checkDelivery({ seed, plays, kills }: Trial) {
  const random = createSeededRandom(seed);
  const home = createTempDirectory("rewind-scrobbles");
  const key = await createApiKey(home, "--write");
  const reports = generateReports(random, plays);
  const delivered = await deliverReports(reports, { home, key, random, kills });
  // The first command afterwards merges what the last kill left.
  const shown = (await runCliJson(["sources", "--json"], { home })) as { readonly plays: number };
  const stored = withHomeCache(home, (database) => ({
    reports: database
      .prepare<[], string>(
        `SELECT json_array(uts, artist, title, client) FROM source_play JOIN source_track ON source_track.id = source_track_id
         ORDER BY 1`,
      )
      .pluck()
      .all(),
    shown: shown.plays,
    merged: database.prepare<[], number>("SELECT count(*) FROM scrobble").pluck().get(),
    direct: querySources(database).sources.map(({ name, plays: own }) => ({ name, plays: own })),
  }));
  const expected = {
    reports: reports
      .map(({ listenedUts, play, client }) =>
        JSON.stringify([listenedUts, play.artist, play.title, client.name]),
      )
      .toSorted(),
    shown: plays,
    merged: plays,
    direct: [{ name: "direct", plays }],
  };
  return { delivered, stored, expected, reports: reports.length };
}
