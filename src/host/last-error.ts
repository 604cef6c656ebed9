// Keeps the last error for bug reports: its kind and the places in our code, but no message, since it may contain names.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensurePrivateDirectory, type ProcessFacts } from "./compile-cache.ts";
import { getErrorCode } from "../model/errors.ts";
import { toIsoTime } from "../model/times.ts";
import { getCompileCachePath } from "./paths.ts";

export interface LastError {
  /** A time in UTC: 2026-03-14T12:00:00Z */
  readonly at: string;
  /** The version of rewind. */
  readonly version: string;
  /** The name of its class. */
  readonly kind: string;
  /** A code of Node or SQLite, its own or that of its cause: EACCES, SQLITE_FULL. */
  readonly code: string | null;
  /** The command without its arguments; null if none ran. */
  readonly command: string | null;
  readonly exit_code: number;
  /** "runPlayed src/commands/played/run.ts:57:3", the innermost first. */
  readonly frames: readonly string[];
}

const maxFrames = 20;
const kindPattern = /^[A-Za-z]{1,40}$/;
const codePattern = /^[A-Z][A-Z0-9_]{1,40}$/;
/** "    at async runPlayed (src/commands/played/run.ts:57:3)". A name with other signs is left out. */
const ownFramePattern =
  /^\s+at (?:async |new )?(?:(?:(?<name>[\w$.]{1,80})|\S+) \()?(?<place>src(?:\/[\w-]{1,40}){1,6}\.ts:\d{1,6}:\d{1,6})\)?$/;

/** Never throws: the error itself is more important than a note of it. */
export function writeLastError(
  error: unknown,
  { version, command, exit_code }: Pick<LastError, "version" | "command" | "exit_code">,
  nowMs: number,
  host: ProcessFacts,
): void {
  const lastError: LastError = {
    at: toIsoTime(Math.floor(nowMs / 1000)),
    version,
    kind: error instanceof Error && kindPattern.test(error.name) ? error.name : "unknown",
    code: findErrorCode(error),
    command,
    exit_code,
    frames: error instanceof Error ? parseOwnFrames(error) : [],
  };
  try {
    const directory = ensurePrivateDirectory(getCompileCachePath(host.env, host.platform), host);
    if (directory === null) return;
    const path = join(directory, fileName);
    rmSync(path, { force: true });
    writeFileSync(path, `${JSON.stringify(lastError, null, 2)}\n`, { mode: 0o600, flag: "wx" });
  } catch {
    // The disk is full or read-only.
  }
}

const fileName = "last-error.json";

/** Returns null if there is none. */
export function readLastError({ env, platform }: Pick<ProcessFacts, "env" | "platform">): LastError | null {
  try {
    const text = readFileSync(join(getCompileCachePath(env, platform), fileName), "utf8");
    return JSON.parse(text) as LastError;
  } catch {
    return null;
  }
}

function findErrorCode(error: unknown, depth = 0): string | null {
  const code = getErrorCode(error);
  if (codePattern.test(code)) return code;
  return error instanceof Error && depth < 4 ? findErrorCode(error.cause, depth + 1) : null;
}

/** The frames of our own code. The lines of the message, which may look like frames, come first and are left out. */
function parseOwnFrames({ stack = "", message }: Error): string[] {
  const at = stack.indexOf(message);
  const trace = at === -1 ? "" : stack.slice(at + message.length);
  return mapFramesToSources(trace)
    .split("\n")
    .flatMap((line) => {
      const { name, place } = ownFramePattern.exec(line)?.groups ?? {};
      return place === undefined ? [] : [name === undefined ? place : `${name} ${place}`];
    })
    .slice(0, maxFrames);
}

// Stack traces of the shipped chunks, mapped back to the source files.

/** The path may contain blanks and brackets. */
const framePattern =
  /^(?<lead>\s+at (?:async )?(?:.*? \()?)(?<place>.+?):(?<line>\d+):(?<column>\d+)(?<tail>\)?)$/;

/** Maps each frame of ours to its line in src/. Frames without a map stay unchanged. */
export function mapFramesToSources(stack: string): string {
  const maps = new Map<string, SourceMap | null>();
  const getSourceMap = (path: string): SourceMap | null => {
    if (!maps.has(path)) maps.set(path, readSourceMap(path));
    return maps.get(path) ?? null;
  };
  return stack
    .split("\n")
    .map((line) => {
      const { lead = "", place = "", line: row, column, tail = "" } = framePattern.exec(line)?.groups ?? {};
      const map = place === "" ? null : getSourceMap(place);
      const entry = map?.findEntry(Number(row) - 1, Number(column) - 1);
      if (entry === undefined || !("originalSource" in entry)) return line;
      const source = entry.originalSource.replace(/^(?:\.\.\/)+/, "");
      return `${lead}${source}:${entry.originalLine + 1}:${entry.originalColumn + 1}${tail}`;
    })
    .join("\n");
}

function readSourceMap(place: string): SourceMap | null {
  try {
    const path = place.startsWith("file:") ? fileURLToPath(place) : place;
    return new SourceMap(
      JSON.parse(readFileSync(`${path}.map`, "utf8")) as ConstructorParameters<typeof SourceMap>[0],
    );
  } catch {
    return null;
  }
}
