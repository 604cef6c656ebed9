import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { openPlayWriter } from "./play-writer.ts";
import { choosePhoneAddress, noKeys, showPhoneCode } from "./phone.ts";
import { openPlayingNow } from "./playing-now.ts";
import { openQueryThread } from "./query-thread.ts";
import { writeCache } from "./write-cache.ts";
import { openRenderer } from "./page-renderer.ts";
import { declareCommand, declareOptions, type Invocation } from "../shared/command-declaration.ts";
import { openBackgroundSync, listKnownSecrets, getCurrentTime } from "../shared/access/background-sync.ts";
import { createPlayingReader } from "../shared/access/playing-reader.ts";
import type { Context } from "../../context.ts";
import { isLoopback } from "../../interfaces/http/access.ts";
import { type KeyRing, openKeyRing } from "../../interfaces/http/api-keys.ts";
import { type AccessLogEntry, createApp } from "../../interfaces/http/app.ts";
import { listen } from "../../interfaces/http/listen.ts";
import { createPageHandler } from "../../interfaces/http/page-handler.ts";
import { buildRoutes } from "../../interfaces/http/routes/all-routes.ts";
import { createListenApi } from "../../interfaces/http/routes/submit-listens.ts";
import { createSessions, invitationMs, type Sessions } from "../../interfaces/http/sessions.ts";
import { getSiblingPath, getKeysPath } from "../../host/paths.ts";
import { RewindError, UsageError } from "../../model/errors.ts";
import { redact } from "../../model/redact.ts";
import { toPrintable, toPrintableLines, type SafeText } from "../../output/safe-text.ts";
import { pluralize } from "../../output/format-numbers.ts";
import type { SyncRun } from "../../queries/shelf/sync-manager.ts";
import { writePrivateFile } from "../../settings/private-file.ts";
import { collectTexts, wholeNumber } from "../shared/listing/list-options.ts";

const serveOptions = declareOptions(
  { flags: "--open", help: "open a page of your shelf in the browser" },
  {
    flags: "--phone",
    help: "show a code that opens the page on your phone; serve nothing else, and only your local network",
    excludes: ["open", "cors", "allow-host"],
  },
  {
    flags: "--port <port>",
    help: "port to listen on; 0 picks a free one",
    defaultValue: "8787",
    parse: wholeNumber("--port", 0, 65_535, 8787),
  },
  {
    flags: "--host <address>",
    help: "address to listen on; another one needs an API key, or --phone",
    defaultValue: "127.0.0.1",
  },
  { flags: "--cors <origin>", help: "allow requests from web pages of this origin, or * for any" },
  {
    flags: "--allow-host <host>",
    help: "extra host name to accept, like that of a reverse proxy; repeatable",
    parse: collectTexts,
  },
  {
    flags: "--rate-limit <count>",
    help: "requests per minute and key; 0 is unlimited. Scrobbles have no limit unless you set one",
    defaultValue: "600",
    parse: wholeNumber("--rate-limit", 0, 1_000_000),
  },
);

export const declaration = declareCommand({
  name: "serve",
  runsUntilStopped: true,
  details: `Answers HTTP requests from your cache, compatible with the hosted Rewind API. Programs send an API key from rewind keys
create. Endpoints are described at /v1/openapi.json (no key needed).
Scrobblers that can send to ListenBrainz can send to this server, with a key made by rewind keys create --write.
Answers come from the last completed sync, even while another sync runs. An admin key can start a sync with POST
/v1/sync. Ctrl-C or SIGTERM finishes open requests, then stops.`,
  options: serveOptions,
  examples: [
    ["rewind serve --open", "show your shelf in the browser, with search"],
    ["rewind serve --phone", "search your shelf on your phone"],
    ["rewind serve", "serve http://127.0.0.1:8787/v1/collecting/cross-reference"],
    ["rewind serve --cors https://dash.example.org", "allow requests from your own web page"],
    ["rewind serve --host 0.0.0.0 --allow-host music.home", "serve your home network"],
  ],
  load: async () => runServe,
});

