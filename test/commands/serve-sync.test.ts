// Syncs started over HTTP: reports, and stopping the server.
import type { ExitCode, ReportedFailure } from "../../src/model/errors.ts";
import { expect, onTestFinished, test } from "vitest";
import { lockSync } from "../../src/store/file/file-lock.ts";
import { getHomeCachePath } from "../support/filled-cache.ts";
import { noon, runCli, type CliOptions } from "../support/run-cli.ts";
import { sampleHome, createSampleSync } from "../support/sample-home.ts";
import { createScriptedProgram } from "../support/scripted-program.ts";
import { createApiKey, startServer } from "../support/start-server.ts";

type Body = Readonly<Record<string, unknown>>;

interface RequestOptions extends Omit<RequestInit, "headers"> {
  readonly headers?: Readonly<Record<string, string>>;
}

async function startSyncServer(options: CliOptions & { readonly home: string }) {
  const { home } = options;
  const admin = await createApiKey(home, "--admin");
  const { address, stop } = await startServer([], options);
  onTestFinished(async () => {
    await stop();
  });
  const fetchRaw = (path: string, init: RequestOptions = {}): Promise<Response> =>
    fetch(address + path, { ...init, headers: { authorization: `Bearer ${admin}`, ...init.headers } });
  return {
    raw: fetchRaw,
    stop,
    /** Sends a request with an admin key. */
    ask: async (path: string, init?: RequestOptions) => {
      const answer = await fetchRaw(path, init);
      return { status: answer.status, body: (await answer.json()) as Body };
    },
  };
}

const post = { method: "POST" };
const syncPaths = ["/v1/sync", "/v1/admin/sync/collecting", "/v1/admin/sync/listening"] as const;

const buildEvent = (step: string, kind: string, rows: number, status: string | null = null): object => {
  const counts = { rows, rows_expected: 100, pages: 1, pages_expected: null };
  return { event: kind, step, status, ...counts };
};
const summary = {
  started_at: "",
  finished_at: "",
  complete: true,
  steps: [
    { name: "collection", added: 3, updated: 2, removed: 1 },
    { name: "albums", added: 0, updated: 4, removed: 0 },
  ],
  notes: [],
};

