// A person with accounts at both stand-ins and a home directory, at whose command line nothing may leak.
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { createVirtualClock } from "./virtual-clock.ts";
import { generousLimit } from "./fake-discogs.ts";
import { generateServiceData } from "./generated-data.ts";
import { generateMusicBrainzData } from "./musicbrainz-data.ts";
import { noon, runCli, type CliOptions, type CliResult } from "./run-cli.ts";
import type { CoverData } from "./fake-cover-hosts.ts";
import { startFakeServices } from "./fake-services.ts";
import { createTempDirectory } from "./temp-directories.ts";

export type CliFixture = Awaited<ReturnType<typeof createCliFixture>>;

const defaultSize = { records: 120, albums: 90, plays: 600, wants: 12 };

/** Starts both stand-ins with a small world. Works only inside a test. */
export async function createCliFixture(size: Partial<typeof defaultSize> = {}) {
  const worlds = generateServiceData({ ...defaultSize, ...size });
  const clock = createVirtualClock(noon);
  const musicbrainzWorld = generateMusicBrainzData(worlds.discogs.shelf.records.rows);
  const pictures: CoverData = { archive: new Map(), discogs: new Map() };
  const fakeServices = await startFakeServices(
    { ...worlds, musicbrainz: musicbrainzWorld, pictures },
    { clock, tellsTime: true },
    { discogs: { limit: generousLimit }, lastfm: { limit: null } },
  );
  const home = createTempDirectory("rewind-home");
  const secrets = [worlds.discogs.token, worlds.lastfm.apiKey, "wrong-secret-value"];
  const env = {
    DISCOGS_TOKEN: worlds.discogs.token,
    LASTFM_API_KEY: worlds.lastfm.apiKey,
    LASTFM_USERNAME: worlds.lastfm.listener.name,
    DISCOGS_API_URL: fakeServices.discogs.url,
    LASTFM_API_URL: fakeServices.lastfm.url,
    MUSICBRAINZ_API_URL: fakeServices.musicbrainz.url,
    COVERART_API_URL: fakeServices.archive.url,
    DISCOGS_IMAGES_URL: fakeServices.images.url,
  };
  return {
    home,
    /** The time of all stand-ins, and of the program in this process. */
    clock,
    ...fakeServices,
    musicbrainzWorld,
    /** Empty until a test fills them. */
    pictures,
    worlds,
    /** The settings, as environment. */
    env: env as Readonly<Record<string, string>>,
    /** Runs a command line in this home; waits between retries take no time. */
    rewind: async (argv: readonly string[], options: CliOptions = {}): Promise<CliResult> => {
      const result = await runCli(argv, { home, now: clock, ...options, env: { ...env, ...options.env } });
      expectNoSecret(secrets, result, home);
      return result;
    },
  };
}

/** Looks for the secrets in all that was written: both streams and every file of the home directory. */
export function expectNoSecret(
  secrets: readonly string[],
  { stdout, stderr }: { readonly stdout: string; readonly stderr: string },
  home: string,
): void {
  const written = new Map([
    ["stdout", Buffer.from(stdout)],
    ["stderr", Buffer.from(stderr)],
    ...listFilesBelow(home).map((path) => [path, readFileSync(path)] as const),
  ]);
  for (const secret of secrets) {
    const places = [...written].filter(([, bytes]) => bytes.includes(secret)).map(([place]) => place);
    expect({ secret, places }).toEqual({ secret, places: [] });
  }
}

function listFilesBelow(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: "utf8" })
    .map((name) => join(directory, name))
    .filter((path) => statSync(path).isFile());
}
