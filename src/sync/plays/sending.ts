// Sends logged plays to a service, each once. A track is committed as "unknown" before its request is sent. If the request
// fails, the track is sent again with the same names, second and length, and the service drops it if it has it.
import { daySeconds } from "../../model/times.ts";
import { AccountError } from "../../model/errors.ts";
import { targetFacts, type PlayTarget } from "../../model/play-targets.ts";
import {
  mostPlays,
  type PlaySending,
  type Receipt,
  type Refusal,
} from "../../sources/services/listening-service.ts";
import type { CallOptions } from "../../sources/services/remote-service.ts";
import type { Services } from "../../sources/services/service-clients.ts";
import { transact, type Database } from "../../store/file/database.ts";
import {
  countWaiting,
  endedRecognised,
  giveToBeSent,
  type ListedPlay,
  listedPlays,
  type NotedTrack,
  giveUpQueued,
  recogniseSent,
  settleTracks,
  waitingTracks,
  type TrackFate,
  type WaitingTrack,
} from "../../store/decisions/noted-plays.ts";
import { settleRecognised } from "../../store/decisions/recognised-tracks.ts";
import { foldArtist } from "../../match/text/artist-name.ts";
import { trackKey } from "../../match/titles/track-title.ts";
import type { Progress, StepOutcome, StepRun } from "../walks/step.ts";

/** Last.fm refuses older plays. ListenBrainz may lose a play silently: it is sent again for as long. */
const sendableSeconds = 14 * daySeconds;

export interface Sending {
  readonly database: Database;
  readonly target: PlayTarget;
  readonly service: PlaySending;
  /** The user of that service whose plays the cache holds; null if it has none yet. */
  readonly username: string | null;
  /** True if the service's plays were just read. If so, the cache has every play that it lists. */
  readonly isHistoryRead: boolean;
  readonly nowUts: number;
  readonly call: CallOptions;
  readonly onBatch?: (doneCount: number, whole: number) => void;
}

export type SendingOutcome = Awaited<ReturnType<typeof sendNoted>>;

const senders: Readonly<Record<PlayTarget, (services: Services) => PlaySending | null>> = {
  lastfm: ({ listening }) => listening?.scrobbling ?? null,
  listenbrainz: ({ listens }) => listens?.writing ?? null,
};

/** null: the service is not connected, or rewind may not send to it. */
export function findSender(services: Services, target: PlayTarget): PlaySending | null {
  return senders[target](services);
}

/** `isFinal`: the track is never sent again. */
const reasons: Readonly<
  Record<Refusal, { readonly text: (service: string) => string; readonly isFinal: boolean }>
> = {
  artist: { text: (service) => `${service} ignores the artist`, isFinal: true },
  track: { text: (service) => `${service} ignores the track`, isFinal: true },
  "too-old": { text: () => "older than 14 days", isFinal: true },
  "too-new": { text: (service) => `in the future by ${service}'s clock`, isFinal: false },
  "daily-limit": { text: (service) => `${service} takes no more plays today`, isFinal: false },
  invalid: { text: (service) => `${service} refuses it as invalid`, isFinal: true },
  unknown: { text: (service) => `${service} ignores it and doesn't say why`, isFinal: false },
};

/**
 * Sends all tracks that wait to be sent. The service alone judges their age, since this machine's clock may be wrong. Throws
 * the service's error if a request fails; the remaining tracks wait for the next call.
 */
export async function sendNoted(sending: Sending) {
  const { database, target, service, isHistoryRead, nowUts, call, onBatch } = sending;
  const { name, isQueueing } = targetFacts[target];
  const write = <Result>(work: () => Result): Result => transact(database, work);
  const ignored = new Map<string, number>();
  let sentCount = write(() => recogniseSent(database, target));
  if (isHistoryRead && isQueueing) {
    const reason = `${name} took it, but has not listed it for 14 days`;
    const beforeUts = nowUts - sendableSeconds;
    const lost = write(() => giveUpQueued(database, target, { beforeUts, reason }));
    if (lost > 0) ignored.set(reason, lost);
  }
  let waitsFor = null as string | null;
  let queued = 0;
  let doneCount = 0;
  const whole = countWaiting(database, target);
  let last: WaitingTrack | null = null;
  for (;;) {
    const batch = write(() => {
      // A play that was taken and is still not listed may have been lost in the queue.
      const rows = waitingTracks(database, last, { target, withQueued: isHistoryRead, most: mostPlays });
      const fates = rows.map((row) => ({ ...row, state: "unknown", reason: null }) as const);
      settleTracks(database, fates, target);
      return rows;
    });
    if (batch.length === 0) break;
    if (last === null) await requireOwner(sending);
    last = batch.at(-1) ?? null;
    const receipts = await service.scrobble(batch, call);
    const fates = batch.map((track, at) => fateOf(track, receipts[at], sending));
    write(() => settleTracks(database, fates, target));
    for (const [at, { state, reason }] of fates.entries()) {
      if (batch[at]?.state === "queued" && state === "queued") queued += 1;
      else if (state === "sent" || state === "queued") sentCount += 1;
      else if (state === "ignored" && reason !== null) ignored.set(reason, (ignored.get(reason) ?? 0) + 1);
      else waitsFor ??= reason;
    }
    doneCount += batch.length;
    onBatch?.(doneCount, Math.max(doneCount, whole));
    if (receipts.some((receipt) => !receipt.isStored && receipt.refusal === "daily-limit")) break;
  }
  return {
    target,
    /** Tracks that the service took now, or that were found in its history. */
    sent: sentCount,
    ignored,
    waiting: countWaiting(database, target),
    /** Tracks that the service took before and does not list yet. They were sent again. */
    queued,
    /** Why tracks wait; null if the service gave no reason. */
    waitsFor,
  };
}

