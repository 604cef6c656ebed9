// Messages that name commands: each command is run next, and leads no user back to the message.
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { commandEntries } from "../../src/commands/command-table.ts";
import { type SamplePlay, buildSpotifyRow } from "../support/export-formats.ts";
import { respondWith, type Fault, respondWithLastfmError } from "../support/response-faults.ts";
import { type Env, startThreeServices } from "../support/failing-services.ts";
import { createListenBrainzData } from "../support/listenbrainz-data.ts";
import { runCli, type CliResult } from "../support/run-cli.ts";
import { sampleItems } from "../support/sampling.ts";
import { calmBehaviour, startFakeService } from "../support/fake-service.ts";
import { createTempDirectory } from "../support/temp-directories.ts";

/** The settings of a user for whom all services work. */
interface WorkingSetup {
  readonly settings: Env;
  /** The addresses of the services. */
  readonly urls: Env;
}

interface Scenario {
  readonly name: string;
  /** The settings in the file; without it, the right ones. */
  readonly settings?: (right: Env) => Env;
  /** Command lines before. */
  readonly before?: readonly string[];
  readonly prepare?: (home: string) => void;
  /** The answer of a service to the line, and to what the line names. */
  readonly fault?: readonly [address: string, Fault];
  readonly line: string;
  /** The user does what the text says before a sync. true: then the settings are right, and the service works. */
  readonly isMended?: true;
}

const createSettingsFilter =
  (...names: readonly string[]) =>
  (right: Env): Env =>
    Object.fromEntries(Object.entries(right).filter(([name]) => names.includes(name)));
const discogs = createSettingsFilter("discogs_token");
const discogsAndLastfm = createSettingsFilter("discogs_token", "lastfm_api_key", "lastfm_username");
const createSettingsChange =
  (changes: Env) =>
  (right: Env): Env => ({ ...right, ...changes });

const play: SamplePlay = {
  startUts: Date.UTC(2024, 1, 3, 20) / 1000,
  artist: "Can",
  album: "Tago Mago",
  title: "Paperhouse",
  seconds: 400,
};

const getCacheFile = (home: string): string => join(home, "data", "rewind", "rewind.db");

function damageCache(home: string): void {
  mkdirSync(dirname(getCacheFile(home)), { recursive: true });
  writeFileSync(getCacheFile(home), "this is no database");
}

const scenarios: readonly Scenario[] = [
  ...["sync", "xref", "status", "doctor", "stats", "played 1", "report", ""].map((line): Scenario => ({
    name: `nothing is connected: rewind ${line}`,
    settings: () => ({}),
    line,
  })),
  { name: "login without a terminal", settings: () => ({}), line: "login" },
  ...["xref", "sync", "stats", "recap", ""].map((line): Scenario => ({
    name: `no plays are known: rewind ${line}`,
    settings: discogs,
    before: ["sync"],
    line,
  })),
  { name: "nothing is synced", line: "xref" },
  {
    name: "a half set Last.fm",
    settings: createSettingsFilter("discogs_token", "lastfm_username"),
    line: "sync",
  },
  {
    name: "a refused key in the first sync",
    fault: ["LASTFM_API_URL", respondWithLastfmError(26)],
    line: "sync",
    isMended: true,
  },
  {
    name: "a refused key in a later sync",
    before: ["sync"],
    fault: ["LASTFM_API_URL", respondWithLastfmError(10)],
    line: "sync",
    isMended: true,
  },
  {
    name: "doctor with a refused key",
    before: ["sync"],
    fault: ["LASTFM_API_URL", respondWithLastfmError(26)],
    line: "doctor",
    isMended: true,
  },
  {
    name: "a private history",
    fault: ["LASTFM_API_URL", respondWithLastfmError(17)],
    line: "sync",
    isMended: true,
  },
  { name: "Last.fm fails", fault: ["LASTFM_API_URL", respondWith(400, {})], line: "sync", isMended: true },
  {
    name: "an unknown user at Last.fm",
    settings: createSettingsChange({ lastfm_username: "nobody-here" }),
    line: "sync",
    isMended: true,
  },
  {
    name: "an unknown user at ListenBrainz",
    settings: createSettingsChange({ listenbrainz_username: "nobody-here" }),
    line: "sync",
    isMended: true,
  },
  {
    name: "a refused token of ListenBrainz",
    fault: ["LISTENBRAINZ_API_URL", respondWith(401, { code: 401, error: "Invalid token." })],
    line: "sync",
    isMended: true,
  },
  {
    name: "a refused token of Discogs",
    settings: createSettingsChange({ discogs_token: "wrong" }),
    line: "sync",
  },
  { name: "a stopped service asked alone", before: ["sources stop lastfm"], line: "sync --only lastfm" },
  { name: "a service that is not connected", settings: discogs, line: "sync --only listenbrainz" },
  { name: "stop", before: ["sync"], line: "sources stop lastfm" },
  { name: "resume", before: ["sync", "sources stop lastfm"], line: "sources resume lastfm" },
  { name: "removing without a terminal", before: ["sync"], line: "sources remove lastfm" },
  { name: "stopping a file", settings: discogs, before: ["import FILE"], line: "sources stop spotify" },
  {
    name: "no service takes plays",
    settings: discogsAndLastfm,
    before: ["sync"],
    line: "played 1 --scrobble --yes",
  },
  { name: "nothing to send, and nowhere", settings: discogs, before: ["sync"], line: "played send" },
  { name: "sending always, and nowhere", settings: discogs, line: "config set scrobble always" },
  {
    name: "the setting scrobble is never",
    before: ["sync", "config set scrobble never"],
    line: "played 1 --scrobble --yes",
  },
  {
    name: "scrobble_to names another service",
    before: ["sync", "config set scrobble_to lastfm"],
    line: "played send",
  },
  {
    name: "plays for a stopped service",
    before: ["sync", "sources stop listenbrainz"],
    line: "played 1 --scrobble --yes",
  },
  { name: "a token on the command line", line: "config set listenbrainz_token x" },
  { name: "a key on the command line", line: "config set lastfm_api_key x" },
  { name: "a cache that is damaged", prepare: damageCache, line: "doctor" },
];

