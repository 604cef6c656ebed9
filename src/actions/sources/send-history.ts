// Sends the plays of the merged history that a server lacks: ListenBrainz, or one that speaks its API. Each run reads the
// server's listing first, so a run that was killed leaves nothing behind, and the next one sends the rest.
import type { HistoryPlay, SourcePlay } from "../../model/listening-sources.ts";
import { AccountError, ServiceError } from "../../model/errors.ts";
import { daySeconds } from "../../model/times.ts";
import { formatNumber, pluralize } from "../../output/format-numbers.ts";
import {
  maxListenAheadSeconds,
  maxListenBytes,
  maxPlaysPerImport,
  minListenUts,
  type ListenService,
  type ListenWriter,
} from "../../sources/services/listening-service.ts";
import type { CallOptions } from "../../sources/services/remote-service.ts";
import { readAccounts, readFact, saveFact } from "../../store/file/cache-facts.ts";
import { transact, withSnapshot, type Database } from "../../store/file/database.ts";
import { amendPublication } from "../../store/file/listings.ts";
import { rawSql } from "../../store/file/sql.ts";
import { readHistoryPlays } from "../../store/plays/history-plays.ts";
import { listenSource } from "../../store/plays/staged-listens.ts";
import { openTargetPlays, type ListingMoment, type TargetPlays } from "../../store/plays/target-plays.ts";
import { readListenAccount, type ListenAccount } from "../../sync/listens/listens.ts";
import { walkListens } from "../../sync/listens/walk-listens.ts";
import { markMissingPlays } from "../../sync/merging/missing-plays.ts";

export interface HistoryTarget {
  /** Stands for the server in the cache: a service's id, or an address. */
  readonly id: string;
  readonly service: ListenService;
  readonly writer: ListenWriter;
}

interface SendingAccess {
  readonly database: Database;
  readonly target: HistoryTarget;
  readonly nowUts: number;
  readonly call: CallOptions;
  readonly sleep: (ms: number) => Promise<void>;
  readonly onProgress: (stage: "read" | "sent" | "checked", plays: number, allPlays: number) => void;
}

/** Why plays are not sent, in the words that follow their number. */
export const unsendableRules = {
  day: "known only to the day",
  undated: "without a time",
  old: "before October 2002, which is the earliest time",
  future: "in the future",
  nameless: "without an artist or a title",
  invalid: "with a character that can't be sent, or with longer names than can be sent",
  repeat: "like another one in the same second",
  refused: "refused in an earlier run",
} as const;

type UnsendableRule = keyof typeof unsendableRules;

export interface SendingPlan {
  readonly username: string;
  /** Plays that the server listed. */
  readonly listed: number;
  /** Plays of ours that were compared with them. */
  readonly compared: number;
  readonly missing: number;
  /** null: none is missing. */
  readonly firstUts: number | null;
  readonly lastUts: number | null;
  readonly leftOut: ReadonlyMap<UnsendableRule, number>;
  readonly plays: TargetPlays;
}

/** Reads the server's listing and finds what it lacks. The caller closes `plays`. */
export async function planSendingHistory(access: SendingAccess): Promise<SendingPlan> {
  const { database, target, call } = access;
  const owner = await target.writer.fetchOwner(call);
  requireSameAccount(access, owner);
  const account = await readListenAccount(call, target.service, owner);
  const plays = openTargetPlays();
  try {
    const listed =
      account.count === 0 && account.latestUts === 0
        ? 0
        : await readListing(access, plays, "before", { ...account, afterUts: account.oldestUts - 1 });
    requireWholeListing(access, account, listed);
    const leftOut = await withSnapshot(database, () => addOwnPlays(access, plays));
    markMissingPlays(plays);
    const { plays: missing, firstUts, lastUts } = plays.summarise("missing");
    const { username } = account;
    return { username, listed, compared: plays.countOwn(), missing, firstUts, lastUts, leftOut, plays };
  } catch (error) {
    plays.close();
    throw error;
  }
}

