import type { Context } from "../../context.ts";
import { RewindError, UsageError, type ExitCode } from "../../model/errors.ts";
import { lineText, linesText, safe } from "../../output/escape.ts";
import { writeJson } from "../../output/json.ts";
import { coloursFor } from "../../output/screen.ts";
import type { SettingsReader } from "../../settings/settings-file.ts";
import { connectReadonly, type Database } from "../../store/file/database.ts";
import { hasOnlyOtherPlays } from "../../store/plays/merged-plays.ts";
import type { Call } from "../shared/declaration.ts";
import { checkCache, checkContents, checkMatches, checkSync } from "./cache-check.ts";
import { document, type Finding, findingLines, summaryText } from "./finding.ts";
import { checkServices } from "./service-checks.ts";
import { checkFields, checkSettings } from "./settings-check.ts";
import { checkCompanions, checkDisk, checkRuntime, checkSqlite } from "./surroundings.ts";

export async function runDoctor(context: Context, { options, asJson }: Call): Promise<void> {
  if (context.services !== undefined) {
    throw new UsageError("rewind demo has no settings or cache to check", "Check your own: rewind doctor");
  }
  const { fix, offline, report } = options as { fix?: true; offline?: true; report?: true };
  const { screen } = context;
  const style = { screen, colours: await coloursFor(screen) };
  const print: Print = async (findings) => {
    if (asJson || report === true) return;
    await context.write(linesText(findings.flatMap((finding) => findingLines(finding, style))));
  };
  const {
    findings: local,
    read,
    database,
  } = await (fix === true ? examineAndRepair : examine)(context, print);
  try {
    const remote =
      offline === true
        ? [notAsked("--offline was given")]
        : read === null
          ? [notAsked("fix the settings first")]
          : await checkServices(context, read, database);
    if (report === true) {
      const { reportDocument, reportLines } = await import("./bug-report.ts");
      const findings = offline === true ? local : [...local, ...remote];
      const facts = reportDocument(context, findings, database);
      return await (asJson
        ? writeJson(context, facts)
        : context.write(linesText(reportLines(facts, screen))));
    }
    await print(remote);
    const findings = [...local, ...remote];
    if (asJson) await writeJson(context, document(findings));
    if (findings.some(({ mark }) => mark === "wrong")) throw new FailedChecks(findings);
    if (!asJson) await context.write(safe`\n${lineText(summaryText(findings))}`);
  } finally {
    database?.close();
  }
}

interface Examination {
  readonly findings: readonly Finding[];
  /** null: the settings can't be used. */
  readonly read: SettingsReader | null;
  /** Open for reading; the caller closes it. null: it can't be queried. */
  readonly database: Database | null;
}

type Print = (findings: readonly Finding[]) => Promise<void>;

/** The checks that need no network. Later checks rely on the earlier ones. Prints early: a large cache takes seconds. */
async function examine(context: Context, print: Print): Promise<Examination> {
  let startMs = context.clock.now();
  /** Adds to findings how long it took since the last call. */
  const lap = (findings: readonly Finding[]): Finding[] => {
    const ms = Math.round(context.clock.now() - startMs);
    startMs = context.clock.now();
    return findings.map((finding) => ({ ...finding, ms }));
  };
  const runtime = lap([checkRuntime(context)]);
  const sqlite = checkSqlite();
  const ofSqlite = lap([sqlite]);
  const { findings: ofSettings, read } = checkSettings(context, hasImportedPlays(context));
  const first = [...runtime, ...ofSqlite, ...lap(ofSettings)];
  await print(first);
  lap([]);
  const { findings: ofCache, database } =
    sqlite.mark === "right" ? checkCache(context) : { findings: [], database: null };
  const beside = [...lap(ofCache), ...lap(checkCompanions(context))];
  const inside =
    database === null
      ? []
      : [
          ...lap(checkContents(context, database)),
          ...lap([checkMatches(context, database)]),
          ...lap(read === null ? [] : checkFields(context, database, read)),
          ...lap([checkSync(context, database)]),
        ];
  const then = [...beside, ...inside, ...lap([checkDisk(context)])];
  await print(then);
  return { findings: [...first, ...then], read, database };
}

/** A cache that can't be read has none; the checks of the cache say why. */
function hasImportedPlays({ cachePath }: Context): boolean {
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

function notAsked(why: string): Finding {
  return { check: "collection", label: "services", mark: null, text: `not asked: ${why}` };
}

/** Repairs what it can and checks again. */
async function examineAndRepair(context: Context, print: Print): Promise<Examination> {
  const before = await examine(context, async () => {});
  const outcomes = await repairAll(before.findings);
  if (outcomes.size === 0) {
    await print(before.findings);
    return before;
  }
  before.database?.close();
  const after = await examine(context, async () => {});
  const findings = after.findings.map((finding) => {
    const repaired = outcomes.get(finding.check);
    // Only the first finding of a check reports it.
    outcomes.delete(finding.check);
    return repaired === undefined ? finding : { ...finding, repaired };
  });
  await print(findings);
  return { ...after, findings };
}

/** The result of each repair, or the reason of its failure, by check. */
async function repairAll(findings: readonly Finding[]): Promise<Map<Finding["check"], string>> {
  const outcomes = new Map<Finding["check"], string>();
  for (const { check, repair } of findings) {
    // One rematch corrects all derived columns.
    if (repair === undefined || outcomes.has(check)) continue;
    try {
      outcomes.set(check, await repair());
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

  constructor(findings: readonly Finding[]) {
    const failures = findings.filter(({ mark }) => mark === "wrong");
    const canMend = failures.some(({ repair }) => repair !== undefined);
    super(summaryText(findings), canMend ? "Fix what can be fixed: rewind doctor --fix" : "");
    const codes = failures.map(({ exitCode = 1 }) => exitCode);
    this.exitCode = ([4, 3, 1, 2] as const).find((code) => codes.includes(code)) ?? 1;
  }
}
