// Whose data it is: verified before anything is written, and compared with whose the cache is.
import { AccountError, RewindError } from "../errors.ts";
import type { AccountService } from "../model.ts";
import { serviceNames } from "../sources/transport/failures.ts";
import type { CallOptions, LastfmUser, Services } from "../sources/services.ts";
import { readAccounts, writeAccount, type Accounts } from "../store/accounts.ts";
import type { Run } from "./run.ts";

export interface AskedAccounts {
  /** null: the owner of the token. */
  readonly discogs: string | null;
  readonly lastfm: string;
}

export interface Verified {
  /** In Discogs' spelling; null where it couldn't be asked. */
  readonly discogs: string | null;
  readonly lastfm: LastfmUser | null;
  /** Why a service couldn't be asked. */
  readonly failures: readonly { readonly service: AccountService; readonly error: RewindError }[];
}

/** Asks both services, at once. Throws AccountError when either refuses: then nothing is synced. */
export async function verifyAccounts(
  services: Services,
  asked: AskedAccounts,
  only: AccountService | null,
  known: Accounts,
  call: CallOptions,
): Promise<Verified> {
  const [discogs, lastfm] = await Promise.allSettled([
    only === "lastfm" ? null : discogsName(services, asked.discogs, known.discogs, call),
    only === "discogs" ? null : services.lastfm.user(asked.lastfm, call),
  ]);
  const failures: { service: AccountService; error: RewindError }[] = [];
  for (const [service, outcome] of [["discogs", discogs] as const, ["lastfm", lastfm] as const]) {
    if (outcome.status === "fulfilled") continue;
    const error: unknown = outcome.reason;
    if (!(error instanceof RewindError)) throw error;
    failures.push({ service, error });
  }
  const refusals = failures.filter(({ error }) => error instanceof AccountError);
  if (refusals.length > 0) throw joined(refusals.map(({ error }) => error));
  return {
    discogs: discogs.status === "fulfilled" ? discogs.value : null,
    lastfm: lastfm.status === "fulfilled" ? lastfm.value : null,
    failures,
  };
}

async function discogsName(
  services: Services,
  asked: string | null,
  known: string | undefined,
  call: CallOptions,
): Promise<string> {
  const owner = (await services.discogs.identity(call)).username;
  if (asked === null || isSameName(asked, owner)) return owner;
  // Someone else's collection, and found before: no need to ask for the spelling again.
  if (known !== undefined && isSameName(asked, known)) return known;
  return (await services.discogs.profile(asked, call)).username;
}

function joined(errors: readonly RewindError[]): RewindError {
  const [first, ...others] = errors;
  if (first && others.length === 0) return first;
  const hints = new Set(errors.map((error) => error.hint.split("\n")[0] ?? ""));
  return new AccountError(errors.map((error) => error.message).join("; "), [...hints].join("\n"));
}

/** Throws AccountError where the cache is another's; else notes whose it is. */
export function claimCache(run: Run, { discogs, lastfm }: Verified): void {
  const { database } = run;
  const found: Partial<Record<AccountService, string>> = {
    ...(discogs === null ? {} : { discogs }),
    ...(lastfm === null ? {} : { lastfm: lastfm.name }),
  };
  run.write(() => {
    const owners = readAccounts(database);
    for (const service of ["discogs", "lastfm"] as const) {
      const owner = owners[service];
      const name = found[service];
      if (owner === undefined || name === undefined || isSameName(owner, name)) continue;
      throw new AccountError(
        `this cache belongs to ${owner} on ${serviceNames[service]}, not to ${name}`,
        `Keep another one for ${name}: rewind sync --db PATH`,
      );
    }
    for (const service of ["discogs", "lastfm"] as const) {
      const name = found[service];
      if (name !== undefined) writeAccount(database, service, name);
    }
  });
}

function isSameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