/** Plays that are sent to another user's account would not come back. */
function requireSameAccount({ database, target }: SendingAccess, owner: string): void {
  const username = readAccounts(database)[target.id];
  if (username === undefined || username.toLowerCase() === owner.toLowerCase()) return;
  throw new AccountError(
    `the token of ${target.service.name} belongs to ${owner}, but this cache has the plays of ${username}`,
    "Nothing was sent. To connect the same account: rewind login --scrobble",
  );
}

async function readListing(
  { target, call, onProgress }: SendingAccess,
  plays: TargetPlays,
  moment: ListingMoment,
  span: { username: string; afterUts: number; untilUts?: number; count?: number },
): Promise<number> {
  const { count = 0, ...bounds } = span;
  let listed = 0;
  await walkListens({
    service: target.service,
    call,
    ...bounds,
    takePage: (listens) => {
      const newListens = plays.addListens(listens, moment);
      listed += newListens;
      if (moment === "before") onProgress("read", listed, Math.max(listed, count));
      return newListens;
    },
  });
  return listed;
}

/** A count may lag behind deletions, and a server may not list all plays of one second. */
const minListedShare = 0.9;

/** Plays that the server has and does not list would be sent again. */
function requireWholeListing(
  { target }: SendingAccess,
  { count, username }: ListenAccount,
  listed: number,
): void {
  if (listed >= count * minListedShare) return;
  const counted = `${target.service.name} counts ${pluralize(count, "play")} of ${username}`;
  throw new ServiceError(
    `${counted} and lists only ${formatNumber(listed)}, so what it lacks is unknown`,
    "Nothing was sent. Try again in an hour: a count can be older than the listing.",
  );
}

/** Adds the plays that the server could store. Returns how many it could not, by rule. */
function addOwnPlays(
  { database, target, nowUts }: SendingAccess,
  plays: TargetPlays,
): ReadonlyMap<UnsendableRule, number> {
  const refused = new Set(readRefusedPlays(database, target).map(toPlayKey));
  const leftOut = new Map<UnsendableRule, number>();
  let second = { uts: 0, identities: new Set<string>() };
  const findRule = (play: HistoryPlay): UnsendableRule | null => {
    const rule = findUnsendableRule(play, nowUts);
    if (rule !== null) return rule;
    if (refused.has(toPlayKey(toKeptPlay(play)))) return "refused";
    if (second.uts !== play.startUts) second = { uts: play.startUts, identities: new Set() };
    const identity = toIdentity(play);
    if (second.identities.has(identity)) return "repeat";
    second.identities.add(identity);
    return null;
  };
  for (const play of readHistoryPlays(database, rawSql("true"))) {
    const rule = findRule(play);
    if (rule === null) {
      const { reports: _, ...whole } = play;
      plays.addOwn(whole);
    } else leftOut.set(rule, (leftOut.get(rule) ?? 0) + 1);
  }
  return leftOut;
}

/** ListenBrainz stores plays of one second that are equal in this once. */
function toIdentity({ artist, title, album, durationSeconds }: SourcePlay): string {
  return JSON.stringify(
    [artist, title, album].map((name) => name.toLowerCase()).concat(`${durationSeconds}`),
  );
}

/** Other fields than names, and what surrounds a listen, take less than 1,240 bytes. */
const maxNameBytes = maxListenBytes - 1_240;

function findUnsendableRule(
  { startUts, precisionSeconds, artist, title, album, albumArtist }: SourcePlay,
  nowUts: number,
): UnsendableRule | null {
  if (startUts === 0) return "undated";
  if (precisionSeconds === daySeconds) return "day";
  if (startUts < minListenUts) return "old";
  if (startUts >= nowUts + maxListenAheadSeconds) return "future";
  if (artist.trim() === "" || title.trim() === "") return "nameless";
  const names = JSON.stringify([artist, title, album, albumArtist]);
  return names.includes(String.raw`\u0000`) || Buffer.byteLength(names) > maxNameBytes ? "invalid" : null;
}

export interface HistorySending {
  readonly sent: number;
  /** Plays that the server refused as invalid. They are not sent again. */
  readonly refused: readonly RefusedPlay[];
  /** Days in UTC whose sent plays the server does not all list. */
  readonly shortDays: ReturnType<TargetPlays["listShortDays"]>;
}