const historyFile = "Streaming_History_Audio_2024.json";

const placeholders: Readonly<Record<string, string>> = {
  RECORD: "1",
  ENTRY: "0",
  ALBUM: "a1",
  PROVIDER: "lastfm",
};

/** Words that follow a command in a text and belong to it. */
const argument =
  /^(--?[a-z][a-z-]*|[A-Z]+|stop|send|undo|list|pending|resume|remove|set|unset|lastfm|listenbrainz|discogs|plays|spotify|[a-z]+_[a-z_]+|scrobble|both|ask|\d+)$/;

/** The commands that a text tells the user to run. */
function parseCommands(text: string): string[] {
  const lines = [...text.matchAll(/\brewind((?: [\w-]+)+)/g)].flatMap(([, rest = ""]) => {
    const [command = "", ...words] = rest.trim().split(" ");
    if (!commandEntries.some(({ name }) => name === command)) return [];
    const isValue = (at: number): boolean => /^--(sort|match|kind|only|db)$/.test(words[at - 1] ?? "");
    const end = words.findIndex((word, at) => !argument.test(word) && !isValue(at));
    return [[command, ...(end < 0 ? words : words.slice(0, end))].join(" ")];
  });
  return [...new Set(lines)];
}

/** Demo asks no service and changes nothing; help only explains. */
const isFollowed = (line: string): boolean => !/^(demo|help|serve|mcp)\b|--help/.test(line);

async function checkScenario(scene: Scenario, { settings: right, urls }: WorkingSetup): Promise<string[]> {
  const home = createTempDirectory("rewind-home");
  const settingsPath = join(home, "config", "rewind", "config.json");
  const writeSettings = (settings: Env): void => {
    mkdirSync(dirname(settingsPath), { recursive: true, mode: 0o700 });
    writeFileSync(settingsPath, JSON.stringify(settings), { mode: 0o600 });
  };
  const runLine = async (line: string, at: string, env: Env): Promise<CliResult> => {
    const files: Readonly<Record<string, string>> = {
      FILE: join(at, historyFile),
      PATH: join(at, "other.db"),
    };
    const argv = line
      .split(" ")
      .filter((word) => word !== "")
      .map((word) => files[word] ?? placeholders[word] ?? word);
    // A login with the right answers.
    const [isLogin, stdin] = [argv[0] === "login", JSON.stringify(right)];
    return runCli(isLogin ? ["login", "--stdin"] : argv, { home: at, env, ...(isLogin ? { stdin } : {}) });
  };
  writeFileSync(join(home, historyFile), JSON.stringify([buildSpotifyRow(play)]));
  const settings = (scene.settings ?? ((all: Env) => all))(right);
  if (Object.keys(settings).length > 0) writeSettings(settings);
  for (const line of scene.before ?? []) await runLine(line, home, urls);
  scene.prepare?.(home);
  const [address, fault] = scene.fault ?? [];
  const env = { ...urls };
  if (address !== undefined) {
    const failing = await startFakeService({ ...calmBehaviour, onRequest: () => fault }, () => ({
      status: 200,
      body: {},
    }));
    env[address] = failing.url;
  }
  const first =
    scene.line === "login" ? await runCli(["login"], { home, env }) : await runLine(scene.line, home, env);
  const named = parseCommands(first.stdout + first.stderr).filter(isFollowed);
  if (named.length === 0) return [`names no command: ${first.stdout}${first.stderr}`];
  const found: string[] = [];
  for (const command of named) {
    const copy = createTempDirectory("rewind-home");
    cpSync(home, copy, { recursive: true });
    const isMended = scene.isMended === true && /^(sync|login)/.test(command);
    if (isMended) writeFileSync(settingsPath.replace(home, copy), JSON.stringify(right));
    const nextEnv = isMended ? urls : env;
    // Removing asks, and needs a terminal to do so.
    const next = await runLine(command.replace(/^sources remove \w+$/, "$& --yes"), copy, nextEnv);
    const text = next.stdout + next.stderr;
    if (next.code === 2) found.push(`rewind ${command} is refused: ${text}`);
    if (next.code === 0 && command === scene.line) continue;
    const further = parseCommands(text);
    if (next.code !== 0 && further.includes(command)) found.push(`rewind ${command} names itself: ${text}`);
    if (!further.includes(scene.line)) continue;
    const again = await runLine(scene.line, copy, nextEnv);
    if (again.code !== 0) found.push(`rewind ${command} names rewind ${scene.line} again: ${text}`);
  }
  return found;
}

test("a command that a message names does not lead back to the message", async () => {
  const env = await startThreeServices();
  const urls = Object.fromEntries(Object.entries(env).filter(([name]) => name.endsWith("_URL")));
  const right = {
    ...Object.fromEntries(
      Object.entries(env).flatMap(([name, value]) => (name in urls ? [] : [[name.toLowerCase(), value]])),
    ),
    listenbrainz_token: createListenBrainzData().token,
  };
  const rows = sampleItems("message chains", scenarios, 5);
  const found: Record<string, string[]> = {};
  for (const scene of rows) found[scene.name] = await checkScenario(scene, { settings: right, urls });
  expect(found).toEqual(Object.fromEntries(rows.map(({ name }) => [name, []])));
}, 600_000);
