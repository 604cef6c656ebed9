// Checks the cache: its file, its format, its matches and its age.
import { statSync } from "node:fs";
import { basename } from "node:path";
import type { Context } from "../../context.ts";
import { importDecisions } from "../../actions/import-decisions.ts";
import { listDecisionCopies } from "../../host/paths.ts";
import { parseExportDocument, type UserDecisions } from "../../store/decisions/decision-document.ts";
import { rulesVersion } from "../../match/rules-version.ts";
import { getErrorCode, DamagedCache, RewindError } from "../../model/errors.ts";
import { daySeconds } from "../../model/times.ts";
import { formatAge, formatDay } from "../../output/format-dates.ts";
import { formatBytes, pluralize } from "../../output/format-numbers.ts";
import { formatDayNumber, querySourceHoles } from "../../queries/shelf/source-holes.ts";
import { readCacheStatus } from "../../queries/shelf/status.ts";
import { readPrivateFile } from "../../settings/private-file.ts";
import { findDamage, setAside } from "../../store/damage.ts";
import { markMatchesOutdated, readMatchState } from "../../store/file/cache-facts.ts";
import { type Database, transact } from "../../store/file/database.ts";
import { createAlreadySyncingError, isSyncing } from "../../store/file/file-lock.ts";
import { openDatabase } from "../../store/open-cache.ts";
import { warn, type Examination, failWithError, pass, fail, type Finding } from "./finding.ts";
import { checkExposure } from "./settings-check.ts";

const cacheTopic = { check: "cache", label: "cache" };

type CheckedCache = Pick<Examination, "findings" | "database">;

export function checkCache(context: Context): CheckedCache {
  const { cachePath, shownCachePath, env } = context;
  const isNamed = context.options.db !== undefined || cachePath === env["REWIND_DB"];
  const exposed = checkExposure(
    context,
    { path: cachePath, isUserChosen: isNamed },
    shownCachePath,
    cacheTopic,
  );
  const findings = exposed === null ? [] : [exposed];
  if (exposed !== null && exposed.repair === undefined) return { findings, database: null };
  const createUnusableResult = (finding: Finding): CheckedCache => ({
    findings: [...findings, finding],
    database: null,
  });
  let database: Database | undefined;
  try {
    database = openDatabase(cachePath, { mode: "read" });
  } catch (error) {
    if (!(error instanceof RewindError)) throw error;
    const isCorrupt = error instanceof DamagedCache || getErrorCode(error.cause) === "SQLITE_NOTADB";
    // A file at a place that the user chose may belong to anybody, so it is neither moved nor closed.
    if (isCorrupt && isNamed) {
      const finding = fail(cacheTopic, error.message, "Move it away and run: rewind sync");
      return { findings: [finding], database: null };
    }
    return createUnusableResult(
      isCorrupt ? createDamageFinding(context, "it can't be read") : failWithError(cacheTopic, error),
    );
  }
  if (database === undefined)
    return createUnusableResult(warn(cacheTopic, `none yet (${shownCachePath})`, "rewind sync"));
  const damage = findDamage(cachePath);
  if (damage !== null) {
    database.close();
    return createUnusableResult(createDamageFinding(context, damage));
  }
  if (exposed === null) {
    findings.push(pass(cacheTopic, `${shownCachePath}, ${formatBytes(statSync(cachePath).size)}`));
  }
  return { findings, database };
}

function createDamageFinding(context: Context, what: string): Finding {
  return fail(
    cacheTopic,
    `${context.shownCachePath} is damaged: ${what}`,
    "rewind doctor --fix sets it aside and keeps your decisions; then run: rewind sync",
    { repair: async () => setDamagedAside(context) },
  );
}

// Replaces a damaged cache by a new one with the user's decisions, read from the damaged file or from the newest
// copy.

async function setDamagedAside(context: Context): Promise<string> {
  const { cachePath, clock } = context;
  if (isSyncing(cachePath)) throw createAlreadySyncingError();
  // Copies are looked up by the path of the cache, so find one before the file moves.
  const copy = findNewestCopy(cachePath);
  const { path, salvaged, isComplete } = setAside(cachePath, formatDay(Math.floor(clock.now() / 1000)));
  const decisionsText =
    isComplete || copy === null
      ? `${pluralize(salvaged, "row")} of your own data saved${isComplete ? "" : ", the rest can't be read"}`
      : `your decisions restored from ${basename(copy.path)} (${await restoreDecisions(context, copy.document)})`;
  return `set aside as ${basename(path)}; ${decisionsText}. Next: rewind sync`;
}

