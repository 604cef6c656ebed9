import type { Context } from "../../context.ts";
import { RewindError, UsageError } from "../../model/errors.ts";
import { printable } from "../../output/escape.ts";
import { keysPath, shortPath } from "../../host/paths.ts";
import type { SyncDesk } from "../../queries/shelf/sync-run.ts";
import { createApp } from "../../doors/http/app.ts";
import { openKeyRing, type KeyRing } from "../../doors/http/api-keys.ts";
import { serveCache, type ServedCache } from "../../doors/http/cache.ts";
import { isLoopback } from "../../doors/http/host-check.ts";
import { listen } from "../../doors/http/listen.ts";
import { createPages } from "../../doors/http/pages.ts";
import { createSessions, type Sessions } from "../../doors/http/sessions.ts";
import { routesOf } from "../../doors/http/routes/all-routes.ts";
import { openDatabase } from "../../store/open.ts";
import { openBackgroundSync } from "../shared/opening/background-sync.ts";
import type { Call } from "../shared/call.ts";
import { whyInFull } from "../shared/listing/pick-reason.ts";
import { matchAnew } from "../shared/opening/matched-answers.ts";
import { openServerLog, type ServerLog } from "./log.ts";

interface ServeFlags {
  readonly port?: number;
  readonly host?: string;
  readonly cors?: string;
  readonly allowHost?: readonly string[];
  readonly rateLimit?: number;
  readonly open?: true;
}

export async function runServe(context: Context, { options }: Call): Promise<void> {
  const flags = options as ServeFlags;
  const { port = 8787, host = "127.0.0.1", cors = null } = flags;
  checkOrigin(cors);
  const keys = openKeyRing(keysPath(context.settingsPath));
  checkKeys(context, keys, host);
  const cache = cacheOf(context);
  const log = openServerLog(context);
  const syncs = openBackgroundSync(context, log.synced);
  const stopped = context.interruptible();
  try {
    // What is wrong with the cache is said now, not with the first answer.
    await cache.read(() => {});
    const sessions = createSessions(keys, () => context.clock.now());
    const app = appOf(context, { flags, keys, cache, cors, syncs, log, sessions });
    const { port: actual, stop } = await listen(app, { host, port });
    context.note(
      printable(`Listening on http://${host.includes(":") ? `[${host}]` : host}:${actual}/v1 (Ctrl-C stops)`),
    );
    if (flags.open === true) await showPage(context, { port: actual, host, sessions });
    await aborted(stopped);
    // A sync keeps what it fetched, and whoever waits for it is told.
    await Promise.all([stop(), syncs.stop()]);
  } finally {
    await syncs.stop();
    log.flush();
    flushUses(context, keys);
    cache.close();
  }
}

/** By a link that opens once: in a list of what was opened it is worth nothing. */
async function showPage(
  context: Context,
  { port, host, sessions }: { readonly port: number; readonly host: string; readonly sessions: Sessions },
): Promise<void> {
  const address = `http://${host === "::1" ? "[::1]" : "127.0.0.1"}:${port}/session?once=${sessions.invite()}`;
  if (await context.openOwnPage(address)) return;
  context.note(printable(`No browser here. This link opens the page once, within five minutes: ${address}`));
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

function checkOrigin(origin: string | null): void {
  if (origin === null || origin === "*") return;
  if (/^https?:\/\/[^/\s]+$/.test(origin) && URL.canParse(origin)) return;
  throw new UsageError(
    "--cors takes an origin, without a path",
    "Try: --cors https://example.org, or --cors '*' for any page",
  );
}

/** Nobody's shelf is open to a network by mistake. */
function checkKeys(context: Context, keys: KeyRing, host: string): void {
  const count = keys.list().length;
  if (!isLoopback(host)) {
    if (count === 0) {
      throw new UsageError(
        `no key exists yet, and ${JSON.stringify(host)} can be reached from other machines`,
        "Make one first: rewind keys create",
      );
    }
    context.note(
      printable(
        "rewind: other machines can reach this server, and keys travel unencrypted: put a proxy with TLS in front",
      ),
    );
  } else if (count === 0) {
    context.note(
      printable("rewind: there is no key yet, so every question is refused. Make one: rewind keys create"),
    );
  }
}

function cacheOf(context: Context): ServedCache {
  return serveCache({
    path: context.cachePath,
    open: () => openDatabase(context.cachePath, { mode: "read" }),
    prepare: (database) => matchAnew(context, database),
  });
}

interface AppParts {
  readonly flags: ServeFlags;
  readonly keys: KeyRing;
  readonly cache: ServedCache;
  readonly cors: string | null;
  readonly syncs: SyncDesk;
  readonly log: ServerLog;
  readonly sessions: Sessions;
}

function appOf(context: Context, { flags, keys, cache, cors, syncs, log, sessions }: AppParts) {
  return createApp({
    routes: routesOf(context.version),
    cache,
    cors,
    surroundings: {
      keys,
      syncs,
      settings: { shelfField: context.settings()("shelf_field") },
      random: context.random,
      whyPicked: whyInFull,
    },
    nowMs: () => context.clock.now(),
    allowedHosts: flags.allowHost ?? [],
    rateLimit: flags.rateLimit ?? 600,
    version: context.version,
    pages: createPages({ sessions, cache, version: context.version, nowMs: () => context.clock.now() }),
    onAnswer: log.answered,
    onFailure: log.failed,
  });
}

function flushUses(context: Context, keys: KeyRing): void {
  try {
    keys.flush();
  } catch (error) {
    if (!(error instanceof RewindError)) throw error;
    context.note(
      printable(
        `rewind: when the keys were last used is not noted in ${shortPath(keysPath(context.settingsPath), context.env)}: ${error.message}`,
      ),
    );
  }
}
