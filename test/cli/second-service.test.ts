// Another listening service is a folder and a row: with the row in the table, settings, sync and answers are there.
import { expect, onTestFinished, test, vi } from "vitest";
import { defineFunctions } from "../../src/queries/conditions/sql-functions.ts";
import { readRecentAlbums } from "../../src/queries/time/played-names.ts";
import { readPlaysPage } from "../../src/queries/albums/recent-plays.ts";
import type { ListeningServiceDefinition } from "../../src/sources/all-services.ts";
import { openForQueries } from "../../src/store/open-cache.ts";
import { createCliFixture, type CliFixture } from "../support/cli-fixture.ts";
import { getHomeCachePath } from "../support/filled-cache.ts";
import { parseContractDocument } from "../support/contract-schema.ts";
import { listener } from "../support/second-service.ts";
import { buildChart } from "../support/service-data.ts";

vi.mock("../../src/sources/all-services.ts", async (original) => {
  const table = await original<{ listeningServices: readonly ListeningServiceDefinition[] }>();
  const { listensRow } = await import("../support/second-service.ts");
  return { ...table, listeningServices: [...table.listeningServices, listensRow] };
});

/** A person whose plays of Last.fm are at the second service instead. */
async function createSecondServiceUser() {
  const person = await createCliFixture();
  const { rows } = person.worlds.lastfm.listener.plays;
  listener.plays = rows.filter(({ uts }) => uts > 0).map((play) => ({ ...play, albumArtist: play.artist }));
  const env = { LASTFM_API_KEY: undefined, LASTFM_USERNAME: undefined, LISTENS_USERNAME: "nightowl" };
  return { person, rewind: (...argv: string[]) => person.rewind(argv, { env }) };
}

function readAlbums({ home }: CliFixture): unknown[] {
  const database = openForQueries(getHomeCachePath(home));
  const albums = database.prepare("SELECT artist, title, play_count AS playCount FROM album").all();
  database.close();
  return albums;
}

test("a second listening service is synced and used for answers; its new plays count", async () => {
  const { person, rewind } = await createSecondServiceUser();
  const { code, stderr } = await rewind("sync");
  expect({ code, stderr }).toMatchObject({ code: 0 });
  expect(stderr).toMatch(new RegExp(`^ +history +${listener.plays.length} plays`, "m"));
  expect(stderr).toMatch(/^Listens +albums +\d+ albums/m);
  const { data, summary } = parseContractDocument((await rewind("xref", "--all", "--json")).stdout);
  expect(data).toHaveLength(120);
  expect(summary.total_matches).toBeGreaterThan(20);
  expect(data.some(({ listening }) => listening["last_played"] !== null)).toBe(true);

  const newestUts = Math.max(...listener.plays.map(({ uts }) => uts));
  const names = { artist: "Somebody New", albumArtist: "Somebody New", track: "First", album: "Début" };
  listener.plays = [...listener.plays, { ...names, uts: newestUts + 300, albumMbid: null }];
  expect((await rewind("sync")).stderr).toMatch(/albums .* 1 new/);
  const counted = buildChart(listener.plays).map(({ artist, title, playCount }) => ({
    artist,
    title,
    playCount,
  }));
  expect(new Set(readAlbums(person))).toEqual(new Set(counted));
  expect((await rewind("sync")).stderr).toMatch(/albums .* unchanged[^]*history .* unchanged/);
});

test("links lead to the second service", async () => {
  const { person, rewind } = await createSecondServiceUser();
  await rewind("sync");
  const database = openForQueries(getHomeCachePath(person.home));
  onTestFinished(() => void database.close());
  defineFunctions(database);
  const [play] = readPlaysPage(database, { period: null }, { page: 1, limit: 1 }).data;
  expect(play?.track.url).toMatch(/^https:\/\/listens\.invalid\/./);
  const [album] = readRecentAlbums(database, 1);
  expect(album?.album.url).toMatch(/^https:\/\/listens\.invalid\/./);
});

test("its settings are named in errors, and its cache belongs to its accounts", async () => {
  const { person, rewind } = await createSecondServiceUser();
  expect((await rewind("config", "get", "listens_username")).stdout).toBe("nightowl\n");
  expect((await rewind("sync", "--only", "listens")).code).toBe(0);
  expect((await rewind("status")).stdout).toContain("NightOwl");
  // The same cache with the accounts of another service.
  const other = await person.rewind(["sync"]);
  expect(other.code).toBe(4);
  expect(other.stderr).toContain("this cache belongs to NightOwl on Listens, not to NightOwl on Last.fm");
  const missing = await person.rewind(["sync"], { env: { LASTFM_API_KEY: undefined } });
  expect(missing.stderr).toContain("LASTFM_API_KEY");
});
