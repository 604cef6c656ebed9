// Imports an exported document: decisions about matches, aliases, logged plays, hidden albums, snoozes, answers in reviews.
import { editionKey } from "../match/titles/title.ts";
import { UsageError } from "../model/errors.ts";
import type { ImportDocument } from "../queries/documents/decision-documents.ts";
import { albumByName } from "../queries/find/find-albums.ts";
import {
  readNotedPlay,
  sendingStates,
  writeNotedPlays,
  type NotedPlay,
  type NotedTrack,
  type SendingState,
} from "../store/decisions/noted-plays.ts";
import { documentVersion } from "../store/decisions/saved-decisions.ts";
import {
  hiddenAlbums,
  hideAlbum,
  listSnoozes,
  readDecision,
  readReviewNotes,
  writeDecision,
  writeReviewNote,
  writeSnooze,
  type AlbumName,
  type NamePair,
  type Snooze,
  type StoredDecision,
} from "../store/decisions/user-decisions.ts";
import type { Database } from "../store/file/database.ts";
import { valueOf } from "../store/file/sql.ts";
import { aliasSetter } from "./aliases.ts";

export type ReadDocument = ReturnType<typeof parseDecisionDocument>;

/** Throws UsageError with the first wrong field. */
export function parseDecisionDocument(text: string) {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    throw invalid("it is not JSON");
  }
  const document = entryOf(value, "");
  const { version } = value as { readonly version?: unknown };
  if (version !== documentVersion) throw invalid(`"version" should be ${documentVersion}`);
  return {
    decisions: document.list("decisions", decisionOf),
    aliases: document.list("aliases", ({ name }): NamePair => ({
      name: name("name"),
      sameAs: name("same_as"),
    })),
    plays: document.list("plays", playOf),
    hiddenNames: document.list("hidden_albums", (entry) => ({
      ...albumOf(entry),
      hiddenUts: entry.time("hidden_at"),
    })),
    snoozes: document.list("snoozes", (entry): Snooze => ({
      ...albumOf(entry),
      untilUts: entry.orNull("until", entry.time),
      snoozedUts: entry.time("snoozed_at"),
    })),
    reviews: document.list("reviews", (entry) => ({
      // Answers about proposed aliases belong to release 0.
      releaseId: entry.count("release_id"),
      subject: entry.name("subject"),
      verdict: entry.word("verdict", ["skipped", "dismissed"]),
      notedUts: entry.time("noted_at"),
    })),
  };
}

function albumOf({ name }: Entry): AlbumName {
  return { artist: name("artist"), title: name("album") };
}

function decisionOf({ place, orNull, id, word, list, time }: Entry): StoredDecision {
  const mode = word("mode", ["adjust", "only", "none"]);
  const add = list("add", albumOf);
  if (mode === "only" && add.length === 0) throw invalid(`${place}.add should name an album`);
  return {
    releaseId: id("release_id"),
    // 0: the decision holds for all copies of the release.
    instanceId: orNull("instance_id", id) ?? 0,
    mode,
    add,
    not: list("not", albumOf),
    decidedUts: time("decided_at"),
  };
}

function playOf({ place, orNull, id, name, text, time, word, list }: Entry): NotedPlay {
  const uuid = name("uuid").toLowerCase();
  if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(uuid)) {
    throw invalid(`${place}.uuid should be a UUID`);
  }
  const [fromUts, toUts] = [time("from"), time("to")];
  if (fromUts > toUts) throw invalid(`${place}.to should not be before its from`);
  return {
    uuid,
    releaseId: id("release_id"),
    instanceId: orNull("instance_id", id),
    startUts: time("start"),
    lastUts: time("last"),
    fromUts,
    toUts,
    precision: word("precision", ["day", "time"]),
    source: word("source", ["user", "recogniser"]),
    note: text("note"),
    notedUts: time("noted_at"),
    tracks: list("tracks", trackOf),
  };
}

