// Sends logged plays to a service, each once. A track is committed as "unknown" before its request is sent. If the request
// fails, the track is sent again with the same names, second and length, and the service drops it if it has it.
import { daySeconds } from "../../model/times.ts";
import { AccountError } from "../../model/errors.ts";
import { targetFacts, type PlayTarget } from "../../model/play-targets.ts";
import {
  maxPlaysPerRequest,
  type PlaySender,
  type Receipt,
  type Refusal,
} from "../../sources/services/listening-service.ts";
import type { CallOptions } from "../../sources/services/remote-service.ts";
import type { Services } from "../../sources/services/service-clients.ts";
import { transact, type Database } from "../../store/file/database.ts";
import {
  countInStates,
  countWaiting,
  readEndedRecognised,
  enqueuePlay,
  type ListedPlay,
  readListedPlays,
  type LoggedTrack,
  expireQueuedPlays,
  markAlreadySent,
  saveSendingVerdicts,
  readWaitingTracks,
  type SendingVerdict,
  type WaitingTrack,
} from "../../store/decisions/logged-plays.ts";
import { markRecognisedFinal } from "../../store/decisions/recognised-tracks.ts";
import { foldArtist } from "../../match/text/artist-name.ts";
import { toTrackKey } from "../../match/titles/track-title.ts";
import type { Progress, StepOutcome, StepRun } from "../paging/step.ts";

/** Last.fm refuses older plays. ListenBrainz may lose a play silently: it is sent again for as long. */
const maxAgeSeconds = 14 * daySeconds;

export interface Sending {
  readonly database: Database;
  readonly target: PlayTarget;
  readonly service: PlaySender;
  /** The user of that service whose plays the cache holds; null if it has none yet. */
  readonly username: string | null;
  /** True if the service's plays were just read. If so, the cache has every play that it lists. */
  readonly isHistoryRead: boolean;
  readonly nowUts: number;
  readonly call: CallOptions;
  readonly onBatch?: (doneCount: number, whole: number) => void;
}

export type SendingOutcome = Awaited<ReturnType<typeof sendLoggedPlays>>;

const senders: Readonly<Record<PlayTarget, (services: Services) => PlaySender | null>> = {
  lastfm: ({ listening }) => listening?.scrobbler ?? null,
  listenbrainz: ({ listens }) => listens?.writer ?? null,
};

/** null: the service is not connected, or rewind may not send to it. */
export function findSender(services: Services, target: PlayTarget): PlaySender | null {
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
export async function sendLoggedPlays(sending: Sending) {
  const { database, target, service, isHistoryRead, nowUts, call, onBatch } = sending;
  const { name, isQueueing } = targetFacts[target];
  const write = <Result>(work: () => Result): Result => transact(database, work);
  const ignored = new Map<string, number>();
  const countQueued = (): number => countInStates(database, target, ["queued"]);
  let sentCount = write(() => {
    const before = countQueued();
    const marked = markAlreadySent(database, target);
    // A queued track was counted when the service took it.
    return marked - (before - countQueued());
  });
  if (isHistoryRead && isQueueing) {
    const reason = `${name} took it, but has not listed it for 14 days`;
    const beforeUts = nowUts - maxAgeSeconds;
    const lost = write(() => expireQueuedPlays(database, target, { beforeUts, reason }));
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
      const rows = readWaitingTracks(database, last, {
        target,
        withQueued: isHistoryRead,
        limit: maxPlaysPerRequest,
      });
      const verdicts = rows.map((row) => ({ ...row, state: "unknown", reason: null }) as const);
      saveSendingVerdicts(database, verdicts, target);
      return rows;
    });
    if (batch.length === 0) break;
    if (last === null) await requireOwner(sending);
    last = batch.at(-1) ?? null;
    const receipts = await service.scrobble(batch, call);
    const verdicts = batch.map((track, at) => judgeReceipt(track, receipts[at], sending));
    write(() => saveSendingVerdicts(database, verdicts, target));
    for (const [at, { state, reason }] of verdicts.entries()) {
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
  const owner = await service.fetchOwner(call);
  if (username === null || owner.toLowerCase() === username.toLowerCase()) return;
  throw new AccountError(
    `rewind may send to ${targetFacts[target].name} as ${owner}, but this cache has the plays of ${username}`,
    "Nothing was sent. To connect the same account: rewind login --scrobble",
  );
}

function judgeReceipt(
  { uuid, place, uts, state }: WaitingTrack,
  receipt: Receipt | undefined,
  { target, isHistoryRead, nowUts }: Sending,
): SendingVerdict {
  const { name, isQueueing } = targetFacts[target];
  if (receipt?.isStored === true) {
    return { uuid, place, state: isQueueing ? "queued" : "sent", reason: null };
  }
  const refusal = receipt?.refusal ?? "unknown";
  if (refusal === "too-old" && uts >= nowUts - maxAgeSeconds) {
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
  const outcome = await sendLoggedPlays({ ...run, nowUts: run.nowUts(), onBatch: progress });
  return {
    changes: { added: outcome.sent, updated: 0, removed: 0 },
    note: describeUnsent(outcome),
  };
}

/** Says what was not sent and why. Returns null if everything was sent. */
export function describeUnsent({
  target,
  ignored,
  waiting,
  queued,
  waitsFor,
}: SendingOutcome): string | null {
  const noun = "logged play";
  const parts = [...ignored].map(([reason, count]) => `${formatCount(count, noun)} not sent: ${reason}.`);
  if (waiting > 0) {
    const why = waitsFor === null ? "" : `: ${waitsFor}`;
    parts.push(`${formatCount(waiting, noun)} to be sent another time${why}.`);
  }
  if (queued > 0) {
    const them = queued === 1 ? "it" : "them";
    parts.push(
      `${targetFacts[target].name} took ${formatCount(queued, noun)} and does not list ${them} yet.`,
    );
  }
  return parts.length === 0 ? null : parts.join(" ");
}

export function formatCount(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${count.toLocaleString("en")} ${noun}s`;
}

// Plays that a recogniser heard are sent by the sync after their end, if the setting scrobble is always. A track that the
// recogniser scrobbled itself is not sent again.

/** No side is longer, so nothing joins a play that ended this long ago. */
const maxSideSeconds = 3600;

/** Runs inside the caller's transaction. */
export function enqueueRecognised(database: Database, target: PlayTarget, nowUts: number): void {
  const window = { fromUts: nowUts - maxAgeSeconds, toUts: nowUts - maxSideSeconds };
  for (const { uuid, fromUts, toUts, tracks } of readEndedRecognised(database, target, window)) {
    const servicePlays = readListedPlays(database, target, {
      fromUts: fromUts - maxSideSeconds,
      toUts: toUts + maxSideSeconds,
    });
    enqueuePlay(database, uuid, [target]);
    tracks.forEach((track, place) => {
      const at = servicePlays.findIndex((play) => isSame(track, play));
      if (at === -1) return;
      servicePlays.splice(at, 1);
      saveSendingVerdicts(database, [{ uuid, place, state: "sent", reason: null }], target);
    });
    markRecognisedFinal(database, uuid);
  }
}

function isSame(track: LoggedTrack, play: ListedPlay): boolean {
  return (
    track.uts !== null &&
    Math.abs(track.uts - play.uts) <= track.durationSeconds &&
    toTrackKey(track.title) === toTrackKey(play.title) &&
    [track.artist, track.albumArtist].some((artist) => foldArtist(artist) === foldArtist(play.artist))
  );
}
