// Checks which accounts a token and a key belong to, and counts their data. Used by login and doctor.
import { listenbrainzService } from "../../../sources/all-services.ts";
import { collectionServiceOf, listeningServiceOf } from "../../../sources/service-lookup.ts";
import type { Accounts } from "../../../store/file/cache-facts.ts";
import { HiddenHistory } from "../../../sources/transport/service-errors.ts";
import type { CallOptions } from "../../../sources/services/remote-service.ts";
import type { CollectionService } from "../../../sources/services/service-clients.ts";
import type { ListeningService } from "../../../sources/services/listening-service.ts";
import { counted, thousands } from "../../../output/number-text.ts";
import { joinParts } from "../../../output/paragraph.ts";

export interface CollectionAccount {
  readonly username: string;
  readonly records: number;
  /** null: hidden from this token. */
  readonly wants: number | null;
}

/** `username` owns the collection; null means the owner of the token. Throws the errors of Discogs. */
export async function checkCollection(
  collection: CollectionService,
  username: string | null,
  call: CallOptions,
): Promise<CollectionAccount> {
  const owner = (await collection.identity(call)).username;
  const profile = await collection.profile(username ?? owner, call);
  // The profile hides the count of a private collection. Only a request for the collection reports that it is
  // private.
  const records =
    profile.collectionCount ??
    (await collection.collectionPage(profile.username, 1, "newest-first", call)).total;
  return { username: profile.username, records, wants: profile.wantlistCount };
}

export interface ListeningAccount {
  readonly username: string;
  readonly scrobbles: number;
  /** null: the service does not say. */
  readonly sinceYear: number | null;
  /** The consequence of a hidden history. null: the history is visible. */
  readonly hiddenNote: string | null;
}

export async function checkListening(
  listening: ListeningService,
  username: string,
  call: CallOptions,
): Promise<ListeningAccount> {
  const { name, playCount, registeredUts } = await listening.user(username, call);
  const { unhide } = listening.traits;
  const hiddenNote = `plays count, but their dates stay unknown; to change that, ${unhide}`;
  return {
    username: name,
    scrobbles: playCount,
    sinceYear: registeredUts === null ? null : new Date(registeredUts * 1000).getUTCFullYear(),
    hiddenNote: (await isHistoryHidden(listening, name, call)) ? hiddenNote : null,
  };
}

async function isHistoryHidden(
  listening: ListeningService,
  username: string,
  call: CallOptions,
): Promise<boolean> {
  try {
    await listening.scrobblesPage(username, { page: 1, limit: 1 }, call);
    return false;
  } catch (error) {
    if (error instanceof HiddenHistory) return true;
    throw error;
  }
}

/** "vinyljunkie · 2,400 records · 312 wants" */
export function collectionText({ username, records, wants }: CollectionAccount): string {
  return joinParts([username, counted(records, "record"), wants === null ? "" : counted(wants, "want")]);
}

/** "owl · 180,412 scrobbles since 2007 · history visible" */
export function listeningText({ username, scrobbles, sinceYear, hiddenNote }: ListeningAccount): string {
  const since = sinceYear === null ? "" : ` since ${sinceYear}`;
  const noun = scrobbles === 1 ? "scrobble" : "scrobbles";
  return `${username} · ${thousands(scrobbles)} ${noun}${since} · history ${hiddenNote === null ? "visible" : "hidden"}`;
}

/** The owners of the cache that are others than these names, by the ids of services: "owl on Last.fm, not to lark". */
export function otherOwners(owners: Accounts, names: Readonly<Record<string, string>>): string[] {
  const services = [collectionServiceOf(owners), listeningServiceOf(owners), listenbrainzService];
  return services.flatMap((service) => {
    const [owner, name] = [owners[service.id], names[service.id]];
    const isSame = owner === undefined || name === undefined || owner.toLowerCase() === name.toLowerCase();
    return isSame ? [] : [`${owner} on ${service.name}, not to ${name}`];
  });
}
