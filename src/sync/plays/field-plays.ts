// The days in the user's custom field become noted plays, and what is taken out of the field is taken back. It is only
// ever read.
import { createHash } from "node:crypto";
import { fieldNames, findField, type KnownField } from "../../store/shelf/custom-fields.ts";
import type { Database } from "../../store/file/database.ts";
import {
  forgetFact,
  knownPlayedField,
  notePlayedField,
  readFact,
  writeFact,
} from "../../store/file/facts.ts";
import {
  deleteNotedPlays,
  listNotedPlays,
  writeNotedPlays,
  type NotedPlay,
} from "../../store/decisions/noted-plays.ts";
import { readFieldDays, type Unread } from "./field-days.ts";
import type { Run } from "../walks/run.ts";

/** Goes by what the collection said last: it asks nobody. */
export function syncFieldPlays(run: Run): void {
  const { database, playedField: name } = run;
  if (name === null) {
    if (knownPlayedField(database) !== undefined) run.write(() => forgetField(database));
    return;
  }
  const field = findField(database, name);
  // It may come back under its name, and its days with it: what was read of it stays.
  if (field === undefined) return noteNoField(run);
  const { plays, unread } = readFieldDays(database, field, run.nowUts());
  const change = run.write(() => {
    notePlayedField(database, field.name);
    return publish(database, plays);
  });
  const said = [
    change.noted > 0 ? `${counted(change.noted, "play")} noted` : "",
    change.takenBack > 0 ? `${counted(change.takenBack, "play")} taken back` : "",
  ].filter((part) => part !== "");
  if (said.length > 0) run.notes.push(`From the field "${field.name}": ${said.join(", ")}.`);
  noteUnread(run, field, unread);
}

function forgetField(database: Database): void {
  deleteNotedPlays(
    database,
    known(database).map(({ uuid }) => uuid),
  );
  notePlayedField(database, undefined);
  forgetFact(database, toldFact);
}

function known(database: Database): NotedPlay[] {
  return listNotedPlays(database).filter(({ source }) => source === "field");
}

interface Change {
  readonly noted: number;
  readonly takenBack: number;
}

/** Writes what differs. Of a record that left the shelf the field says nothing more: its plays stay. */
function publish(database: Database, read: ReadonlyMap<string, NotedPlay>): Change {
  const all = listNotedPlays(database);
  const byHand = new Map<number, NotedPlay[]>();
  for (const play of all) {
    if (play.source === "user") byHand.set(play.releaseId, [...(byHand.get(play.releaseId) ?? []), play]);
  }
  // Noted by hand as well: it is the same play.
  const wanted = [...read.values()].filter(
    (play) => byHand.get(play.releaseId)?.some((other) => isSame(play, other)) !== true,
  );
  const before = new Map(all.flatMap((play) => (play.source === "field" ? [[play.uuid, play]] : [])));
  const uuids = new Set(wanted.map(({ uuid }) => uuid));
  const shelved = new Set(database.prepare<[], number>("SELECT instance_id FROM record").pluck().all());
  const gone = [...before.values()].filter(
    ({ uuid, instanceId }) => !uuids.has(uuid) && instanceId !== null && shelved.has(instanceId),
  );
  const changed = wanted.flatMap((play) => {
    const kept = before.get(play.uuid);
    if (kept === undefined) return [play];
    const isUnchanged = kept.fromUts === play.fromUts && kept.releaseId === play.releaseId;
    return isUnchanged ? [] : [{ ...play, notedUts: kept.notedUts }];
  });
  if (gone.length > 0)
    deleteNotedPlays(
      database,
      gone.map(({ uuid }) => uuid),
    );
  if (changed.length > 0) writeNotedPlays(database, changed);
  return { noted: changed.filter(({ uuid }) => !before.has(uuid)).length, takenBack: gone.length };
}

function isSame(day: NotedPlay, { instanceId, fromUts, toUts }: NotedPlay): boolean {
  const isOfCopy = instanceId === null || instanceId === day.instanceId;
  return isOfCopy && fromUts < day.toUts && toUts > day.fromUts;
}

/** What the setting says is not repeated: what came into the wrong one may be a secret. */
function noteNoField({ database, notes }: Run): void {
  const names = fieldNames(database);
  const has = names.length === 0 ? "none" : names.join(", ");
  notes.push(`the collection has no such field as the setting played_field names; it has ${has}.`);
}

/** What was told of the field already: a user who leaves it so isn't told each time. */
const toldFact = "unread days";
const mostShown = 3;

function noteUnread(run: Run, { name }: KnownField, unread: readonly Unread[]): void {
  const { database } = run;
  const told = new Set(readFact(database, toldFact)?.split(" "));
  const marked = unread.map((each) => ({ ...each, mark: markOf(each) }));
  const news = marked.filter(({ mark }) => !told.has(mark));
  const marks = [...new Set(marked.map(({ mark }) => mark))].join(" ");
  if (marks !== (readFact(database, toldFact) ?? "")) {
    run.write(() => (marks === "" ? forgetFact(database, toldFact) : writeFact(database, toldFact, marks)));
  }
  if (news.length === 0) return;
  const shown = news.slice(0, mostShown).map(unreadText).join("; ");
  const more = news.length > mostShown ? `; and ${news.length - mostShown} more` : "";
  run.notes.push(`not noted from the field "${name}": ${shown}${more}.`);
}

/** #733 "2026-02-30" (no day …) */
export function unreadText({ recordId, text, why }: Unread): string {
  return `#${recordId} ${JSON.stringify(text.slice(0, 40))} (${why})`;
}

function markOf({ recordId, text, why }: Unread): string {
  return createHash("sha256").update(`${recordId}\0${why}\0${text}`).digest("base64url").slice(0, 8);
}

function counted(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${count} ${noun}s`;
}
