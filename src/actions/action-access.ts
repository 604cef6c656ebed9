// Every action gets an ActionAccess, which each interface makes from its own state. So actions need no terminal, server or
// assistant.
import type { SyncSettings, Usernames } from "../settings/connection.ts";
import type { SettingsReader } from "../settings/settings-file.ts";
import type { Services } from "../sources/services/service-clients.ts";
import type { Database } from "../store/file/database.ts";

export interface ActionAccess {
  /** Synced, and with current matches. */
  readonly database: Database;
  /** When the action began, in unix seconds. */
  readonly nowUts: number;
  /** The time now, for limits. */
  readonly nowMs: () => number;
  /** Connects the services at the first call. Throws AccountError if rewind is not connected. */
  readonly connect: () => Promise<ActionConnection>;
  /** The signal aborts when the user or the client gives up. */
  readonly interruptible: () => AbortSignal;
  /** Returns null for a sample, which has no account to send to. */
  readonly settings: () => SettingsReader | null;
}

interface ActionConnection {
  readonly services: Services;
  readonly accounts: Usernames;
  readonly choices: SyncSettings;
  /** A fingerprint for each service id. It changes with the settings of the account. */
  readonly fingerprints: Readonly<Record<string, string>>;
}
