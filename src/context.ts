// Everything from outside the process, in one object that a test can make itself.
import {
  CacheError,
  InterruptedError,
  NegativeAnswer,
  NotReadyError,
  RewindError,
  UsageError,
} from "./model/errors.ts";
import type { Host, StopSignal, Usernames } from "./host/host.ts";
import { linesText, printable, type SafeText } from "./output/escape.ts";
import { writeWhole } from "./output/stream.ts";
import { screenOf, type Screen } from "./output/screen.ts";
import { cachePath, checkCachePath, settingsPath, shortPath } from "./host/paths.ts";
import { keepPrivate, type PrivateFile } from "./host/privacy.ts";
import type { Service } from "./model/model.ts";
import {
  connectionSettings,
  settingsWith,
  type ConnectionSettings,
  type Secrets,
} from "./settings/connection.ts";
import { readSettings, type SettingsReader } from "./settings/settings-reader.ts";
import type { CoverChoice } from "./settings/all-settings.ts";
import type { RequestReport } from "./sources/services/remote-service.ts";
import type { Services } from "./sources/services/service-clients.ts";
import type { Database } from "./store/file/database.ts";

/** Flags that hold for every command. */
export interface GlobalOptions {
  readonly db?: string;
  readonly color?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly debug?: boolean;
  /** false: nothing is asked, as if there were no terminal. */
  readonly input?: boolean;
  /** false: a long answer is written as a short one. */
  readonly pager?: boolean;
}

interface ServiceOptions {
  readonly onRequest?: (report: RequestReport) => void;
  readonly onWait?: (service: Service, waitMs: number, reason: string) => void;
  /** The settings are complete; the clients are not loaded yet. */
  readonly onConnect?: () => void;
}

interface ProbeOptions extends Pick<ServiceOptions, "onRequest"> {
  /** Left out: the settings, which are looked after on the way. */
  readonly read?: SettingsReader;
}

interface Connection {
  readonly services: Services;
  readonly accounts: Usernames;
  /** Whether MusicBrainz may be asked; null where the user has not said. */
  readonly musicbrainz: boolean | null;
  /** Whose pictures of covers each sync asks for. */
  readonly covers: CoverChoice;
  /** Whether noted plays may be sent. */
  readonly scrobbles: boolean;
  /** The custom field of the collection with days of plays; null: none. */
  readonly playedField: string | null;
}

export interface Context extends Host {
  readonly options: GlobalOptions;
  /** What stdout and stderr can show. */
  readonly screen: Screen;
  readonly errorScreen: Screen;
  /** Whether somebody is there to be asked. */
  readonly canAsk: boolean;
  readonly cachePath: string;
  /** The same as a person would write it. */
  readonly shownCachePath: string;
  readonly settingsPath: string;
  /** Read on first use. */
  settings(): SettingsReader;
  /** The cache for reading, opened once. Throws NotReadyError where there is none yet. */
  store(): Promise<Database>;
  /** The cache for writing, made where missing. */
  writableStore(): Promise<Database>;
  /** Clients of the services, connected once. */
  connect(options?: ServiceOptions): Promise<Connection>;
  /** Clients with other secrets than those of the settings: whoever asks for them closes them. */
  connectWith(secrets: Secrets, options?: ProbeOptions): Promise<Services>;
  /** From the first call on, Ctrl-C and SIGTERM abort this signal instead of ending the process; the next is the system's own. */
  interruptible(): AbortSignal;
  /** Writes data to stdout; resolves when it is taken, so that a slow reader slows us down. */
  write(text: SafeText): Promise<void>;
  /** As write(), through the pager where stdout is a terminal. */
  page(text: SafeText): Promise<void>;
  /** Writes lines to stderr, nothing with --quiet. */
  note(...lines: readonly SafeText[]): void;
  /** What a command threw, as the cache explains it where it is to blame; else as it is. */
  explain(error: unknown): Promise<unknown>;
  close(): Promise<void>;
}

const stay = (): void => {};

