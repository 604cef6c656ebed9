// Noted plays go to the listening service, each once. The rows are committed as "unknown" before the first byte of a
// request; whatever cuts it off, they are sent again with the same names and seconds, which the service drops where it
// has them.
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
  giveUp,
  recogniseSent,
  settleTracks,
  waitingTracks,
  type TrackFate,
  type WaitingTrack,
} from "../../store/decisions/noted-plays.ts";
import type { Progress, Run, StepOutcome } from "../walks/step-run.ts";

/** Older plays are refused. */
export const sendableSeconds = 14 * daySeconds;

export interface Sending {
  readonly database: Database;
  readonly scrobbling: Scrobbling;
  /** Whose plays the cache holds. */
  readonly username: string;
  readonly nowUts: number;
  /** Whether the history was just read: what may have been stored would be in it. */
  readonly isHistoryRead: boolean;
  readonly call: CallOptions;
  /** One transaction. */
  readonly write: <Result>(work: () => Result) => Result;
  readonly onBatch?: (done: number, whole: number) => void;
}

export interface SendingOutcome {
  /** Stored now, or known to be. */
  readonly sent: number;
  /** By the reason. */
  readonly ignored: ReadonlyMap<string, number>;
  /** What is to be sent another time. */
  readonly waiting: number;
  /** Why it waits; null where nothing speaks against it. */
  readonly waitsFor: string | null;
}

const tooOld = "older than 14 days";

/** For good, but where they may pass. */
const reasons: Readonly<Record<Refusal, { readonly text: string; readonly isFinal: boolean }>> = {
  artist: { text: "Last.fm ignores the artist", isFinal: true },
  track: { text: "Last.fm ignores the track", isFinal: true },
  "too-old": { text: tooOld, isFinal: true },
  "too-new": { text: "in the future by Last.fm's clock", isFinal: false },
  "daily-limit": { text: "the daily limit of Last.fm", isFinal: false },
  unknown: { text: "Last.fm ignores it and doesn't say why", isFinal: true },
};

/** Sends all that was given to be sent and waits. Throws what the service fails with; then the rest waits on. */
export async function sendNoted(sending: Sending): Promise<SendingOutcome> {
  const { database, scrobbling, username, nowUts, isHistoryRead, call, write, onBatch } = sending;
  const oldestUts = nowUts - sendableSeconds;
  const ignored = new Map<string, number>();
  const count = (reason: string, more: number): void => {
    if (more > 0) ignored.set(reason, (ignored.get(reason) ?? 0) + more);
  };
  let sent = write(() => recogniseSent(database));
  count(
    tooOld,
    write(() => giveUp(database, oldestUts, tooOld, { isHistoryRead })),
  );
  let waitsFor: string | null = null;
  let done = 0;
  const whole = countWaiting(database);
  let last: WaitingTrack | null = null;
  for (;;) {
    const batch = write(() => {
      const rows = waitingTracks(database, oldestUts, last, mostPlays);
      settleTracks(database, rows.map(asUnknown));
      return rows;
    });
    if (batch.length === 0) break;
    // Not before there is something to send.
    if (last === null) await requireOwner(scrobbling, username, call);
    last = batch.at(-1) ?? null;
    const receipts = await scrobbling.scrobble(batch, call);
    const fates = batch.map((track, at) => fateOf(track, receipts[at]));
    write(() => settleTracks(database, fates));
    for (const { state, reason } of fates) {
      if (state === "sent") sent += 1;
      else if (state === "ignored" && reason !== null) count(reason, 1);
      else waitsFor ??= reason;
    }
    done += batch.length;
    onBatch?.(done, whole);
    if (receipts.some((receipt) => !receipt.isStored && receipt.refusal === "daily-limit")) break;
  }
  return { sent, ignored, waiting: countWaiting(database), waitsFor };
}

/** What is sent as somebody else would never come back, and could not be taken back. */
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

function fateOf({ uuid, place }: WaitingTrack, receipt: Receipt | undefined): TrackFate {
  if (receipt?.isStored === true) return { uuid, place, state: "sent", reason: null };
  const { text, isFinal } = reasons[receipt?.refusal ?? "unknown"];
  return { uuid, place, state: isFinal ? "ignored" : "unknown", reason: text };
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
    nowUts: run.nowUts(),
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

/** What was not sent, and why; null where all was. */
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
  return count === 1 ? "1 noted play" : `${count} noted plays`;
}
