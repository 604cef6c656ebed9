// The screens of rewind played: a logged play in a sentence, its tracks, and the list of logged plays.
import type { PlayTarget } from "../../model/play-targets.ts";
import type { Context } from "../../context.ts";
import { daySeconds, isoSeconds } from "../../model/times.ts";
import { localDay, localDayInWords, monthInWords, localTime } from "../../output/dates.ts";
import type { Column, Field } from "../../output/field.ts";
import type { TerminalStyle, Screen } from "../../output/screen.ts";
import { joinParts } from "../../output/paragraph.ts";
import { printable, type SafeText } from "../../output/escape.ts";
import { counted } from "../../output/number-text.ts";
import { sectionTable } from "../../output/table.ts";
import { heldText } from "../../output/source-text.ts";
import { findHeldPlays } from "../../queries/shelf/sources.ts";
import type { Hit } from "../../queries/find/find-records.ts";
import {
  type ShownSession,
  findNotes,
  notesDocument,
  type NotedAnswer,
} from "../../actions/logged/logged-plays.ts";
import { formatTargets } from "../../actions/logged/send-plays.ts";
import { type NotedPlay, type NotedTrack, isTooShort } from "../../store/decisions/noted-plays.ts";
import type { Call } from "../shared/declaration.ts";
import { artistColumn, nameWidth, numberColumn, titleColumn } from "../shared/listing/list-fields.ts";
import { runRecordListing } from "../shared/listing/run-listing.ts";
import { plainName } from "../../model/names.ts";
import type { TableView } from "../../output/present.ts";

interface Circumstances {
  readonly hit: Hit;
  /** false: only some tracks were played. */
  readonly isWhole: boolean;
  /** The last play before this one; null if there is none. */
  readonly beforeUts: number | null;
  readonly nowUts: number;
  readonly isDryRun: boolean;
}

const yearSeconds = 365 * daySeconds;

/** "Logged: Joni Mitchell · Hejira, played today, 14 Mar 2026. Undo: rewind played --undo" */
export function loggedText(session: ShownSession, circumstances: Circumstances): string {
  const { hit, isWhole, beforeUts, nowUts, isDryRun } = circumstances;
  const { play } = session;
  const part = isWhole ? "" : `, ${counted(play.tracks.length, "track")}`;
  const { length: copies } = hit;
  const copy = copies > 1 ? ` (#${hit[0].id}, one of ${copies} copies)` : "";
  return joinParts(
    [
      `${isDryRun ? "Would be logged" : "Logged"}: ${nameOf(session)}${copy}${part}, played ${dayInWords(play, nowUts)}.`,
      sinceWhen(play, beforeUts),
      isDryRun ? "" : "Undo: rewind played --undo",
    ],
    " ",
  );
}

export function undoneText(session: ShownSession): string {
  return `Deleted: ${nameOf(session)}, logged for ${localDayInWords(session.play.startUts)}.`;
}

function nameOf({ artist, title, play }: ShownSession): string {
  return artist === null || title === null ? `r${play.releaseId}` : plainName({ artist, title });
}

function dayInWords({ startUts, precision }: NotedPlay, nowUts: number): string {
  const isToday = localDay(startUts) === localDay(nowUts);
  const day = localDayInWords(startUts);
  const time = precision === "time" && !isToday ? ` at ${localTime(startUts)}` : "";
  return isToday ? `today, ${day}` : `on ${day}${time}`;
}

/** Mentions the play before this one if it was over a year ago, or that there is none. */
function sinceWhen({ startUts }: NotedPlay, before: number | null): string {
  if (before === null) return "The first known play.";
  if (startUts - before < yearSeconds) return "";
  return `The first spin since ${monthInWords(before)}.`;
}

/** `targets`: where the tracks may be sent. */
export function trackLines(
  { tracks }: NotedPlay,
  screen: Screen,
  targets: readonly PlayTarget[],
): SafeText[] {
  if (tracks.length === 0) return [];
  const hasArtists = tracks.some(({ artist, albumArtist }) => artist !== albumArtist);
  const isTimed = tracks.some(({ uts }) => uts !== null);
  const remark = { header: "", cell: (track: NotedTrack) => remarkOn(track, targets) };
  const columns = [...trackColumns, remark].filter(
    ({ header }) => (header !== "Artist" || hasArtists) && (header !== "At" || isTimed),
  );
  return [...sectionTable(columns, tracks, screen), printable("")];
}

