// rewind doctor --report: facts for a bug report. Everything in it is a number, a version or a word of our own: names,
// titles, addresses, paths and values of settings are never read into it.
import { arch, release } from "node:os";
import { statSync } from "node:fs";
import type { Context } from "../../context.ts";
import { readLastError } from "../../host/last-error.ts";
import { isKnownSource } from "../../model/listening-sources.ts";
import { isoSeconds } from "../../model/times.ts";
import { printable, safe, type SafeText } from "../../output/escape.ts";
import { hanging, wrapText } from "../../output/paragraph.ts";
import type { Screen } from "../../output/screen.ts";
import type { ReportDocument } from "../../queries/documents/installation-documents.ts";
import { ask as askSources } from "../../queries/shelf/sources.ts";
import { settingNames } from "../../settings/all-settings.ts";
import { readSettings } from "../../settings/settings-file.ts";
import { lastSync } from "../../store/file/cache-facts.ts";
import type { Database } from "../../store/file/database.ts";
import { formatOf } from "../../store/file/schema.ts";
import { document as checksDocument, type Examination } from "./finding.ts";
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

export function reportDocument(context: Context, { findings, database }: Examination): ReportDocument {
  const { env, platform, version } = context;
  const isSqliteSound = findings.some(({ check, mark }) => check === "sqlite" && mark === "right");
  return {
    versions: {
      rewind: version,
      node: process.versions.node,
      sqlite: isSqliteSound ? sqliteVersion() : null,
      better_sqlite3: driverVersion(),
    },
    // A kernel that the user built may have a name behind its version.
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

/** Returns none if the file can't be read: its check fails then. */
function settingsOf({ settingsPath, env }: Context): ReportDocument["settings"] {
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
      exact: rowsOf("match WHERE type = 'exact'"),
      fuzzy: rowsOf("match WHERE type = 'fuzzy'"),
      artist_only: rowsOf("match WHERE type = 'artist_only'"),
      none: rowsOf("match WHERE type = 'none'"),
    },
  };
}

function syncFacts(database: Database): ReportDocument["last_sync"] {
  const sync = lastSync(database);
  return sync && { started_at: isoSeconds(sync.startedUts), ms: sync.ms };
}

/** Markdown: a line for each part, and the frames of the last error as code. */
export function reportLines({ last_error, ...parts }: ReportDocument, screen: Screen): SafeText[] {
  const { frames = [], ...error } = last_error ?? {};
  const facts = { ...parts, last_error: last_error === null ? null : error };
  const width = screen.isTerminal ? screen.width - 2 : Number.MAX_SAFE_INTEGER;
  const lines = Object.entries(facts).flatMap(([name, value]) =>
    hanging(safe`- `, 2, wrapText(`${name.replace("_", " ")}: ${factText(value)}`, { ...screen, width })),
  );
  if (frames.length === 0) return lines;
  return [...lines, ...["", "```", ...frames.map((frame) => `at ${frame}`), "```"].map(printable)];
}

/** "rewind 1.0.0, node 24.1.0" for an object, "settings ok 3, cache ok 20" for a list of rows. */
function factText(fact: unknown): string {
  if (Array.isArray(fact)) return fact.map(rowText).join(", ") || "none";
  if (!isObject(fact)) return fact === null ? "none" : rowText(fact);
  return Object.entries(fact)
    .map(([name, value]) => `${name} ${isObject(value) ? `(${factText(value)})` : factText(value)}`)
    .join(", ");
}

function rowText(row: unknown): string {
  return isObject(row) ? Object.values(row).join(" ") : String(row);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