/** Opens nothing until it is asked for. */
export function createContext(host: Host, options: GlobalOptions): Context {
  const { env, platform, stdout, stderr, signals } = host;
  const path = options.db ?? cachePath(env, platform);
  checkCachePath(path);
  const colour = options.color === false ? { colour: false } : {};
  let settings: SettingsReader | undefined;
  let database: Database | undefined;
  let services: Services | undefined;
  let interrupt: AbortController | undefined;

  const open = async (mode: "read" | "write"): Promise<Database> => {
    if (database !== undefined) return database;
    const isNamed = options.db !== undefined || path === env["REWIND_DB"];
    guard("the cache", { path, isNamed }, CacheError);
    const { openDatabase } = await import("./store/open-cache.ts");
    database = openDatabase(path, { mode });
    if (database === undefined) throw nothingSynced(context.shownCachePath);
    return database;
  };

  const guard = (what: string, file: PrivateFile, Refusal: typeof CacheError | typeof UsageError): void => {
    const exposure = keepPrivate(file, { platform });
    if (exposure === null) return;
    const sentence = `${what} ${shortPath(file.path, env)} ${exposure.text}`;
    if (exposure.outcome === "unsafe") throw new Refusal(sentence, unsafeHint);
    context.note(printable(`rewind: ${sentence}`));
  };

  const listeners = new Map<StopSignal, () => void>();
  const letSignalsThrough = (): void => {
    for (const [signal, listener] of listeners) signals.removeListener(signal, listener);
    listeners.clear();
  };
  const stop = (signal: StopSignal): void => {
    // A second one is the system's own: it ends the process even while a transaction keeps us from hearing of it. Not
    // before all listeners of this one were called: who restores the cursor ends the process where it is left alone.
    queueMicrotask(letSignalsThrough);
    interrupt?.abort(new InterruptedError(signal));
  };

  const own: Omit<Context, keyof Host> = {
    options,
    screen: screenOf(stdout, env, colour),
    errorScreen: screenOf(stderr, env, colour),
    get canAsk() {
      return Boolean(stdout.isTTY) && options.input !== false && Boolean(host.stdin.isTTY);
    },
    cachePath: path,
    shownCachePath: shortPath(path, env),
    settingsPath: settingsPath(env, platform),
    settings() {
      if (settings === undefined) {
        guard("the settings file", { path: context.settingsPath, isNamed: false }, UsageError);
        settings = readSettings(context.settingsPath, env);
      }
      return settings;
    },
    store: () => open("read"),
    writableStore: () => open("write"),
    async connect(serviceOptions = {}) {
      if (host.services !== undefined && host.accounts !== undefined) {
        const given = { services: host.services, accounts: host.accounts };
        return { ...given, covers: "none", musicbrainz: false, scrobbles: false, playedField: null };
      }
      const found = connectionSettings(context.settings(), shortPath(context.settingsPath, env));
      serviceOptions.onConnect?.();
      services ??= await connectReal(found, host, serviceOptions);
      const { collection, listening } = found;
      const accounts = { collection: collection.username, listening: listening.username ?? "" };
      const { covers, musicbrainz, scrobbles, playedField } = found;
      return { services, accounts, covers, musicbrainz, scrobbles, playedField };
    },
    async connectWith(secrets, { read = context.settings(), onRequest } = {}) {
      const asked = onRequest === undefined ? {} : { onRequest };
      return host.services ?? connectReal(settingsWith(read, secrets), host, asked);
    },
    interruptible() {
      if (interrupt === undefined) {
        interrupt = new AbortController();
        for (const signal of ["SIGINT", "SIGTERM"] as const) {
          const listener = (): void => stop(signal);
          listeners.set(signal, listener);
          signals.on(signal, listener);
        }
      }
      return interrupt.signal;
    },
    write: (text) => writeWhole(stdout, text),
    async explain(error) {
      // A no is an answer: nothing is wrong with the cache.
      const isTold = error instanceof RewindError || error instanceof NegativeAnswer;
      if (isTold || database === undefined) return error;
      const { explainCrash } = await import("./store/damage.ts");
      return explainCrash(error, path);
    },
    async page(text) {
      const command = env["PAGER"]?.trim() ?? null;
      const isWanted =
        options.pager !== false && command !== "" && command !== "cat" && env["TERM"] !== "dumb";
      if (!isWanted || host.runPager === undefined || !context.screen.isTerminal) return context.write(text);
      // Ctrl-C is the pager's own meanwhile: it keeps on, and so must we.
      signals.on("SIGINT", stay);
      try {
        if (await host.runPager(text, command)) return;
      } finally {
        signals.removeListener("SIGINT", stay);
      }
      return context.write(text);
    },
    note(...lines) {
      if (options.quiet !== true) stderr.write(linesText(lines));
    },
    async close() {
      letSignalsThrough();
      await services?.close();
      try {
        database?.close();
      } catch {
        // A failure left rows unread: the end of the process closes what they hold.
      }
      database = undefined;
    },
  };
  // Not spread: what the host makes when it is asked for would be made here.
  const context = Object.defineProperties(own, Object.getOwnPropertyDescriptors(host)) as Context;
  return context;
}

const unsafeHint = "It was not used. Make it yours (chown) and private (chmod 600), or move it away.";

function nothingSynced(shownPath: string): NotReadyError {
  return new NotReadyError(
    `nothing is synced yet (looked in ${shownPath})`,
    "Run: rewind login, then rewind sync        Without accounts: rewind demo",
  );
}

async function connectReal(
  settings: ConnectionSettings,
  host: Host,
  options: ServiceOptions,
): Promise<Services> {
  const { connectServices } = await import("./sources/connect.ts");
  const { version, env, clock, random } = host;
  return connectServices({
    settings,
    version,
    env,
    clock,
    wallMs: () => clock.now(),
    random,
    ...options,
  });
}
