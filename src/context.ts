// Everything a command needs from outside: the host, the settings, the cache and the services. Tests make their own.
import { CacheError, NegativeAnswer, NotReadyError, RewindError, UsageError } from "./model/errors.ts";
import { createInterruption } from "./host/interruption.ts";
import type { Host } from "./host/host.ts";
import { joinLines, type SafeText } from "./output/safe-text.ts";
import { wrapMessage } from "./output/paragraph.ts";
import { writeWhole } from "./output/stream.ts";
import { detectTerminal, type Terminal } from "./output/terminal.ts";
import { getCachePath, checkCachePath, getSettingsPath, formatPath } from "./host/paths.ts";
import { makePrivate, type PrivateFile } from "./host/privacy.ts";
import type { Service } from "./model/model.ts";
import {
  readConnectionSettings,
  computeFingerprints,
  describeFirstSync,
  describeHalfConnected,
  type ListeningSettings,
  sampleChoices,
  type ConnectionSettings,
  type SyncSettings,
  type Usernames,
  excludeStoppedServices,
} from "./settings/connection.ts";
import { readSettings, type SettingsReader } from "./settings/settings-file.ts";
import type { RequestReport } from "./sources/services/remote-service.ts";
import type { ListeningServices, Services } from "./sources/services/service-clients.ts";
import type { Database } from "./store/file/database.ts";

export interface GlobalOptions {
  readonly db?: string;
  readonly color?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly debug?: boolean;
  /** false: never ask, as if there were no terminal. */
  readonly input?: boolean;
  /** false: write long answers without the pager. */
  readonly pager?: boolean;
}

interface ConnectOptions {
  readonly onRequest?: (report: RequestReport) => void;
  readonly onWait?: (service: Service, waitMs: number, reason: string) => void;
}

interface Connection {
  readonly services: Services;
  readonly accounts: Usernames;
  readonly choices: SyncSettings;
  /** A fingerprint for each service id. It changes with the settings of the account. */
  readonly fingerprints: Readonly<Record<string, string>>;
  /** Why a service is not asked that has some settings; null: there is none. */
  readonly unconnected: string | null;
}

/** The host of a run, and for a sample the services to ask in place of those of the settings. */
export interface ProgramHost extends Host {
  readonly services?: Services;
  readonly accounts?: Usernames;
}

