// Tracks that a recogniser sends to the server while another program writes to the cache.
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { logHeard } from "../../src/commands/serve/intake.ts";
import { listNotedPlays } from "../../src/store/decisions/noted-plays.ts";
import { transact, type Database } from "../../src/store/file/database.ts";
import { keepTracklist } from "../../src/store/shelf/tracklists.ts";
import { cacheIn, inCache, listedTrack, openCache, record } from "../support/filled-cache.ts";
import { filledHome } from "../support/question.ts";
import { newKey, serving } from "../support/serving.ts";

const blue = record({ artist: "Joni Mitchell", title: "Blue" });
const nowMs = Date.UTC(2026, 2, 14, 12);
const lines = ["A1", "A2"].map((position, at) =>
  JSON.stringify({ artist: "Joni Mitchell", title: `Blue ${position}`, at: `2026-03-14T09:0${at * 4}:10Z` }),
);

let home: string;
let writer: Database;

beforeEach(async () => {
  home = await filledHome({ records: [blue] });
  inCache(home, (database) =>
    transact(database, () =>
      keepTracklist(
        database,
        blue.release.id,
        ["A1", "A2", "A3"].map((position) =>
          listedTrack(`Blue ${position}`, { position, durationSeconds: 240 }),
        ),
        1,
      ),
    ),
  );
  writer = openCache(cacheIn(home));
  onTestFinished(() => void writer.close());
  writer.exec("BEGIN IMMEDIATE");
});

test("tracks wait until the other program has written, and are logged then", async () => {
  let sleeps = 0;
  const clock = {
    now: () => nowMs,
    elapsedMs: () => sleeps,
    sleep: async () => {
      sleeps += 1;
      if (sleeps === 3) writer.exec("COMMIT");
    },
  };
  const answers = await logHeard({ cachePath: cacheIn(home), clock }, lines, new AbortController().signal);
  expect(sleeps).toBe(3);
  expect(answers).toMatchObject([{ state: "logged" }, { state: "logged" }]);
  expect(inCache(home, listNotedPlays)).toHaveLength(1);
});

test("if the other program goes on, they are refused with 503 and Retry-After, and questions are answered", async () => {
  const key = await newKey(home, "--write");
  const { address, stop } = await serving([], { home });
  const headers = { authorization: `Bearer ${key}` };
  const post = (): Promise<Response> =>
    fetch(`${address}/v1/played`, { method: "POST", headers, body: lines.join("\n") });
  const posted = post();
  const asked = await fetch(`${address}/v1/collecting/cross-reference`, { headers });
  expect(asked.status).toBe(200);
  const refused = await posted;
  expect([refused.status, refused.headers.get("retry-after"), await refused.json()]).toEqual([
    503,
    "10",
    { error: "the cache is in use by another program: send the tracks again later", status: 503 },
  ]);
  writer.exec("COMMIT");
  expect((await post()).status).toBe(200);
  await stop();
});
