import type { Context } from "../../context.ts";
import { RewindError, UsageError, type ExitCode } from "../../errors.ts";
import { coloursFor } from "../../output/colour.ts";
import { lineText, linesText, safe } from "../../output/escape.ts";
import { jsonText } from "../../output/json.ts";
import type { Database } from "../../store/database.ts";
import type { Call } from "../shared/call.ts";
import { checkCache } from "./cache-check.ts";
import { document, type Finding } from "./finding.ts";
import { checkContents, checkMatches, checkSync } from "./inside-checks.ts";
import { findingLines, summaryText } from "./screen.ts";
import { checkServices } from "./service-checks.ts";
import { checkSettings } from "./settings-check.ts";
import { checkDisk, checkRuntime, checkSqlite } from "./surroundings.ts";

export async function runDoctor(context: Context, { options }: Call): Promise<void> {
  if (context.services !== undefined) {
    throw new UsageError("rewind demo has no settings or cache to check", "Check your own: rewind doctor");
  }
  const { fix, offline, json } = options as { fix?: true; offline?: true; json?: true };
  const before = await examine(context, { offline: offline === true });
  const findings = fix === true ? await mend(context, before, { offline: offline === true }) : before;
  if (json === true) {
    await context.write(jsonText(document(findings), { indent: context.screen.isTerminal }));
  } else {
    const look = { screen: context.screen, colours: await coloursFor(context.screen) };
    await context.write(linesText(findings.flatMap((finding) => findingLines(finding, look))));
  }
  const failures = findings.filter(({ mark }) => mark === "wrong");
  if (failures.length > 0) throw new FailedChecks(findings, failures);
  if (json !== true) await context.write(safe`\n${lineText(summaryText(findings))}`);
}

/** What needs nothing comes first: each check stands on those before it. */
async function examine(context: Context, { offline }: { readonly offline: boolean }): Promise<Finding[]> {
  const sqlite = checkSqlite();
  const settings = checkSettings(context);
  const cache =
    sqlite.mark === "right" ? checkCache(context) : { findings: [] as readonly Finding[], database: null };
  const { database } = cache;
  try {
    const contents = database === null ? [] : await checkInside(context, database);
    const services =
      offline || settings.read === null
        ? [notAsked(offline ? "--offline was given" : "the settings come first")]
        : await checkServices(context, settings.read, database);
    return [
      checkRuntime(context),
      sqlite,
      ...settings.findings,
      ...cache.findings,
      ...contents,
      checkDisk(context),
      ...services,
    ];
  } finally {
    database?.close();
  }
}

async function checkInside(context: Context, database: Database): Promise<Finding[]> {
  return [
    ...checkContents(context, database),
    checkMatches(context, database),
    await checkSync(context, database),
  ];
}

function notAsked(why: string): Finding {
  return { check: "collection", label: "services", mark: null, text: `not asked: ${why}` };
}

/** Does what can be done, and looks again: what was mended is told with how it is now. */
async function mend(
  context: Context,
  findings: readonly Finding[],
  how: { readonly offline: boolean },
): Promise<Finding[]> {
  const done = new Map<Finding["check"], string>();
  for (const { check, mend: work } of findings) {
    // One match anew mends all that is derived.
    if (work === undefined || done.has(check)) continue;
    try {
      done.set(check, await work());
    } catch (error) {
      if (!(error instanceof RewindError)) throw error;
      done.set(check, `not fixed: ${error.message}`);
    }
  }
  if (done.size === 0) return [...findings];
  const told = new Set<Finding["check"]>();
  return (await examine(context, how)).map((finding) => {
    const mended = done.get(finding.check);
    if (mended === undefined || told.has(finding.check)) return finding;
    told.add(finding.check);
    return { ...finding, mended };
  });
}

/** The worst decides, as elsewhere: 4, then 3, then 1. */
class FailedChecks extends RewindError {
  readonly exitCode: ExitCode;

  constructor(findings: readonly Finding[], failures: readonly Finding[]) {
    const canMend = failures.some(({ mend: work }) => work !== undefined);
    super(summaryText(findings), canMend ? "Fix what can be fixed: rewind doctor --fix" : "");
    const codes = failures.map(({ exitCode = 1 }) => exitCode);
    this.exitCode = ([4, 3, 1, 2] as const).find((code) => codes.includes(code)) ?? 1;
  }
}
