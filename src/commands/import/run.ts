import { setFlagsFromString } from "node:v8";
import type { Context } from "../../context.ts";
import { UsageError } from "../../model/errors.ts";
import { openCacheIfAny } from "../shared/access/matched-cache.ts";
import { joinLines, toPrintable, type SafeText } from "../../output/safe-text.ts";
import { writeJson } from "../../output/json.ts";
import { prependHead, wrapSentence, joinBlocks, wrapMessage } from "../../output/paragraph.ts";
import { formatBytes, pluralize, formatNumber } from "../../output/format-numbers.ts";
import { withProgress } from "../shared/terminal/with-progress.ts";
import {
  addToCache,
  countAll,
  readFiles,
  type ReadProgress,
  type ImportedSource,
  type ReadFiles,
} from "../../sync/imports/import-files.ts";
import { querySources } from "../../queries/shelf/sources.ts";
import { describeMergedSources } from "../../output/describe-sources.ts";
import { declareCommand, declareOptions, type Invocation } from "../shared/command-declaration.ts";
import { jsonOption } from "../shared/listing/list-options.ts";
import { toIsoOrNull } from "../../model/times.ts";
import { type SourcePlay, getSourceTitle } from "../../model/listening-sources.ts";
import { formatDayAndTime } from "../../output/format-dates.ts";
import type { Terminal } from "../../output/terminal.ts";
import type { FileImportDocument } from "../../queries/documents/sync-documents.ts";
import { isListOfPlays } from "../../sources/files/all-formats.ts";
import { type ColumnNames, playColumns } from "../../sources/files/play-columns.ts";
import { leftOutRules } from "../../sources/files/play-rules.ts";

/** UTF-8 and UTF-16 are recognised without it. */
const encodings = ["utf-8", "utf-16le", "utf-16be", "windows-1252"] as const;

const importOptions = declareOptions(
  { flags: "--dry-run", help: "show what would be imported, and change nothing" },
  {
    flags: "--zone <zone>",
    help: "time zone of times without one; exports of services are UTC",
    examples: "Europe/Paris",
    defaultValue: "UTC for tables, this machine's for .scrobbler.log and for days",
    parse: parseZone,
  },
  {
    flags: "--columns <names>",
    help: "names of the columns in your table of plays",
    examples: "artist=Band,time=Heard",
    parse: parseColumns,
  },
  {
    flags: "--encoding <encoding>",
    help: "encoding of text files from old programs",
    choices: { words: encodings },
  },
  jsonOption,
);

export const declaration = declareCommand({
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
  options: importOptions,
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
});

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

function parseZone(zone: string): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    throw new UsageError(
      `unknown time zone "${zone.slice(0, 40)}"`,
      "Give a name of the tz database: Europe/Paris, America/New_York, UTC",
    );
  }
}

async function runImport(
  context: Context,
  { words: paths, options, asJson }: Invocation<typeof importOptions>,
): Promise<void> {
  const { zone, encoding, columns = {} } = options;
  const isDryRun = options.dryRun === true;
  if (paths.includes("-")) {
    throw new UsageError(
      "rewind import reads files, not stdin",
      "Save the plays in a file first, then run: rewind import FILE",
    );
  }
  const nowMs = context.clock.now();
  // V8 lets garbage pile up by default: a history of 350 MB would take 300 MB of memory.
  setFlagsFromString("--optimize-for-size");
  const read = await withProgress(context, "Looking at the files", (show) =>
    readFiles(paths, {
      zone,
      columns,
      encoding,
      nowMs,
      onProgress: (progress) => show(formatProgress(progress)),
    }),
  );
  try {
    const database = isDryRun ? await openCacheIfAny(context) : await context.openWritableCache();
    const sources = await withProgress(context, "Adding the plays", async () =>
      database === null
        ? countAll(read.stage)
        : addToCache(database, read.stage, { isDryRun, nowUts: Math.floor(nowMs / 1000) }),
    );
    const report = { ...read, sources, isDryRun, zone };
    if (asJson) return await writeJson(context, buildImportDocument(report));
    await context.write(joinLines(renderImport(report, context.screen)));
    const mergedText = database === null || isDryRun ? null : describeMergedSources(querySources(database));
    if (mergedText !== null) await context.write(joinLines(wrapSentence(mergedText, context.screen)));
  } finally {
    read.stage.close();
  }
}

function formatProgress({ file, bytes, allBytes }: ReadProgress): string {
  const name = file.split(/[/\\]/).at(-1) ?? file;
  return `Reading ${formatBytes(bytes)} of ${formatBytes(allBytes)}: ${name.slice(0, 40)}`;
}

// The result, as lines and as a document.

