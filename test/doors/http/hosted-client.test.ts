// A client that was written for the hosted service works against one's own cache by changing nothing but the base URL.
import { expect, onTestFinished, test } from "vitest";
import { memoryServices } from "../../../src/demo/memory-services.ts";
import { sampleAccounts, sampleListings } from "../../../src/demo/demo-sample.ts";
import { hostedClient, HostedError, type HostedClient, type Page } from "../../support/hosted-client.ts";
import { noon } from "../../support/run-cli.ts";
import { sampleHome } from "../../support/sample-home.ts";
import { newKey, serving } from "../../support/serving.ts";

async function client(): Promise<{ readonly hosted: HostedClient; readonly address: string }> {
  const home = await sampleHome();
  const key = await newKey(home, "--admin");
  const services = memoryServices(sampleListings(noon));
  const { address, stop } = await serving([], { home, services, accounts: sampleAccounts });
  onTestFinished(async () => {
    await stop();
  });
  return { hosted: hostedClient(address, key), address };
}

async function allOf<Item>(ask: (page: number) => Promise<Page<Item>>): Promise<readonly Item[]> {
  const first = await ask(1);
  const rows = [...first.data];
  for (let page = 2; page <= first.pagination.total_pages; page += 1) rows.push(...(await ask(page)).data);
  expect(rows).toHaveLength(first.pagination.total);
  return rows;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);

test("the collection adds up, from whichever side it is asked", async () => {
  const { hosted } = await client();
  const matches = await allOf((page) => hosted.crossReference({ page, limit: 10 }));
  const items = await allOf((page) => hosted.collection({ page, limit: 25, sort: "title", order: "asc" }));
  expect(new Set(matches.map(({ collection }) => collection.id))).toEqual(new Set(items.map(({ id }) => id)));
  const { summary } = await hosted.crossReference({ filter: "unlistened" });
  expect(summary.unlistened_count).toBe(matches.filter(({ listening }) => listening.play_count === 0).length);
  expect(summary.total_matches).toBe(
    matches.filter(({ listening }) => listening.match_type !== "none").length,
  );
  const [first] = items;
  const whole = await hosted.item(first?.id ?? 0);
  expect(whole).toMatchObject({ ...first });
  expect(Array.isArray(JSON.parse(whole.format_detail))).toBe(true);
  expect(whole.image?.url ?? "https://").toMatch(/^https:/);
  const stats = await hosted.collectionStats();
  expect(stats.total_items).toBe(items.length);
  expect(sum(Object.values(stats.by_format))).toBe(items.length);
  expect(sum((await hosted.formats()).map(({ count }) => count))).toBe(items.length);
  expect((await hosted.genres()).length).toBeGreaterThan(1);
  expect((await hosted.collectedArtists(3)).map((artist) => artist.release_count > 0)).toEqual([
    true,
    true,
    true,
  ]);
  expect((await hosted.wantlist()).pagination.total).toBe(stats.wantlist_count);
  const [newest] = await hosted.addedLately({ limit: 1 });
  expect(newest?.date_added).toBe(
    items.map((item) => item.date_added).toSorted((a, b) => Date.parse(b) - Date.parse(a))[0],
  );
  const { total, days, max_day: most } = await hosted.collectingCalendar(2015);
  expect(sum(days.map(({ count }) => count))).toBe(total);
  expect(most.count).toBe(Math.max(...days.map(({ count }) => count)));
});

test("the listening adds up as well", async () => {
  const { hosted } = await client();
  const stats = await hosted.listeningStats();
  const history = await allOf((page) => hosted.history({ page, limit: 200 }));
  expect(history).toHaveLength(stats.total_scrobbles);
  expect(await hosted.recent({ limit: 5 })).toEqual(history.slice(0, 5));
  expect(new Set(history.map(({ artist }) => artist.id)).size).toBe(stats.unique_artists);
  const years = await hosted.years();
  expect(sum(years.map((year) => year.total_scrobbles))).toBe(stats.total_scrobbles);
  const [year = { year: 0, total_scrobbles: 0 }] = years;
  expect((await hosted.year(year.year)).total_scrobbles).toBe(year.total_scrobbles);
  expect((await hosted.listeningCalendar(year.year)).total).toBe(year.total_scrobbles);
  for (const what of ["artists", "albums", "tracks"] as const) {
    const { period, data } = await hosted.top(what, { period: "overall", limit: 5 });
    expect([what, period, data.map(({ rank }) => rank)]).toEqual([what, "overall", [1, 2, 3, 4, 5]]);
    expect(data.map(({ playcount }) => playcount)).toEqual(
      data.map(({ playcount }) => playcount).toSorted((a, b) => b - a),
    );
  }
  const artists = await allOf((page) => hosted.artists({ page, limit: 50 }));
  const [favourite = { id: 0, name: "", playcount: 0 }] = artists;
  expect(await hosted.artist(favourite.id)).toMatchObject({ id: favourite.id, name: favourite.name });
  const [album = { id: 0, name: "", playcount: 0 }] = (await hosted.albums({ sort: "playcount" })).data;
  const inFull = await hosted.album(album.id);
  expect(inFull).toMatchObject({ id: album.id, name: album.name, playcount: album.playcount });
  expect(inFull.tracks.length).toBeGreaterThan(0);
  expect((await hosted.albums({ search: album.name, artist: inFull.artist.name })).data).toContainEqual(
    expect.objectContaining({ id: album.id }),
  );
  const { data: months } = await hosted.trends("scrobbles");
  expect(months.every(({ period }) => /^\d{4}-\d\d$/.test(period))).toBe(true);
  const { current, longest } = await hosted.streaks();
  expect(longest.days).toBeGreaterThanOrEqual(current.days);
  expect(await hosted.recentAlbums(3)).toHaveLength(3);
  expect(await hosted.nowPlaying()).toMatchObject({ is_playing: false });
});

test("keys, syncs and failures are those that it knows", async () => {
  const { hosted, address } = await client();
  expect(await hosted.health()).toMatchObject({ status: "ok" });
  const described = Object.keys((await hosted.openApi()).paths);
  expect(described).toContain("/v1/collecting/cross-reference");
  const { id, key, key_hint: hint } = await hosted.createKey("dashboard", "read");
  expect(key.endsWith(hint)).toBe(true);
  expect(await hosted.keys()).toContainEqual(
    expect.objectContaining({ id, name: "dashboard", scope: "read", is_active: true }),
  );
  const reading = hostedClient(address, key);
  expect((await reading.crossReference()).data).toHaveLength(20);
  const refusals: readonly (readonly [() => Promise<unknown>, number])[] = [
    [() => reading.syncCollecting(), 403],
    [() => reading.item(4711), 404],
    [() => reading.crossReference({ sort: "newest" }), 400],
    [() => reading.history({ limit: 1000 }), 400],
    [() => hostedClient(address, `rw_${"0".repeat(64)}`).crossReference(), 401],
  ];
  for (const [ask, status] of refusals) {
    const refusal = await ask().catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(HostedError);
    expect(refusal).toMatchObject({ status });
  }
  expect(await hosted.syncCollecting()).toMatchObject({ status: "completed" });
  expect(await hosted.syncListening("scrobbles")).toMatchObject({ status: "completed", items_synced: 0 });
  const { domains } = await hosted.syncHealth();
  expect([domains.collecting.status, domains.listening.status]).toEqual(["completed", "completed"]);
  expect(domains.collecting.items_synced).toBe(64);
  expect(await hosted.revokeKey(id)).toMatchObject({ id });
  await expect(reading.crossReference()).rejects.toMatchObject({ status: 401 });
});
