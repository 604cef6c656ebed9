// The result of an import, as lines and as a document.
import { daySeconds, isoSeconds } from "../../model/times.ts";
import type { SourcePlay } from "../../model/listening-sources.ts";
import { localDay, localTime } from "../../output/dates.ts";
import { printable, safe, type SafeText } from "../../output/escape.ts";
import { counted, thousands } from "../../output/number-text.ts";
import { sentence, spacedBlocks, messageLines } from "../../output/paragraph.ts";
import type { Screen } from "../../output/screen.ts";
import type { FileImportDocument } from "../../queries/documents/sync-documents.ts";
import { leftOutRules } from "../../sources/files/play-rules.ts";
import type { ImportedSource, ReadFiles } from "../../sync/imports/import-files.ts";

type ImportReport = Pick<ReadFiles, "files" | "otherFiles"> & {
  readonly sources: readonly ImportedSource[];
  readonly isDryRun: boolean;
  readonly zone: string;
};

export function importDocument({ files, otherFiles, sources, isDryRun }: ImportReport): FileImportDocument {
  return {
    dry_run: isDryRun,
    files: files.map(({ name, format, source }) => ({ name, format, source })),
    other_files: otherFiles,
    sources: sources.map(({ name, rows, plays, added, days, first, last, leftOut }) => ({
      name,
      rows,
      plays,
      added,
      days,
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

export function importLines(report: ImportReport, screen: Screen): SafeText[] {
  const { files, otherFiles, sources, isDryRun, zone } = report;
  const hasZone = files.some(({ format }) => format === "scrobbler-log");
  const rest = [
    ...(hasZone
      ? [
          `Times of a .scrobbler.log without a zone were read as ${zone}: check the first play, or give --zone.`,
        ]
      : []),
    ...(sources.length === 0 && files.length > 0 ? ["These files have no plays."] : []),
    ...(otherFiles === 0 ? [] : [`Files without listening history: ${thousands(otherFiles)}.`]),
    ...(isDryRun ? ["Dry run: nothing was changed."] : []),
  ];
  return spacedBlocks([
    ...sources.map((source) => sourceLines(source, report, screen)),
    messageLines(rest, screen),
  ]);
}

function sourceLines(
  { name, rows, plays, days, first, last, leftOut, added: newPlays }: ImportedSource,
  { files, isDryRun }: ImportReport,
  screen: Screen,
): SafeText[] {
  const own = files.filter(({ source }) => source === name);
  const titles = [...new Set(own.map(({ title }) => title))].join(", ");
  const repeatText = plays - newPlays === 0 ? "" : `, ${thousands(plays - newPlays)} in the cache already`;
  const pairs: (readonly [string, string])[] = [
    ...(first === null ? [] : [["First", playText(first)] as const]),
    ...(last === null ? [] : [["Last", playText(last)] as const]),
    ...[...leftOut].map(
      ([rule, count], at) =>
        [at === 0 ? "Left out" : "", `${thousands(count)}: ${leftOutRules[rule]}`] as const,
    ),
    ...(plays === 0
      ? []
      : [[isDryRun ? "Would add" : "Added", `${counted(newPlays, "play")}${repeatText}`] as const]),
  ];
  const head = `${titles || name}: ${counted(plays, "play")} on ${counted(days, "day")}, from ${counted(rows, "row")} in ${counted(own.length, "file")}`;
  return [...sentence(head, screen), ...pairs.flatMap(([label, text]) => labelLines(label, text, screen))];
}

const margin = 12;

function labelLines(label: string, text: string, screen: Screen): SafeText[] {
  const lines = sentence(text, { ...screen, width: Math.max(1, screen.width - margin) });
  return lines.map((line, at) => safe`${printable(`  ${at === 0 ? label : ""}`.padEnd(margin))}${line}`);
}

/** 2026-02-15 20:02  Artist: Title (Album) */
function playText({ startUts, precisionSeconds, artist, title, album }: SourcePlay): string {
  // Noon is on the same day in other zones, too.
  const when =
    precisionSeconds === daySeconds
      ? localDay(startUts + daySeconds / 2)
      : `${localDay(startUts)} ${localTime(startUts)}`;
  return `${when}  ${artist === "" ? "" : `${artist}: `}${title}${album === "" ? "" : ` (${album})`}`;
}
