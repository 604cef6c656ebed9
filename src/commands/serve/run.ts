import type { Context } from "../../context.ts";
import { RewindError, UsageError } from "../../errors.ts";
import { printable, printableLines } from "../../output/escape.ts";
import { counted } from "../../output/numbers.ts";
import { keysPath, shortPath } from "../../paths.ts";
import type { SyncDesk, SyncRun } from "../../queries/sync-run.ts";
import { redact } from "../../redact.ts";
import { createApp, type AnswerLine } from "../../server/app.ts";
import { openKeyRing, type KeyRing } from "../../server/api-keys.ts";
import { serveCache, type ServedCache } from "../../server/cache.ts";
import { isLoopback } from "../../server/host-check.ts";
import { listen } from "../../server/listen.ts";
import { routesOf } from "../../server/routes/table.ts";
import { secretsOf } from "../../settings/connection.ts";
import { openDatabase } from "../../store/open.ts";
import { openBackgroundSync } from "../shared/background-sync.ts";
import type { Call } from "../shared/call.ts";
import { whyInFull } from "../shared/pick-reason.ts";
import { matchAnew } from "../shared/matched-anew.ts";

interface ServeFlags {
  readonly port?: number;
  readonly host?: string;
  readonly cors?: string;
  readonly allowHost?: readonly string[];
  readonly rateLimit?: number;
}

export async function runServe(context: Context, { options }: Call): Promise<void> {
  const flags = options as ServeFlags;
  const { port = 8787, host = "127.0.0.1", cors = null } = flags;
  checkOrigin(cors);
  const keys = openKeyRing(keysPath(context.settingsPath));
  checkKeys(context, keys, host);
  const cache = cacheOf(context);
  const syncs = openBackgroundSync(context, (run) => context.note(printableLines(syncLine(context, run))));
  const stopped = context.interruptible();
  try {
    // What is wrong with the cache is said now, not with the first answer.
    await cache.read(() => {});
    const app = appOf(context, { flags, keys, cache, cors, syncs });
    const { port: actual, stop } = await listen((request) => app.fetch(request), { host, port });
    context.note(
      printable(`Listening on http://${host.includes(":") ? `[${host}]` : host}:${actual}/v1 (Ctrl-C stops)`),
    );
    await aborted(stopped);
    // A sync keeps what it fetched, and whoever waits for it is told.
    await Promise.all([stop(), syncs.stop()]);
  } finally {
    await syncs.stop();
    flushUses(context, keys);
    cache.close();
  }
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
}

function appOf(context: Context, { flags, keys, cache, cors, syncs }: AppParts) {
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
    onAnswer: (line) => context.note(printable(answerLine(context, line))),
    onFailure: (error) => context.note(printableLines(failureText(context, error))),
  });
}

function timeOf(context: Context): string {
  return new Date(context.clock.now()).toISOString().replace(/\.\d+Z$/, "Z");
}

/** Of a sync that begins or has ended. */
function syncLine(context: Context, { scope, outcome, changes, failure }: SyncRun): string {
  const what = scope === "all" ? "sync" : `sync of ${scope}`;
  const rows = outcome === "completed" ? `, ${counted(changes, "row")} changed` : "";
  const why = failure === null ? "" : `: ${failure}`;
  return `${timeOf(context)} ${what} ${outcome === "running" ? "started" : outcome}${rows}${why}`;
}

/** What is asked for is not in it: somebody may have put a key there. */
function answerLine(context: Context, { method, path, status, tookMs, keyId }: AnswerLine): string {
  const who = keyId === null ? "no key" : `key ${keyId}`;
  const shown = path.slice(0, 200).replaceAll(/rw_[a-z]+_[\w-]*/gi, "rw_…");
  return `${timeOf(context)} ${status} ${method} ${shown} ${Math.round(tookMs)} ms, ${who}`;
}

function failureText(context: Context, error: unknown): string {
  const secrets = secretsOf(context.settings());
  if (error instanceof RewindError) return redact(`rewind: ${error.message}\n${error.hint}`.trim(), secrets);
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return redact(`rewind: an answer failed\n${stack}`, secrets);
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
