// Synced caches, and a record player whose plays may be sent to Last.fm.
import { expect } from "vitest";
import type { ListedTrack } from "../../src/model/model.ts";
import { createCliFixture, type CliFixture } from "./cli-fixture.ts";
import { getHomeCachePath, buildListedTrack, copyOrMakeCache } from "./filled-cache.ts";
import type { CliOptions, CliResult } from "./run-cli.ts";
import { createFakeScrobbler, type FakeScrobbler } from "./fake-scrobbler.ts";

/** A person with a cache that is synced; the services were not asked by it. */
export async function createSyncedFixture(
  size: Parameters<typeof createCliFixture>[0] = {},
  flags: readonly string[] = [],
): Promise<CliFixture> {
  const fixture = await createCliFixture(size);
  await copyOrMakeCache(getHomeCachePath(fixture.home), JSON.stringify([size, flags]), async () => {
    const { code, stderr } = await fixture.rewind(["sync", "--quiet", ...flags]);
    if (code !== 0) throw new Error(stderr);
    for (const { requests } of [fixture.discogs, fixture.lastfm]) requests.length = 0;
  });
  return fixture;
}

const secret = "fedcba9876543210fedcba9876543210";
const session = "session-of-the-turntable";

/** Lets the world's user scrobble, with the settings that `env` holds. */
export function allowScrobbling(
  { worlds, lastfm }: CliFixture,
  nowMs: () => number,
): { readonly desk: FakeScrobbler; readonly env: Readonly<Record<string, string>> } {
  const desk = createFakeScrobbler(worlds.lastfm, { secret, nowMs });
  desk.sessions.set(session, worlds.lastfm.listener.name);
  lastfm.behaviour.scrobbler = desk;
  return { desk, env: { LASTFM_SHARED_SECRET: secret, LASTFM_SESSION_KEY: session } };
}

export type ScrobblingFixture = Awaited<ReturnType<typeof createScrobblingFixture>>;

interface ListedPlay {
  readonly uuid: string;
  readonly tracks: readonly { readonly state: string; readonly listenbrainz_state: string | null }[];
}

export const buildTrackAt = (position: string, durationSeconds: number | null): ListedTrack =>
  buildListedTrack(`Track ${position}`, { position, durationSeconds });

/** Every record has these tracks; what is written holds no secret. */
export async function createScrobblingFixture(tracklist: readonly ListedTrack[]) {
  const fixture = await createSyncedFixture();
  const { discogs } = fixture.worlds;
  const { desk, env: allowed } = allowScrobbling(fixture, () => fixture.clock.now());
  for (const { release } of discogs.shelf.records.rows) discogs.tracklists.set(release.id, tracklist);
  const runRewind = async (argv: readonly string[], options: CliOptions = {}): Promise<CliResult> => {
    const env = { ...allowed, ...options.env };
    const result = await fixture.rewind(argv, { ...options, env });
    for (const hidden of [secret, session]) expect(result.stdout + result.stderr).not.toContain(hidden);
    return result;
  };
  /** The plays that the program logged. */
  const readListedPlays = async (): Promise<readonly ListedPlay[]> =>
    (JSON.parse((await runRewind(["played", "list", "--json"])).stdout) as { data: ListedPlay[] }).data;
  return { ...fixture, desk, rewind: runRewind, listed: readListedPlays };
}
