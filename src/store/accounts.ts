import type { Database } from "./database.ts";

/** Whose collection and whose listening a cache holds: by the services' ids, in their own spelling. */
export type Accounts = Readonly<Record<string, string>>;

export function readAccounts(database: Database): Accounts {
  const rows = database.prepare("SELECT service, username FROM account").all() as {
    service: string;
    username: string;
  }[];
  return Object.fromEntries(rows.map((row) => [row.service, row.username]));
}

export function writeAccount(database: Database, service: string, username: string): void {
  database
    .prepare(
      "INSERT INTO account (service, username) VALUES (?, ?) " +
        "ON CONFLICT (service) DO UPDATE SET username = excluded.username WHERE username <> excluded.username",
    )
    .run(service, username);
}
