// The other parts of an exported document: logged plays, hidden albums, snoozes and answers in reviews.
import { editionKey } from "../match/titles/title.ts";
import type { Database } from "../store/file/database.ts";
import {
  hiddenAlbums,
  hideAlbum,
  listSnoozes,
  readReviewNotes,
  writeReviewNote,
  writeSnooze,
  type ReviewNote,
  type ReviewVerdict,
  type Snooze,
  type AlbumName,
} from "../store/decisions/user-decisions.ts";
import {
  readNotedPlay,
  listenbrainzStates,
  trackStates,
  writeNotedPlays,
  type NotedPlay,
  type NotedTrack,
} from "../store/decisions/noted-plays.ts";
import { UsageError } from "../model/errors.ts";

export function objectAt(value: unknown, place: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw invalid(`${place} should be an object`);
  return { ...value };
}

export function listAt(value: unknown, place: string): readonly unknown[] {
  if (!Array.isArray(value)) throw invalid(`${place} should be a list`);
  return value;
}

export function nameAt(value: unknown, place: string): string {
  if (typeof value !== "string" || value === "") throw invalid(`${place} should be a name`);
  return value;
}

export function idAt(value: unknown, place: string): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 1) {
    throw invalid(`${place} should be a whole number`);
  }
  return value;
}

export function invalid(what: string): UsageError {
  return new UsageError(
    `not a decisions file: ${what}`,
    "Nothing was imported. To write such a file: rewind links export > FILE",
  );
}

export function timeAt(value: unknown, place: string): number {
  const ms = typeof value === "string" ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(ms)) throw invalid(`${place} should be a time like 2026-03-14T12:00:00Z`);
  return Math.floor(ms / 1000);
}

function textAt(value: unknown, place: string): string {
  if (typeof value !== "string") throw invalid(`${place} should be a text`);
  return value;
}

function flagAt(value: unknown, place: string): boolean {
  if (typeof value !== "boolean") throw invalid(`${place} should be true or false`);
  return value;
}

function wordAt<Word extends string>(value: unknown, words: readonly Word[], place: string): Word {
  const word = words.find((each) => each === value);
  if (word === undefined)
    throw invalid(`${place} should be ${words.map((each) => JSON.stringify(each)).join(", ")}`);
  return word;
}

export interface KeptParts {
  readonly plays: readonly NotedPlay[];
  readonly hidden: readonly (AlbumName & { readonly hiddenUts: number })[];
  readonly snoozes: readonly Snooze[];
  readonly reviews: readonly (ReviewNote & { readonly verdict: ReviewVerdict; readonly notedUts: number })[];
}

type Entry = Readonly<Record<string, unknown>>;

/** Every part is empty in a document of version 1. Throws UsageError with the first wrong field. */
export function keptPartsOf(document: Entry): KeptParts {
  return {
    plays: entriesOf(document, "plays", playAt),
    hidden: entriesOf(document, "hidden_albums", (entry, place) => ({
      ...albumAt(entry, place),
      hiddenUts: timeAt(entry["hidden_at"], `${place}.hidden_at`),
    })),
    snoozes: entriesOf(document, "snoozes", (entry, place) => ({
      ...albumAt(entry, place),
      untilUts: entry["until"] == null ? null : timeAt(entry["until"], `${place}.until`),
      snoozedUts: timeAt(entry["snoozed_at"], `${place}.snoozed_at`),
    })),
    reviews: entriesOf(document, "reviews", (entry, place) => ({
      // Answers about proposed aliases belong to release 0.
      releaseId: entry["release_id"] === 0 ? 0 : idAt(entry["release_id"], `${place}.release_id`),
      subject: nameAt(entry["subject"], `${place}.subject`),
      verdict: wordAt(entry["verdict"], ["skipped", "dismissed"], `${place}.verdict`),
      notedUts: timeAt(entry["noted_at"], `${place}.noted_at`),
    })),
  };
}

function entriesOf<Part>(
  document: Entry,
  name: string,
  read: (entry: Entry, place: string) => Part,
): readonly Part[] {
  return listAt(document[name] ?? [], name).map((each, at) => {
    const place = `${name}[${at}]`;
    return read(objectAt(each, place), place);
  });
}

function albumAt(entry: Entry, place: string): AlbumName {
  return {
    artist: nameAt(entry["artist"], `${place}.artist`),
    title: nameAt(entry["album"], `${place}.album`),
  };
}

