import { setFlagsFromString } from "node:v8";
import type { Context } from "../../context.ts";
import { UsageError } from "../../model/errors.ts";
import { openCacheIfAny } from "../shared/opening/matched-answers.ts";
import { linesText, printable, type SafeText } from "../../output/escape.ts";
import { writeJson } from "../../output/json.ts";
import { hanging, sentence, spacedBlocks, messageLines } from "../../output/paragraph.ts";
import { bytesText, counted, thousands } from "../../output/number-text.ts";
import { showProgress } from "../../output/progress.ts";
import {
  addToCache,
  countAll,
  readFiles,
  type ReadProgress,
  type ImportedSource,
  type ReadFiles,
} from "../../sync/imports/import-files.ts";
import { ask as askSources } from "../../queries/shelf/sources.ts";
import { joinedText } from "../../output/source-text.ts";
import type { Call, CommandDeclaration } from "../shared/declaration.ts";
import { jsonOption } from "../shared/listing/options.ts";
import { isoSeconds } from "../../model/times.ts";
import type { SourcePlay } from "../../model/listening-sources.ts";
import { localMoment } from "../../output/dates.ts";
import type { Screen } from "../../output/screen.ts";
import type { FileImportDocument } from "../../queries/documents/sync-documents.ts";
import { type ColumnNames, playColumns } from "../../sources/files/play-columns.ts";
import { leftOutRules } from "../../sources/files/play-rules.ts";

/** UTF-8 and UTF-16 are recognised without it. */
const encodings = ["utf-8", "utf-16le", "utf-16be", "windows-1252"] as const;

export const declaration: CommandDeclaration = {
  name: "import",
  details: `Reads exports of Spotify, Apple Music, ListenBrainz, Maloja, Koito, Pano Scrobbler, Libre.fm, .scrobbler.log, dumps of
Last.fm, and any CSV, TSV, JSON or JSON Lines with artist, track and time. A newer export adds only what is new. If a file is
damaged, nothing is imported.
Spotify: a play is 30 seconds, or all of a shorter track. Apple Music: half of the track, or four minutes. Podcasts,
audiobooks and videos never count.`,
  json: async () => [
    { schema: (await import("../../queries/documents/sync-documents.ts")).fileImportSchema },
  ],
  arguments: [
    { name: "<files...>", help: "files, zips as downloaded, or folders", choices: { source: "file" } },
  ],
  options: [
    { flags: "--dry-run", help: "show what would be imported, and change nothing" },
    {
      flags: "--zone <zone>",
      help: "time zone of times that name none, such as Europe/Paris",
      usual: "UTC for tables, this machine's for .scrobbler.log and for days",
      parse: checkedZone,
    },
    {
      flags: "--columns <names>",
      help: "what a table of plays calls its columns, such as artist=Band, track=Song, time=Heard",
      parse: parseColumns,
    },
    {
      flags: "--encoding <name>",
      help: "encoding of text files from old programs",
      choices: { words: encodings },
    },
    jsonOption,
  ],
  examples: [
    ["rewind import my_spotify_data.zip --dry-run", "show what would be added, and what would be left out"],
    ["rewind import my_spotify_data.zip", "add these plays"],
    ["rewind import 'Apple Music Activity'", "read a whole folder"],
    [
      "rewind import plays.csv --columns artist=Band,track=Song,time=Heard",
      "a table with other column names",
    ],
    ["rewind import .scrobbler.log --zone Europe/Paris", "from a player without a time zone"],
  ],
  load: async () => runImport,
};

function parseColumns(text: string): ColumnNames {
  const pairs = text.split(",").map((pair) => {
    const [column = "", ...name] = pair.split("=");
    return [column.trim(), name.join("=").trim()] as const;
  });
  const invalid = pairs.find(([column, name]) => name === "" || !playColumns.some((each) => each === column));
  if (invalid === undefined) return Object.fromEntries(pairs);
  throw new UsageError(
    `--columns "${text.slice(0, 60)}" is not a list such as artist=Band,track=Song,time=Heard`,
    `Allowed: ${playColumns.join(", ")}`,
  );
}

function checkedZone(zone: string): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    throw new UsageError(
      `unknown time zone "${zone.slice(0, 40)}"`,
      "Give a name of the tz database: Europe/Paris, America/New_York, UTC",
    );
  }
}

interface ImportOptions {
  readonly zone?: string;
  readonly encoding?: string;
  readonly columns?: ColumnNames;
}

async function runImport(context: Context, { words: paths, options, asJson }: Call): Promise<void> {
  const { zone, encoding, columns = {} } = options as ImportOptions;
  const isDryRun = options["dryRun"] === true;
  const nowMs = context.clock.now();
  // Without it, V8 lets garbage pile up: a history of 350 MB would take 300 MB of memory.
  setFlagsFromString("--optimize-for-size");
  const read = await withProgress(context, "Looking at the files", (show) =>
    readFiles(paths, {
      zone,
      columns,
      encoding,
      nowMs,
      onProgress: (progress) => show(progressText(progress)),
    }),
  );
  try {
    const database = isDryRun ? await openCacheIfAny(context) : await context.writableStore();
    const sources = await withProgress(context, "Adding the plays", async () =>
      database === null
        ? countAll(read.stage)
        : addToCache(database, read.stage, { isDryRun, nowUts: Math.floor(nowMs / 1000) }),
    );
    const report = { ...read, sources, isDryRun, zone };
    if (asJson) return await writeJson(context, importDocument(report));
    await context.write(linesText(importLines(report, context.screen)));
    const mergedText = database === null || isDryRun ? null : joinedText(askSources(database));
    if (mergedText !== null) await context.write(linesText(sentence(mergedText, context.screen)));
  } finally {
    read.stage.close();
  }
}