export interface Context extends ProgramHost {
  readonly options: GlobalOptions;
  readonly screen: Terminal;
  readonly errorScreen: Terminal;
  /** true: this is rewind demo, which has no settings, accounts or cache of its own. */
  readonly isSample: boolean;
  /** true: a person at a terminal can answer questions. */
  readonly canAsk: boolean;
  readonly cachePath: string;
  /** cachePath with ~ for the home directory. */
  readonly shownCachePath: string;
  readonly settingsPath: string;
  /** Reads the settings file at the first call. */
  settings(): SettingsReader;
  /** Opens the cache for reading. Throws NotReadyError if there is none yet. */
  openCache(): Promise<Database>;
  /** Opens the cache for writing, and creates it if it is missing. */
  openWritableCache(): Promise<Database>;
  /** Connects the clients at the first call: of the collection, and of each listening service that is not stopped. */
  connect(options?: ConnectOptions): Promise<Connection>;
  /** Connects clients with other settings than the saved ones. The caller closes them. */
  connectWith(
    settings: ListeningSettings,
    options?: Pick<ConnectOptions, "onRequest">,
  ): Promise<ListeningServices>;
  connectWith(settings: ConnectionSettings, options?: Pick<ConnectOptions, "onRequest">): Promise<Services>;
  /** The first Ctrl-C or SIGTERM after the first call aborts this signal. The second one ends the process. */
  getInterruptSignal(): AbortSignal;
  /** Makes any signal end the process at once: for work that blocks the thread, where no listener could run. */
  endOnSignal(): Promise<void>;
  /** Writes data to stdout. Resolves once the data is taken, so that a slow reader slows us down. */
  write(text: SafeText): Promise<void>;
  /** Like write(), but through the pager if stdout is a terminal. */
  page(text: SafeText): Promise<void>;
  /** Writes texts to stderr, each from a new line and broken to fit a terminal. --quiet drops them. */
  note(...texts: readonly string[]): void;
  /** Like note(), for lines that are laid out. */
  noteLines(...lines: readonly SafeText[]): void;
  /** Translates errors caused by the cache file; returns any other error unchanged. */
  explain(error: unknown): Promise<unknown>;
  /** Works in a context of its own, with some options and parts of the host replaced. Closes it. */
  within(changes: ContextChanges, work: (inner: Context) => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

interface ContextChanges {
  readonly options?: GlobalOptions;
  readonly host?: Partial<ProgramHost>;
}

const doNothing = (): void => {};

/** Opens the settings, the cache and the services only when they are needed. */
export function createContext(host: ProgramHost, options: GlobalOptions): Context {
  const { env, platform, stdout, stderr, signals, adaptHint } = host;
  const path = options.db ?? getCachePath(env, platform);
  checkCachePath(path);
  const screenOptions = { adaptHint, ...(options.color === false ? { colour: false } : {}) };
  let settings: SettingsReader | undefined;
  let database: Database | undefined;
  let services: Services | undefined;
  const interruption = createInterruption(signals);

  const openIfAny = async (mode: "read" | "write"): Promise<Database | undefined> => {
    if (database !== undefined) return database;
    const isNamed = options.db !== undefined || path === env["REWIND_DB"];
    const file = { path, isUserChosen: isNamed };
    if (!isNamed) assertPrivate("the cache", file, CacheError);
    const { openDatabase } = await import("./store/open-cache.ts");
    database = openDatabase(path, { mode });
    // A file that the user named may be something else, whose mode is right.
    if (isNamed && database !== undefined) assertPrivate("the cache", file, CacheError);
    return database;
  };

  const open = async (mode: "read" | "write"): Promise<Database> => {
    const opened = await openIfAny(mode);
    if (opened !== undefined) return opened;
    throw new NotReadyError(
      `nothing is synced yet (looked in ${context.shownCachePath})`,
      `Run: ${describeFirstSync(context.settings())}        Without accounts: rewind demo\nFor plays in a file: rewind import FILE`,
    );
  };

  /** Says whether the user stopped a service; none is stopped without a cache. */
  const createStoppedTest = async (): Promise<(service: string) => boolean> => {
    const opened = await openIfAny("read");
    if (opened === undefined) return () => false;
    const { readStoppedUts } = await import("./store/file/cache-facts.ts");
    return (service) => readStoppedUts(opened, service) !== null;
  };

  const assertPrivate = (
    what: string,
    file: PrivateFile,
    Refusal: typeof CacheError | typeof UsageError,
  ): void => {
    const exposure = makePrivate(file, { platform });
    if (exposure === null) return;
    const sentence = `${what} ${formatPath(file.path, env)} ${exposure.text}`;
    if (exposure.outcome === "unsafe") throw new Refusal(sentence, unsafeHint);
    context.note(`rewind: ${sentence}`);
  };

  const explainCacheError = async (error: unknown): Promise<unknown> => {
    // These errors have nothing to do with the cache.
    if (error instanceof RewindError || error instanceof NegativeAnswer) return error;
    if (database === undefined) return error;
    const { explainCrash } = await import("./store/damage.ts");
    return explainCrash(error, path);
  };

  const own: Omit<Context, keyof ProgramHost> = {
    options,
    screen: detectTerminal(stdout, env, screenOptions),
    errorScreen: detectTerminal(stderr, env, screenOptions),
    isSample: host.services !== undefined,
    get canAsk() {
      return Boolean(stdout.isTTY) && options.input !== false && Boolean(host.stdin.isTTY);
    },
    cachePath: path,
    shownCachePath: formatPath(path, env),
    settingsPath: getSettingsPath(env, platform),
    settings() {
      if (settings === undefined) {
        assertPrivate("the settings file", { path: context.settingsPath, isUserChosen: false }, UsageError);
        settings = readSettings(context.settingsPath, env);
      }
      return settings;
    },
    openCache: () => open("read"),
    openWritableCache: () => open("write"),
    async connect(serviceOptions = {}) {
      if (host.services !== undefined && host.accounts !== undefined) {
        const { services: given, accounts } = host;
        const choices = { ...sampleChoices, priceField: context.settings()("price_field") };
        return { services: given, accounts, choices, fingerprints: {}, unconnected: null };
      }
      const read = context.settings();
      const whole = readConnectionSettings(read, formatPath(context.settingsPath, env));
      const isStopped = await createStoppedTest();
      const connection = excludeStoppedServices(whole, isStopped);
      services ??= await connectConfigured(connection, host, serviceOptions);
      const { collection, listening, listens, choices } = connection;
      const accounts = {
        collection: collection.username,
        listening: listening?.username ?? null,
        listens: listens?.username ?? null,
      };
      const fingerprints = computeFingerprints(connection);
      return {
        services,
        accounts,
        choices,
        fingerprints,
        unconnected: describeHalfConnected(read, isStopped),
      };
    },
    connectWith: (async (other: ConnectionSettings, probeOptions = {}) =>
      host.services ?? connectConfigured(other, host, probeOptions)) as Context["connectWith"],
    getInterruptSignal: () => interruption.signal(),
    async endOnSignal() {
      // A signal that came before reaches its listener now.
      await new Promise((resolve) => setImmediate(resolve));
      interruption.stopListening();
      host.releaseSignals?.();
    },
    write: (text) => writeWhole(stdout, text),
    async explain(error) {
      const explained = await explainCacheError(error);
      return explained instanceof RewindError && adaptHint !== undefined
        ? explained.withCommands(adaptHint)
        : explained;
    },
    async page(text) {
      const command = env["PAGER"]?.trim() ?? null;
      const isWanted =
        options.pager !== false && command !== "" && command !== "cat" && env["TERM"] !== "dumb";
      if (!isWanted || host.runPager === undefined || !context.screen.isTerminal) return context.write(text);
      // The pager handles Ctrl-C itself and stays open, so this process must not end.
      signals.on("SIGINT", doNothing);
      try {
        if (await host.runPager(text, command)) return;
      } finally {
        signals.removeListener("SIGINT", doNothing);
      }
      return context.write(text);
    },
    note(...texts) {
      own.noteLines(...wrapMessage(texts, own.errorScreen));
    },
    noteLines(...lines) {
      if (options.quiet !== true) stderr.write(joinLines(lines));
    },
    async within(changes, work) {
      const inner = createContext({ ...host, ...changes.host }, { ...options, ...changes.options });
      try {
        await work(inner);
      } catch (error) {
        throw await inner.explain(error);
      } finally {
        await inner.close();
      }
    },
    async close() {
      interruption.stopListening();
      await services?.close();
      try {
        database?.close();
      } catch {
        // Rows were left unread after an error. The end of the process frees them.
      }
      database = undefined;
    },
  };
  // Object spread would read the host's getters, and so create its streams.
  const context = Object.defineProperties(own, Object.getOwnPropertyDescriptors(host)) as Context;
  return context;
}

const unsafeHint = "rewind did not use it. Make it yours (chown) and private (chmod 600), or move it away.";

async function connectConfigured(
  settings: ConnectionSettings,
  host: Host,
  options: ConnectOptions,
): Promise<Services> {
  const { connectServices } = await import("./sources/connect.ts");
  const { version, env, clock, random } = host;
  return connectServices({ settings, version, env, clock, wallMs: () => clock.now(), random, ...options });
}
