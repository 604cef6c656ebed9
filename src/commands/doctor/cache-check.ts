// The cache: that it is there, ours, sound, and says what follows from what it holds.
import { statSync } from "node:fs";
import type { Context } from "../../context.ts";
import { CacheError } from "../../errors.ts";
import { rulesVersion } from "../../match/rules-version.ts";
import { age } from "../../output/dates.ts";
import { bytesText, counted } from "../../output/numbers.ts";
import { cacheStatus } from "../../queries/status.ts";
import { damageOf } from "../../store/damage.ts";
import { connectReadonly, type Database } from "../../store/database.ts";
import { matchState } from "../../store/facts.ts";
import { derivedFaults } from "../../store/invariants.ts";
import { alreadyRunning, isSyncing } from "../../store/lock.ts";
import { applicationId, currentFormat } from "../../store/schema.ts";
import { formatOf } from "../../store/upgrade.ts";
import { giveBackSpace, spareBytes } from "../../store/spare-pages.ts";
import type { Finding } from "./finding.ts";
import { setDamagedAside } from "./damaged-cache.ts";
import { exposureFinding } from "./settings-check.ts";

const own = { check: "cache", label: "cache" } as const;
const ofMatches = { check: "matches", label: "matches" } as const;
const ofSyncs = { check: "sync", label: "sync" } as const;

export interface CheckedCache {
  readonly findings: readonly Finding[];
  /** Open for reading, and whoever asked closes it; null: nothing can be asked of it. */
  readonly database: Database | null;
}

const nothing = (finding: Finding): CheckedCache => ({ findings: [finding], database: null });

export function checkCache(context: Context): CheckedCache {
  const { cachePath, shownCachePath, env } = context;
  const stat = statSync(cachePath, { throwIfNoEntry: false });
  if (stat === undefined || (stat.isFile() && stat.size === 0)) {
    return nothing({ ...own, mark: "doubtful", text: `none yet (${shownCachePath})`, remedy: "rewind sync" });
  }
  if (stat.isDirectory()) {
    const remedy = "Move it away, or name a file: --db PATH";
    return nothing({ ...own, mark: "wrong", text: `${shownCachePath} is a directory`, remedy });
  }
  const isNamed = context.options.db !== undefined || cachePath === env["REWIND_DB"];
  const exposed = exposureFinding(context, { path: cachePath, isNamed }, shownCachePath, own);
  if (exposed !== null && exposed.mend === undefined) return nothing(exposed);
  const fault = faultOfFile(context, isNamed);
  if (fault !== null) return { findings: [...(exposed === null ? [] : [exposed]), fault], database: null };
  const names: Finding[] =
    stat.nlink < 2
      ? []
      : [
          {
            ...own,
            mark: "wrong",
            text: `${shownCachePath} has ${stat.nlink} names (hard links): no sync can write it`,
            remedy: `cp ${shownCachePath} COPY && mv COPY ${shownCachePath}`,
          },
        ];
  const found = [...(exposed === null ? [] : [exposed]), ...names];
  const right = { ...own, mark: "right", text: `${shownCachePath}, ${bytesText(stat.size)}` } as const;
  return { findings: found.length === 0 ? [right] : found, database: connectReadonly(cachePath) };
}

/** What keeps the file from being read as a cache of this version. */
function faultOfFile(context: Context, isNamed: boolean): Finding | null {
  const { cachePath, shownCachePath } = context;
  let database: Database | undefined;
  try {
    database = connectReadonly(cachePath);
    const id = database.pragma("application_id", { simple: true });
    if (id !== applicationId && database.prepare("SELECT 1 FROM sqlite_schema").get() !== undefined) {
      return {
        ...own,
        mark: "wrong",
        text: `${shownCachePath} is another program's SQLite file`,
        remedy: "Move it away, or use another cache with --db PATH",
      };
    }
    const format = formatOf(database);
    if (format > currentFormat) {
      return {
        ...own,
        mark: "wrong",
        text: `${shownCachePath} was made by a newer rewind (format ${format}, this one knows ${currentFormat})`,
        remedy: "Update rewind, or use another cache with --db PATH",
      };
    }
  } catch (error) {
    if (error instanceof CacheError && isPermission(error)) {
      return { ...own, mark: "wrong", text: error.message, remedy: error.hint };
    }
    if (!(error instanceof Error)) throw error;
    // Whose file it is can't be seen any more: at a place that the user chose it may be anybody's.
    if (isNamed) {
      const remedy = "Move it away, or use another cache with --db PATH";
      return { ...own, mark: "wrong", text: `${shownCachePath} can't be read as a cache`, remedy };
    }
    return damaged(context, "it can't be read");
  } finally {
    database?.close();
  }
  const damage = damageOf(cachePath);
  return damage === null ? null : damaged(context, damage);
}

