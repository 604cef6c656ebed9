// Days in a custom field of the collection become logged plays. Days that are removed from the field are removed
// here. The field is only read, and gives the same UUIDs each time.
import {
  readFieldEntries,
  type FieldEntry,
  readCustomFieldNames,
  findField,
  type KnownField,
} from "../../store/shelf/custom-fields.ts";
import { hashValue } from "../../store/shelf/releases.ts";
import { createHash } from "node:crypto";
import type { Database } from "../../store/file/database.ts";
import { deleteFact, playedFieldFact, readFact, saveFact } from "../../store/file/cache-facts.ts";
import {
  deleteLoggedPlays,
  readLoggedPlays,
  type LoggedPlay,
  saveLoggedPlays,
} from "../../store/decisions/logged-plays.ts";
import type { AddNote, StepRun } from "../paging/step.ts";
import { buildLocalDay } from "../../model/times.ts";
import { formatCount } from "./send-to-services.ts";
import { detectSlashOrder, parseDays } from "./parse-days.ts";

/** A day of the field that can't be logged, and why. */
interface UnreadDay {
  readonly recordId: number;
  readonly text: string;
  readonly why: string;
}

const noDay = "not a day, or ambiguous: write it like 2026-03-13";

/** The plays of whole days, by UUID, and the days that can't be logged. */
export function readFieldDays(database: Database, { id }: KnownField, nowUts: number) {
  const entries = readFieldEntries(database, id);
  const order = detectSlashOrder(entries.map(({ value }) => value));
  const plays = new Map<string, LoggedPlay>();
  const unread: UnreadDay[] = [];
  for (const entry of entries) {
    const { recordId, value } = entry;
    const reading = parseDays(value, order);
    unread.push(...reading.unread.map((text) => ({ recordId, text, why: noDay })));
    for (const day of reading.days) {
      const play = buildDayPlay(entry, day, nowUts);
      const why = explainRefusal(entry, day, play, nowUts);
      if (why === null) plays.set(play.uuid, play);
      else unread.push({ recordId, text: day, why });
    }
  }
  return { plays, unread };
}

/** The same rules as for a play logged by hand: not in the future, and not before the pressing's year. */
function explainRefusal(
  { year }: FieldEntry,
  day: string,
  { fromUts }: LoggedPlay,
  nowUts: number,
): string | null {
  if (fromUts > nowUts) return "in the future";
  return year !== null && Number(day.slice(0, 4)) < year ? `this pressing is from ${year}` : null;
}

function buildDayPlay({ instanceId, releaseId }: FieldEntry, day: string, nowUts: number): LoggedPlay {
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  const { fromUts, noonUts, toUts } = buildLocalDay(year, month - 1, date);
  const startUts = Math.min(noonUts, nowUts);
  return {
    uuid: toUuid(`${instanceId} ${day}`),
    releaseId,
    instanceId,
    startUts,
    lastUts: startUts,
    fromUts,
    toUts,
    precision: "day",
    source: "field",
    comment: "",
    loggedUts: nowUts,
    tracks: [],
  };
}

/** The namespace of the UUIDs (RFC 9562, version 5). */
const namespace = Buffer.from("6f0b1e0c2d3a4c5e8f9a7b6c5d4e3f21", "hex");

function toUuid(name: string): string {
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
    const before = readFact(database, playedFieldFact);
    if (before === undefined) return;
    const removed = run.write(() => deleteFieldPlays(database));
    if (removed > 0) run.note(`From the field "${before}": ${formatCount(removed, "play")} removed.`);
    return;
  }
  const field = findField(database, name);
  // The field may come back under its name, so its plays stay.
  if (field === undefined) return reportUnknownField(run, "played_field");
  const { plays, unread } = readFieldDays(database, field, run.nowUts());
  const change = run.write(() => {
    saveFact(database, playedFieldFact, field.name);
    return publishFieldPlays(database, plays);
  });
  const changes = [
    change.logged > 0 ? `${formatCount(change.logged, "play")} logged` : "",
    change.removed > 0 ? `${formatCount(change.removed, "play")} removed` : "",
  ].filter((part) => part !== "");
  if (changes.length > 0) run.note(`From the field "${field.name}": ${changes.join(", ")}.`);
  reportUnread(run, field, unread);
}

/** Returns how many plays it deleted. */
function deleteFieldPlays(database: Database): number {
  const plays = readLoggedPlays(database).filter(({ source }) => source === "field");
  deleteLoggedPlays(database, plays);
  deleteFact(database, playedFieldFact);
  deleteFact(database, reportedDigestFact);
  return plays.length;
}

/** Stores the changes. Plays of records that left the shelf stay. */
function publishFieldPlays(database: Database, read: ReadonlyMap<string, LoggedPlay>) {
  const all = readLoggedPlays(database);
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
  if (removedPlays.length > 0) deleteLoggedPlays(database, removedPlays);
  if (changedPlays.length > 0) saveLoggedPlays(database, changedPlays);
  return {
    logged: changedPlays.filter(({ uuid }) => !before.has(uuid)).length,
    removed: removedPlays.length,
  };
}

function isSame(day: LoggedPlay, { releaseId, instanceId, fromUts, toUts }: LoggedPlay): boolean {
  const isOfCopy = instanceId === null || instanceId === day.instanceId;
  return releaseId === day.releaseId && isOfCopy && fromUts < day.toUts && toUts > day.fromUts;
}

/** The value of the setting is not shown: it may be a secret in the wrong place. */
export function reportUnknownField(
  { database, note }: Pick<FieldRun, "database" | "note">,
  setting: "played_field" | "price_field",
): void {
  const names = readCustomFieldNames(database);
  const has = names.length === 0 ? "none" : names.join(", ");
  note(`The setting ${setting} does not name a field of your collection. Its fields: ${has}.`);
}

/** The unreadable days of the last notice: the same days are reported only once. */
const reportedDigestFact = "unread days";
const maxShown = 3;

function reportUnread(run: FieldRun, { name }: KnownField, unread: readonly UnreadDay[]): void {
  const { database } = run;
  const digest = unread.length === 0 ? "" : hashValue(unread);
  if (digest === (readFact(database, reportedDigestFact) ?? "")) return;
  run.write(() => saveFact(database, reportedDigestFact, digest));
  if (unread.length === 0) return;
  const examples = unread.slice(0, maxShown).map(describeUnread).join("; ");
  const more = unread.length > maxShown ? `; and ${unread.length - maxShown} more` : "";
  run.note(`Not logged from the field "${name}": ${examples}${more}.`);
}

/** #733 "2026-02-30" (no day …) */
export function describeUnread({ recordId, text, why }: UnreadDay): string {
  return `#${recordId} ${JSON.stringify(text.slice(0, 40))} (${why})`;
}
