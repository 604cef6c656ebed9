import { existsSync } from "node:fs";
import type { Context } from "../../context.ts";
import { hasOnlyOtherPlays } from "../../store/plays/merged-plays.ts";
import { RewindError, UsageError, type ExitCode } from "../../model/errors.ts";
import { coloursFor } from "../../output/screen.ts";
import { lineText, linesText, safe } from "../../output/escape.ts";
import { jsonText, writeJson } from "../../output/json.ts";
import type { SettingsReader } from "../../settings/settings-file.ts";
import { connectReadonly, type Database } from "../../store/file/database.ts";
import type { Call } from "../shared/declaration.ts";
import { checkCache } from "./cache-check.ts";
import { checkCompanions, checkDisk, checkRuntime, checkSqlite } from "./surroundings.ts";
import { document, type Finding, findingLines, stopwatch, summaryText } from "./finding.ts";
import { checkContents, checkMatches, checkSync } from "./inside-checks.ts";
import { checkFields, checkSettings } from "./settings-check.ts";
import { checkServices } from "./service-checks.ts";

export async function runDoctor(context: Context, { options }: Call): Promise<void> {
  if (context.services !== undefined) {
    throw new UsageError("rewind demo has no settings or cache to check", "Check your own: rewind doctor");
  }
  const { fix, offline, json, report } = options as DoctorOptions;
  if (report === true) return printReport(context, { offline, json });
  const style = { screen: context.screen, colours: await coloursFor(context.screen) };
  const tell = async (findings: readonly Finding[]): Promise<void> => {
    if (json === true) return;
    await context.write(linesText(findings.flatMap((finding) => findingLines(finding, style))));
  };
  const here = fix === true ? await examineAndRepair(context, tell) : await examine(context, tell);
  // The services are slow, so everything else has been printed by now.
  const there = offline === true ? [notAsked("--offline was given")] : await examineServices(context, here);
  await tell(there);
  const findings = [...here.findings, ...there];
  if (json === true) {
    await context.write(jsonText(document(findings), { indent: context.screen.isTerminal }));
  }
  const failures = findings.filter(({ mark }) => mark === "wrong");
  if (failures.length > 0) throw new FailedChecks(findings, failures);
  if (json !== true) await context.write(safe`\n${lineText(summaryText(findings))}`);
}

interface DoctorOptions {
  readonly fix?: true | undefined;
  readonly offline?: true | undefined;
  readonly json?: true | undefined;
  readonly report?: true | undefined;
}

/** Runs all checks, but prints only what contains nothing private. */
async function printReport(context: Context, { offline, json }: DoctorOptions): Promise<void> {
  const { reportDocument, reportLines } = await import("./bug-report.ts");
  const here = await examine(context, async () => {});
  const there = offline === true ? [] : await examineServices(context, here);
  const database = here.hasCache ? connectReadonly(context.cachePath) : null;
  try {
    const findings = [...here.findings, ...there];
    const facts = reportDocument(context, { findings, database });
    if (json === true) return await writeJson(context, facts);
    await context.write(linesText(reportLines(facts, context.screen)));
  } finally {
    database?.close();
  }
}

/** A cache that can't be read has none; the checks of the cache say why. */
function hasImportedPlays({ cachePath }: Context): boolean {
  if (!existsSync(cachePath)) return false;
  try {
    const database = connectReadonly(cachePath);
    try {
      return hasOnlyOtherPlays(database);
    } finally {
      database.close();
    }
  } catch {
    return false;
  }
}

interface Examined {
  readonly findings: readonly Finding[];
  /** null: the settings can't be used. */
  readonly read: SettingsReader | null;
  readonly hasCache: boolean;
}

/** Prints findings as soon as they are known, because checking a large cache takes seconds. */
type Tell = (findings: readonly Finding[]) => Promise<void>;

/** The checks that need no network. Later checks rely on the earlier ones. */
async function examine(context: Context, tell: Tell): Promise<Examined> {
  const lap = stopwatch(context.clock);
  const runtime = lap([checkRuntime(context)]);
  const sqlite = checkSqlite();
  const ofSqlite = lap([sqlite]);
  const { findings: ofSettings, read } = checkSettings(context, hasImportedPlays(context));
  const first = [...runtime, ...ofSqlite, ...lap(ofSettings)];
  await tell(first);
  lap([]);
  const { findings: ofCache, database } =
    sqlite.mark === "right" ? checkCache(context) : { findings: [], database: null };
  try {
    const then = [
      ...lap(ofCache),
      ...lap(checkCompanions(context)),
      ...(database === null ? [] : await checkInside(context, database, read, lap)),
      ...lap([checkDisk(context)]),
    ];
    await tell(then);
    return { findings: [...first, ...then], read, hasCache: database !== null };
  } finally {
    database?.close();
  }
}

async function checkInside(
  context: Context,
  database: Database,
  read: SettingsReader | null,
  lap: ReturnType<typeof stopwatch>,
): Promise<Finding[]> {
  return [
    ...lap(checkContents(context, database)),
    ...lap([checkMatches(context, database)]),
    ...lap(read === null ? [] : checkFields(context, database, read)),
    ...lap([await checkSync(context, database)]),
  ];
}

async function examineServices(context: Context, { read, hasCache }: Examined): Promise<Finding[]> {
  if (read === null) return [notAsked("fix the settings first")];
  const database = hasCache ? connectReadonly(context.cachePath) : null;
  try {
    return await checkServices(context, read, database);
  } finally {
    database?.close();
  }
}

function notAsked(why: string): Finding {
  return { check: "collection", label: "services", mark: null, text: `not asked: ${why}` };
}

/** Repairs what it can and checks again. */
async function examineAndRepair(context: Context, tell: Tell): Promise<Examined> {
  const before = await examine(context, async () => {});
  const outcomes = await repair(before.findings);
  if (outcomes.size === 0) {
    await tell(before.findings);
    return before;
  }
  const after = await examine(context, async () => {});
  const reportedChecks = new Set<Finding["check"]>();
  const findings = after.findings.map((finding) => {
    const repaired = outcomes.get(finding.check);
    if (repaired === undefined || reportedChecks.has(finding.check)) return finding;
    reportedChecks.add(finding.check);
    return { ...finding, repaired };
  });
  await tell(findings);
  return { ...after, findings };
}

/** The result of each repair, or the reason of its failure, by check. */
async function repair(findings: readonly Finding[]): Promise<ReadonlyMap<Finding["check"], string>> {
  const outcomes = new Map<Finding["check"], string>();
  for (const { check, repair: work } of findings) {
    // One rematch corrects all derived columns.
    if (work === undefined || outcomes.has(check)) continue;
    try {
      outcomes.set(check, await work());
    } catch (error) {
      if (!(error instanceof RewindError)) throw error;
      outcomes.set(check, `not fixed: ${error.message}`);
    }
  }
  return outcomes;
}

/** The exit code of the worst failure: 4, then 3, then 1. */
class FailedChecks extends RewindError {
  readonly exitCode: ExitCode;

  constructor(findings: readonly Finding[], failures: readonly Finding[]) {
    const canMend = failures.some(({ repair: work }) => work !== undefined);
    super(summaryText(findings), canMend ? "Fix what can be fixed: rewind doctor --fix" : "");
    const codes = failures.map(({ exitCode = 1 }) => exitCode);
    this.exitCode = ([4, 3, 1, 2] as const).find((code) => codes.includes(code)) ?? 1;
  }
}