function trackOf({ orNull, id, text, flag, time, word }: Entry): NotedTrack {
  const stateOf = (field: string): SendingState => word(field, sendingStates);
  return {
    position: text("position"),
    artist: text("artist"),
    title: text("title"),
    album: text("album"),
    albumArtist: text("album_artist"),
    durationSeconds: id("duration"),
    isGuessed: flag("guessed"),
    isInferred: flag("inferred"),
    uts: orNull("at", time),
    lastfmState: flag("to_send") ? stateOf("state") : null,
    lastfmReason: orNull("reason", text),
    listenbrainzState: orNull("listenbrainz_state", stateOf),
    listenbrainzReason: orNull("listenbrainz_reason", text),
  };
}

/** Replaces decisions and aliases with the same key. Everything else is only added. Runs inside the caller's transaction. */
export function importDecisions(database: Database, document: ReadDocument): ImportDocument {
  const { decisions, aliases, plays, hiddenNames, snoozes, reviews } = document;
  const counts = { added: 0, changed: 0, unchanged: 0, without_record: 0, without_album: 0 };
  const count = (before: unknown, after: unknown): void => {
    if (before === undefined) counts.added += 1;
    else if (JSON.stringify(before) === JSON.stringify(after)) counts.unchanged += 1;
    else counts.changed += 1;
  };
  for (const decision of decisions) {
    const before = readDecision(database, decision);
    writeDecision(database, decision);
    count(before, readDecision(database, decision));
    const copies = valueOf(database, 0)`SELECT count(*) FROM record WHERE release_id = ${decision.releaseId}`;
    if (copies === 0) counts.without_record += 1;
    if (decision.add.some((name) => albumByName(database, name) === undefined)) counts.without_album += 1;
  }
  const setAlias = aliasSetter(database);
  for (const alias of aliases) {
    const [before] = setAlias(alias);
    count(before, alias);
  }
  importPlays(database, plays, count);
  const hiddenKeys = new Set(hiddenAlbums(database).map(keyOf));
  for (const album of hiddenNames) {
    count(hiddenKeys.has(keyOf(album)) ? true : undefined, true);
    hideAlbum(database, album);
  }
  const snoozed = new Map(listSnoozes(database).map((snooze) => [keyOf(snooze), snooze]));
  for (const snooze of snoozes) {
    const before = snoozed.get(keyOf(snooze));
    const after = before === undefined || before.snoozedUts < snooze.snoozedUts ? snooze : before;
    writeSnooze(database, after);
    count(before, after);
  }
  const verdictOf = readReviewNotes(database);
  for (const review of reviews) {
    const before = verdictOf(review);
    // A question that was dismissed here stays dismissed.
    const after = before === "dismissed" ? before : review.verdict;
    if (after !== before) writeReviewNote(database, review);
    count(before, after);
  }
  return {
    decisions: decisions.length,
    aliases: aliases.length,
    noted_plays: plays.length,
    hidden_albums: hiddenNames.length,
    snoozes: snoozes.length,
    review_notes: reviews.length,
    ...counts,
  };
}

function keyOf({ artist, title }: AlbumName): string {
  return editionKey(artist, title);
}

function importPlays(
  database: Database,
  plays: readonly NotedPlay[],
  count: (before: unknown, after: unknown) => void,
): void {
  const playsByUuid = new Map<string, NotedPlay>();
  for (const play of plays) {
    const before = playsByUuid.get(play.uuid) ?? readNotedPlay(database, play.uuid);
    const after = before === undefined ? play : mergedPlay(before, play);
    playsByUuid.set(play.uuid, after);
    count(before, after);
  }
  if (playsByUuid.size > 0) writeNotedPlays(database, [...playsByUuid.values()]);
}

