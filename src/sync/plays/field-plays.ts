// Days in a custom field of the collection become logged plays. Days that are removed from the field are removed
// here. The field is only read, and gives the same UUIDs each time.
import {
  fieldEntries,
  type FieldEntry,
  fieldNames,
  findField,
  type KnownField,
} from "../../store/shelf/custom-fields.ts";
import { digestOf } from "../../store/shelf/releases.ts";
import { createHash } from "node:crypto";
import type { Database } from "../../store/file/database.ts";
import { forgetFact, playedFieldFact, readFact, writeFact } from "../../store/file/cache-facts.ts";
import {
  deleteNotedPlays,
  listNotedPlays,
  type NotedPlay,
  writeNotedPlays,
} from "../../store/decisions/noted-plays.ts";
import type { AddNote, StepRun } from "../walks/step.ts";
import { localDayOf } from "../../model/times.ts";
import { countText } from "./sending.ts";
import { slashOrder, writtenDays } from "./written-days.ts";

/** A day of the field that can't be logged, and why. */
interface Unread {
  readonly recordId: number;
  readonly text: string;
  readonly why: string;
}

const noDay = "not a day, or ambiguous: write it like 2026-03-13";

/** The plays of whole days, by UUID, and the days that can't be logged. */
export function readFieldDays(database: Database, { id }: KnownField, nowUts: number) {
  const entries = fieldEntries(database, id);
  const order = slashOrder(entries.map(({ value }) => value));
  const plays = new Map<string, NotedPlay>();
  const unread: Unread[] = [];
  for (const entry of entries) {
    const { recordId, value } = entry;
    const reading = writtenDays(value, order);
    unread.push(...reading.unread.map((text) => ({ recordId, text, why: noDay })));
    for (const day of reading.days) {
      const play = playOn(entry, day, nowUts);
      const why = whyNever(entry, day, play, nowUts);
      if (why === null) plays.set(play.uuid, play);
      else unread.push({ recordId, text: day, why });
    }
  }
  return { plays, unread };
}

/** The same rules as for a play logged by hand: not in the future, and not before the pressing's year. */
function whyNever({ year }: FieldEntry, day: string, { fromUts }: NotedPlay, nowUts: number): string | null {
  if (fromUts > nowUts) return "in the future";
  return year !== null && Number(day.slice(0, 4)) < year ? `this pressing is from ${year}` : null;
}

function playOn({ instanceId, releaseId }: FieldEntry, day: string, nowUts: number): NotedPlay {
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  const { fromUts, noonUts, toUts } = localDayOf(year, month - 1, date);
  const startUts = Math.min(noonUts, nowUts);
  return {
    uuid: uuidOf(`${instanceId} ${day}`),
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

/** The namespace of the UUIDs (RFC 9562, version 5). */
const namespace = Buffer.from("6f0b1e0c2d3a4c5e8f9a7b6c5d4e3f21", "hex");

function uuidOf(name: string): string {
  const bytes = createHash("sha1").update(namespace).update(name).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

interface FieldRun extends StepRun {
  /** The custom field with days of plays, by name or id; null: none. */
  readonly playedField: string | null;
  readonly note: AddNote;
}

/** Uses the collection as it was last published; sends no request. */
export function syncFieldPlays(run: FieldRun): void {
  const { database, playedField: name } = run;
  if (name === null) {
    if (readFact(database, playedFieldFact) !== undefined) run.write(() => forgetField(database));
    return;
  }
  const field = findField(database, name);
  // The field may come back under its name, so its plays stay.
  if (field === undefined) return noteUnknownField(run, "played_field");
  const { plays, unread } = readFieldDays(database, field, run.nowUts());
  const change = run.write(() => {
    writeFact(database, playedFieldFact, field.name);
    return publish(database, plays);
  });
  const changes = [
    change.noted > 0 ? `${countText(change.noted, "play")} logged` : "",
    change.takenBack > 0 ? `${countText(change.takenBack, "play")} removed` : "",
  ].filter((part) => part !== "");
  if (changes.length > 0) run.note(`From the field "${field.name}": ${changes.join(", ")}.`);
  noteUnread(run, field, unread);
}

function forgetField(database: Database): void {
  const plays = listNotedPlays(database).filter(({ source }) => source === "field");
  deleteNotedPlays(database, plays);
  forgetFact(database, playedFieldFact);
  forgetFact(database, notedDigestFact);
}

/** Stores the changes. Plays of records that left the shelf stay. */
function publish(database: Database, read: ReadonlyMap<string, NotedPlay>) {
  const all = listNotedPlays(database);
  const byHand = all.filter(({ source }) => source !== "field");
  // A play that was also logged by hand is the same play.
  const newPlays = [...read.values()].filter((play) => !byHand.some((other) => isSame(play, other)));
  const before = new Map(all.filter(({ source }) => source === "field").map((play) => [play.uuid, play]));
  const uuids = new Set(newPlays.map(({ uuid }) => uuid));
  const shelved = new Set(database.prepare<[], number>("SELECT instance_id FROM record").pluck().all());
  const removedPlays = [...before.values()].filter(
    ({ uuid, instanceId }) => !uuids.has(uuid) && instanceId !== null && shelved.has(instanceId),
  );
  const changedPlays = newPlays.filter(({ uuid, fromUts, releaseId }) => {
    const storedPlay = before.get(uuid);
    return storedPlay?.fromUts !== fromUts || storedPlay.releaseId !== releaseId;
  });
  if (removedPlays.length > 0) deleteNotedPlays(database, removedPlays);
  if (changedPlays.length > 0) writeNotedPlays(database, changedPlays);
  return {
    noted: changedPlays.filter(({ uuid }) => !before.has(uuid)).length,
    takenBack: removedPlays.length,
  };
}

function isSame(day: NotedPlay, { releaseId, instanceId, fromUts, toUts }: NotedPlay): boolean {
  const isOfCopy = instanceId === null || instanceId === day.instanceId;
  return releaseId === day.releaseId && isOfCopy && fromUts < day.toUts && toUts > day.fromUts;
}

/** The value of the setting is not shown: it may be a secret in the wrong place. */
export function noteUnknownField(
  { database, note }: Pick<FieldRun, "database" | "note">,
  setting: "played_field" | "price_field",
): void {
  const names = fieldNames(database);
  const has = names.length === 0 ? "none" : names.join(", ");
  note(`The setting ${setting} does not name a field of your collection. Its fields: ${has}.`);
}

/** The unreadable days that were noted last: the same days are noted only once. */
const notedDigestFact = "unread days";
const mostShown = 3;

function noteUnread(run: FieldRun, { name }: KnownField, unread: readonly Unread[]): void {
  const { database } = run;
  const digest = unread.length === 0 ? "" : digestOf(unread);
  if (digest === (readFact(database, notedDigestFact) ?? "")) return;
  run.write(() => writeFact(database, notedDigestFact, digest));
  if (unread.length === 0) return;
  const examples = unread.slice(0, mostShown).map(unreadText).join("; ");
  const more = unread.length > mostShown ? `; and ${unread.length - mostShown} more` : "";
  run.note(`Not logged from the field "${name}": ${examples}${more}.`);
}

/** #733 "2026-02-30" (no day …) */
export function unreadText({ recordId, text, why }: Unread): string {
  return `#${recordId} ${JSON.stringify(text.slice(0, 40))} (${why})`;
}