type ImportReport = Pick<ReadFiles, "files" | "otherFiles"> & {
  readonly sources: readonly ImportedSource[];
  readonly isDryRun: boolean;
  readonly zone: string | undefined;
};

function buildImportDocument({ files, otherFiles, sources, isDryRun }: ImportReport): FileImportDocument {
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
      first: buildPlayDocument(first),
      last: buildPlayDocument(last),
      left_out: [...leftOut].map(([rule, count]) => ({ rule, meaning: leftOutRules[rule], rows: count })),
    })),
  };
}

function buildPlayDocument(play: SourcePlay | null): FileImportDocument["sources"][number]["first"] {
  if (play === null) return null;
  const { startUts, precisionSeconds, artist, album, title } = play;
  return {
    played_at: toIsoOrNull(startUts),
    precision_seconds: precisionSeconds,
    artist_name: artist,
    album_name: album,
    track_name: title,
  };
}

function renderImport(report: ImportReport, screen: Terminal): SafeText[] {
  const { files, otherFiles, sources, isDryRun, zone } = report;
  const notes = [
    files.some(({ zonelessTimes }) => zonelessTimes.has("log"))
      ? `Times of a .scrobbler.log without a zone were read as ${zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone}: check the first play, or give --zone.`
      : "",
    files.some(({ zonelessTimes }) => zonelessTimes.has("table"))
      ? `Times without a zone were read as ${zone ?? "UTC"}: check the first play, or give --zone.`
      : "",
    zone === undefined ? "" : describeUnusedZone(files),
    sources.length === 0 && files.length > 0 ? "These files have no plays." : "",
    otherFiles === 0 ? "" : `Files without listening history: ${formatNumber(otherFiles)}.`,
    isDryRun ? "Dry run: nothing was changed." : "",
  ].filter((note) => note !== "");
  return joinBlocks([
    ...sources.map((source) => renderSource(source, report, screen)),
    wrapMessage(notes, screen),
  ]);
}

/** "" if each file with plays has times without a zone. */
function describeUnusedZone(files: ImportReport["files"]): string {
  const unused = files.filter(({ hasPlays, zonelessTimes }) => hasPlays && zonelessTimes.size === 0);
  const titles = [...new Set(unused.map(({ format }) => format.title))];
  if (titles.length === 0) return "";
  const zones = unused.some(({ format }) => isListOfPlays(format)) ? "have a zone" : "are UTC";
  return `--zone was not used: the times of ${titles.join(", ")} ${zones}.`;
}

function renderSource(
  { name, rows, plays, days, first, last, leftOut, added: newPlays }: ImportedSource,
  { files, isDryRun }: ImportReport,
  screen: Terminal,
): SafeText[] {
  const own = files.filter((file) => file.sources.includes(name));
  const title = getSourceTitle(name);
  // The format of a source, where it says more than the source's name.
  const titles = new Set(own.flatMap(({ format }) => (isListOfPlays(format) ? [] : format.title)));
  const formats = [...titles].filter((each) => each !== title).join(", ");
  const repeatText = plays - newPlays === 0 ? "" : `, ${formatNumber(plays - newPlays)} in the cache already`;
  const addedText = `${pluralize(newPlays, "play")}${repeatText}`;
  const pairs: (readonly [label: string, text: string])[] = [
    ["First", first === null ? "" : formatPlay(first)],
    ["Last", last === null ? "" : formatPlay(last)],
    ...[...leftOut].map(
      ([rule, count]) => ["Left out", `${formatNumber(count)}: ${leftOutRules[rule]}`] as const,
    ),
    [isDryRun ? "Would add" : "Added", plays === 0 ? "" : addedText],
  ];
  const inner = { ...screen, width: Math.max(1, screen.width - playTextMargin) };
  const fileText = `${pluralize(rows, "row")} in ${pluralize(own.length, "file")}${formats === "" ? "" : ` (${formats})`}`;
  const head = `${title}: ${pluralize(plays, "play")} on ${pluralize(days, "day")}, from ${fileText}`;
  return [
    ...wrapSentence(head, screen),
    ...pairs
      .filter(([, text]) => text !== "")
      .flatMap(([label, text]) =>
        prependHead(
          toPrintable(`  ${label}`.padEnd(playTextMargin)),
          playTextMargin,
          wrapSentence(text, inner),
        ),
      ),
  ];
}

const playTextMargin = 12;

/** 2026-02-15 20:02  Artist: Title (Album) */
function formatPlay({ startUts, precisionSeconds, artist, title, album }: SourcePlay): string {
  const when = formatDayAndTime(startUts, precisionSeconds);
  return `${when}  ${artist === "" ? "" : `${artist}: `}${title}${album === "" ? "" : ` (${album})`}`;
}
