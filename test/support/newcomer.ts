// A person whose accounts have secrets of the shapes of real ones, and whose environment holds none of them.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "vitest";
import { cliWorld, type CliWorld } from "./cli-world.ts";
import type { CliOptions, CliResult } from "./run-cli.ts";
import { enter, typist, type Reply } from "./typist.ts";

export const token = "TokenTokenTokenTokenTokenTokenTokenToken";
export const key = "0123456789abcdef0123456789abcdef";
export const pathIn = (home: string): string => join(home, "config", "rewind", "config.json");
export const storedIn = (home: string): unknown => JSON.parse(readFileSync(pathIn(home), "utf8"));

export interface Person extends CliWorld {
  readonly name: string;
  /** Logs in by answering; every reply has to be asked for. */
  login(replies: readonly Reply[], options?: CliOptions, flags?: readonly string[]): Promise<CliResult>;
}

/** Where the history is, and where plays are sent: Last.fm, unless the test replies to it. */
const atLastfm: Readonly<Record<string, Reply>> = {
  login: ["Your choice (1):", "3", enter],
  "login --scrobble": ["Your choice (1):", "2", enter],
};

/** Accounts whose secrets have the shapes of real ones, and an environment without them. */
export async function newcomer(stored: Readonly<Record<string, string>> | null = null): Promise<Person> {
  const world = await cliWorld();
  Object.assign(world.worlds.discogs, { token });
  Object.assign(world.worlds.lastfm, { apiKey: key });
  if (stored !== null) save(world.home, JSON.stringify(stored));
  const env = { DISCOGS_TOKEN: "", LASTFM_API_KEY: "", LASTFM_USERNAME: "", NO_COLOR: "1" };
  const rewind: CliWorld["rewind"] = async (argv, options) =>
    world.rewind(argv, { ...options, env: { ...env, ...options?.env } });
  return {
    ...world,
    name: world.worlds.lastfm.listener.name,
    rewind,
    async login(replies, options = {}, flags = []) {
      const command = flags.includes("--scrobble") ? "login --scrobble" : "login";
      const { left, options: typing } = typist(replies, atLastfm[command]);
      const result = await rewind(["login", ...flags], { ...typing, ...options });
      expect(left).toEqual([]);
      for (const secret of [token, key]) expect(result.stdout + result.stderr).not.toContain(secret);
      return result;
    },
  };
}

/** A person whose settings were saved before. */
export async function loggedIn(more: Readonly<Record<string, string>> = {}): Promise<Person> {
  const person = await newcomer();
  save(person.home, JSON.stringify({ ...saved(person), ...more }));
  return person;
}

export function save(home: string, text: string): void {
  mkdirSync(dirname(pathIn(home)), { recursive: true, mode: 0o700 });
  writeFileSync(pathIn(home), text, { mode: 0o600 });
}

export const saved = (person: Person): Record<string, string> => ({
  discogs_token: token,
  lastfm_api_key: key,
  lastfm_username: person.name,
});
