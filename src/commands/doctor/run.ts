import type { Context } from "../../context.ts";
import { RewindError, UsageError, type ExitCode } from "../../model/errors.ts";
import { toLine, joinLines, safe } from "../../output/safe-text.ts";
import { writeJson } from "../../output/json.ts";
import { loadColours } from "../../output/terminal.ts";
import { declareCommand, declareOptions, type Invocation } from "../shared/command-declaration.ts";
import { jsonOption } from "../shared/listing/list-options.ts";
import { checkCache, checkContents, checkHoles, checkMatches, checkSync } from "./cache-check.ts";
import {
  buildDoctorDocument,
  type Examination,
  type Finding,
  renderFinding,
  pass,
  formatSummary,
} from "./finding.ts";
import { checkServices } from "./service-checks.ts";
import { checkFields, checkSettings } from "./settings-check.ts";
import { checkCompanionFiles, checkDisk, checkSqlite } from "./environment-checks.ts";

const doctorOptions = declareOptions(
  { flags: "--fix", help: "repair what can be repaired" },
  { flags: "--offline", help: "skip the checks that need the network" },
  {
    flags: "--report",
    help: "print facts for a bug report, with nothing private in it",
    excludes: ["fix"],
  },
  jsonOption,
);

export const declaration = declareCommand({
  name: "doctor",
  details: `Checks the program, settings, cache, disk, clock, services and accounts. It changes nothing without --fix.
--fix repairs file permissions, outdated matches and a damaged cache. A damaged cache is renamed, never deleted, and your
decisions are copied to a new one. The command fails only if a check fails; warnings are fine.
--report prints what a bug report needs: versions, counts, timings and the last error, but no names, paths or values of
settings.`,
  json: async () => {
    const { doctorSchema, reportSchema } = await import("../../queries/documents/installation-documents.ts");
    return [{ schema: doctorSchema }, { when: "With --report", schema: reportSchema }];
  },
  options: doctorOptions,
  examples: [
    ["rewind doctor", "check everything"],
    ["rewind doctor --fix", "repair what can be repaired"],
    ["rewind doctor --report", "facts to paste into a bug report"],
    ["rewind doctor --offline --json | jq .summary", "count failures and warnings in a script"],
  ],
  load: async () => runDoctor,
});

async function runDoctor(
  context: Context,
  { options, asJson }: Invocation<typeof doctorOptions>,
): Promise<void> {
  if (context.isSample) {
    throw new UsageError("rewind demo has no settings or cache to check", "Check your own: rewind doctor");
  }
  const { fix, offline, report } = options;
  const { screen } = context;
  const style = { screen, colours: await loadColours(screen) };
  const print = async (findings: readonly Finding[]): Promise<void> => {
    if (asJson || report === true) return;
    await context.write(joinLines(findings.flatMap((finding) => renderFinding(finding, style))));
  };
  const examined = examine(context);
  const {
    findings: local,
    read,
    database,
  } = fix === true ? await repairAndRecheck(context, examined) : examined;
  try {
    await print(local);
    const remote =
      offline === true
        ? [createSkippedFinding("--offline was given")]
        : read === null
          ? [createSkippedFinding("fix the settings first")]
          : await checkServices(context, read, database);
    const findings = [...local, ...remote];
    if (report === true) {
      const { buildReportDocument, renderReport } = await import("./bug-report.ts");
      const facts = buildReportDocument(context, { findings, read, database });
      return await (asJson
        ? writeJson(context, facts)
        : context.write(joinLines(renderReport(facts, screen))));
    }
    await print(remote);
    if (asJson) await writeJson(context, buildDoctorDocument(findings));
    if (findings.some(({ mark }) => mark === "fail")) throw new FailedChecks(findings);
    if (!asJson) await context.write(safe`\n${toLine(formatSummary(findings))}`);
  } finally {
    database?.close();
  }
}

/** The checks that need no network. Later checks rely on the earlier ones. */
function examine(context: Context): Examination {
  const { clock, platform } = context;
  const findings: Finding[] = [];
  let startMs = clock.now();
  /** Adds findings with the time since the last ones. */
  const add = (...more: readonly Finding[]): void => {
    const ms = Math.round(clock.now() - startMs);
    startMs = clock.now();
    for (const finding of more) findings.push({ ...finding, ms });
  };
  add(pass({ check: "runtime", label: "Node" }, `${process.versions.node} on ${platform}`));
  const sqlite = checkSqlite();
  add(sqlite);
  const cache = sqlite.mark === "pass" ? checkCache(context) : { findings: [], database: null };
  add(...cache.findings);
  add(...checkCompanionFiles(context));
  const { database } = cache;
  const settings = checkSettings(context, database);
  add(...settings.findings);
  if (database !== null) {
    add(checkContents(database));
    add(checkMatches(context, database));
    if (settings.read !== null) add(...checkFields(context, database, settings.read));
    add(checkSync(context, database));
    add(...checkHoles(context, database));
  }
  add(checkDisk(context));
  return { findings, read: settings.read, database };
}

function createSkippedFinding(why: string): Finding {
  return { check: "collection", label: "services", mark: null, text: `not asked: ${why}` };
}

/** Repairs what it can and checks again. */
async function repairAndRecheck(context: Context, before: Examination): Promise<Examination> {
  const outcomes = new Map<string, string>();
  for (const { check, repair } of before.findings) {
    const outcome = await repair?.().catch((error: unknown) => {
      if (error instanceof RewindError) return `not fixed: ${error.message}`;
      throw error;
    });
    if (outcome !== undefined && !outcomes.has(check)) outcomes.set(check, outcome);
  }
  if (outcomes.size === 0) return before;
  before.database?.close();
  const after = examine(context);
  const findings = after.findings.map((finding) => {
    const outcome = outcomes.get(finding.check);
    // Report it with the first finding of a check only.
    outcomes.delete(finding.check);
    return outcome === undefined ? finding : { ...finding, repaired: outcome };
  });
  return { ...after, findings };
}

/** The exit code of the worst failure: 4, then 3, then 1. */
class FailedChecks extends RewindError {
  readonly exitCode: ExitCode;

  constructor(findings: readonly Finding[]) {
    const failures = findings.filter(({ mark }) => mark === "fail");
    const canMend = failures.some(({ repair }) => repair !== undefined);
    super(formatSummary(findings), canMend ? "Fix what can be fixed: rewind doctor --fix" : "");
    const codes = failures.map(({ exitCode = 1 }) => exitCode);
    this.exitCode = ([4, 3, 1, 2] as const).find((code) => codes.includes(code)) ?? 1;
  }
}