function playAt(entry: Entry, place: string): NotedPlay {
  const uuid = nameAt(entry["uuid"], `${place}.uuid`).toLowerCase();
  if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(uuid))
    throw invalid(`${place}.uuid should be a UUID`);
  const time = (name: string): number => timeAt(entry[name], `${place}.${name}`);
  const [fromUts, toUts] = [time("from"), time("to")];
  if (fromUts > toUts) throw invalid(`${place}.to should not be before its from`);
  return {
    uuid,
    releaseId: idAt(entry["release_id"], `${place}.release_id`),
    instanceId: entry["instance_id"] == null ? null : idAt(entry["instance_id"], `${place}.instance_id`),
    startUts: time("start"),
    lastUts: time("last"),
    fromUts,
    toUts,
    precision: wordAt(entry["precision"], ["day", "time"], `${place}.precision`),
    // Documents of earlier versions have no source, and no inferred tracks.
    source: wordAt(entry["source"] ?? "user", ["user", "recogniser"], `${place}.source`),
    note: textAt(entry["note"], `${place}.note`),
    notedUts: time("noted_at"),
    tracks: listAt(entry["tracks"], `${place}.tracks`).map((each, at) =>
      trackAt(objectAt(each, `${place}.tracks[${at}]`), `${place}.tracks[${at}]`),
    ),
  };
}

function trackAt(entry: Entry, place: string): NotedTrack {
  return {
    position: textAt(entry["position"], `${place}.position`),
    artist: textAt(entry["artist"], `${place}.artist`),
    title: textAt(entry["title"], `${place}.title`),
    album: textAt(entry["album"], `${place}.album`),
    albumArtist: textAt(entry["album_artist"], `${place}.album_artist`),
    durationSeconds: idAt(entry["duration"], `${place}.duration`),
    isGuessed: flagAt(entry["guessed"], `${place}.guessed`),
    isInferred: flagAt(entry["inferred"] ?? false, `${place}.inferred`),
    uts: entry["at"] == null ? null : timeAt(entry["at"], `${place}.at`),
    isGiven: flagAt(entry["to_send"], `${place}.to_send`),
    state: wordAt(entry["state"], trackStates, `${place}.state`),
    reason: entry["reason"] == null ? null : textAt(entry["reason"], `${place}.reason`),
    listenbrainzState:
      entry["listenbrainz_state"] == null
        ? null
        : wordAt(entry["listenbrainz_state"], listenbrainzStates, `${place}.listenbrainz_state`),
    listenbrainzReason:
      entry["listenbrainz_reason"] == null
        ? null
        : textAt(entry["listenbrainz_reason"], `${place}.listenbrainz_reason`),
  };
}

function keyOf({ artist, title }: AlbumName): string {
  return editionKey(artist, title);
}

/** Calls `count` for each part with the value before and after. Runs inside the caller's transaction. */
export function importKept(
  database: Database,
  { plays, hidden, snoozes, reviews }: KeptParts,
  count: (before: unknown, after: unknown) => void,
): void {
  const merged = new Map<string, NotedPlay>();
  for (const play of plays) {
    const before = merged.get(play.uuid) ?? readNotedPlay(database, play.uuid);
    const after = before === undefined ? play : mergedPlay(before, play);
    merged.set(play.uuid, after);
    count(before, after);
  }
  if (merged.size > 0) writeNotedPlays(database, [...merged.values()]);
  const hiddenKeys = new Set(hiddenAlbums(database).map(keyOf));
  for (const album of hidden) {
    count(hiddenKeys.has(keyOf(album)) ? true : undefined, true);
    hideAlbum(database, album, album.hiddenUts);
  }
  const snoozed = new Map(listSnoozes(database).map((snooze) => [keyOf(snooze), snooze]));
  for (const snooze of snoozes) {
    const before = snoozed.get(keyOf(snooze));
    const after = before === undefined || before.snoozedUts < snooze.snoozedUts ? snooze : before;
    writeSnooze(database, after);
    count(before, after);
  }
  const verdictOf = readReviewNotes(database);
  for (const { verdict, notedUts, ...review } of reviews) {
    const before = verdictOf(review);
    // A question that was dismissed here stays dismissed.
    const after = before === "dismissed" ? before : verdict;
    if (after !== before) writeReviewNote(database, review, after, notedUts);
    count(before, after);
  }
}

/** Keeps the play of this cache. The state of sending it only moves forward. */
function mergedPlay(here: NotedPlay, there: NotedPlay): NotedPlay {
  if (here.tracks.length === 0) return { ...here, tracks: there.tracks };
  if (here.tracks.length !== there.tracks.length) return here;
  return { ...here, tracks: here.tracks.map((track, at) => furtherTrack(track, there.tracks[at] ?? track)) };
}

function stepOf({ state, isGiven }: NotedTrack): number {
  return trackStates.indexOf(state) * 2 + Number(isGiven);
}

/** The track that is further in sending has the names and times that were sent. */
function furtherTrack(here: NotedTrack, there: NotedTrack): NotedTrack {
  const further = stepOf(there) > stepOf(here) ? there : here;
  const { listenbrainzState, listenbrainzReason } =
    listenbrainzStepOf(there) > listenbrainzStepOf(here) ? there : here;
  return { ...further, listenbrainzState, listenbrainzReason };
}

function listenbrainzStepOf({ listenbrainzState }: NotedTrack): number {
  return listenbrainzState === null ? -1 : listenbrainzStates.indexOf(listenbrainzState);
}
