// The screens of rewind played: a logged play in a sentence, its tracks, and the list of logged plays.
import type { PlayTarget } from "../../model/play-targets.ts";
import type { Context } from "../../context.ts";
import { daySeconds } from "../../model/times.ts";
import { formatDay, formatLongDay, formatMonth, formatTime } from "../../output/format-dates.ts";
import type { Column, Field } from "../../output/field.ts";
import type { TerminalStyle, Terminal } from "../../output/terminal.ts";
import { joinParts } from "../../output/paragraph.ts";
import { toPrintable, type SafeText } from "../../output/safe-text.ts";
import { pluralize } from "../../output/format-numbers.ts";
import { renderSectionTable } from "../../output/table.ts";
import { describeHeldPlays } from "../../output/describe-sources.ts";
import { countPlaysByStoppedService } from "../../queries/shelf/sources.ts";
import type { Hit } from "../../queries/find/find-records.ts";
import {
  type LastPlayed,
  type PlayWithRelease,
  queryLoggedPlays,
  buildLoggedPlaysDocument,
  type LoggedPlaysResult,
} from "../../actions/logged/logged-plays.ts";
import { formatTargets } from "../../actions/logged/send-plays.ts";
import { type LoggedPlay, type LoggedTrack, isTooShort } from "../../store/decisions/logged-plays.ts";
import type { Invocation } from "../shared/command-declaration.ts";
import {
  artistColumn,
  dayField,
  nameWidth,
  numberColumn,
  numberField,
  titleColumn,
  titleField,
} from "../shared/listing/list-fields.ts";
import { describeEmptyList } from "../shared/listing/list-notices.ts";
import { runRecordListing } from "../shared/listing/run-listing.ts";
import { formatArtistAndTitle } from "../../model/names.ts";
import type { TableView } from "../../output/present.ts";

interface LogCircumstances {
  readonly hit: Hit;
  /** false: only some tracks were played. */
  readonly isWhole: boolean;
  readonly before: LastPlayed;
  readonly nowUts: number;
  readonly isDryRun: boolean;
  /** Says how to undo it. */
  readonly undo: string;
}

const yearSeconds = 365 * daySeconds;

/** "Logged: Joni Mitchell · Hejira, played today, 14 Mar 2026. Undo: rewind played undo" */
export function describeLogged(session: PlayWithRelease, circumstances: LogCircumstances): string {
  const { hit, isWhole, before, nowUts, isDryRun, undo } = circumstances;
  const { play } = session;
  const part = isWhole ? "" : `, ${pluralize(play.tracks.length, "track")}`;
  const { length: copies } = hit;
  const copy = copies > 1 ? ` (#${hit[0].id}, one of ${copies} copies)` : "";
  return joinParts(
    [
      `${isDryRun ? "Would be logged" : "Logged"}: ${formatName(session)}${copy}${part}, played ${formatRelativeDay(play, nowUts)}.`,
      describePreviousPlay(play, { isWhole, before }),
      isDryRun ? "" : undo,
    ],
    " ",
  );
}

export function describeUndone(session: PlayWithRelease): string {
  return `Deleted: ${formatName(session)}, logged for ${formatLongDay(session.play.startUts)}.`;
}

export function formatName({ artist, title, play }: PlayWithRelease): string {
  return artist === null || title === null ? `r${play.releaseId}` : formatArtistAndTitle({ artist, title });
}

export function formatRelativeDay({ startUts, precision }: LoggedPlay, nowUts: number): string {
  const isToday = formatDay(startUts) === formatDay(nowUts);
  const day = formatLongDay(startUts);
  const time = precision === "time" && !isToday ? ` at ${formatTime(startUts)}` : "";
  return isToday ? `today, ${day}` : `on ${day}${time}`;
}

/**
 * Mentions the play before this one if it was over a year ago, or that there is none. Some tracks may be less than a spin,
 * so they are compared with plays.
 */
function describePreviousPlay(
  { startUts }: LoggedPlay,
  { isWhole, before: { playUts, spinUts } }: Pick<LogCircumstances, "isWhole" | "before">,
): string {
  const [noun, lastUts] = isWhole && spinUts !== null ? ["spin", spinUts] : ["play", playUts];
  if (lastUts === null) return "The first known play.";
  return startUts - lastUts < yearSeconds ? "" : `The first ${noun} since ${formatMonth(lastUts)}.`;
}