async function runServe(context: Context, { options }: Invocation<typeof serveOptions>): Promise<void> {
  const { port = 8787, cors = null, phone: isPhone = false, ...flags } = options;
  const host = isPhone ? choosePhoneAddress(flags.host) : (flags.host ?? "127.0.0.1");
  checkOrigin(cors);
  const keys = openKeyRing(getKeysPath(context.settingsPath));
  if (!isPhone) checkKeys(context, keys, host);
  const answers = openQueryThread(context);
  const log = openServerLog(context);
  const syncs = openBackgroundSync(context, log.synced);
  const { render, stop: stopRendering } = openRenderer(context);
  const writer = openPlayWriter(context, log.failed);
  const playingNow = openPlayingNow(context);
  const stopped = context.getInterruptSignal();
  let removeLink: (() => void) | undefined;
  try {
    // Fails now rather than at the first request if the cache is unusable.
    await answers.check();
    const sessions = createSessions(isPhone ? noKeys : keys, () => context.clock.now());
    const app = createApp({
      routes: isPhone ? [] : buildRoutes(context.version),
      executor: answers,
      fetchPlaying: createPlayingReader(context, stopped),
      cors,
      keys,
      syncs,
      write: (act) => writeCache(context, act, stopped),
      nowMs: () => context.clock.now(),
      allowedHosts: flags.allowHost ?? [],
      rateLimit: flags.rateLimit ?? 600,
      // A client that is refused may drop its plays.
      submissionLimit: flags.rateLimit ?? 0,
      findListenRoute: isPhone
        ? () => undefined
        : createListenApi({
            keys,
            userName: getUserName(context),
            getPlayingNow: playingNow.get,
            async submit(body) {
              const playing = await writer.submit(body, Math.floor(context.clock.now() / 1000));
              if (playing !== null) playingNow.set(playing);
            },
          }),
      handlePage: createPageHandler({ sessions, version: context.version, takesKeys: !isPhone, render }),
      onResponse: log.answered,
      onFailure: log.failed,
    });
    const { port: actual, stop } = await listen(app, { host, port, isLocalOnly: isPhone });
    const address = `http://${host.includes(":") ? `[${host}]` : host}:${actual}`;
    if (isPhone) await showPhoneCode(context, { address, host, sessions });
    else context.note(`Listening on ${address}/v1 (Ctrl-C stops)`);
    if (flags.open === true) {
      const origin = `http://${host === "::1" ? "[::1]" : "127.0.0.1"}:${actual}`;
      removeLink = await showPage(context, origin, sessions);
    }
    if (!stopped.aborted) await once(stopped, "abort");
    // A sync keeps what it fetched, and its waiting clients get an answer.
    await Promise.all([stop(), syncs.stop()]);
  } finally {
    removeLink?.();
    await stopRendering();
    await syncs.stop();
    playingNow.forget();
    log.flush();
    await Promise.all([answers.close(), writer.close()]);
  }
}

/**
 * Opens the page in the browser by a link that works once. Every user can read the browser's arguments, so these name a
 * private file that leads to the link. Returns what removes that file.
 */
async function showPage(context: Context, origin: string, sessions: Sessions): Promise<() => void> {
  const path = getSiblingPath(context.settingsPath, `open-${randomUUID()}.html`);
  const remove = (): void => rmSync(path, { force: true });
  const address = `${origin}/session?once=${sessions.invite(remove)}`;
  writePrivateFile({ path, what: "the page that opens the browser" }, renderRedirect(address));
  setTimeout(remove, invitationMs).unref();
  if (!(await context.openPage(pathToFileURL(path).href))) {
    remove();
    context.note(`No browser found. This link works once, for five minutes: ${address}`);
  }
  return remove;
}

function renderRedirect(address: string): string {
  return `<!doctype html>
<meta charset="utf-8"><meta name="referrer" content="no-referrer"><title>rewind</title>
<meta http-equiv="refresh" content="0; url=${address}">
<p><a href="${address}">Open your shelf</a></p>
`;
}

