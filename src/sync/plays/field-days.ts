// Days that the user wrote into a custom field of the collection, as plays. What they come to hangs on the field alone:
// read twice, they are the same plays, by the same UUIDs.
import { createHash } from "node:crypto";
import { localDayOf } from "../../model/local-days.ts";
import { fieldEntries, type FieldEntry, type KnownField } from "../../store/shelf/custom-fields.ts";
import type { Database } from "../../store/file/database.ts";
import type { NotedPlay } from "../../store/decisions/noted-plays.ts";
import { slashOrder, writtenDays, type CalendarDay } from "./written-days.ts";

/** What can't be noted of a record, and why. */
export interface Unread {
  readonly recordId: number;
  readonly text: string;
  readonly why: string;
}

export interface FieldDays {
  /** By UUID, each of a day alone. */
  readonly plays: ReadonlyMap<string, NotedPlay>;
  readonly unread: readonly Unread[];
}

/** A longer list is no list of days. */
const mostDays = 10_000;
const noDay = "no day, or one of two: write it like 2026-03-13";

export function readFieldDays(database: Database, { id }: KnownField, nowUts: number): FieldDays {
  const entries = fieldEntries(database, id);
  const order = slashOrder(entries.map(({ value }) => value));
  const plays = new Map<string, NotedPlay>();
  const unread: Unread[] = [];
  for (const entry of entries) {
    const { recordId, value } = entry;
    const written = writtenDays(value, order);
    unread.push(...written.unread.map((text) => ({ recordId, text, why: noDay })));
    for (const day of written.days.slice(0, mostDays)) {
      const play = playOn(entry, day, nowUts);
      const why = whyNever(entry, day, play, nowUts);
      if (why === null) plays.set(play.uuid, play);
      else unread.push({ recordId, text: dayText(day), why });
    }
  }
  return { plays, unread };
}

/** As of what is noted by hand: nobody played a record on a day to come, nor before its pressing was made. */
function whyNever(
  { year }: FieldEntry,
  day: CalendarDay,
  { fromUts }: NotedPlay,
  nowUts: number,
): string | null {
  if (fromUts > nowUts) return "yet to come";
  return year !== null && day.year < year ? `this pressing is of ${year}` : null;
}

function playOn({ instanceId, releaseId }: FieldEntry, day: CalendarDay, nowUts: number): NotedPlay {
  const { fromUts, noonUts, toUts } = localDayOf(day.year, day.month - 1, day.day);
  const startUts = Math.min(noonUts, nowUts);
  return {
    uuid: uuidOf(`${instanceId} ${dayText(day)}`),
    releaseId,
    instanceId,
    startUts,
    lastUts: startUts,
    fromUts,
    toUts,
    precision: "day",
    source: "field",
    note: "",
    notedUts: nowUts,
    tracks: [],
  };
}

function dayText({ year, month, day }: CalendarDay): string {
  return `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

/** Under it, the UUIDs of the days of records are names (RFC 9562, version 5). */
const namespace = Buffer.from("6f0b1e0c2d3a4c5e8f9a7b6c5d4e3f21", "hex");

function uuidOf(name: string): string {
  const bytes = createHash("sha1").update(namespace).update(name).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
