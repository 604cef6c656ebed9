// The server without sockets: the app over the cache of a home, with a key of each kind.
import { join } from "node:path";
import { storeSubmittedPlays } from "../../src/actions/sources/submit-listens.ts";
import { nothingPlaying, type PlayingNow } from "../../src/model/playing-now.ts";
import { parseSubmission } from "../../src/sources/listenbrainz/submitted-listens.ts";
import { onTestFinished } from "vitest";
import { explainPickInFull } from "../../src/commands/shared/listing/format-times.ts";
import { createApp, type AccessLogEntry, type AppOptions } from "../../src/interfaces/http/app.ts";
import { openKeyRing } from "../../src/interfaces/http/api-keys.ts";
import { createListenApi, listenQueries } from "../../src/interfaces/http/routes/submit-listens.ts";
import { createQueryExecutor } from "../../src/interfaces/http/query-executor.ts";
import type { QueryRoute } from "../../src/interfaces/http/route.ts";
import { defineFunctions } from "../../src/queries/conditions/sql-functions.ts";
import { createPageHandler, pageQueries } from "../../src/interfaces/http/page-handler.ts";
import { createSessions } from "../../src/interfaces/http/sessions.ts";
import { buildRoutes } from "../../src/interfaces/http/routes/all-routes.ts";
import { renderServedPage } from "../../src/interfaces/page/page.ts";
import type { SyncManager } from "../../src/queries/shelf/sync-manager.ts";
import { createEmptyCache, openDatabase } from "../../src/store/open-cache.ts";
import { getKeysPath, getSettingsPath } from "../../src/host/paths.ts";
import { getHomeCachePath, withCache } from "./filled-cache.ts";
import { buildHomeEnv, noon } from "./run-cli.ts";

export type ServedCache = ReturnType<typeof serveCache>;

type ServeCacheOptions = Partial<Omit<AppOptions, "executor" | "keys" | "onFailure">>;

/** The sync manager of a server that starts none. */
export const noSyncs: SyncManager = {
  getLastRun: () => null,
  getLastRunFor: () => null,
  isSyncing: () => false,
  start: () => undefined,
  async *watch() {
    yield null;
  },
};

/** Works only inside a test. */
export function serveCache(home: string, { syncs = noSyncs, ...options }: ServeCacheOptions = {}) {
  const keysFile = getKeysPath(getSettingsPath(buildHomeEnv(home), "linux"));
  const keys = openKeyRing(keysFile);
  const made = (["live", "admin"] as const).map((kind) =>
    keys.create({ name: kind, kind, nowUts: noon / 1000 }),
  );
  const [live = "", admin = ""] = made.map(({ token }) => token);
  const path = getHomeCachePath(home);
  const routes = options.routes ?? buildRoutes("0.0.0-test");
  const answers = createQueryExecutor({
    routes: [
      ...routes.filter((route): route is QueryRoute => "answer" in route),
      ...listenQueries,
      ...pageQueries,
    ],
    path,
    prepare: async () => {},
    shelfField: null,
    coversDirectory: join(home, "covers"),
    random: () => 0.5,
    whyPicked: explainPickInFull,
  });
  onTestFinished(answers.close);
  const lines: AccessLogEntry[] = [];
  let playing: PlayingNow | null = null;
  const failures: unknown[] = [];
  const app = createApp({
    routes,
    executor: answers,
    fetchPlaying: async () => nothingPlaying,
    cors: null,
    keys,
    syncs,
    write: async (act) => {
      const database = openDatabase(path, { mode: "write" }) ?? createEmptyCache();
      try {
        return act(database);
      } finally {
        database.close();
      }
    },
    nowMs: () => noon,
    allowedHosts: [],
    rateLimit: 0,
    submissionLimit: 0,
    findListenRoute: createListenApi({
      keys,
      userName: "CrateDigger",
      getPlayingNow: () => playing,
      submit: async (body) => {
        const submission = parseSubmission(body, noon / 1000);
        if (submission.kind === "playing now") playing = submission.playing;
        else withCache(path, (database) => storeSubmittedPlays(database, submission.plays, noon / 1000));
      },
    }),
    handlePage: createPageHandler({
      sessions: createSessions(keys, () => noon),
      version: "0.0.0-test",
      render: async (finding) => {
        const database = openDatabase(path, { mode: "read" }) ?? createEmptyCache();
        defineFunctions(database);
        try {
          return Buffer.from(
            await renderServedPage(database, finding, { version: "0.0.0-test", nowUts: noon / 1000 }),
          );
        } finally {
          database.close();
        }
      },
    }),
    onResponse: (line) => lines.push(line),
    ...options,
    onFailure: (error) => failures.push(error),
  });
  /** Asks with the live key, unless headers say otherwise. */
  const ask = async (address: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers);
    if (!headers.has("host")) headers.set("host", "localhost");
    if (!headers.has("authorization")) headers.set("authorization", `Bearer ${live}`);
    return app.fetch(new Request(`http://localhost${address}`, { ...init, headers }));
  };
  return {
    live,
    admin,
    keys,
    keysFile,
    lines,
    failures,
    app,
    ask,
    /** The parsed body of an answer that has to succeed. */
    json: async (address: string): Promise<unknown> => {
      const answer = await ask(address);
      const text = await answer.text();
      if (answer.status !== 200) throw new Error(`${address}: ${answer.status} ${text}`);
      return JSON.parse(text);
    },
  };
}
