// Finds out what is playing: what a client told rewind serve, or else what the listening services say. A service that is
// stopped or not connected is not asked, and one that fails stops no other.
import { readPlayingNow, getPlayingNowPath } from "../host/playing-now-file.ts";
import { AccountError, isFailure, type RewindError } from "../model/errors.ts";
import type { Service } from "../model/model.ts";
import { nothingPlaying, type PlayingReport } from "../model/playing-now.ts";
import { isServiceSet } from "../settings/connection.ts";
import { listenbrainzService, listeningServices } from "../sources/all-services.ts";
import { readAccounts, readRefusal } from "../store/file/cache-facts.ts";
import type { ActionAccess } from "./action-access.ts";

export interface PlayingResult extends PlayingReport {
  /** How many services were asked. */
  readonly asked: number;
  readonly failures: readonly RewindError[];
}

export async function fetchPlayingNow(access: ActionAccess): Promise<PlayingResult> {
  return readReported(access.database.name, access.nowUts) ?? fetchFromServices(access);
}

/** Reads what a client told rewind serve. null: nothing. */
export function readReported(cachePath: string, nowUts: number): PlayingResult | null {
  const playing = readPlayingNow(getPlayingNowPath(cachePath), nowUts);
  return playing === null ? null : { ...nothingPlaying, playing, source: "direct", asked: 0, failures: [] };
}

/** A status bar waits for the answer. */
const timeoutMs = 5_000;

/** Asks one service after the other until one says that something is playing. */
export async function fetchFromServices(access: ActionAccess): Promise<PlayingResult> {
  const settings = access.settings();
  const connected = [listenbrainzService, ...listeningServices].filter(
    (service) => settings === null || isServiceSet(settings, service),
  );
  if (connected.length === 0) return { ...nothingPlaying, asked: 0, failures: [] };
  const failures: RewindError[] = [];
  const unanswered: string[] = [];
  let asked = 0;
  for (const { id } of connected) {
    try {
      const { services, accounts, fingerprints } = await access.connect();
      const service = [services.listens, services.listening].find((each) => each?.id === id);
      const username =
        (service === services.listens ? accounts.listens : accounts.listening) ??
        readAccounts(access.database)[id];
      if (service == null || username === undefined) continue;
      asked += 1;
      assertNotRefused(access, service, fingerprints);
      const call = { signal: access.interruptible(), attempts: 1, timeoutMs };
      const playing = await service.fetchPlayingNow(username, call);
      if (playing !== null) return { playing, source: id, unanswered, asked, failures };
    } catch (error) {
      if (!isFailure(error)) throw error;
      failures.push(error);
      unanswered.push(id);
    }
  }
  return { ...nothingPlaying, unanswered, asked, failures };
}

/** A service that refused the account in the last sync is not asked again with the same settings. */
function assertNotRefused(
  { database }: ActionAccess,
  { id }: Service,
  fingerprints: Readonly<Record<string, string>>,
): void {
  const refusal = readRefusal(database, id);
  if (refusal !== null && refusal.settings === fingerprints[id]) throw new AccountError(refusal.message);
}
