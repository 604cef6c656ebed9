// Verifies the accounts before anything is written, and compares them with those of the cache.
import { AccountError, RewindError } from "../model/errors.ts";
import type { CallOptions } from "../sources/services/remote-service.ts";
import type { ListeningUser } from "../sources/services/listening-service.ts";
import type { Services } from "../sources/services/service-clients.ts";
import { collectionServices, listeningServices } from "../sources/all-services.ts";
import { readAccounts, writeAccount, type Accounts } from "../store/file/cache-facts.ts";
import { isAsked, type Run } from "./walks/sync-run.ts";

export interface Verified {
  /** In the service's spelling; null if it did not answer. */
  readonly collection: string | null;
  readonly listening: ListeningUser | null;
  readonly failures: readonly RewindError[];
}

/** Asks both services at once. Throws AccountError if either refuses: then nothing is synced. */
export async function verifyAccounts(run: Run): Promise<Verified> {
  const { services, accounts, database, call } = run;
  const [collection, listening] = await Promise.allSettled([
    isAsked(run, "collection")
      ? ownerName(services, accounts.collection, readAccounts(database), call)
      : null,
    isAsked(run, "listening") && accounts.listening !== null
      ? services.listening.user(accounts.listening, call)
      : null,
  ]);
  const failures: RewindError[] = [];
  for (const outcome of [collection, listening]) {
    if (outcome.status === "fulfilled") continue;
    const error: unknown = outcome.reason;
    if (!(error instanceof RewindError)) throw error;
    failures.push(error);
  }
  const refusal = failures.find((error) => error instanceof AccountError);
  if (refusal) throw refusal;
  return {
    collection: collection.status === "fulfilled" ? collection.value : null,
    listening: listening.status === "fulfilled" ? listening.value : null,
    failures,
  };
}

async function ownerName(
  { collection }: Services,
  requestedName: string | null,
  accounts: Accounts,
  call: CallOptions,
): Promise<string> {
  const owner = (await collection.identity(call)).username;
  if (requestedName === null || isSameName(requestedName, owner)) return owner;
  // Someone else's collection that is cached already: its spelling is known.
  const cachedName = accounts[collection.id];
  if (cachedName !== undefined && isSameName(requestedName, cachedName)) return cachedName;
  return (await collection.profile(requestedName, call)).username;
}

/** Throws AccountError if the cache belongs to other accounts; otherwise stores these. */
export function claimCache(run: Run, { collection, listening }: Verified): void {
  const { database, services } = run;
  const claims = [
    { service: services.collection, rivals: collectionServices, name: collection },
    { service: services.listening, rivals: listeningServices, name: listening?.name ?? null },
  ].flatMap(({ name, ...claim }) => (name === null ? [] : { name, ...claim }));
  run.write(() => {
    const owners = readAccounts(database);
    for (const { service, rivals, name } of claims) {
      // A cache holds one collection and one listening history, of any service.
      const holder = rivals.find(({ id }) => owners[id] !== undefined);
      const owner = holder && owners[holder.id];
      if (holder === undefined || owner === undefined) continue;
      if (holder.id === service.id && isSameName(owner, name)) continue;
      const other = holder.id === service.id ? name : `${name} on ${service.name}`;
      throw new AccountError(
        `this cache belongs to ${owner} on ${holder.name}, not to ${other}`,
        `Use another cache for ${name}: rewind sync --db PATH`,
      );
    }
    for (const { service, name } of claims) writeAccount(database, service.id, name);
  });
}

function isSameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