function isPermission({ cause }: Error): boolean {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  return /^(?:EACCES|EPERM|SQLITE_CANTOPEN|SQLITE_PERM|SQLITE_IOERR|SQLITE_BUSY)/.test(code);
}

function damaged(context: Context, what: string): Finding {
  return {
    ...own,
    mark: "wrong",
    text: `${context.shownCachePath} is damaged: ${what}`,
    remedy: "rewind doctor --fix sets it aside and keeps your decisions; then run: rewind sync",
    mend: async () => setDamagedAside(context),
  };
}

export function checkContents(context: Context, database: Database): Finding[] {
  const found: Finding[] = [];
  const faults = derivedFaults(database);
  for (const { fault, records } of faults) {
    found.push({
      check: "contents",
      label: "contents",
      mark: "wrong",
      text: `${counted(records, "record")} ${fault}`,
      remedy: "rematch them: rewind doctor --fix",
      mend: async () => rematch(context),
    });
  }
  const spare = spareBytes(database);
  if (spare > 0) {
    found.push({
      check: "contents",
      label: "contents",
      mark: "doubtful",
      text: `${bytesText(spare)} of it is unused`,
      remedy: "freed by the next sync, or by: rewind doctor --fix",
      mend: async () => {
        giveBackSpace(await writable(context));
        return `freed ${bytesText(spare)}`;
      },
    });
  }
  if (found.length > 0) return found;
  const records = Number(database.prepare("SELECT count(*) FROM record").pluck().get());
  return [
    { check: "contents", label: "contents", mark: "right", text: `sound, ${counted(records, "record")}` },
  ];
}

export function checkMatches(context: Context, database: Database): Finding {
  const state = matchState(database, rulesVersion);
  if (state === "current") return { ...ofMatches, mark: "right", text: "by the rules of this version" };
  return {
    ...ofMatches,
    mark: "doubtful",
    text: state === "other rules" ? "by the rules of another version" : "older than your last decision",
    remedy: "rematched by the next question, or by: rewind doctor --fix",
    mend: async () => rematch(context),
  };
}

const day = 86_400;

export async function checkSync(context: Context, database: Database): Promise<Finding> {
  if (isSyncing(context.cachePath)) return { ...ofSyncs, mark: "right", text: "one is running now" };
  const { listings } = await cacheStatus(database);
  const missing = listings.filter(({ state }) => state === "missing").map(({ name }) => name);
  const dates = listings.flatMap(({ syncedUts }) => (syncedUts === null ? [] : [syncedUts]));
  if (dates.length === 0) return { ...ofSyncs, mark: "doubtful", text: "none yet", remedy: "rewind sync" };
  const seconds = Math.max(0, context.clock.now() / 1000 - dates.reduce((a, b) => Math.min(a, b)));
  const text = `last complete ${age(seconds)} ago`;
  if (missing.length > 0) {
    return {
      ...ofSyncs,
      mark: "doubtful",
      text: `not synced yet: ${missing.join(", ")}`,
      remedy: "rewind sync",
    };
  }
  return seconds > 7 * day
    ? { ...ofSyncs, mark: "doubtful", text, remedy: "rewind sync" }
    : { ...ofSyncs, mark: "right", text };
}

async function rematch(context: Context): Promise<string> {
  const { rematchByNewRules } = await import("../../sync/refresh-matches.ts");
  const changed = rematchByNewRules(await writable(context));
  return `rematched: ${counted(changed, "record")} changed`;
}

/** Not while a sync writes to it. */
async function writable(context: Context): Promise<Database> {
  if (isSyncing(context.cachePath)) throw alreadyRunning(undefined);
  return context.writableStore();
}