function progressText({ file, bytes, allBytes }: ReadProgress): string {
  const name = file.split(/[/\\]/).at(-1) ?? file;
  return `Reading ${bytesText(bytes)} of ${bytesText(allBytes)}: ${name.slice(0, 40)}`;
}

async function withProgress<Value>(
  context: Context,
  start: string,
  work: (show: (text: string) => void) => Promise<Value>,
): Promise<Value> {
  const { errorScreen, options, stderr } = context;
  let text = start;
  const display =
    errorScreen.isTerminal && options.quiet !== true
      ? await showProgress(stderr, errorScreen, () => [printable(text)])
      : undefined;
  try {
    return await work((next) => {
      text = next;
    });
  } finally {
    display?.stop();
  }
}

// The result, as lines and as a document.

type ImportReport = Pick<ReadFiles, "files" | "otherFiles"> & {
  readonly sources: readonly ImportedSource[];
  readonly isDryRun: boolean;
  readonly zone: string | undefined;
};

function importDocument({ files, otherFiles, sources, isDryRun }: ImportReport): FileImportDocument {
  return {
    dry_run: isDryRun,
    files: files.map(({ name, format, sources: [source = format.source] }) => ({
      name,
      format: format.name,
      source,
    })),
    other_files: otherFiles,
    sources: sources.map(({ first, last, leftOut, ...source }) => ({
      ...source,
      first: playDocument(first),
      last: playDocument(last),
      left_out: [...leftOut].map(([rule, count]) => ({ rule, meaning: leftOutRules[rule], rows: count })),
    })),
  };
}

function playDocument(play: SourcePlay | null): FileImportDocument["sources"][number]["first"] {
  if (play === null) return null;
  const { startUts, precisionSeconds, artist, album, title } = play;
  return {
    played_at: isoSeconds(startUts),
    precision_seconds: precisionSeconds,
    artist_name: artist,
    album_name: album,
    track_name: title,
  };
}

function importLines(report: ImportReport, screen: Screen): SafeText[] {
  const { files, otherFiles, sources, isDryRun, zone } = report;
  const notes = [
    files.some(({ format }) => format.name === "scrobbler-log")
      ? `Times of a .scrobbler.log without a zone were read as ${zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone}: check the first play, or give --zone.`
      : "",
    files.some(({ hasAssumedZone }) => hasAssumedZone)
      ? `Times without a zone were read as ${zone ?? "UTC"}: check the first play, or give --zone.`
      : "",
    sources.length === 0 && files.length > 0 ? "These files have no plays." : "",
    otherFiles === 0 ? "" : `Files without listening history: ${thousands(otherFiles)}.`,
    isDryRun ? "Dry run: nothing was changed." : "",
  ].filter((note) => note !== "");
  return spacedBlocks([
    ...sources.map((source) => sourceLines(source, report, screen)),
    messageLines(notes, screen),
  ]);
}

function sourceLines(
  { name, rows, plays, days, first, last, leftOut, added: newPlays }: ImportedSource,
  { files, isDryRun }: ImportReport,
  screen: Screen,
): SafeText[] {
  const own = files.filter((file) => file.sources.includes(name));
  const titles = [...new Set(own.map(({ format }) => format.title))].join(", ");
  const repeatText = plays - newPlays === 0 ? "" : `, ${thousands(plays - newPlays)} in the cache already`;
  const addedText = `${counted(newPlays, "play")}${repeatText}`;
  const pairs: (readonly [label: string, text: string])[] = [
    ["First", first === null ? "" : playText(first)],
    ["Last", last === null ? "" : playText(last)],
    ...[...leftOut].map(
      ([rule, count]) => ["Left out", `${thousands(count)}: ${leftOutRules[rule]}`] as const,
    ),
    [isDryRun ? "Would add" : "Added", plays === 0 ? "" : addedText],
  ];
  const inner = { ...screen, width: Math.max(1, screen.width - margin) };
  const head = `${titles || name}: ${counted(plays, "play")} on ${counted(days, "day")}, from ${counted(rows, "row")} in ${counted(own.length, "file")}`;
  return [
    ...sentence(head, screen),
    ...pairs
      .filter(([, text]) => text !== "")
      .flatMap(([label, text]) =>
        hanging(printable(`  ${label}`.padEnd(margin)), margin, sentence(text, inner)),
      ),
  ];
}

const margin = 12;

/** 2026-02-15 20:02  Artist: Title (Album) */
function playText({ startUts, precisionSeconds, artist, title, album }: SourcePlay): string {
  const when = localMoment(startUts, precisionSeconds);
  return `${when}  ${artist === "" ? "" : `${artist}: `}${title}${album === "" ? "" : ` (${album})`}`;
}
