// Tracks that a recogniser sends to the server while another program writes to the cache.
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { processLines } from "../../src/actions/recognised/recognised-lines.ts";
import { writeCache } from "../../src/commands/serve/write-cache.ts";
import { readLoggedPlays } from "../../src/store/decisions/logged-plays.ts";
import { transact, type Database } from "../../src/store/file/database.ts";
import { saveTracklist } from "../../src/store/shelf/tracklists.ts";
import {
  getHomeCachePath,
  withHomeCache,
  buildListedTrack,
  openCache,
  buildRecord,
} from "../support/filled-cache.ts";
import { createFilledHome } from "../support/command-runner.ts";
import { createApiKey, startServer } from "../support/start-server.ts";

const blue = buildRecord({ artist: "Joni Mitchell", title: "Blue" });
const nowMs = Date.UTC(2026, 2, 14, 12);
const lines = ["A1", "A2"].map((position, at) =>
  JSON.stringify({ artist: "Joni Mitchell", title: `Blue ${position}`, at: `2026-03-14T09:0${at * 4}:10Z` }),
);

let home: string;
let writer: Database;

beforeEach(async () => {
  home = await createFilledHome({ records: [blue] });
  withHomeCache(home, (database) =>
    transact(database, () =>
      saveTracklist(
        database,
        blue.release.id,
        ["A1", "A2", "A3"].map((position) =>
          buildListedTrack(`Blue ${position}`, { position, durationSeconds: 240 }),
        ),
        1,
      ),
    ),
  );
  writer = openCache(getHomeCachePath(home));
  onTestFinished(() => void writer.close());
  writer.exec("BEGIN IMMEDIATE");
});

test("logs tracks once the other program has finished writing", async () => {
  let sleeps = 0;
  const clock = {
    now: () => nowMs,
    elapsedMs: () => sleeps,
    sleep: async () => {
      sleeps += 1;
      if (sleeps === 3) writer.exec("COMMIT");
    },
  };
  const answers = await writeCache(
    { cachePath: getHomeCachePath(home), clock },
    (database) => processLines(database, lines, nowMs / 1000),
    new AbortController().signal,
  );
  expect(sleeps).toBe(3);
  expect(answers).toMatchObject([{ state: "logged" }, { state: "logged" }]);
  expect(withHomeCache(home, readLoggedPlays)).toHaveLength(1);
});

test("refuses tracks and scrobbles with 503 and Retry-After while another program keeps writing, and still answers queries", async () => {
  const key = await createApiKey(home, "--write");
  const { address, stop } = await startServer([], { home });
  const headers = { authorization: `Bearer ${key}` };
  const postPlays = (): Promise<Response> =>
    fetch(`${address}/v1/played`, { method: "POST", headers, body: lines.join("\n") });
  const posted = postPlays();
  const scrobble = { artist_name: "Joni Mitchell", track_name: "Coyote" };
  const submitted = await fetch(`${address}/1/submit-listens`, {
    method: "POST",
    headers: { authorization: `Token ${key}` },
    body: JSON.stringify({
      listen_type: "single",
      payload: [{ listened_at: nowMs / 1000, track_metadata: scrobble }],
    }),
  });
  expect([submitted.status, submitted.headers.get("retry-after"), await submitted.json()]).toEqual([
    503,
    "10",
    { code: 503, error: "Cannot submit listens to queue, please try again later." },
  ]);
  const asked = await fetch(`${address}/v1/collecting/cross-reference`, { headers });
  expect(asked.status).toBe(200);
  const refused = await posted;
  expect([refused.status, refused.headers.get("retry-after"), await refused.json()]).toEqual([
    503,
    "10",
    { error: "the cache is in use by another program: send the request again later", status: 503 },
  ]);
  writer.exec("COMMIT");
  expect((await postPlays()).status).toBe(200);
  await stop();
});