/** The waits before each look at what is listed: the server takes plays before it stores them. */
const checkWaitsMs = [2_000, 4_000, 8_000, 16_000, 30_000];

/** Sends what is missing, and then reads the listing again until all of it is there. */
export async function sendMissingPlays(access: SendingAccess, plan: SendingPlan): Promise<HistorySending> {
  const { database, target, call, onProgress } = access;
  const { plays, missing } = plan;
  let refused: readonly RefusedPlay[] = [];
  let doneCount = 0;
  // A sync reads only the latest weeks, and what is sent may be older.
  if (target.id === listenSource.name)
    transact(database, () => amendPublication(database, "listens", { fullReadUts: 0 }));
  for (;;) {
    const batch = plays.readMissing(maxPlaysPerImport);
    if (batch.length === 0) break;
    const receipts = await target.writer.importPlays(
      batch.map(({ play }) => play),
      call,
    );
    const newlyRefused = batch.flatMap(({ id, play }, at) => {
      const isSent = receipts[at]?.isStored === true;
      plays.setState(id, isSent ? "sent" : "refused");
      return isSent ? [] : [toKeptPlay(play)];
    });
    if (newlyRefused.length > 0) {
      refused = refused.concat(newlyRefused);
      transact(database, () => addRefusedPlays(database, target, newlyRefused));
    }
    doneCount += batch.length;
    onProgress("sent", doneCount, missing);
  }
  return { sent: missing - refused.length, refused, shortDays: await checkListing(access, plan) };
}

async function checkListing(access: SendingAccess, { plays, username }: SendingPlan) {
  const { firstUts, lastUts, plays: sent } = plays.summarise("sent");
  if (firstUts === null || lastUts === null) return [];
  let shortDays = plays.listShortDays();
  for (const waitMs of checkWaitsMs) {
    await access.sleep(waitMs);
    // A search that begins before the first listen may end too early.
    const { oldestUts } = await access.target.service.fetchNewestListens(username, 1, access.call);
    const afterUts = Math.max(firstUts, shortDays[0]?.dayUts ?? 0, oldestUts) - 1;
    await readListing(access, plays, "after", { username, afterUts, untilUts: lastUts });
    shortDays = plays.listShortDays();
    access.onProgress("checked", sent - shortDays.reduce((sum, day) => sum + day.sent - day.listed, 0), sent);
    if (shortDays.length === 0) break;
  }
  return shortDays;
}

/** Throws if the server does not list all that it took. */
export function requireListed({ sent, shortDays }: HistorySending, { service }: HistoryTarget): void {
  const absent = shortDays.reduce((sum, day) => sum + day.sent - day.listed, 0);
  if (absent === 0) return;
  const days = pluralize(shortDays.length, "day");
  throw new ServiceError(
    `${service.name} took ${pluralize(sent, "play")} and does not list ${formatNumber(absent)} of them yet, on ${days}`,
    "It may still be storing them. Run the same again later: it sends only what is missing then.",
  );
}

// Plays that a server refused as invalid are kept aside: another try would be refused as well.

interface RefusedPlay {
  readonly uts: number;
  readonly artist: string;
  readonly title: string;
}

function toKeptPlay({ startUts: uts, artist, title }: SourcePlay): RefusedPlay {
  return { uts, artist, title };
}

function toPlayKey({ uts, artist, title }: RefusedPlay): string {
  return JSON.stringify([uts, artist, title]);
}

function getRefusedFact({ id }: HistoryTarget): string {
  return `plays refused by ${id}`;
}

function readRefusedPlays(database: Database, target: HistoryTarget): RefusedPlay[] {
  return JSON.parse(readFact(database, getRefusedFact(target)) ?? "[]") as RefusedPlay[];
}

function addRefusedPlays(database: Database, target: HistoryTarget, plays: readonly RefusedPlay[]): void {
  const all = [...readRefusedPlays(database, target), ...plays];
  saveFact(database, getRefusedFact(target), JSON.stringify(all));
}
