// rewind doctor --report: facts for a bug report. Everything in it is a number, a version or a word of our own: names,
// titles, addresses, paths and values of settings are never read into it.
import { arch, release } from "node:os";
import { statSync } from "node:fs";
import type { Context } from "../../context.ts";
import { readLastError } from "../../host/last-error.ts";
import { UsageError } from "../../model/errors.ts";
import { isKnownSource } from "../../model/listening-sources.ts";
import { isoSeconds } from "../../model/times.ts";
import { printable, safe, type SafeText } from "../../output/escape.ts";
import { bytesText, thousands } from "../../output/number-text.ts";
import { wrapText } from "../../output/paragraph.ts";
import type { Screen } from "../../output/screen.ts";
import type { ReportDocument } from "../../queries/documents/installation-documents.ts";
import { ask as askSources } from "../../queries/shelf/sources.ts";
import { settingNames } from "../../settings/all-settings.ts";
import { readSettings } from "../../settings/settings-file.ts";
import { lastSync } from "../../store/file/cache-facts.ts";
import type { Database } from "../../store/file/database.ts";
import { formatOf } from "../../store/file/schema.ts";
import { document as checksDocument, type Finding } from "./finding.ts";
import { driverVersion, sqliteVersion } from "./surroundings.ts";

/** Variables that change what rewind does, besides those of its settings. */
const watched = [
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

export function reportDocument(
  context: Context,
  findings: readonly Finding[],
  database: Database | null,
): ReportDocument {
  const { env, platform, version } = context;
  const isSqliteSound = findings.some(({ check, mark }) => check === "sqlite" && mark === "right");
  return {
    versions: {
      rewind: version,
      node: process.versions.node,
      sqlite: isSqliteSound ? sqliteVersion() : null,
      better_sqlite3: driverVersion(),
    },
    // A kernel of one's own may have a name behind its version.
    system: { platform, release: /^[\d.]*/.exec(release())?.[0] ?? "", arch: arch() },
    terminal: terminalOf(context),
    settings: settingsOf(context),
    environment: watched.filter((name) => (env[name] ?? "") !== ""),
    cache: database === null ? null : cacheFacts(context, database),
    checks: checksDocument(findings).checks.map(({ check, status }, at) => ({
      check,
      status,
      ms: findings[at]?.ms ?? null,
    })),
    last_sync: database === null ? null : syncFacts(database),
    last_error: readLastError({ env, platform }),
  };
}

/** Returns none if the settings file can't be read: the check of the settings fails then. */
function settingsOf({ settingsPath, env }: Context): ReportDocument["settings"] {
  try {
    const { find } = readSettings(settingsPath, env);
    return settingNames.flatMap((name) => {
      const { source } = find(name);
      return source === null ? [] : [{ name, source }];
    });
  } catch (error) {
    if (error instanceof UsageError) return [];
    throw error;
  }
}

const colourNames = ["none", "16", "256", "all"] as const;

/** Describes the terminal of stdout, or of stderr if stdout is a pipe. Returns null without a terminal. */
function terminalOf(context: Context): ReportDocument["terminal"] {
  const screen = context.screen.isTerminal ? context.screen : context.errorScreen;
  if (!screen.isTerminal) return null;
  const rows = (screen === context.screen ? context.stdout : context.stderr).rows ?? null;
  const colours = colourNames[screen.colourLevel];
  return { columns: screen.width, rows, colours, unicode: screen.unicode };
}

function cacheFacts({ cachePath }: Context, database: Database): NonNullable<ReportDocument["cache"]> {
  const rowsOf = (table: string): number =>
    database.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0;
  const matches = new Map(
    database.prepare<[], [string, number]>("SELECT type, count(*) FROM match GROUP BY type").raw().all(),
  );
  return {
    format: formatOf(database),
    bytes: statSync(cachePath).size,
    counts: {
      records: rowsOf("record"),
      releases: rowsOf("release"),
      wants: rowsOf("want"),
      albums: rowsOf("album"),
      tracklists: rowsOf("tracklist WHERE state = 'known'"),
      logged_plays: rowsOf("noted_play"),
      decisions: rowsOf("decision"),
    },
    plays: askSources(database).sources.map(({ name, plays }) => ({
      source: isKnownSource(name) ? name : "unknown",
      plays,
    })),
    matches: {
      exact: matches.get("exact") ?? 0,
      fuzzy: matches.get("fuzzy") ?? 0,
      artist_only: matches.get("artist_only") ?? 0,
      none: matches.get("none") ?? 0,
    },
  };
}

function syncFacts(database: Database): ReportDocument["last_sync"] {
  const sync = lastSync(database);
  return sync && { started_at: isoSeconds(sync.startedUts), ms: sync.ms };
}

/** Markdown: a list, and the frames of the last error as code. */
export function reportLines(report: ReportDocument, screen: Screen): SafeText[] {
  const { versions, system, terminal, settings, environment, cache, checks, last_sync, last_error } = report;
  const sqlite = versions.sqlite ?? "not loaded";
  const items = [
    `rewind ${versions.rewind}, Node ${versions.node}, SQLite ${sqlite}, better-sqlite3 ${versions.better_sqlite3}`,
    `System: ${system.platform} ${system.release} ${system.arch}`,
    `Terminal: ${terminal === null ? "none" : terminalText(terminal)}`,
    `Settings: ${listText(settings.map(({ name, source }) => `${name} (${source})`))}`,
    `Environment: ${listText(environment)}`,
    ...(cache === null ? ["Cache: none that can be read"] : cacheItems(cache)),
    `Checks: ${listText(checks.map(({ check, status, ms }) => `${check} ${status}${ms === null ? "" : ` ${ms} ms`}`))}`,
    `Last sync: ${last_sync === null ? "none" : `${last_sync.started_at ?? ""}, ${thousands(last_sync.ms)} ms`}`,
    `Last error: ${last_error === null ? "none" : errorText(last_error)}`,
  ];
  const lines = items.flatMap((item) => itemLines(item, screen));
  const frames = last_error?.frames ?? [];
  if (frames.length === 0) return lines;
  return [...lines, ...["", "```", ...frames.map((frame) => `at ${frame}`), "```"].map(printable)];
}

function terminalText({ columns, rows, colours, unicode }: NonNullable<ReportDocument["terminal"]>): string {
  const size = rows === null ? columns : `${columns}×${rows}`;
  return `${size}, colours ${colours}, ${unicode ? "Unicode" : "ASCII"}`;
}

function errorText(error: NonNullable<ReportDocument["last_error"]>): string {
  const kind = error.code === null ? error.kind : `${error.kind} (${error.code})`;
  const where = error.command ?? "no command";
  return `${kind} in ${where}, exit code ${error.exit_code}, ${error.at}, rewind ${error.version}`;
}

function cacheItems({
  format,
  bytes,
  counts,
  plays,
  matches,
}: NonNullable<ReportDocument["cache"]>): string[] {
  return [
    `Cache: format ${format}, ${bytesText(bytes)}`,
    `Rows: ${amounts(counts)}`,
    `Plays: ${amounts(Object.fromEntries(plays.map(({ source, plays: count }) => [source, count])))}`,
    `Matches: ${amounts(matches)}`,
  ];
}

function amounts(counts: Readonly<Record<string, number>>): string {
  return listText(Object.entries(counts).map(([name, count]) => `${name} ${thousands(count)}`));
}

function listText(parts: readonly string[]): string {
  return parts.length === 0 ? "none" : parts.join(", ");
}

function itemLines(item: string, screen: Screen): SafeText[] {
  const width = screen.isTerminal ? screen.width - 2 : Number.MAX_SAFE_INTEGER;
  return wrapText(item, { ...screen, width }).map((line, at) =>
    at === 0 ? safe`- ${line}` : safe`  ${line}`,
  );
}
