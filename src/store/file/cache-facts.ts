// Facts about the cache as a whole, by name, and the accounts that it belongs to.
import { computeDayStartAt } from "../../model/times.ts";
import type { Database } from "./database.ts";
import { execute, queryTuples, queryValue } from "./sql.ts";

/** Returns undefined if the fact was never stored. */
export function readFact(database: Database, name: string): string | undefined {
  return queryValue<string | undefined>(database, undefined)`SELECT value FROM fact WHERE name = ${name}`;
}

export function saveFact(database: Database, name: string, value: string): void {
  execute(database)`INSERT INTO fact (name, value) VALUES (${name}, ${value})
    ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE value <> excluded.value`;
}

export function deleteFact(database: Database, name: string): void {
  execute(database)`DELETE FROM fact WHERE name = ${name}`;
}

export const matchRulesFact = "match rules";

const beforeDecisionState = "before a decision";

/** Returns true if the matches must be made again, and why. A cache without matches is current. */
export function readMatchState(
  database: Database,
  rulesVersion: number,
): "current" | "other rules" | "before a decision" {
  const rules = readFact(database, matchRulesFact);
  if (rules === undefined || rules === String(rulesVersion)) return "current";
  return rules === beforeDecisionState ? beforeDecisionState : "other rules";
}

/** Marks the matches as made before the user's last decision. Does nothing before the first match. */
export function markMatchesOutdated(database: Database): void {
  if (readFact(database, matchRulesFact) === undefined) return;
  saveFact(database, matchRulesFact, beforeDecisionState);
}

const lastSyncFact = "last sync";

interface PastSync {
  readonly startedUts: number;
  /** How long it took. */
  readonly ms: number;
}

export function saveLastSync(database: Database, { startedUts, ms }: PastSync): void {
  saveFact(database, lastSyncFact, `${startedUts} ${ms}`);
}

/** The last sync that was not interrupted; null: there was none. */
export function readLastSync(database: Database): PastSync | null {
  const [startedUts, ms] = readFact(database, lastSyncFact)?.split(" ").map(Number) ?? [];
  return startedUts === undefined || ms === undefined ? null : { startedUts, ms };
}

const visitsFact = "visits";

/** The state of the cache when the user looked at the shelf, for the last time on that day. */
export interface Visit {
  readonly uts: number;
  /** When the cache was last synced; wants that were added later are new. */
  readonly syncedUts: number;
  /** Records that came later have higher numbers. */
  readonly lastRecordId: number;
  readonly plays: number;
}

/** The last visit of a day before the one at this time; null: there is none. */
export function readVisitBefore(database: Database, uts: number): Visit | null {
  const dayStartUts = computeDayStartAt(uts);
  return readVisits(database).findLast((visit) => visit.uts < dayStartUts) ?? null;
}

/** Replaces an earlier visit of the same day. Two days are kept. */
export function saveVisit(database: Database, visit: Visit): void {
  const before = readVisitBefore(database, visit.uts);
  saveFact(database, visitsFact, JSON.stringify(before === null ? [visit] : [before, visit]));
}

function readVisits(database: Database): readonly Visit[] {
  return JSON.parse(readFact(database, visitsFact) ?? "[]") as Visit[];
}

/** The name of the custom field that plays are read from, if there is one. */
export const playedFieldFact = "played field";

/** The user names whose collection and listening the cache holds, by the services' ids. */
export type Accounts = Readonly<Record<string, string>>;

export function readAccounts(database: Database): Accounts {
  return Object.fromEntries(queryTuples<[string, string]>(database)`SELECT service, username FROM account`);
}

export function saveAccount(database: Database, service: string, username: string): void {
  execute(database)`INSERT INTO account (service, username) VALUES (${service}, ${username})
    ON CONFLICT (service) DO UPDATE SET username = excluded.username WHERE username <> excluded.username`;
}

/** Unix seconds since when the user wants a service to be asked no more; null: it is asked. */
export function readStoppedUts(database: Database, service: string): number | null {
  const uts = readFact(database, getStoppedFact(service));
  return uts === undefined ? null : Number(uts);
}

export function saveStopped(database: Database, service: string, uts: number): void {
  saveFact(database, getStoppedFact(service), String(uts));
}

export function deleteStopped(database: Database, service: string): void {
  deleteFact(database, getStoppedFact(service));
}

function getStoppedFact(service: string): string {
  return `stopped ${service}`;
}

/** A listening service refused the account in a sync. */
export interface AccountRefusal {
  readonly uts: number;
  readonly message: string;
  /** The service's own words, without secrets; null if it sent none. */
  readonly serviceMessage: string | null;
  /** A fingerprint of the settings that were refused. */
  readonly settings: string;
}

/** The last refusal, if no later sync succeeded; null: there is none. */
export function readRefusal(database: Database, service: string): AccountRefusal | null {
  const json = readFact(database, getRefusedFact(service));
  return json === undefined ? null : (JSON.parse(json) as AccountRefusal);
}

export function saveRefusal(database: Database, service: string, refusal: AccountRefusal): void {
  saveFact(database, getRefusedFact(service), JSON.stringify(refusal));
}

export function deleteRefusal(database: Database, service: string): void {
  deleteFact(database, getRefusedFact(service));
}

function getRefusedFact(service: string): string {
  return `refused ${service}`;
}