const trackColumns: readonly Column<NotedTrack>[] = [
  { header: "", cell: ({ position }) => position },
  { ...titleColumn(({ title }) => title), header: "Track" },
  artistColumn(({ artist }) => artist),
  { header: "Length", cell: ({ durationSeconds }) => minutesOf(durationSeconds), numeric: true },
  { header: "At", cell: ({ uts }) => (uts === null ? "" : localTime(uts)) },
];

function remarkOn(track: NotedTrack, targets: readonly PlayTarget[]): string {
  if (track.isGuessed) return "~ length estimated";
  const refusing = targets.filter((target) => isTooShort(track, target));
  return refusing.length === 0 ? "" : `too short for ${formatTargets(refusing)}`;
}

function minutesOf(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

export async function listLogged(context: Context, call: Call): Promise<void> {
  await runRecordListing(context, call, ({ filter: { during: span = null, ...filter }, paging }) => ({
    ask: (database) => ({
      ...findNotes(database, { filter, span, paging }),
      heldPlays: findHeldPlays(database),
    }),
    document: notesDocument,
    fields: loggedFields,
    table: loggedTable,
  }));
}

/** The names and their order are a promise to scripts: add new ones at the end. */
const loggedFields: readonly Field<ShownSession>[] = [
  { name: "uuid", value: ({ play }) => play.uuid },
  { name: "played_at", value: ({ play }) => isoSeconds(play.startUts) },
  { name: "precision", value: ({ play }) => play.precision },
  { name: "id", value: ({ recordId }) => recordId, numeric: true },
  { name: "release_id", value: ({ play }) => play.releaseId, numeric: true },
  { name: "artist", value: ({ artist }) => artist },
  { name: "title", value: ({ title }) => title },
  { name: "tracks", value: ({ play }) => play.tracks.map(({ position }) => position) },
  { name: "note", value: ({ play }) => play.note },
  { name: "source", value: ({ play }) => play.source },
];

type LoggedAnswer = NotedAnswer & { readonly heldPlays: ReturnType<typeof findHeldPlays> };

function loggedTable({ question, rows, total, heldPlays }: LoggedAnswer): TableView<ShownSession> {
  const { filter, span } = question;
  const isAll = Object.keys(filter).length === 0 && span === null;
  return {
    columns: (style) => listColumns(rows, style),
    footer: () => [["Delete one: rewind played --undo ENTRY"], ...heldPlays.map((held) => [heldText(held)])],
    empty: () => (isAll ? "No plays logged yet. To log one: rewind played RECORD" : "No logged play fits."),
    page: { total, noun: "logged play" },
  };
}

function listColumns(rows: readonly ShownSession[], { colours }: TerminalStyle): Column<ShownSession>[] {
  const hasNotes = rows.some(({ play }) => play.note !== "");
  const columns: Column<ShownSession>[] = [
    { header: "Day", cell: ({ play }) => localDay(play.startUts) },
    {
      header: "Time",
      cell: ({ play }) => (play.precision === "day" ? "" : localTime(play.startUts)),
      dropOrder: 2,
    },
    numberColumn(colours, ({ recordId, play }) => recordId ?? `r${play.releaseId}`),
    artistColumn(({ artist }) => artist ?? ""),
    titleColumn(({ title }) => title ?? "no longer in the collection"),
    { header: "Note", cell: ({ play }) => play.note, flexible: nameWidth, dropOrder: 1 },
    // The user needs the entry for --undo, so this column never leaves. Eight digits are almost always enough.
    {
      header: "Entry",
      cell: ({ play }) => (play.source === "field" ? "from a field" : play.uuid.slice(0, 8)),
      paint: (cell) => colours.dim(cell),
    },
  ];
  return columns.filter(({ header }) => header !== "Note" || hasNotes);
}
