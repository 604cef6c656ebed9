import type { AccountService } from "../model.ts";
import type { Database } from "./database.ts";

/** Whose collection and whose listening a cache holds, in the services' own spelling. */
export type Accounts = Partial<Record<AccountService, string>>;

export function readAccounts(database: Database): Accounts {
  const rows = database.prepare("SELECT service, username FROM account").all() as {
    service: AccountService;
    username: string;
  }[];
  return Object.fromEntries(rows.map((row) => [row.service, row.username]));
}

export function writeAccount(database: Database, service: AccountService, username: string): void {
  database
    .prepare(
      "INSERT INTO account (service, username) VALUES (?, ?) " +
        "ON CONFLICT (service) DO UPDATE SET username = excluded.username WHERE username <> excluded.username",
    )
    .run(service, username);
}
