// Verifies the accounts before anything is written, and compares them with those of the cache.
import { AccountError, CacheError, OtherAccount, RewindError } from "../model/errors.ts";
import type { Service } from "../model/model.ts";
import { daySeconds } from "../model/times.ts";
import type { CallOptions } from "../sources/services/remote-service.ts";
import type { ListeningUser } from "../sources/services/listening-service.ts";
import type { CollectionService } from "../sources/services/service-clients.ts";
import { collectionServices, listeningServices } from "../sources/all-services.ts";
import { RejectedCredential } from "../sources/transport/service-errors.ts";
import {
  deleteRefusal,
  readAccounts,
  readRefusal,
  saveAccount,
  saveRefusal,
  type Accounts,
} from "../store/file/cache-facts.ts";
import type { SyncedSide } from "../model/sync-steps.ts";
import { claimListens, type ListenAccount, readListenAccount } from "./listens/listens.ts";
import { isSideIncluded, type SyncOptions } from "./sync-options.ts";
import { createInterruptionError, addFailure, type SyncReport } from "./sync-report.ts";
import type { StepRun } from "./paging/step.ts";

export interface VerifiedAccounts {
  /** The service's own spelling; null if it is not asked, or failed. */
  readonly collection: string | null;
  readonly listening: ListeningUser | null;
  readonly listens: ListenAccount | null;
}

type AccountOptions = Pick<
  SyncOptions,
  "services" | "accounts" | "only" | "history" | "asksRefused" | "fingerprints"
>;

interface AccountRun extends StepRun, AccountOptions {
  readonly report: SyncReport;
}

/**
 * Asks all services at once. A service that fails, or whose account is not the cache's, is reported as missing, and stops no
 * other. Throws only bugs, interruptions and failures of the cache.
 */
export async function verifyAccounts(run: AccountRun): Promise<VerifiedAccounts> {
  const { services, accounts, call, database } = run;
  const { collection, listening, listens } = services;
  const name = accounts.listening;
  const outcomes = await Promise.allSettled([
    verifyAccount(run, "collection", collection, async () => {
      const owner = await resolveOwnerName(collection, accounts.collection, readAccounts(database), call);
      claimCache(run, collection, collectionServices, owner);
      return owner;
    }),
    listening === null || name === null
      ? null
      : verifyAccount(run, "listening", listening, async () => {
          const user = await listening.fetchUser(name, call);
          claimCache(run, listening, listeningServices, user.name);
          return user;
        }),
    listens === null || !run.history
      ? null
      : verifyAccount(run, "listens", listens, async () => {
          const account = await readListenAccount(call, listens, accounts.listens ?? null);
          claimListens(run, account.username);
          return account;
        }),
  ]);
  for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
  const [owner, user, listener] = outcomes.map((outcome) =>
    outcome.status === "fulfilled" ? outcome.value : null,
  ) as [string | null, ListeningUser | null, ListenAccount | null];
  return { collection: owner, listening: user, listens: listener };
}

/** The service refused the account in an earlier sync, and is not asked again yet. */
class StandingRefusal extends AccountError {}

/** null: the service is not asked, or is missing. */
async function verifyAccount<Account>(
  run: AccountRun,
  side: SyncedSide,
  service: Service,
  ask: () => Promise<Account>,
): Promise<Account | null> {
  if (!isSideIncluded(run, side)) return null;
  const { database } = run;
  try {
    assertRetryDue(run, side, service);
    const account = await ask();
    run.write(() => deleteRefusal(database, service.id));
    return account;
  } catch (error) {
    if (run.signal.aborted) throw createInterruptionError(run.signal);
    if (!(error instanceof RewindError) || error instanceof CacheError) throw error;
    if (error instanceof StandingRefusal) addFailure(run.report, side, error, "waiting");
    else if (error instanceof AccountError && !(error instanceof OtherAccount)) {
      addFailure(run.report, side, error, "refused");
      if (side !== "collection")
        run.write(() => saveRefusal(database, service.id, buildRefusal(run, service, error)));
    } else addFailure(run.report, side, error);
    return null;
  }
}

/** Throws StandingRefusal if the service refused the same settings, and is asked again only once a day. */
function assertRetryDue(run: AccountRun, side: SyncedSide, { id }: Service): void {
  const refusal = readRefusal(run.database, id);
  if (refusal === null || run.asksRefused !== false || run.only === side) return;
  const ageSeconds = run.nowUts() - refusal.uts;
  if (refusal.settings !== getFingerprint(run, id) || ageSeconds < 0 || ageSeconds >= daySeconds) return;
  throw new StandingRefusal(refusal.message);
}

const maxMessageLength = 200;

function buildRefusal(run: AccountRun, { id }: Service, error: AccountError) {
  const words = error instanceof RejectedCredential ? error.serviceMessage : null;
  return {
    uts: run.nowUts(),
    message: error.message,
    serviceMessage: words && words.slice(0, maxMessageLength),
    settings: getFingerprint(run, id),
  };
}

function getFingerprint({ fingerprints = {} }: AccountRun, service: string): string {
  return fingerprints[service] ?? "";
}

async function resolveOwnerName(
  collection: CollectionService,
  requestedName: string | null,
  accounts: Accounts,
  call: CallOptions,
): Promise<string> {
  const owner = (await collection.fetchIdentity(call)).username;
  if (requestedName === null || isSameName(requestedName, owner)) return owner;
  // Someone else's collection that is cached already: its spelling is known.
  const cachedName = accounts[collection.id];
  if (cachedName !== undefined && isSameName(requestedName, cachedName)) return cachedName;
  return (await collection.fetchProfile(requestedName, call)).username;
}

/**
 * Throws OtherAccount if the cache belongs to another account; otherwise stores this one. A cache holds one collection
 * and one listening history, of any of the `rivals`.
 */
function claimCache(run: StepRun, service: Service, rivals: readonly Service[], name: string): void {
  const { database } = run;
  run.write(() => {
    const owners = readAccounts(database);
    const holder = rivals.find(({ id }) => owners[id] !== undefined);
    const owner = holder && owners[holder.id];
    if (
      holder !== undefined &&
      owner !== undefined &&
      !(holder.id === service.id && isSameName(owner, name))
    ) {
      const other = holder.id === service.id ? name : `${name} on ${service.name}`;
      throw new OtherAccount(
        `this cache belongs to ${owner} on ${holder.name}, not to ${other}`,
        `Use another cache for ${name}: rewind sync --db PATH`,
      );
    }
    saveAccount(database, service.id, name);
  });
}

function isSameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
