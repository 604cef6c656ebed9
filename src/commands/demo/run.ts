// Runs a command on the sample shelf. The sample goes through the real sync into a temporary cache.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Context, ProgramHost } from "../../context.ts";
import type { Host } from "../../host/host.ts";
import { createMemoryServices } from "../../demo/memory-services.ts";
import { sampleAccounts, buildSampleListings } from "../../demo/demo-sample.ts";
import { RewindError, UsageError } from "../../model/errors.ts";
import { formatNumber } from "../../output/format-numbers.ts";
import { createHintAdapter } from "../../output/terminal.ts";
import { countScrobbles } from "../../queries/statistics/play-counts.ts";
import { settings } from "../../settings/all-settings.ts";
import { openDatabase } from "../../store/open-cache.ts";
import type { Invocation, CommandDeclaration } from "../shared/command-declaration.ts";
import { fillSampleCache } from "./fill-sample-cache.ts";

export const declaration: CommandDeclaration = {
  name: "demo",
  details: `Runs a command on a sample of some sixty records and their plays. It needs no account and no network, reads none of
your files, and stores nothing. Any command that reads can follow; the default is xref.`,
  arguments: [
    {
      name: "[command...]",
      help: "the command to run, with its options",
      choices: { source: "command line" },
    },
  ],
  takesCommandLine: true,
  examples: [
    ["rewind demo", "list the sample's records with their plays"],
    ["rewind demo xref --filter unlistened", "list the records that were never played"],
    ["rewind demo xref --json", "print the list as JSON"],
    ["rewind demo stats", "show the shelf in figures"],
  ],
  load: async () => runDemo,
};

async function runDemo(context: Context, { words: argv, runCommand, commands }: Invocation): Promise<void> {
  const [first] = argv;
  if (first === "--help" || first === "-h") return runCommand(["help", "demo"], {});
  if (first === "demo") throw new UsageError("rewind demo can't run itself", "Help: rewind demo --help");
  if (context.options.db !== undefined) {
    throw new UsageError(
      "--db can't be used with rewind demo: the sample has a cache of its own",
      "Help: rewind demo --help",
    );
  }
  const listings = buildSampleListings(context.clock.now());
  const directory = mkdtempSync(join(tmpdir(), "rewind-demo-"));
  const remove = (): void => {
    try {
      rmSync(directory, { recursive: true, force: true, maxRetries: 3 });
    } catch {
      // Windows does not remove open files. The system empties its directory for temporary files.
    }
  };
  const forget = runBeforeSignals(context.signals, remove);
  const program = context.env["npm_lifecycle_event"] === "demo" ? "npm run demo --" : "rewind demo";
  const adaptHint = createHintAdapter(
    program,
    commands.names.filter((name) => !excludedCommands.has(name)),
  );
  try {
    const host: Partial<ProgramHost> & Pick<ProgramHost, "env"> = {
      services: createMemoryServices(listings),
      accounts: sampleAccounts,
      env: buildSampleEnv(context.env, directory),
      adaptHint,
      releaseSignals: () => {
        forget();
        // The cache is open, and stays readable where files may be removed while they are.
        if (context.platform !== "win32") remove();
      },
      // Another process would sync the user's own records.
      startProgram: async (line, options) => {
        if (!line.includes("sync")) return context.startProgram(line, options);
        throw new UsageError("the sample can't be synced", "With your own records: rewind login");
      },
    };
    await fillSampleCache(context, host, getDemoCachePath(directory), listings);
    if (first !== undefined) return await runCommand(first.startsWith("-") ? ["xref", ...argv] : argv, host);
    const records = formatNumber(listings.records.length);
    const database = openDatabase(getDemoCachePath(directory), { mode: "read" });
    const plays = formatNumber(database === undefined ? 0 : countScrobbles(database, null));
    database?.close();
    context.note(`A sample of ${records} records and ${plays} plays; nothing is fetched or stored.`, "");
    await runCommand(
      ["xref"],
      context.stdout.isTTY === true ? host : { ...host, ...simulateTerminal(context, host.env) },
    );
    context.note(
      "",
      `Any command works on it: ${program} stats · ${program} xref --never --sort artist-plays`,
      "With your own records: rewind login",
    );
  } catch (error) {
    if (error instanceof RewindError) throw error.withCommands(adaptHint);
    throw error;
  } finally {
    forget();
    remove();
  }
}

const getDemoCachePath = (directory: string): string => join(directory, "rewind.db");

/** Commands that are about the user's own files and accounts, and so are no commands of the sample. */
const excludedCommands = new Set([
  "config",
  "demo",
  "doctor",
  "help",
  "import",
  "keys",
  "login",
  "logout",
  "mcp",
  "save",
  "send",
  "sync",
]);

/** The showcase looks the same in a pipe: with header, summary and footer. */
function simulateTerminal({ stdout }: Context, env: Host["env"]): Pick<Host, "stdout" | "env"> {
  const shown: Host["stdout"] = {
    isTTY: true,
    columns: 100,
    write: (text, callback) => stdout.write(text, callback),
    once: (event, listener) => stdout.once(event, listener),
  };
  return { stdout: shown, env: { ...env, NO_COLOR: "1", PAGER: "cat" } };
}

/** Does the work before a signal ends the process, which would skip `finally`. Returns a function that undoes this. */
function runBeforeSignals(signals: Host["signals"], work: () => void): () => void {
  const listeners = (["SIGINT", "SIGTERM", "SIGHUP"] as const).map((signal) => {
    const end = (): void => {
      removeListeners();
      work();
      signals.raise(signal);
    };
    signals.on(signal, end);
    return { signal, end };
  });
  const removeListeners = (): void =>
    listeners.forEach(({ signal, end }) => signals.removeListener(signal, end));
  return removeListeners;
}

/** Points every path into the directory, so that no file or setting of the user is read. */
function buildSampleEnv(env: Context["env"], directory: string): Context["env"] {
  const own = new Set(Object.values(settings).map(({ environment }) => environment));
  return {
    ...Object.fromEntries(Object.entries(env).filter(([name]) => !own.has(name))),
    HOME: directory,
    XDG_CONFIG_HOME: directory,
    XDG_DATA_HOME: directory,
    REWIND_DB: getDemoCachePath(directory),
    REWIND_PRICE_FIELD: "Price",
    REWIND_SHELF_FIELD: "Shelf",
  };
}
