// The document of the user's decisions, which outlives the cache: releases are named by their ids, artists and albums by
// name. Each format writes a value into the document and reads it back.
import { UsageError } from "../../model/errors.ts";
import { otherTargets } from "../../model/play-targets.ts";
import { toIsoTime } from "../../model/times.ts";
import type { Database } from "../file/database.ts";
import {
  readLoggedPlays,
  sendingStates,
  type LoggedPlay,
  type LoggedTrack,
  type TrackSending,
} from "./logged-plays.ts";
import {
  readHiddenAlbums,
  readStoredDecisions,
  readSnoozes,
  readAliases,
  readReviewAnswers,
  type AlbumName,
  type HiddenAlbum,
  type NamePair,
  type Snooze,
  type StoredDecision,
  type StoredReviewAnswer,
} from "./user-decisions.ts";

interface Codec<Value, Written = unknown> {
  write(this: void, value: Value): Written;
  /** Throws UsageError for anything that write() does not return. `place` is the path in the document: "plays[3].uuid". */
  read(this: void, raw: unknown, place: string): Value;
}

function createInvalidFileError(what: string): UsageError {
  return new UsageError(
    `not a decisions file: ${what}`,
    "Nothing was imported. To write such a file: rewind links export > FILE",
  );
}

function scalar<Value>(
  what: string,
  getValue: (raw: unknown) => Value | undefined,
  write: (value: Value) => unknown = (value) => value,
): Codec<Value> {
  return {
    write,
    read(raw, place) {
      const value = getValue(raw);
      if (value === undefined) throw createInvalidFileError(`${place} should be ${what}`);
      return value;
    },
  };
}

const text = scalar("a text", (raw) => (typeof raw === "string" ? raw : undefined));
const name = scalar("a name", (raw) => (typeof raw === "string" && raw !== "" ? raw : undefined));
const flag = scalar("true or false", (raw) => (typeof raw === "boolean" ? raw : undefined));
const time = scalar("a time like 2026-03-14T12:00:00Z", parseUnixSeconds, toIsoTime);
const id = wholeNumber(1);
const uuid = scalar("a UUID", (raw) => {
  const digits = String(raw).toLowerCase();
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(digits) ? digits : undefined;
});

function wholeNumber(min: number): Codec<number> {
  return scalar("a whole number", (raw) =>
    typeof raw === "number" && Number.isSafeInteger(raw) && raw >= min ? raw : undefined,
  );
}

function parseUnixSeconds(raw: unknown): number | undefined {
  const ms = typeof raw === "string" ? Date.parse(raw) : Number.NaN;
  return Number.isNaN(ms) ? undefined : Math.floor(ms / 1000);
}

function word<const Word extends string>(...words: readonly Word[]): Codec<Word> {
  const quoted = words.map((each) => JSON.stringify(each));
  const what = `${quoted.slice(0, -1).join(", ")} or ${quoted.at(-1) ?? ""}`;
  return scalar(what, (raw) => words.find((each) => each === raw));
}

/** A missing field is null. */
function orNull<Value>({ write, read }: Codec<Value>): Codec<Value | null> {
  return {
    write: (value) => (value === null ? null : write(value)),
    read: (raw, place) => (raw === null || raw === undefined ? null : read(raw, place)),
  };
}

/** A missing list is empty. */
function list<Value>({ write, read }: Codec<Value>): Codec<readonly Value[]> {
  return {
    write: (values) => values.map(write),
    read(raw, place) {
      const items = raw ?? [];
      if (!Array.isArray(items)) throw createInvalidFileError(`${place} should be a list`);
      return items.map((item, nth) => read(item, `${place}[${nth}]`));
    },
  };
}

/** The name in the document and the format of each property, in the document's order. */
type Fields<Value> = {
  readonly [Key in keyof Value]-?: readonly [field: string, format: Codec<Value[Key]>];
};

/** `findConflict`: "" if the values fit together. */
function object<Value extends object>(
  fields: Fields<Value>,
  describeProblem: (value: Value) => string = () => "",
): Codec<Value, object> {
  const entries = Object.entries(fields) as [keyof Value, [string, Codec<unknown>]][];
  return {
    write: (value) =>
      Object.fromEntries(entries.map(([key, [field, { write }]]) => [field, write(value[key])])),
    read(raw, place) {
      if (typeof raw !== "object" || raw === null || Array.isArray(raw)) {
        throw createInvalidFileError(`${place === "" ? "the document" : place} should be an object`);
      }
      const contents = new Map<string, unknown>(Object.entries(raw));
      const values = entries.map(([key, [field, { read }]]) => [
        key,
        read(contents.get(field), place === "" ? field : `${place}.${field}`),
      ]);
      const value = Object.fromEntries(values) as Value;
      const problem = describeProblem(value);
      if (problem !== "") throw createInvalidFileError(`${place}.${problem}`);
      return value;
    },
  };
}

const albumFields: Fields<AlbumName> = { artist: ["artist", name], title: ["album", name] };
const albums = list(object(albumFields));