async function restoreDecisions(context: Context, document: UserDecisions): Promise<string> {
  const database = await context.openWritableCache();
  const { decisions, aliases } = transact(database, () => {
    markMatchesOutdated(database);
    return importDecisions(database, document);
  });
  return `${pluralize(decisions, "decision")}, ${pluralize(aliases, "alias", "aliases")}`;
}

/** The newest copy that can be read. */
function findNewestCopy(
  cachePath: string,
): { readonly path: string; readonly document: UserDecisions } | null {
  for (const path of listDecisionCopies(cachePath)) {
    try {
      const text = readPrivateFile({ path, what: "the copy of your decisions" });
      if (text !== null) return { path, document: parseExportDocument(text) };
    } catch (error) {
      if (!(error instanceof RewindError)) throw error;
    }
  }
  return null;
}

// The checks of the contents.

const matchesTopic = { check: "matches", label: "matches" };
const syncTopic = { check: "sync", label: "sync" };

export function checkContents(database: Database): Finding {
  const records = Number(database.prepare("SELECT count(*) FROM record").pluck().get());
  return pass({ check: "contents", label: "contents" }, pluralize(records, "record"));
}

export function checkMatches(context: Context, database: Database): Finding {
  const state = readMatchState(database, rulesVersion);
  if (state === "current") return pass(matchesTopic, "by the rules of this version");
  const text = state === "other rules" ? "by the rules of another version" : "older than your last decision";
  const remedy = "the next command rematches them, or run: rewind doctor --fix";
  return { ...warn(matchesTopic, text, remedy), repair: async () => rematch(context) };
}

export function checkSync(context: Context, database: Database): Finding {
  if (isSyncing(context.cachePath)) return pass(syncTopic, "one is running now");
  const { listings } = readCacheStatus(database);
  const dates = listings.flatMap(({ syncedUts }) => syncedUts ?? []);
  if (dates.length === 0) return warn(syncTopic, "none yet", "rewind sync");
  const missing = listings.filter(({ state }) => state === "missing").map(({ name }) => name);
  if (missing.length > 0) return warn(syncTopic, `not synced yet: ${missing.join(", ")}`, "rewind sync");
  const [syncedUts, nowUts] = [dates.reduce((a, b) => Math.min(a, b)), context.clock.now() / 1000];
  const text = `last complete ${formatAge(syncedUts, nowUts)} ago`;
  return nowUts - syncedUts > 7 * daySeconds ? warn(syncTopic, text, "rewind sync") : pass(syncTopic, text);
}

const holesTopic = { check: "history", label: "history" };
/** Older holes are no warning: many can't be filled any more. */
const recentDays = 31;

/** Returns nothing without plays. */
export function checkHoles(context: Context, database: Database): Finding[] {
  const { holes, certain, titles } = querySourceHoles(database);
  if (titles.length === 0) return [];
  if (holes.length === 0) return [pass(holesTopic, "no holes found")];
  const text = [
    ...(certain === 0 ? [] : [pluralize(certain, "certain hole")]),
    ...(certain === holes.length ? [] : [pluralize(holes.length - certain, "probable hole")]),
  ].join(", ");
  const since = formatDay(context.clock.now() / 1000 - recentDays * daySeconds);
  return holes.some(({ lastDay }) => formatDayNumber(lastDay) >= since)
    ? [warn(holesTopic, text, "rewind sources check")]
    : [pass(holesTopic, `${text}: rewind sources check`)];
}

/** Throws while a sync writes to the cache. */
async function rematch(context: Context): Promise<string> {
  if (isSyncing(context.cachePath)) throw createAlreadySyncingError();
  const { rematchByNewRules } = await import("../../sync/matching/rematch.ts");
  const changedRecords = rematchByNewRules(await context.openWritableCache());
  return `rematched: ${pluralize(changedRecords, "record")} changed`;
}
