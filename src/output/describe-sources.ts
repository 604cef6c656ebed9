// Says how the plays of several sources were joined.
import type { SourceOffset } from "../model/listening-sources.ts";
import { formatLongDay } from "./format-dates.ts";
import { pluralize, formatNumber } from "./format-numbers.ts";

interface SourceSummary {
  readonly title: string;
  readonly plays: number;
  readonly lastUts: number | null;
  readonly offsets: readonly SourceOffset[];
  readonly stoppedUts: number | null;
}

interface MergedSources {
  readonly sources: readonly SourceSummary[];
  /** The merged total. */
  readonly plays: number;
  readonly uncompared: string | null;
}

/** "plays until 31 Dec 2024 (Apple Music)"; "" for null. */
export function describeDataEnd(
  end: { readonly lastUts: number; readonly titles: readonly string[] } | null,
): string {
  return end === null ? "" : `plays until ${formatLongDay(end.lastUts)} (${end.titles.join(", ")})`;
}

/** "Last.fm, until 30 Nov 2026 (stopped)"; "" if no source with plays is stopped. */
export function describeStopped(sources: readonly SourceSummary[]): string {
  return sources
    .filter(({ stoppedUts, plays }) => stoppedUts !== null && plays > 0)
    .map(({ title, lastUts }) =>
      lastUts === null ? `${title} (stopped)` : `${title}, until ${formatLongDay(lastUts)} (stopped)`,
    )
    .join("; ");
}

/** "2 plays wait for Last.fm, which is stopped: rewind sources resume lastfm" */
export function describeHeldPlays({
  name,
  title,
  plays,
}: Record<"name" | "title", string> & { plays: number }): string {
  const wait = plays === 1 ? "waits" : "wait";
  return `${pluralize(plays, "play")} ${wait} for ${title}, which is stopped: rewind sources resume ${name}`;
}

/** "+3 h, Apr 2018 to Jun 2018", "+1 h to +2 h, Jan 2015 to Dec 2019"; "" if the clock is right. */
export function describeClock(offsets: readonly SourceOffset[]): string {
  const [first] = offsets;
  const last = offsets.at(-1);
  if (first === undefined || last === undefined) return "";
  const seconds = offsets.map((offset) => offset.seconds).toSorted((a, b) => a - b);
  const least = formatOffset(seconds[0] ?? 0);
  const most = formatOffset(seconds.at(-1) ?? 0);
  const from = formatOffsetMonth(first.fromUts);
  const to = formatOffsetMonth(last.toUts - 1);
  return `${least === most ? least : `${least} to ${most}`}, ${from === to ? from : `${from} to ${to}`}`;
}

function formatOffset(seconds: number): string {
  const minutes = Math.round(Math.abs(seconds) / 60);
  const parts = [
    minutes >= 60 ? `${Math.floor(minutes / 60)} h` : "",
    minutes % 60 === 0 ? "" : `${minutes % 60} min`,
  ];
  return `${seconds < 0 ? "-" : "+"}${parts.filter((part) => part !== "").join(" ")}`;
}

function formatOffsetMonth(uts: number): string {
  return new Intl.DateTimeFormat("en", { month: "short", year: "numeric", timeZone: "UTC" }).format(
    uts * 1000,
  );
}

/** "Last.fm 38,977 plays, Spotify 41,203; duplicates: 30,112 (clock of Spotify +3 h, Apr 2018). In all: 50,068." */
export function describeMergedSources({ sources, plays, uncompared }: MergedSources): string | null {
  const withPlays = sources.filter((source) => source.plays > 0);
  if (withPlays.length < 2) return null;
  const counts = withPlays.map((source, at) =>
    at === 0
      ? `${source.title} ${pluralize(source.plays, "play")}`
      : `${source.title} ${formatNumber(source.plays)}`,
  );
  if (uncompared !== null) {
    return `${counts.join(", ")}. Without ${uncompared}'s history they can't be compared, so each album has the larger count.`;
  }
  const duplicates = withPlays.reduce((sum, source) => sum + source.plays, 0) - plays;
  const clocks = withPlays.flatMap(({ title, offsets }) =>
    offsets.length === 0 ? [] : [`clock of ${title} ${describeClock(offsets)}`],
  );
  const assumed = clocks.length === 0 ? "" : ` (${clocks.join("; ")})`;
  return `${counts.join(", ")}; duplicates: ${formatNumber(duplicates)}${assumed}. In all: ${formatNumber(plays)}.`;
}