/** The name that scrobblers show for the owner of a key. */
function getUserName(context: Context): string {
  const read = context.settings();
  return read("listenbrainz_username") ?? read("discogs_username") ?? "rewind";
}

function checkOrigin(origin: string | null): void {
  if (origin === null || origin === "*") return;
  if (/^https?:\/\/[^/\s]+$/.test(origin) && URL.canParse(origin)) return;
  throw new UsageError(
    "--cors takes an origin, without a path",
    "Try: --cors https://example.org, or --cors '*' for any page",
  );
}

/** Requires a key on a network, so that nobody shares the shelf by mistake. */
function checkKeys(context: Context, keys: KeyRing, host: string): void {
  const count = keys.list().length;
  const isOpen = !isLoopback(host);
  if (isOpen && count === 0) {
    throw new UsageError(
      `no key exists yet, and ${JSON.stringify(host)} is reachable from other machines`,
      "Create one first: rewind keys create",
    );
  }
  const warning = isOpen
    ? "rewind: other machines can reach this server without encryption; use a reverse proxy with TLS"
    : context.isSample
      ? "rewind: the sample has no keys, so only its page answers: rewind serve --open"
      : "rewind: there is no key yet, so all requests are refused. To create one: rewind keys create";
  if (isOpen || count === 0) context.note(warning);
}

/**
 * The server's log on stderr: a line for each request and each sync. It contains nothing secret. It collects the lines of
 * one turn of the event loop, because a write costs more than an answer.
 */
function openServerLog(context: Context) {
  let waitingLines: SafeText[] = [];
  const flush = (): void => {
    const lines = waitingLines;
    waitingLines = [];
    if (lines.length > 0) context.noteLines(...lines);
  };
  const addLine = (line: SafeText): void => {
    if (waitingLines.length === 0) setImmediate(flush);
    waitingLines.push(line);
  };
  return {
    answered: (line: AccessLogEntry) =>
      addLine(toPrintable(`${getCurrentTime(context)} ${formatAccessLog(line)}`)),
    synced: (run: SyncRun) => addLine(toPrintable(`${getCurrentTime(context)} ${formatSyncRun(run)}`)),
    failed: (error: unknown) =>
      addLine(toPrintableLines(redact(formatFailure(error), listKnownSecrets(context)))),
    flush,
  };
}

/** Leaves out the query and what opens the page: both may hold secrets. */
function formatAccessLog(entry: AccessLogEntry): string {
  const { method, path, status, tookMs, keyId, isKeyRefused, remark } = entry;
  const key = keyId === null ? (isKeyRefused ? "key" : "no key") : `key ${keyId}`;
  const who = isKeyRefused ? `${key} refused` : key;
  const pathText = decodeAscii(path)
    .replaceAll(/rw_[a-z]+_[\w-]*/gi, "rw_…")
    .replace(/^\/[\w-]{43}\/$/, "/…/")
    .slice(0, 200);
  return `${status} ${method} ${pathText} ${Math.round(tookMs)} ms, ${who}${remark === "" ? "" : `: ${remark}`}`;
}

/** Undoes the encoding of ASCII, however often it was applied: a key in a path must not hide in it. */
function decodeAscii(path: string): string {
  const text = path.replaceAll(/%[0-7][0-9a-f]/gi, (code) => decodeURIComponent(code));
  return text === path ? path : decodeAscii(text);
}

/** A line for a sync that starts or has ended. */
function formatSyncRun({ scope, status, changes, error }: SyncRun): string {
  const what = scope === "all" ? "sync" : `sync of ${scope}`;
  const rows = status === "completed" ? `, ${pluralize(changes, "row")} changed` : "";
  const why = error === null ? "" : `: ${error.replaceAll("\n", ". ")}`;
  return `${what} ${status === "running" ? "started" : status}${rows}${why}`;
}

function formatFailure(error: unknown): string {
  if (error instanceof RewindError) return `rewind: ${error.message}\n${error.hint}`.trim();
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `rewind: an answer failed\n${stack}`;
}
