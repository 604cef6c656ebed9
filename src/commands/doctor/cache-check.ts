// Checks the cache: its file, its format, its matches and its age.
import { statSync } from "node:fs";
import { basename } from "node:path";
import type { Context } from "../../context.ts";
import { importDecisions } from "../../actions/import-decisions.ts";
import { decisionCopies } from "../../host/paths.ts";
import { parseDecisionDocument, type UserDecisions } from "../../store/decisions/decision-document.ts";
import { rulesVersion } from "../../match/rules-version.ts";
import { codeOf, DamagedCache, RewindError } from "../../model/errors.ts";
import { daySeconds } from "../../model/times.ts";
import { age, localDay } from "../../output/dates.ts";
import { bytesText, counted } from "../../output/number-text.ts";
import { cacheStatus } from "../../queries/shelf/status.ts";
import { readPrivateFile } from "../../settings/private-file.ts";
import { damageOf, setAside } from "../../store/damage.ts";
import { markDecided, matchState } from "../../store/file/cache-facts.ts";
import { type Database, transact } from "../../store/file/database.ts";
import { alreadyRunning, isSyncing } from "../../store/file/file-lock.ts";
import { openDatabase } from "../../store/open-cache.ts";
import { doubtful, type Examination, failed, right, wrong, type Finding } from "./finding.ts";
import { exposureFinding } from "./settings-check.ts";

const own = { check: "cache", label: "cache" };

type CheckedCache = Pick<Examination, "findings" | "database">;

export function checkCache(context: Context): CheckedCache {
  const { cachePath, shownCachePath, env } = context;
  const isNamed = context.options.db !== undefined || cachePath === env["REWIND_DB"];
  const exposed = exposureFinding(context, { path: cachePath, isNamed }, shownCachePath, own);
  const findings = exposed === null ? [] : [exposed];
  if (exposed !== null && exposed.repair === undefined) return { findings, database: null };
  const unusable = (finding: Finding): CheckedCache => ({ findings: [...findings, finding], database: null });
  let database: Database | undefined;
  try {
    database = openDatabase(cachePath, { mode: "read" });
  } catch (error) {
    if (!(error instanceof RewindError)) throw error;
    const isSpoilt = error instanceof DamagedCache || codeOf(error.cause) === "SQLITE_NOTADB";
    // A file at a place that the user chose may belong to anybody, so it is not moved.
    if (isSpoilt && !isNamed) return unusable(damaged(context, "it can't be read"));
    return unusable(
      isSpoilt ? wrong(own, error.message, "Move it away and run: rewind sync") : failed(own, error),
    );
  }
  if (database === undefined) return unusable(doubtful(own, `none yet (${shownCachePath})`, "rewind sync"));
  const damage = damageOf(cachePath);
  if (damage !== null) {
    database.close();
    return unusable(damaged(context, damage));
  }
  if (exposed === null) {
    findings.push(right(own, `${shownCachePath}, ${bytesText(statSync(cachePath).size)}`));
  }
  return { findings, database };
}

function damaged(context: Context, what: string): Finding {
  return wrong(
    own,
    `${context.shownCachePath} is damaged: ${what}`,
    "rewind doctor --fix sets it aside and keeps your decisions; then run: rewind sync",
    { repair: async () => setDamagedAside(context) },
  );
}

// Replaces a damaged cache by a new one with the user's decisions, read from the damaged file or from the newest
// copy.

async function setDamagedAside(context: Context): Promise<string> {
  const { cachePath, clock } = context;
  if (isSyncing(cachePath)) throw alreadyRunning();
  // Copies are looked up by the path of the cache, so find one before the file moves.
  const copy = newestCopy(cachePath);
  const { path, salvaged, isComplete } = setAside(cachePath, localDay(Math.floor(clock.now() / 1000)));
  const decisionsText =
    isComplete || copy === null
      ? `${counted(salvaged, "row")} of your own data saved${isComplete ? "" : ", the rest can't be read"}`
      : `your decisions restored from ${basename(copy.path)} (${await restore(context, copy.document)})`;
  return `set aside as ${basename(path)}; ${decisionsText}. Next: rewind sync`;
}

async function restore(context: Context, document: UserDecisions): Promise<string> {
  const database = await context.writableStore();
  const { decisions, aliases } = transact(database, () => {
    markDecided(database);
    return importDecisions(database, document);
  });
  return `${counted(decisions, "decision")}, ${counted(aliases, "alias", "aliases")}`;
}

/** The newest copy that can be read. */
function newestCopy(cachePath: string): { readonly path: string; readonly document: UserDecisions } | null {
  for (const path of decisionCopies(cachePath)) {
    try {
      const text = readPrivateFile({ path, what: "the copy of your decisions" });
      if (text !== null) return { path, document: parseDecisionDocument(text) };
    } catch (error) {
      if (!(error instanceof RewindError)) throw error;
    }
  }
  return null;
}

// Its contents.

const ofMatches = { check: "matches", label: "matches" };
const ofSyncs = { check: "sync", label: "sync" };

export function checkContents(database: Database): Finding {
  const records = Number(database.prepare("SELECT count(*) FROM record").pluck().get());
  return right({ check: "contents", label: "contents" }, counted(records, "record"));
}

export function checkMatches(context: Context, database: Database): Finding {
  const state = matchState(database, rulesVersion);
  if (state === "current") return right(ofMatches, "by the rules of this version");
  const text = state === "other rules" ? "by the rules of another version" : "older than your last decision";
  const remedy = "the next command rematches them, or run: rewind doctor --fix";
  return { ...doubtful(ofMatches, text, remedy), repair: async () => rematch(context) };
}

export function checkSync(context: Context, database: Database): Finding {
  if (isSyncing(context.cachePath)) return right(ofSyncs, "one is running now");
  const { listings } = cacheStatus(database);
  const dates = listings.flatMap(({ syncedUts }) => syncedUts ?? []);
  if (dates.length === 0) return doubtful(ofSyncs, "none yet", "rewind sync");
  const missing = listings.filter(({ state }) => state === "missing").map(({ name }) => name);
  if (missing.length > 0) return doubtful(ofSyncs, `not synced yet: ${missing.join(", ")}`, "rewind sync");
  const seconds = Math.max(0, context.clock.now() / 1000 - dates.reduce((a, b) => Math.min(a, b)));
  const text = `last complete ${age(seconds)} ago`;
  return seconds > 7 * daySeconds ? doubtful(ofSyncs, text, "rewind sync") : right(ofSyncs, text);
}

/** Throws while a sync writes to the cache. */
async function rematch(context: Context): Promise<string> {
  if (isSyncing(context.cachePath)) throw alreadyRunning();
  const { rematchByNewRules } = await import("../../sync/matching/rematch.ts");
  const changedRecords = rematchByNewRules(await context.writableStore());
  return `rematched: ${counted(changedRecords, "record")} changed`;
}
