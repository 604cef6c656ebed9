// A person whose accounts have secrets of the shapes of real ones, and whose environment holds none of them.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "vitest";
import { createCliFixture, type CliFixture } from "./cli-fixture.ts";
import type { CliOptions, CliResult } from "./run-cli.ts";
import { enter, createTypist, type Reply } from "./scripted-typing.ts";

export const token = "TokenTokenTokenTokenTokenTokenTokenToken";
export const key = "0123456789abcdef0123456789abcdef";
export const getSettingsFile = (home: string): string => join(home, "config", "rewind", "config.json");
export const readStoredSettings = (home: string): unknown =>
  JSON.parse(readFileSync(getSettingsFile(home), "utf8"));

export interface TestUser extends CliFixture {
  readonly name: string;
  /** Logs in by answering; every reply has to be asked for. */
  login(replies: readonly Reply[], options?: CliOptions, flags?: readonly string[]): Promise<CliResult>;
}

/** The answers about the history and where plays are sent: Last.fm, unless the test replies to it. */
const lastfmReplies: Readonly<Record<string, Reply>> = {
  login: ["Your choice (1):", "3", enter],
  "login --scrobble": ["Your choice (1):", "2", enter],
};

/** Accounts whose secrets have the shapes of real ones, and an environment without them. */
export async function createNewUser(
  stored: Readonly<Record<string, string>> | null = null,
): Promise<TestUser> {
  const fixture = await createCliFixture();
  Object.assign(fixture.worlds.discogs, { token });
  Object.assign(fixture.worlds.lastfm, { apiKey: key });
  if (stored !== null) saveSettings(fixture.home, JSON.stringify(stored));
  const env = { DISCOGS_TOKEN: "", LASTFM_API_KEY: "", LASTFM_USERNAME: "", NO_COLOR: "1" };
  const runRewind: CliFixture["rewind"] = async (argv, options) =>
    fixture.rewind(argv, { ...options, env: { ...env, ...options?.env } });
  return {
    ...fixture,
    name: fixture.worlds.lastfm.listener.name,
    rewind: runRewind,
    async login(replies, options = {}, flags = []) {
      const command = flags.includes("--scrobble") ? "login --scrobble" : "login";
      const { left, options: typing } = createTypist(replies, lastfmReplies[command]);
      const result = await runRewind(["login", ...flags], { ...typing, ...options });
      expect(left).toEqual([]);
      for (const secret of [token, key]) expect(result.stdout + result.stderr).not.toContain(secret);
      return result;
    },
  };
}

/** A person whose settings were saved before. */
export async function createLoggedInUser(more: Readonly<Record<string, string>> = {}): Promise<TestUser> {
  const person = await createNewUser();
  saveSettings(person.home, JSON.stringify({ ...buildSavedSettings(person), ...more }));
  return person;
}

export function saveSettings(home: string, text: string): void {
  mkdirSync(dirname(getSettingsFile(home)), { recursive: true, mode: 0o700 });
  writeFileSync(getSettingsFile(home), text, { mode: 0o600 });
}

export const buildSavedSettings = (person: TestUser): Record<string, string> => ({
  discogs_token: token,
  lastfm_api_key: key,
  lastfm_username: person.name,
});