/** `targets`: where the tracks may be sent. */
export function renderTracks(
  { tracks }: LoggedPlay,
  screen: Terminal,
  targets: readonly PlayTarget[],
): SafeText[] {
  if (tracks.length === 0) return [];
  const hasArtists = tracks.some(({ artist, albumArtist }) => artist !== albumArtist);
  const isTimed = tracks.some(({ uts }) => uts !== null);
  const remark = { header: "", cell: (track: LoggedTrack) => getTrackRemark(track, targets) };
  const columns = [...trackColumns, remark].filter(
    ({ header }) => (header !== "Artist" || hasArtists) && (header !== "At" || isTimed),
  );
  return [...renderSectionTable(columns, tracks, screen), toPrintable("")];
}

const trackColumns: readonly Column<LoggedTrack>[] = [
  { header: "", cell: ({ position }) => position },
  { ...titleColumn(({ title }) => title), header: "Track" },
  artistColumn(({ artist }) => artist),
  { header: "Length", cell: ({ durationSeconds }) => formatMinutes(durationSeconds), numeric: true },
  { header: "At", cell: ({ uts }) => (uts === null ? "" : formatTime(uts)) },
];

function getTrackRemark(track: LoggedTrack, targets: readonly PlayTarget[]): string {
  if (track.isGuessed) return "~ length estimated";
  const refusing = targets.filter((target) => isTooShort(track, target));
  return refusing.length === 0 ? "" : `too short for ${formatTargets(refusing)}`;
}

function formatMinutes(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

export async function listLogged(context: Context, call: Invocation): Promise<void> {
  await runRecordListing(context, call, ({ filter: { during: span = null, ...filter }, paging }) => ({
    ask: (database) => ({
      ...queryLoggedPlays(database, { filter, period: span, paging }),
      heldPlays: countPlaysByStoppedService(database),
    }),
    buildDocument: buildLoggedPlaysDocument,
    fields: loggedFields,
    table: buildLoggedTable,
  }));
}

/** The names and their order are a promise to scripts: add new ones at the end. */
const loggedFields: readonly Field<PlayWithRelease>[] = [
  { name: "uuid", value: ({ play }) => play.uuid, header: "Entry" },
  dayField("played_at", "Day", ({ play }) => play.startUts),
  { name: "precision", value: ({ play }) => play.precision },
  numberField("id", ({ recordId }) => recordId),
  { name: "release_id", value: ({ play }) => play.releaseId, numeric: true },
  { name: "artist", value: ({ artist }) => artist, header: "Artist", flexible: nameWidth },
  titleField("title", ({ title }) => title),
  { name: "tracks", value: ({ play }) => play.tracks.map(({ position }) => position) },
  { name: "note", value: ({ play }) => play.comment, header: "Note", flexible: nameWidth },
  { name: "source", value: ({ play }) => play.source },
  { name: "time", value: ({ play }) => formatPlayTime(play), header: "Time", isOfScreens: true },
];

/** "" if only the day is known. */
function formatPlayTime({ precision, startUts }: PlayWithRelease["play"]): string {
  return precision === "day" ? "" : formatTime(startUts);
}

type LoggedListResult = LoggedPlaysResult & {
  readonly heldPlays: ReturnType<typeof countPlaysByStoppedService>;
};

function buildLoggedTable({
  rows,
  total,
  heldPlays,
  countAll,
  emptied,
}: LoggedListResult): TableView<PlayWithRelease> {
  return {
    columns: (style) => buildListColumns(rows, style),
    footer: () => [
      ["Delete one: rewind played undo ENTRY"],
      ...heldPlays.map((held) => [describeHeldPlays(held)]),
    ],
    empty: () =>
      countAll() === 0
        ? "No plays logged yet. To log one: rewind played RECORD"
        : describeEmptyList("logged play", emptied(), ""),
    page: { total, noun: "logged play" },
  };
}

function buildListColumns(
  rows: readonly PlayWithRelease[],
  { colours }: TerminalStyle,
): Column<PlayWithRelease>[] {
  const hasComments = rows.some(({ play }) => play.comment !== "");
  const columns: Column<PlayWithRelease>[] = [
    { header: "Day", cell: ({ play }) => formatDay(play.startUts) },
    {
      header: "Time",
      cell: ({ play }) => formatPlayTime(play),
      dropOrder: 2,
    },
    numberColumn(colours, ({ recordId, play }) => recordId ?? `r${play.releaseId}`),
    artistColumn(({ artist }) => artist ?? ""),
    titleColumn(({ title }) => title ?? "no longer in the collection"),
    { header: "Note", cell: ({ play }) => play.comment, flexible: nameWidth, dropOrder: 1 },
    // The user needs the entry for played undo, so this column never leaves. Eight digits are almost always enough.
    {
      header: "Entry",
      cell: ({ play }) => (play.source === "field" ? "from a field" : play.uuid.slice(0, 8)),
      paint: (cell) => colours.dim(cell),
    },
  ];
  return columns.filter(({ header }) => header !== "Note" || hasComments);
}