/** Keeps the play of this cache. The state of sending it only moves forward. */
function mergedPlay(here: NotedPlay, there: NotedPlay): NotedPlay {
  if (here.tracks.length === 0) return { ...here, tracks: there.tracks };
  if (here.tracks.length !== there.tracks.length) return here;
  return { ...here, tracks: here.tracks.map((track, at) => furtherTrack(track, there.tracks[at] ?? track)) };
}

/** The track that is further in sending to Last.fm has the names and times that were sent. */
function furtherTrack(here: NotedTrack, there: NotedTrack): NotedTrack {
  const further = isFurther(there.lastfmState, here.lastfmState) ? there : here;
  const { listenbrainzState, listenbrainzReason } = isFurther(there.listenbrainzState, here.listenbrainzState)
    ? there
    : here;
  return { ...further, listenbrainzState, listenbrainzReason };
}

function isFurther(one: SendingState | null, other: SendingState | null): boolean {
  const steps = [null, ...sendingStates];
  return steps.indexOf(one) > steps.indexOf(other);
}

interface Entry {
  /** The path in the document: "plays[3]". */
  readonly place: string;
  orNull<Value>(this: void, field: string, read: (field: string) => Value): Value | null;
  name(this: void, field: string): string;
  /** May be empty. */
  text(this: void, field: string): string;
  /** A whole number from 1 on. */
  id(this: void, field: string): number;
  /** A whole number from 0 on. */
  count(this: void, field: string): number;
  flag(this: void, field: string): boolean;
  /** Unix seconds. */
  time(this: void, field: string): number;
  word<const Word extends string>(this: void, field: string, words: readonly Word[]): Word;
  /** A missing list is empty. */
  list<Item>(this: void, field: string, read: (entry: Entry) => Item): readonly Item[];
}

function invalid(what: string): UsageError {
  return new UsageError(
    `not a decisions file: ${what}`,
    "Nothing was imported. To write such a file: rewind links export > FILE",
  );
}

/** `place`: "" for the document itself. */
function entryOf(value: unknown, place: string): Entry {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw invalid(`${place === "" ? "the document" : place} should be an object`);
  }
  const fields = new Map<string, unknown>(Object.entries(value));
  const at = (field: string): string => (place === "" ? field : `${place}.${field}`);
  const reader =
    <Value>(what: string, read: (raw: unknown) => Value | undefined) =>
    (field: string): Value => {
      const content = read(fields.get(field));
      if (content === undefined) throw invalid(`${at(field)} should be ${what}`);
      return content;
    };
  return {
    place,
    orNull: (field, read) => (fields.get(field) == null ? null : read(field)),
    name: reader("a name", (raw) => (typeof raw === "string" && raw !== "" ? raw : undefined)),
    text: reader("a text", (raw) => (typeof raw === "string" ? raw : undefined)),
    id: reader("a whole number", (raw) => wholeNumber(raw, 1)),
    count: reader("a whole number", (raw) => wholeNumber(raw, 0)),
    flag: reader("true or false", (raw) => (typeof raw === "boolean" ? raw : undefined)),
    time: reader("a time like 2026-03-14T12:00:00Z", (raw) => {
      const ms = typeof raw === "string" ? Date.parse(raw) : Number.NaN;
      return Number.isNaN(ms) ? undefined : Math.floor(ms / 1000);
    }),
    word: (field, words) => {
      const quotedWords = words.map((word) => JSON.stringify(word));
      const what = `${quotedWords.slice(0, -1).join(", ")} or ${quotedWords.at(-1) ?? ""}`;
      return reader(what, (raw) => words.find((word) => word === raw))(field);
    },
    list: (field, read) => {
      const items = fields.get(field) ?? [];
      if (!Array.isArray(items)) throw invalid(`${at(field)} should be a list`);
      return items.map((item, nth) => read(entryOf(item, `${at(field)}[${nth}]`)));
    },
  };
}

function wholeNumber(value: unknown, least: number): number | undefined {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= least ? value : undefined;
}
