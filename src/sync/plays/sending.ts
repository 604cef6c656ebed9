// Sends logged plays to the listening service, each once. A track is committed as "unknown" before its request is sent. If
// the request fails, the track is sent again with the same names and the same second, and the service drops it if it has it.
import { daySeconds } from "../../model/times.ts";
import { AccountError } from "../../model/errors.ts";
import {
  mostPlays,
  type Receipt,
  type Refusal,
  type Scrobbling,
} from "../../sources/services/listening-service.ts";
import type { CallOptions } from "../../sources/services/remote-service.ts";
import type { Database } from "../../store/file/database.ts";
import {
  countSent,
  countWaiting,
  recogniseSent,
  settleTracks,
  waitingTracks,
  type TrackFate,
  type WaitingTrack,
} from "../../store/decisions/noted-plays.ts";
import type { Progress, Run, StepOutcome } from "../walks/step-run.ts";

/** Last.fm refuses older plays. */
export const sendableSeconds = 14 * daySeconds;

export interface Sending {
  readonly database: Database;
  readonly scrobbling: Scrobbling;
  /** The user of the listening service whose plays the cache holds. */
  readonly username: string;
  /** Whether the history was just read. If so, it lists every play that the service has. */
  readonly isHistoryRead: boolean;
  readonly call: CallOptions;
  /** Runs in one transaction. */
  readonly write: <Result>(work: () => Result) => Result;
  readonly onBatch?: (done: number, whole: number) => void;
}

export interface SendingOutcome {
  /** Tracks that the service has: sent now, or found in the history. */
  readonly sent: number;
  /** How many tracks were ignored, by the reason. */
  readonly ignored: ReadonlyMap<string, number>;
  readonly waiting: number;
  /** Why tracks wait; null if the service gave no reason. */
  readonly waitsFor: string | null;
}

/** `isFinal`: the track is never sent again. */
const reasons: Readonly<Record<Refusal, { readonly text: string; readonly isFinal: boolean }>> = {
  artist: { text: "Last.fm ignores the artist", isFinal: true },
  track: { text: "Last.fm ignores the track", isFinal: true },
  "too-old": { text: "older than 14 days", isFinal: true },
  "too-new": { text: "in the future by Last.fm's clock", isFinal: false },
  "daily-limit": { text: "the daily limit of Last.fm", isFinal: false },
  invalid: { text: "ListenBrainz refuses it as invalid", isFinal: true },
  unknown: { text: "Last.fm ignores it and doesn't say why", isFinal: false },
};

/**
 * Sends all tracks that wait to be sent. The service alone judges their age, since this machine's clock may be wrong. Throws
 * the service's error if a request fails; the remaining tracks wait for the next call.
 */
export async function sendNoted(sending: Sending): Promise<SendingOutcome> {
  const { database, scrobbling, username, isHistoryRead, call, write, onBatch } = sending;
  const ignored = new Map<string, number>();
  let sent = write(() => recogniseSent(database));
  let waitsFor: string | null = null;
  let done = 0;
  const whole = countWaiting(database);
  let last: WaitingTrack | null = null;
  for (;;) {
    const batch = write(() => {
      const rows = waitingTracks(database, last, mostPlays);
      settleTracks(database, rows.map(asUnknown));
      return rows;
    });
    if (batch.length === 0) break;
    if (last === null) await requireOwner(scrobbling, username, call);
    last = batch.at(-1) ?? null;
    const receipts = await scrobbling.scrobble(batch, call);
    const fates = batch.map((track, at) => fateOf(track, receipts[at], isHistoryRead));
    write(() => settleTracks(database, fates));
    for (const { state, reason } of fates) {
      if (state === "sent") sent += 1;
      else if (state === "ignored" && reason !== null) ignored.set(reason, (ignored.get(reason) ?? 0) + 1);
      else waitsFor ??= reason;
    }
    done += batch.length;
    onBatch?.(done, whole);
    if (receipts.some((receipt) => !receipt.isStored && receipt.refusal === "daily-limit")) break;
  }
  return { sent, ignored, waiting: countWaiting(database), waitsFor };
}

/** Plays that are sent to another user's account would never come back, and cannot be removed there. */
async function requireOwner(scrobbling: Scrobbling, username: string, call: CallOptions): Promise<void> {
  const owner = await scrobbling.owner(call);
  if (owner.toLowerCase() === username.toLowerCase()) return;
  throw new AccountError(
    `rewind may scrobble as ${owner}, but the plays of this cache are those of ${username}`,
    "Nothing was sent. Run: rewind login --scrobble",
  );
}

function asUnknown({ uuid, place }: WaitingTrack): TrackFate {
  return { uuid, place, state: "unknown", reason: null };
}

function fateOf(
  { uuid, place, state }: WaitingTrack,
  receipt: Receipt | undefined,
  isHistoryRead: boolean,
): TrackFate {
  if (receipt?.isStored === true) return { uuid, place, state: "sent", reason: null };
  const refusal = receipt?.refusal ?? "unknown";
  const { text, isFinal } = reasons[refusal];
  // An earlier request may have stored the play when it was not too old yet: only the history can tell.
  const mayBeStored = refusal === "too-old" && state === "unknown" && !isHistoryRead;
  return { uuid, place, state: isFinal && !mayBeStored ? "ignored" : "unknown", reason: text };
}

export async function syncSending(run: Run, username: string, progress: Progress): Promise<StepOutcome> {
  const { database, services, call } = run;
  const { scrobbling } = services.listening;
  if (scrobbling === null) return { rows: countSent(database) };
  const history = run.results.find(({ name }) => name === "history");
  const outcome = await sendNoted({
    database,
    scrobbling,
    username,
    isHistoryRead: history?.status === "done" || history?.status === "unchanged",
    call,
    write: (work) => run.write(work),
    onBatch: (done, whole) => progress(done, whole, done, whole),
  });
  return {
    changes: { added: outcome.sent, updated: 0, removed: 0 },
    rows: countSent(database),
    note: unsentNote(outcome),
  };
}

/** Says what was not sent and why. Returns null if everything was sent. */
export function unsentNote({ ignored, waiting, waitsFor }: SendingOutcome): string | null {
  const parts = [
    ...[...ignored].map(([reason, count]) => `${counted(count)} not sent: ${reason}.`),
    ...(waiting === 0
      ? []
      : [`${counted(waiting)} to be sent another time${waitsFor === null ? "" : `: ${waitsFor}`}.`]),
  ];
  return parts.length === 0 ? null : parts.join(" ");
}

function counted(count: number): string {
  return count === 1 ? "1 logged play" : `${count} logged plays`;
}