/** The events of a stream, as they come. */
async function* readEvents(answer: Response): AsyncGenerator<Body> {
  let held = "";
  for await (const chunk of answer.body ?? []) {
    held += Buffer.from(chunk as Uint8Array).toString();
    const pieces = held.split("\n\n");
    held = pieces.pop() ?? "";
    for (const piece of pieces) {
      expect(piece).toMatch(/^event: sync\ndata: \{/);
      yield JSON.parse(piece.slice(piece.indexOf("{"))) as Body;
    }
  }
}

/** A desk whose syncs are scripted. */
async function startScriptedServer(options: Partial<CliOptions> = {}) {
  const [program, home] = [createScriptedProgram(), await sampleHome()];
  const own = await startSyncServer({ home, startProgram: program.startProgram, ...options });
  /** Asks for a sync and waits until it was started. */
  const requestSync = async (path: string, body?: object) => {
    const before = program.started.length;
    const waiting = own.ask(path, { ...post, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    // Asked after it, and answered before.
    while (program.started.length === before) await own.ask("/v1/health");
    return { waiting };
  };
  return { ...own, program, home, start: requestSync };
}

test("POST /v1/sync starts one sync, which can be followed while the server answers", async () => {
  const { ask, raw, stop, program, home } = await startScriptedServer();
  expect((await ask("/v1/sync")).body).toEqual({ syncing: false, run: null });
  const started = await ask("/v1/sync", post);
  expect(started).toMatchObject({
    status: 202,
    body: {
      syncing: true,
      run: { scope: "all", status: "running", finished_at: null, steps: [], error: null },
    },
  });
  // The arguments contain no key and no token.
  expect(program.started).toEqual([
    [`--db=${getHomeCachePath(home)}`, "--quiet", "--no-input", "sync", "--events"],
  ]);
  for (const path of syncPaths) {
    expect(await ask(path, post)).toEqual({
      status: 409,
      body: { error: "a sync of this cache is running", status: 409 },
    });
  }
  expect((await ask("/v1/collecting/cross-reference")).status).toBe(200);

  const stream = await raw("/v1/sync", { headers: { accept: "text/event-stream" } });
  expect(stream.headers.get("content-type")).toBe("text/event-stream");
  const events = readEvents(stream);
  expect((await events.next()).value).toMatchObject({ run: { status: "running", steps: [] } });
  program.say(buildEvent("collection", "progress", 50));
  expect((await events.next()).value).toMatchObject({
    syncing: true,
    run: {
      status: "running",
      steps: [{ name: "collection", status: "running", rows: 50, rows_expected: 100, pages: 1 }],
    },
  });
  program.say(buildEvent("collection", "finished", 100, "done"));
  expect((await events.next()).value).toMatchObject({ run: { steps: [{ status: "done", rows: 100 }] } });
  program.say(summary);
  program.end({});
  const last: Body[] = [];
  for await (const told of events) last.push(told);
  expect(last.at(-1)).toEqual((await ask("/v1/sync")).body);
  expect(last.at(-1)).toMatchObject({
    syncing: false,
    run: { status: "completed", finished_at: "2026-03-14T12:00:00Z", error: null },
  });
  expect((await ask("/v1/health/sync")).body).toMatchObject({
    domains: { collecting: { status: "completed", error: null, duration_ms: 0 } },
  });
  expect((await stop()).stderr).toMatch(/Z sync started\n(?:.*\n)*.*Z sync completed, 10 rows changed\n/);
});

test("a client that waits for a sync gets its result", async () => {
  const { ask, start, program } = await startScriptedServer();
  const cases = [
    ["/v1/admin/sync/collecting", undefined, ["--only=discogs"]],
    ["/v1/admin/sync/listening", undefined, ["--only=plays"]],
    ["/v1/admin/sync/listening", { type: "top_lists" }, ["--only=plays", "--no-history"]],
    ["/v1/admin/sync/listening", { type: "backfill" }, ["--only=plays", "--full"]],
  ] as const;
  for (const [path, body, flags] of cases) {
    const { waiting } = await start(path, body);
    program.say(summary);
    program.end({});
    expect(await waiting).toEqual({
      status: 200,
      body: { status: "completed", items_synced: 10, timestamp: "2026-03-14T12:00:00Z" },
    });
    expect(program.started.at(-1)?.slice(4)).toEqual(["--events", ...flags]);
  }
  const wrong = await ask("/v1/admin/sync/listening", { ...post, body: '{"type":"artist_tags"}' });
  const error = "type takes one of: scrobbles, top_lists, stats, full, backfill";
  expect(wrong).toEqual({ status: 400, body: { error, status: 400 } });
});

function createFailure(
  exitCode: ExitCode,
  message: string,
  hint = "",
): { code: ExitCode; failure: ReportedFailure } {
  return { code: exitCode, failure: { exitCode, message, hint, isAlreadySyncing: false } };
}

test.each([
  [
    "a service",
    createFailure(3, "Last.fm can't be reached", "Try again."),
    "Last.fm can't be reached\nTry again.",
  ],
  ["what nobody foresaw", createFailure(1, "this is a bug in rewind"), "this is a bug in rewind"],
  [
    "a signal",
    { code: null, failure: null },
    "the process was killed or crashed\nCheck the system's log, for example for lack of memory.",
  ],
] as const)("a sync that failed by %s is reported with its reason to admin keys", async (_, end, reason) => {
  const secret = "TopSecretTokenOfSomebody";
  const { ask, raw, stop, start, program } = await startScriptedServer({ env: { DISCOGS_TOKEN: secret } });
  const { waiting } = await start("/v1/admin/sync/listening");
  program.say(buildEvent("albums", "started", 0));
  const message = end.failure?.message.replace("Last.fm", `Last.fm (${secret})`) ?? "";
  program.end({ ...end, failure: end.failure && { ...end.failure, message } });
  const told = reason.replace("Last.fm", "Last.fm (…)");
  expect(await waiting).toEqual({ status: 500, body: { error: `the sync failed: ${told}`, status: 500 } });
  expect((await ask("/v1/sync")).body).toMatchObject({
    syncing: false,
    run: {
      scope: "listening",
      status: "failed",
      error: told,
      steps: [{ name: "albums", status: "interrupted" }],
    },
  });
  const health = await (await raw("/v1/health/sync", { headers: { authorization: "" } })).json();
  expect(health).toMatchObject({
    domains: {
      listening: { status: "failed", error: "the last sync failed: GET /v1/sync says why" },
      collecting: { status: "completed", error: null },
    },
  });
  expect((await ask("/v1/sync", post)).status).toBe(202);
  program.end({});
  const { stderr } = await stop();
  expect(stderr).toContain(`sync of listening failed: ${told.replace("\n", ". ")}\n`);
  expect(stderr).not.toContain(secret);
});

test("a side counts as failed until any sync of it succeeds", async () => {
  const { ask, start, program, home } = await startScriptedServer();
  const syncAndExpect = async (path: string, code: number): Promise<void> => {
    const { waiting } = await start(path);
    program.end(code === 0 ? {} : createFailure(3, "Discogs can't be reached"));
    await waiting;
    while ((await ask("/v1/sync")).body["syncing"] === true);
  };
  const readSyncStates = async (): Promise<unknown> => {
    const { domains } = (await ask("/v1/health/sync")).body as {
      domains: Record<string, { status: string }>;
    };
    return [domains["collecting"]?.status, domains["listening"]?.status];
  };
  await syncAndExpect("/v1/sync", 3);
  expect(await readSyncStates()).toEqual(["failed", "failed"]);
  await syncAndExpect("/v1/admin/sync/listening", 0);
  expect(await readSyncStates()).toEqual(["failed", "completed"]);
  await runCli(["sync"], { home, ...createSampleSync(), now: noon + 60_000 });
  expect(await readSyncStates()).toEqual(["completed", "completed"]);
});

test("a sync started elsewhere is reported too", async () => {
  const { ask, start, program, home } = await startScriptedServer();
  const lock = lockSync(getHomeCachePath(home));
  for (const path of syncPaths) expect([path, (await ask(path, post)).status]).toEqual([path, 409]);
  expect((await ask("/v1/sync")).body).toEqual({ syncing: true, run: null });
  lock.release();
  const { waiting } = await start("/v1/admin/sync/collecting");
  const { code, failure } = createFailure(1, "another sync of this cache is running (process 7)", "Wait.");
  program.end({ code, failure: { ...failure, isAlreadySyncing: true } });
  expect(await waiting).toMatchObject({ status: 409 });
});

test.each([
  ["by itself", 143],
  // Windows has no signals.
  ["at once", null],
])("stopping the server stops its sync, which ends %s, and its clients get an answer", async (_, code) => {
  const { raw, stop, start, program } = await startScriptedServer();
  const { waiting } = await start("/v1/admin/sync/collecting");
  const events = readEvents(await raw("/v1/sync", { headers: { accept: "text/event-stream" } }));
  await events.next();
  const stopped = program.stopped();
  const ended = stop();
  await stopped;
  program.end({ code });
  expect(await waiting).toMatchObject({
    status: 503,
    body: { error: expect.stringMatching(/interrupted/) },
  });
  expect((await events.next()).value).toMatchObject({ run: { status: "interrupted" } });
  expect((await events.next()).done).toBe(true);
  expect((await ended).code).toBe(0);
  expect(program.stops()).toBe(1);
});
