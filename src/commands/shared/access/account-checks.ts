// Checks which accounts a token and a key belong to, and counts their data. Used by login and doctor.
import { listenbrainzService } from "../../../sources/all-services.ts";
import { getCollectionService, getListeningService } from "../../../sources/service-lookup.ts";
import type { Accounts } from "../../../store/file/cache-facts.ts";
import { HiddenHistory } from "../../../sources/transport/service-errors.ts";
import type { CallOptions } from "../../../sources/services/remote-service.ts";
import type { CollectionService } from "../../../sources/services/service-clients.ts";
import type { ListeningService, ListenService } from "../../../sources/services/listening-service.ts";
import { pluralize } from "../../../output/format-numbers.ts";
import { joinParts } from "../../../output/paragraph.ts";

interface CheckedAccount {
  /** The service's own spelling. */
  readonly username: string;
  /** "vinyljunkie · 2,400 records · 312 wants" */
  readonly text: string;
}

/** `username` owns the collection; null means the owner of the token. Throws the errors of Discogs. */
export async function checkCollection(
  collection: CollectionService,
  username: string | null,
  call: CallOptions,
): Promise<CheckedAccount> {
  const owner = (await collection.fetchIdentity(call)).username;
  const { username: name, ...profile } = await collection.fetchProfile(username ?? owner, call);
  // The profile hides the count of a private collection. Only a request for the collection reports that it is
  // private.
  const records =
    profile.collectionCount ?? (await collection.fetchCollectionPage(name, 1, "newest-first", call)).total;
  const wants = profile.wantlistCount === null ? "" : pluralize(profile.wantlistCount, "want");
  return { username: name, text: joinParts([name, pluralize(records, "record"), wants]) };
}

/** `hiddenNote`: the consequence of a hidden history. null: the history is visible. */
export async function checkListening(
  listening: ListeningService,
  username: string,
  call: CallOptions,
): Promise<CheckedAccount & { readonly hiddenNote: string | null }> {
  const { name, playCount, registeredUts } = await listening.fetchUser(username, call);
  const isHidden = await listening.fetchScrobblePage(name, { page: 1, limit: 1 }, call).then(
    () => false,
    (error: unknown) => {
      if (error instanceof HiddenHistory) return true;
      throw error;
    },
  );
  const since = registeredUts === null ? "" : ` since ${new Date(registeredUts * 1000).getUTCFullYear()}`;
  const scrobbles = `${pluralize(playCount, "scrobble")}${since}`;
  const { unhide } = listening.traits;
  return {
    username: name,
    text: joinParts([name, scrobbles, `history ${isHidden ? "hidden" : "visible"}`]),
    hiddenNote: isHidden ? `plays count, but their dates stay unknown; to change that, ${unhide}` : null,
  };
}

/** `username` null means the owner of the token; `owner` is null without a token. */
export async function checkListens(
  listens: ListenService,
  username: string | null,
  call: CallOptions,
): Promise<CheckedAccount & { readonly owner: string | null }> {
  const owner = (await listens.writer?.fetchOwner(call)) ?? null;
  const listener = username ?? owner ?? "";
  const [{ username: name }, count] = await Promise.all([
    listens.fetchNewestListens(listener, 1, call),
    listens.fetchListenCount(listener, call),
  ]);
  return { username: name, owner, text: joinParts([name, pluralize(count, "play")]) };
}

/** The owners of the cache that are others than these names, by the ids of services: "owl on Last.fm, not to lark". */
export function listOtherOwners(owners: Accounts, names: Readonly<Record<string, string>>): string[] {
  const services = [getCollectionService(owners), getListeningService(owners), listenbrainzService];
  return services.flatMap((service) => {
    const [owner, name] = [owners[service.id], names[service.id]];
    const isSame = owner === undefined || name === undefined || owner.toLowerCase() === name.toLowerCase();
    return isSame ? [] : [`${owner} on ${service.name}, not to ${name}`];
  });
}
