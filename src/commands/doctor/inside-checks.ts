// Checks the contents of an undamaged cache: derived columns and age.
import { daySeconds } from "../../model/times.ts";
import type { Context } from "../../context.ts";
import { rulesVersion } from "../../match/rules-version.ts";
import { age } from "../../output/dates.ts";
import { counted } from "../../output/number-text.ts";
import { cacheStatus } from "../../queries/shelf/status.ts";
import type { Database } from "../../store/file/database.ts";
import { matchState } from "../../store/file/cache-facts.ts";
import { alreadyRunning, isSyncing } from "../../store/file/file-lock.ts";
import { doubtful, right, wrong, type Finding } from "./finding.ts";

const ofContents = { check: "contents", label: "contents" } as const;
const ofMatches = { check: "matches", label: "matches" } as const;
const ofSyncs = { check: "sync", label: "sync" } as const;

/** Derived columns that disagree with their rows. A rematch corrects them. */
const derivedFaults = [
  {
    fault: "without a match",
    sql: `SELECT count(*) FROM record WHERE EXISTS (SELECT 1 FROM match)
          AND NOT EXISTS (SELECT 1 FROM match WHERE match.record_id = record.id)`,
  },
  {
    fault: "with play counts that differ from their albums",
    sql: `SELECT count(*) FROM match WHERE play_count <> coalesce(
            (SELECT sum(album.play_count) FROM credit JOIN album ON album.id = credit.album_id
             WHERE credit.record_id = match.record_id), 0)`,
  },
] as const;

export function checkContents(context: Context, database: Database): Finding[] {
  const findings: Finding[] = [];
  for (const { fault, sql } of derivedFaults) {
    const records = Number(database.prepare(sql).pluck().get());
    if (records === 0) continue;
    const text = `${counted(records, "record")} ${fault}`;
    const repair = async (): Promise<string> => rematch(context);
    findings.push(wrong(ofContents, text, "rematch them: rewind doctor --fix", { repair }));
  }
  if (findings.length > 0) return findings;
  const records = Number(database.prepare("SELECT count(*) FROM record").pluck().get());
  return [right(ofContents, `sound, ${counted(records, "record")}`)];
}

export function checkMatches(context: Context, database: Database): Finding {
  const state = matchState(database, rulesVersion);
  if (state === "current") return right(ofMatches, "by the rules of this version");
  const text = state === "other rules" ? "by the rules of another version" : "older than your last decision";
  const remedy = "the next command rematches them, or run: rewind doctor --fix";
  return { ...doubtful(ofMatches, text, remedy), repair: async () => rematch(context) };
}

export async function checkSync(context: Context, database: Database): Promise<Finding> {
  if (isSyncing(context.cachePath)) return right(ofSyncs, "one is running now");
  const { listings } = cacheStatus(database);
  const missing = listings.filter(({ state }) => state === "missing").map(({ name }) => name);
  const dates = listings.flatMap(({ syncedUts }) => (syncedUts === null ? [] : [syncedUts]));
  if (dates.length === 0) return doubtful(ofSyncs, "none yet", "rewind sync");
  const seconds = Math.max(0, context.clock.now() / 1000 - dates.reduce((a, b) => Math.min(a, b)));
  const text = `last complete ${age(seconds)} ago`;
  if (missing.length > 0) return doubtful(ofSyncs, `not synced yet: ${missing.join(", ")}`, "rewind sync");
  return seconds > 7 * daySeconds ? doubtful(ofSyncs, text, "rewind sync") : right(ofSyncs, text);
}

async function rematch(context: Context): Promise<string> {
  const { rematchByNewRules } = await import("../../sync/matching/rematch.ts");
  const changedRecords = rematchByNewRules(await writable(context));
  return `rematched: ${counted(changedRecords, "record")} changed`;
}

/** Throws while a sync writes to the cache. */
async function writable(context: Context): Promise<Database> {
  if (isSyncing(context.cachePath)) throw alreadyRunning(undefined);
  return context.writableStore();
}
