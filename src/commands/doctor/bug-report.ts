// rewind doctor --report: facts for a bug report. Everything in it is a number, a version or a word of our own: names,
// titles, addresses, paths and values of settings are never read into it.
import { arch, release } from "node:os";
import { statSync } from "node:fs";
import type { Context } from "../../context.ts";
import { readLastError } from "../../host/last-error.ts";
import { isKnownSource } from "../../model/listening-sources.ts";
import { toIsoOrNull } from "../../model/times.ts";
import { toPrintable, safe, type SafeText } from "../../output/safe-text.ts";
import { prependHead, wrapText } from "../../output/paragraph.ts";
import type { Terminal } from "../../output/terminal.ts";
import type { ReportDocument } from "../../queries/documents/installation-documents.ts";
import { querySources } from "../../queries/shelf/sources.ts";
import { settingNames } from "../../settings/all-settings.ts";
import { readSettings } from "../../settings/settings-file.ts";
import { readLastSync } from "../../store/file/cache-facts.ts";
import type { Database } from "../../store/file/database.ts";
import { readFormat } from "../../store/file/schema.ts";
import { buildDoctorDocument, type Examination } from "./finding.ts";
import { readDriverVersion, readSqliteVersion } from "./environment-checks.ts";

/** Variables that change what rewind does, besides those of its settings. */
const reportedVariables = [
  "COLUMNS",
  "FORCE_COLOR",
  "HTTPS_PROXY",
  "HTTP_PROXY",
  "NODE_EXTRA_CA_CERTS",
  "NODE_OPTIONS",
  "NO_COLOR",
  "NO_PROXY",
  "PAGER",
  "REWIND_DB",
  "XDG_CACHE_HOME",
  "XDG_CONFIG_HOME",
  "XDG_DATA_HOME",
] as const;

export function buildReportDocument(context: Context, { findings, database }: Examination): ReportDocument {
  const { env, platform, version } = context;
  const isSqliteSound = findings.some(({ check, mark }) => check === "sqlite" && mark === "pass");
  return {
    versions: {
      rewind: version,
      node: process.versions.node,
      sqlite: isSqliteSound ? readSqliteVersion() : null,
      better_sqlite3: readDriverVersion(),
    },
    // A kernel that the user built may have a name behind its version.
    system: { platform, release: /^[\d.]*/.exec(release())?.[0] ?? "", arch: arch() },
    terminal: describeTerminal(context),
    settings: readReportSettings(context),
    environment: reportedVariables.filter((name) => (env[name] ?? "") !== ""),
    cache: database === null ? null : readCacheFacts(context, database),
    checks: buildDoctorDocument(findings).checks.map(({ check, status }, at) => ({
      check,
      status,
      ms: findings[at]?.ms ?? null,
    })),
    last_sync: database === null ? null : readSyncFacts(database),
    last_error: readLastError({ env, platform }),
  };
}

/** Returns none if the file can't be read: its check fails then. */
function readReportSettings({ settingsPath, env }: Context): ReportDocument["settings"] {
  try {
    const { find } = readSettings(settingsPath, env);
    return settingNames.flatMap((name) => {
      const { source } = find(name);
      return source === null ? [] : [{ name, source }];
    });
  } catch {
    return [];
  }
}

const colourNames = ["none", "16", "256", "all"] as const;

/** Describes the terminal of stdout, or of stderr if stdout is a pipe. Returns null without a terminal. */
function describeTerminal(context: Context): ReportDocument["terminal"] {
  const screen = context.screen.isTerminal ? context.screen : context.errorScreen;
  if (!screen.isTerminal) return null;
  const rows = (screen === context.screen ? context.stdout : context.stderr).rows ?? null;
  const colours = colourNames[screen.colourLevel];
  return { columns: screen.width, rows, colours, unicode: screen.unicode };
}

function readCacheFacts({ cachePath }: Context, database: Database): NonNullable<ReportDocument["cache"]> {
  const countRows = (table: string): number =>
    database.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0;
  return {
    format: readFormat(database),
    bytes: statSync(cachePath).size,
    counts: {
      records: countRows("record"),
      releases: countRows("release"),
      wants: countRows("want"),
      albums: countRows("album"),
      tracklists: countRows("tracklist WHERE state = 'known'"),
      logged_plays: countRows("logged_play"),
      decisions: countRows("decision"),
    },
    plays: querySources(database).sources.map(({ name, plays }) => ({
      source: isKnownSource(name) ? name : "unknown",
      plays,
    })),
    matches: {
      exact: countRows("match WHERE type = 'exact'"),
      fuzzy: countRows("match WHERE type = 'fuzzy'"),
      artist_only: countRows("match WHERE type = 'artist_only'"),
      none: countRows("match WHERE type = 'none'"),
    },
  };
}

function readSyncFacts(database: Database): ReportDocument["last_sync"] {
  const sync = readLastSync(database);
  return sync && { started_at: toIsoOrNull(sync.startedUts), ms: sync.ms };
}

/** Markdown: a line for each part, and the frames of the last error as code. */
export function renderReport({ last_error, ...parts }: ReportDocument, screen: Terminal): SafeText[] {
  const { frames = [], ...error } = last_error ?? {};
  const facts = { ...parts, last_error: last_error === null ? null : error };
  const width = screen.isTerminal ? screen.width - 2 : Number.MAX_SAFE_INTEGER;
  const lines = Object.entries(facts).flatMap(([name, value]) =>
    prependHead(
      safe`- `,
      2,
      wrapText(`${name.replace("_", " ")}: ${formatFact(value)}`, { ...screen, width }),
    ),
  );
  if (frames.length === 0) return lines;
  return [...lines, ...["", "```", ...frames.map((frame) => `at ${frame}`), "```"].map(toPrintable)];
}

/** "rewind 1.0.0, node 24.1.0" for an object, "settings ok 3, cache ok 20" for a list of rows. */
function formatFact(fact: unknown): string {
  if (Array.isArray(fact)) return fact.map(formatRow).join(", ") || "none";
  if (!isObject(fact)) return fact === null ? "none" : formatRow(fact);
  return Object.entries(fact)
    .map(([name, value]) => `${name} ${isObject(value) ? `(${formatFact(value)})` : formatFact(value)}`)
    .join(", ");
}

function formatRow(row: unknown): string {
  return isObject(row) ? Object.values(row).join(" ") : String(row);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