const decision = object<StoredDecision>(
  {
    releaseId: ["release_id", id],
    // A null in the document stands for all copies of the release.
    instanceId: [
      "instance_id",
      {
        write: (instanceId) => (instanceId === 0 ? null : instanceId),
        read: (raw, place) => orNull(id).read(raw, place) ?? 0,
      },
    ],
    mode: ["mode", word("adjust", "only", "none")],
    add: ["add", albums],
    not: ["not", albums],
    decidedUts: ["decided_at", time],
  },
  ({ mode, add }) => (mode === "only" && add.length === 0 ? "add should name an album" : ""),
);

const trackNames = object<Omit<LoggedTrack, "sendings">>({
  position: ["position", text],
  artist: ["artist", text],
  title: ["title", text],
  album: ["album", text],
  albumArtist: ["album_artist", text],
  durationSeconds: ["duration", id],
  isGuessed: ["guessed", flag],
  isInferred: ["inferred", flag],
  uts: ["at", orNull(time)],
});

const sendingState = word(...sendingStates);

/** The state on Last.fm is never null in the document: to_send is false if there is none. */
const lastfmSending = object<TrackSending & { readonly isToBeSent: boolean }>({
  isToBeSent: ["to_send", flag],
  state: ["state", sendingState],
  reason: ["reason", orNull(text)],
});

type SavedSending = { readonly [Key in keyof TrackSending]: TrackSending[Key] | null };
const unsent: SavedSending = { state: null, reason: null };

const otherSendings = otherTargets.map((target) => {
  const format = object<SavedSending>({
    state: [`${target}_state`, orNull(sendingState)],
    reason: [`${target}_reason`, orNull(text)],
  });
  return [target, format] as const;
});

const track: Codec<LoggedTrack> = {
  write({ sendings, ...names }) {
    const { state, reason } = sendings.lastfm ?? { state: "new", reason: null };
    return {
      ...trackNames.write(names),
      ...lastfmSending.write({ isToBeSent: sendings.lastfm !== undefined, state, reason }),
      ...Object.assign({}, ...otherSendings.map(([target, { write }]) => write(sendings[target] ?? unsent))),
    };
  },
  read(raw, place) {
    const names = trackNames.read(raw, place);
    const { isToBeSent, ...lastfm } = lastfmSending.read(raw, place);
    const sendings = [
      ["lastfm", isToBeSent ? lastfm : unsent] as const,
      ...otherSendings.map(([target, { read }]) => [target, read(raw, place)] as const),
    ].filter(([, { state }]) => state !== null);
    return { ...names, sendings: Object.fromEntries(sendings) };
  },
};

const play = object<LoggedPlay>(
  {
    uuid: ["uuid", uuid],
    releaseId: ["release_id", id],
    instanceId: ["instance_id", orNull(id)],
    startUts: ["start", time],
    lastUts: ["last", time],
    fromUts: ["from", time],
    toUts: ["to", time],
    precision: ["precision", word("day", "time")],
    source: ["source", word("user", "recogniser")],
    comment: ["note", text],
    loggedUts: ["noted_at", time],
    tracks: ["tracks", list(track)],
  },
  ({ fromUts, toUts }) => (fromUts > toUts ? "to should not be before its from" : ""),
);

const hiddenAlbum = object<HiddenAlbum>({ ...albumFields, hiddenUts: ["hidden_at", time] });

const snooze = object<Snooze>({
  ...albumFields,
  untilUts: ["until", orNull(time)],
  snoozedUts: ["snoozed_at", time],
});

const review = object<StoredReviewAnswer>({
  // Answers about proposed aliases belong to release 0.
  releaseId: ["release_id", wholeNumber(0)],
  subject: ["subject", name],
  verdict: ["verdict", word("skipped", "dismissed")],
  answeredUts: ["noted_at", time],
});

const lists = object({
  decisions: ["decisions", list(decision)],
  aliases: ["aliases", list(object<NamePair>({ name: ["name", name], sameAs: ["same_as", name] }))],
  plays: ["plays", list(play)],
  hiddenAlbums: ["hidden_albums", list(hiddenAlbum)],
  snoozes: ["snoozes", list(snooze)],
  reviews: ["reviews", list(review)],
});

export type UserDecisions = ReturnType<typeof lists.read>;

/** Documents of other versions cannot be imported. */
const documentVersion = 2;

export function buildExportDocument(database: Database): Readonly<Record<string, unknown>> {
  const written = lists.write({
    decisions: readStoredDecisions(database),
    aliases: readAliases(database),
    // The next sync reads the plays of a custom field again.
    plays: readLoggedPlays(database).filter(({ source }) => source !== "field"),
    hiddenAlbums: readHiddenAlbums(database),
    snoozes: readSnoozes(database),
    reviews: readReviewAnswers(database),
  });
  return { version: documentVersion, ...written };
}

/** Throws UsageError with the first wrong field. */
export function parseExportDocument(json: string): UserDecisions {
  let raw: unknown;
  try {
    raw = JSON.parse(json.replace(/^\ufeff/, ""));
  } catch {
    throw createInvalidFileError("it is not JSON");
  }
  const version = (raw as { readonly version?: unknown } | null)?.version;
  if (version === documentVersion) return lists.read(raw, "");
  throw createInvalidFileError(`"version" should be ${documentVersion}`);
}
