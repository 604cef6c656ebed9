// Homes with Discogs and one or more sources of plays: all answers agree on what was played.
import { expect, test } from "vitest";
import { cliWorld, type CliWorld } from "../support/cli-world.ts";
import { readContract, type ContractDocument } from "../support/contract-schema.ts";
import { datedPlays, listenBrainzOf, spotifyFile } from "../support/other-histories.ts";
import type { SourcesDocument } from "../../src/queries/documents/sync-documents.ts";
import type { RecapDocument, TopAlbumsDocument } from "../../src/queries/documents/play-documents.ts";
import type { StatsDocument } from "../../src/queries/documents/statistics-documents.ts";
import type { Play } from "../support/world.ts";

const withoutLastfm = { LASTFM_API_KEY: "", LASTFM_USERNAME: "" };

interface Home {
  readonly run: (...argv: string[]) => Promise<string>;
  readonly json: <Document>(...argv: string[]) => Promise<Document>;
  readonly records: () => Promise<ContractDocument>;
}

function homeOf(world: CliWorld, env: Readonly<Record<string, string>>): Home {
  const run: Home["run"] = async (...argv) => {
    const { code, stdout, stderr } = await world.rewind(argv, { env });
    expect({ argv, code, stderr: code === 0 ? "" : stderr }).toEqual({ argv, code: 0, stderr: "" });
    return stdout;
  };
  return {
    run,
    json: async <Document>(...argv: string[]) => JSON.parse(await run(...argv, "--json")) as Document,
    records: async () => readContract(await run("xref", "--all", "--json")),
  };
}

/** Expects that every answer has the same figures. Returns the number of plays. */
async function agreed({ json, records }: Home): Promise<number> {
  const { plays } = await json<SourcesDocument>("sources");
  const stats = await json<StatsDocument>("stats");
  const recap = await json<RecapDocument>("recap", "2000..");
  const [top] = (await json<TopAlbumsDocument>("top")).data;
  const [best] = (await records()).data;
  const { owned, not_owned, no_album_tag } = stats.plays;
  expect([stats.scrobbles, owned + not_owned + (no_album_tag ?? 0)]).toEqual([plays, plays]);
  expect(recap.top_albums?.[0]).toMatchObject({ album_name: top?.album_name, play_count: top?.play_count });
  const statement = `SELECT (SELECT count(*) FROM scrobbles) AS plays,
    (SELECT count(*) FROM scrobbles WHERE played_uts > 0) AS dated,
    (SELECT count(*) FROM scrobbles WHERE album_id = ${top?.album_id}) AS top,
    (SELECT play_count FROM records WHERE id = ${best?.collection.id}) AS best,
    (SELECT last_played FROM records WHERE id = ${best?.collection.id}) AS last`;
  expect(await json("sql", statement)).toEqual([
    {
      plays,
      dated: recap.plays,
      top: top?.play_count,
      best: best?.listening.play_count,
      last: best?.listening["last_played"],
    },
  ]);
  return plays;
}

test("Discogs and ListenBrainz alone", async () => {
  const world = await cliWorld();
  const plays = datedPlays(world);
  const listens = await listenBrainzOf(plays, { clock: world.clock });
  const home = homeOf(world, { ...withoutLastfm, ...listens });
  await home.run("sync");
  expect(await agreed(home)).toBe(plays.length);
});

test("Discogs and Spotify's files alone: the file comes first, then a sync reads the records", async () => {
  const world = await cliWorld();
  const plays = datedPlays(world);
  const home = homeOf(world, withoutLastfm);
  await home.run("import", spotifyFile(world.home, plays));
  await home.run("sync");
  expect(await agreed(home)).toBe(plays.length);
});

test("Last.fm, ListenBrainz and Spotify: each play counts once, and without the others all is as before", async () => {
  const world = await cliWorld();
  const plays = datedPlays(world);
  const alone = homeOf(world, {});
  await alone.run("sync");
  const before = await alone.records();
  const playsBefore = await agreed(alone);
  const listens = await listenBrainzOf(
    plays.filter((_, at) => at % 3 > 0),
    { clock: world.clock },
  );
  const home = homeOf(world, listens);
  const lastUts = Math.max(...plays.map(({ uts }) => uts));
  // The album is in Last.fm's chart; these plays are not.
  const known = plays.find(({ album }) => album !== "") as Play;
  const missing = [1, 2, 3].map((nth) => ({ ...known, uts: lastUts - nth * 40_000 }));
  await home.run("sync");
  await home.run("import", spotifyFile(world.home, [...plays.filter((_, at) => at % 2 > 0), ...missing]));
  expect(await agreed(home)).toBe(playsBefore + missing.length);
  await home.run("sources", "remove", "spotify", "--yes");
  await home.run("sources", "remove", "listenbrainz", "--yes");
  expect(await alone.records()).toEqual(before);
  expect(await agreed(alone)).toBe(playsBefore);
});
