// The server without sockets: the app over the cache of a home, with a key of each kind.
import { answerLines } from "../../src/actions/recognised/recognised-lines.ts";
import { onTestFinished } from "vitest";
import { whyInFull } from "../../src/commands/shared/listing/times-in-words.ts";
import { createApp, type AnswerLine, type AppOptions } from "../../src/doors/http/app.ts";
import { openKeyRing } from "../../src/doors/http/api-keys.ts";
import { createAnswers } from "../../src/doors/http/answers.ts";
import type { Question } from "../../src/doors/http/route.ts";
import { defineFunctions } from "../../src/queries/conditions/sql-functions.ts";
import { createPages } from "../../src/doors/http/pages.ts";
import { createSessions } from "../../src/doors/http/sessions.ts";
import { routesOf } from "../../src/doors/http/routes/all-routes.ts";
import { servedPage } from "../../src/doors/page/page.ts";
import type { SyncDesk } from "../../src/queries/shelf/sync-desk.ts";
import { emptyCache, openDatabase } from "../../src/store/open-cache.ts";
import { keysPath, settingsPath } from "../../src/host/paths.ts";
import { cacheIn } from "./filled-cache.ts";
import { homeEnv, noon } from "./run-cli.ts";

export type Served = ReturnType<typeof servedCache>;

type ServedOptions = Partial<Omit<AppOptions, "answers" | "keys" | "onFailure">>;

/** Where none is started. */
export const noSyncs: SyncDesk = {
  last: () => null,
  lastOf: () => null,
  isSyncing: () => false,
  start: () => undefined,
  async *watch() {
    yield null;
  },
};

/** Only inside a test. */
export function servedCache(home: string, { syncs = noSyncs, ...options }: ServedOptions = {}) {
  const keysFile = keysPath(settingsPath(homeEnv(home), "linux"));
  const keys = openKeyRing(keysFile);
  const made = (["live", "admin"] as const).map((kind) =>
    keys.create({ name: kind, kind, nowUts: noon / 1000 }),
  );
  const [live = "", admin = ""] = made.map(({ token }) => token);
  const path = cacheIn(home);
  const routes = options.routes ?? routesOf("0.0.0-test");
  const answers = createAnswers({
    questions: routes.filter((route): route is Question => "answer" in route),
    path,
    prepare: async () => {},
    shelfField: null,
    random: () => 0.5,
    whyPicked: whyInFull,
  });
  onTestFinished(answers.close);
  const lines: AnswerLine[] = [];
  const failures: unknown[] = [];
  const app = createApp({
    routes,
    answers,
    cors: null,
    keys,
    syncs,
    logRecognised: async (sent) => {
      const database = openDatabase(path, { mode: "write" }) ?? emptyCache();
      try {
        return {
          data: answerLines(database, sent, noon / 1000),
        };
      } finally {
        database.close();
      }
    },
    nowMs: () => noon,
    allowedHosts: [],
    rateLimit: 0,
    pages: createPages({
      sessions: createSessions(keys, () => noon),
      version: "0.0.0-test",
      render: async (finding) => {
        const database = openDatabase(path, { mode: "read" }) ?? emptyCache();
        defineFunctions(database);
        try {
          return Buffer.from(
            await servedPage(database, finding, { version: "0.0.0-test", nowUts: noon / 1000 }),
          );
        } finally {
          database.close();
        }
      },
    }),
    onAnswer: (line) => lines.push(line),
    ...options,
    onFailure: (error) => failures.push(error),
  });
  /** With the live key, unless headers say otherwise. */
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