/** Plays that are sent to another user's account would not come back. */
async function requireOwner({ target, service, username, call }: Sending): Promise<void> {
  const owner = await service.owner(call);
  if (username === null || owner.toLowerCase() === username.toLowerCase()) return;
  throw new AccountError(
    `rewind may send to ${targetFacts[target].name} as ${owner}, but this cache has the plays of ${username}`,
    "Nothing was sent. To connect the same account: rewind login --scrobble",
  );
}

function fateOf(
  { uuid, place, uts, state }: WaitingTrack,
  receipt: Receipt | undefined,
  { target, isHistoryRead, nowUts }: Sending,
): TrackFate {
  const { name, isQueueing } = targetFacts[target];
  if (receipt?.isStored === true) {
    return { uuid, place, state: isQueueing ? "queued" : "sent", reason: null };
  }
  const refusal = receipt?.refusal ?? "unknown";
  if (refusal === "too-old" && uts >= nowUts - sendableSeconds) {
    // One of the two clocks is wrong. The next sync asks again.
    return { uuid, place, state: "unknown", reason: `too old by ${name}'s clock` };
  }
  const { text, isFinal } = reasons[refusal];
  // An earlier request may have stored the play when it was not too old yet: only the history can tell.
  const mayBeStored = refusal === "too-old" && state === "unknown" && !isHistoryRead;
  const reason = text(name);
  return { uuid, place, state: isFinal && !mayBeStored ? "ignored" : "unknown", reason };
}

export async function syncSending(
  run: StepRun & Pick<Sending, "target" | "service" | "username" | "isHistoryRead">,
  progress: Progress,
): Promise<StepOutcome> {
  const outcome = await sendNoted({ ...run, nowUts: run.nowUts(), onBatch: progress });
  return {
    changes: { added: outcome.sent, updated: 0, removed: 0 },
    note: unsentNote(outcome),
  };
}

/** Says what was not sent and why. Returns null if everything was sent. */
export function unsentNote({ target, ignored, waiting, queued, waitsFor }: SendingOutcome): string | null {
  const noun = "logged play";
  const parts = [...ignored].map(([reason, count]) => `${countText(count, noun)} not sent: ${reason}.`);
  if (waiting > 0) {
    const why = waitsFor === null ? "" : `: ${waitsFor}`;
    parts.push(`${countText(waiting, noun)} to be sent another time${why}.`);
  }
  if (queued > 0) {
    const them = queued === 1 ? "it" : "them";
    parts.push(`${targetFacts[target].name} took ${countText(queued, noun)} and does not list ${them} yet.`);
  }
  return parts.length === 0 ? null : parts.join(" ");
}

export function countText(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${count} ${noun}s`;
}

// Plays that a recogniser heard are sent by the sync after their end, if the setting scrobble is always. A track that the
// recogniser scrobbled itself is not sent again.

/** No side is longer, so nothing joins a play that ended this long ago. */
const openSeconds = 3600;

/** Runs inside the caller's transaction. */
export function giveRecognised(database: Database, target: PlayTarget, nowUts: number): void {
  const window = { fromUts: nowUts - sendableSeconds, toUts: nowUts - openSeconds };
  for (const { uuid, fromUts, toUts, tracks } of endedRecognised(database, target, window)) {
    const servicePlays = listedPlays(database, target, {
      fromUts: fromUts - openSeconds,
      toUts: toUts + openSeconds,
    });
    giveToBeSent(database, uuid, [target]);
    tracks.forEach((track, place) => {
      const at = servicePlays.findIndex((play) => isSame(track, play));
      if (at === -1) return;
      servicePlays.splice(at, 1);
      settleTracks(database, [{ uuid, place, state: "sent", reason: null }], target);
    });
    settleRecognised(database, uuid);
  }
}

function isSame(track: NotedTrack, play: ListedPlay): boolean {
  return (
    track.uts !== null &&
    Math.abs(track.uts - play.uts) <= track.durationSeconds &&
    trackKey(track.title) === trackKey(play.title) &&
    [track.artist, track.albumArtist].some((artist) => foldArtist(artist) === foldArtist(play.artist))
  );
}
