// An account whose lists change between every two requests: the built program syncs over and over, and nothing that was
// listed throughout is missing or there twice, neither after a sync nor at the end.
//   npm run --silent build && REWIND_MINUTES=10 REWIND_SEED=1 npx vitest run --config test/trials/vitest.config.ts changing-lists
import { expect, onTestFinished, test } from "vitest";
import { openDatabase } from "../../src/store/open-cache.ts";
import { generous, startDiscogs } from "../support/discogs-stand-in.ts";
import { cacheIn } from "../support/filled-cache.ts";
import { inventWorld } from "../support/generate.ts";
import { startLastfm } from "../support/lastfm-stand-in.ts";
import { between, pick, seeded } from "../support/random.ts";
import { realNow, realToday } from "../support/real-time.ts";
import { runProcess } from "../support/run-process.ts";
import { tempDirectory } from "../support/temp.ts";
import { countPlays, countScrobbles, meddle, newPlay } from "../sync/meddling.ts";
import { flaws, snapshot, truth } from "../sync/truth.ts";

const minutes = Number(process.env["REWIND_MINUTES"] ?? 10);
const seed = Number(process.env["REWIND_SEED"] ?? 1);
/** In seconds. Clients may submit plays this late. */
const late = 13 * 86_400;

test(`${minutes} minutes of changes`, { timeout: (minutes + 10) * 60_000 }, async () => {
  const random = seeded(seed);
  const worlds = inventWorld({ records: 220, wants: 130, albums: 1_100, plays: 600, seed });
  const { records, wants } = worlds.discogs.shelf;
  const { plays } = worlds.lastfm.listener;
  const discogs = await startDiscogs(worlds.discogs, { limit: generous });
  const lastfm = await startLastfm(worlds.lastfm, { limit: null });
  onTestFinished(() => discogs.close());
  onTestFinished(() => lastfm.close());
  const home = tempDirectory("rewind-changing");
  const env = {
    DISCOGS_TOKEN: worlds.discogs.token,
    LASTFM_API_KEY: worlds.lastfm.apiKey,
    LASTFM_USERNAME: worlds.lastfm.listener.name,
    DISCOGS_API_URL: discogs.url,
    LASTFM_API_URL: lastfm.url,
  };
  const rewindSync = (...flags: string[]) => runProcess(["sync", "--quiet", ...flags], { home, env });
  expect(await rewindSync()).toMatchObject({ code: 0 });

  const least = { records: idsOf(records.rows), plays: countPlays(plays.rows) };
  const most = { records: idsOf(records.rows), plays: countPlays(plays.rows) };
  let changes = 0;
  const change = (): void => {
    changes += 1;
    meddle(records, random);
    const want = pick(random, wants.rows);
    if (wants.rows.length > 100) wants.remove((row) => row === want);
    else wants.add({ ...want, release: { ...want.release, id: 9_000_000 + changes } });
    const like = pick(random, plays.rows);
    const uts = Math.floor(realToday() / 1000) - (random() < 0.5 ? 0 : between(random, 0, late));
    plays.add(newPlay(random, like, uts));
    const now = { records: idsOf(records.rows), plays: countPlays(plays.rows) };
    for (const id of least.records) if (!now.records.has(id)) least.records.delete(id);
    for (const id of now.records) most.records.add(id);
    for (const [name, times] of now.plays) most.plays.set(name, Math.max(times, most.plays.get(name) ?? 0));
  };
  const look = <Found>(work: (database: NonNullable<ReturnType<typeof openDatabase>>) => Found): Found => {
    const database = openDatabase(cacheIn(home), { mode: "read" });
    if (database === undefined) throw new Error("no cache");
    try {
      return work(database);
    } finally {
      database.close();
    }
  };
  discogs.behaviour.onRequest = change;
  lastfm.behaviour.onRequest = change;
  const untilMs = realNow() + minutes * 60_000;
  const outcomes = new Map<string, number>();
  for (let round = 1; realNow() < untilMs; round += 1) {
    const { code, stderr } = await rewindSync(...(round % 5 === 0 ? ["--full"] : []));
    const why = code === 0 ? "whole" : (/keeps changing|no longer listed/.exec(stderr)?.[0] ?? stderr);
    outcomes.set(why, (outcomes.get(why) ?? 0) + 1);
    expect({ code, why }).toEqual({
      code: code === 0 ? 0 : 1,
      why: expect.stringMatching(/^(whole|keeps|no longer)/),
    });
    const { cached, scrobbles, found } = look((database) => ({
      cached: database.prepare<[], number>("SELECT instance_id FROM record").pluck().all(),
      scrobbles: countScrobbles(database),
      found: flaws(database),
    }));
    expect(found).toEqual([]);
    expect(cached).toHaveLength(new Set(cached).size);
    expect([...least.records].filter((id) => !cached.includes(id))).toEqual([]);
    expect(cached.filter((id) => !most.records.has(id))).toEqual([]);
    expect([...least.plays].filter(([name, times]) => (scrobbles.get(name) ?? 0) < times)).toEqual([]);
    expect([...scrobbles].filter(([name, times]) => times > (most.plays.get(name) ?? 0))).toEqual([]);
  }
  discogs.behaviour.onRequest = null;
  lastfm.behaviour.onRequest = null;
  expect(await rewindSync("--full", "--accept-removals")).toMatchObject({ code: 0 });
  look((database) => {
    expect(snapshot(database)).toMatchObject(truth(worlds.discogs, worlds.lastfm));
    expect(flaws(database)).toEqual([]);
  });
  const told = [...outcomes].map(([why, times]) => `${why}: ${times}`).join(", ");
  console.log(
    `seed ${seed}: ${changes} changes, syncs ${told}; ${records.rows.length} records, ${plays.rows.length} plays`,
  );
});

function idsOf(rows: readonly { readonly instanceId: number }[]): Set<number> {
  return new Set(rows.map(({ instanceId }) => instanceId));
}
