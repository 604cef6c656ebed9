// Another listening service is a folder and a row: with the row in the table, settings, sync and answers are there.
import { expect, onTestFinished, test, vi } from "vitest";
import type { Scrobble } from "../../src/model/model.ts";
import { defineFunctions } from "../../src/queries/conditions/sql-functions.ts";
import { recentAlbums } from "../../src/queries/time/played-names.ts";
import { playsPage } from "../../src/queries/albums/recent.ts";
import type { ListeningRow } from "../../src/sources/all-services.ts";
import { openForAsking } from "../../src/store/open-cache.ts";
import { cliWorld } from "../support/cli-world.ts";
import { virtualClock } from "../support/clock.ts";
import { cacheIn } from "../support/filled-cache.ts";
import { readContract } from "../support/contract-schema.ts";
import { noon } from "../support/run-cli.ts";
import { listensRow, startListens } from "../support/second-service.ts";
import { chartOf } from "../support/world.ts";

vi.mock("../../src/sources/all-services.ts", async (original) => {
  const table = await original<{ listeningServices: readonly ListeningRow[] }>();
  const { listensRow: row } = await import("../support/second-service.ts");
  return { ...table, listeningServices: [...table.listeningServices, row] };
});

async function listener() {
  const person = await cliWorld();
  const clock = virtualClock(noon);
  const { listener: owl } = person.worlds.lastfm;
  const listens: Scrobble[] = owl.plays.rows
    .filter(({ uts }) => uts > 0)
    .map(({ uts, artist, track, album }) => ({ uts, artist, track, album, albumMbid: null }));
  const user = { name: "NightOwl", listens };
  const server = await startListens(user, clock);
  onTestFinished(() => server.close());
  const env = {
    LASTFM_API_KEY: undefined,
    LASTFM_USERNAME: undefined,
    LISTENS_USERNAME: "nightowl",
    LISTENS_API_URL: server.url,
  };
  const rewind = (...argv: string[]) => person.rewind(argv, { env });
  return { person, user, server, rewind };
}

/** The albums that listens make: what the chart of another service would say. */
function countedFrom(listens: readonly Scrobble[]): Map<string, number> {
  const chart = chartOf(listens.map((listen) => ({ ...listen, albumArtist: listen.artist })));
  return new Map(chart.map(({ artist, title, playCount }) => [`${artist} · ${title}`, playCount]));
}

async function albumsOf(
  rewind: (...argv: string[]) => Promise<{ stdout: string }>,
): Promise<Map<string, number>> {
  const { stdout } = await rewind(
    "sql",
    "SELECT artist || ' · ' || title AS album, play_count FROM albums",
    "--as",
    "ndjson",
  );
  const rows = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { album: string; play_count: number });
  return new Map(rows.map(({ album, play_count }) => [album, play_count]));
}

test("a second listening service is synced, counted and used for answers", async () => {
  const { user, rewind } = await listener();
  const { code, stderr } = await rewind("sync");
  expect({ code, stderr }).toMatchObject({ code: 0 });
  expect(stderr).toMatch(new RegExp(`^ +history +${user.listens.length} scrobbles`, "m"));
  expect(stderr).toMatch(/^Listens +albums +\d+ albums/m);
  expect(await albumsOf(rewind)).toEqual(countedFrom(user.listens));

  const { data, summary } = readContract((await rewind("xref", "--all", "--json")).stdout);
  expect(data).toHaveLength(120);
  expect(summary.total_matches).toBeGreaterThan(20);
  expect(data.some(({ listening }) => listening["last_played"] !== null)).toBe(true);
});

test("new plays take few requests and count; without new plays nothing changes", async () => {
  const { user, server, rewind } = await listener();
  await rewind("sync");
  const [newest] = user.listens.toSorted((a, b) => b.uts - a.uts);
  const isNew = { uts: (newest?.uts ?? 0) + 300, artist: "Somebody New", track: "First", album: "Début" };
  user.listens = [...user.listens, { ...isNew, albumMbid: null }];
  const before = server.requests.length;
  expect((await rewind("sync")).stderr).toMatch(/albums .* 1 new/);
  expect(server.requests.length - before).toBeLessThanOrEqual(3);
  expect(await albumsOf(rewind)).toEqual(countedFrom(user.listens));
  const { stderr } = await rewind("sync");
  expect(stderr).toMatch(/history .* unchanged/);
  expect(stderr).toMatch(/albums .* unchanged/);
});

test("links lead to the second service", async () => {
  const { person, rewind } = await listener();
  await rewind("sync");
  const database = openForAsking(cacheIn(person.home));
  onTestFinished(() => void database.close());
  defineFunctions(database);
  const paging = { page: 1, limit: 1 };
  const [play] = playsPage(database, { span: null }, paging).data;
  expect(play?.track.url).toMatch(/^https:\/\/listens\.invalid\/./);
  const [album] = recentAlbums(database, 1);
  expect(album?.album.url).toMatch(/^https:\/\/listens\.invalid\/./);
});

test("its settings are named in errors, and its cache belongs to its accounts", async () => {
  const { person, rewind } = await listener();
  expect((await rewind("config", "get", "listens_username")).stdout).toBe("nightowl\n");
  expect((await rewind("sync", "--only", "listens")).code).toBe(0);
  expect((await rewind("status")).stdout).toContain("NightOwl");
  // The same cache with the accounts of another service.
  const other = await person.rewind(["sync"]);
  expect(other.code).toBe(4);
  expect(other.stderr).toContain("this cache belongs to NightOwl on Listens, not to NightOwl on Last.fm");
  const missing = await person.rewind(["sync"], { env: { LASTFM_API_KEY: undefined } });
  expect(missing.stderr).toContain("LASTFM_API_KEY");
  expect(listensRow.settings.secret).toBeNull();
});
