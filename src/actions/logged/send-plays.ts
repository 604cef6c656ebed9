// Sends logged plays to Last.fm and ListenBrainz.
import type { ActionAccess } from "../action-access.ts";
import { AccountError, InterruptedError, RewindError, UsageError, worstError } from "../../model/errors.ts";
import { playTargets, type PlayTarget } from "../../model/model.ts";
import { counted } from "../../output/number-text.ts";
import { joinParts } from "../../output/paragraph.ts";
import { maySendTo, scrobbleTargets } from "../../settings/connection.ts";
import type { SettingsReader } from "../../settings/settings-file.ts";
import {
  countWaiting,
  giveToBeSent,
  isTooShort,
  type NotedPlay,
  type NotedTrack,
} from "../../store/decisions/noted-plays.ts";
import { readAccounts, stoppedUts } from "../../store/file/cache-facts.ts";
import { transact } from "../../store/file/database.ts";
import { isSyncing, lockSync } from "../../store/file/file-lock.ts";
import { sendNoted, serviceNames, unsentNote, type SendingOutcome } from "../../sync/plays/sending.ts";
import type { Moment } from "./play-session.ts";

/** asked: the user wants the play sent; always: the setting says so; null: it is not sent when it is logged. */
export type SendingWish = "asked" | "always" | null;

/** Throws if the user asks for something that can't be sent, before anything is logged. */
export function planSending(
  access: ActionAccess,
  { isAsked, moment }: { readonly isAsked: boolean; readonly moment: Moment["kind"] },
): SendingWish {
  if (isAsked) {
    requireSending(access);
    if (moment !== "day") return "asked";
    throw new UsageError("a play is only sent with the time when it began", "Add it, for example 20:15.");
  }
  if (access.settings()?.("scrobble") !== "always") return null;
  return listOpenTargets(access).length > 0 && moment !== "day" ? "always" : null;
}

/** Throws if the setting or a missing permission forbids sending. */
export function requireSending({ settings }: ActionAccess): void {
  const read = settings();
  if (read === null) {
    throw new UsageError(
      "rewind demo has no account to scrobble to",
      "To scrobble to your own: rewind login --scrobble",
    );
  }
  if (read("scrobble") === "never") {
    throw new UsageError(
      "the setting scrobble is never, so nothing is sent",
      "To be asked each time: rewind config set scrobble ask",
    );
  }
  if (listAllowedTargets(read).length > 0) return;
  const others = playTargets.filter((target) => maySendTo(read, target));
  if (others.length === 0) {
    throw new AccountError(
      "no service takes your plays yet",
      "To connect ListenBrainz or Last.fm, run: rewind login --scrobble",
    );
  }
  throw new UsageError(
    `only ${formatTargets(others)} takes your plays, and the setting scrobble_to names another service`,
    "To send there: rewind config set scrobble_to both",
  );
}

/** The services that the settings let rewind write to, stopped ones included. */
function listAllowedTargets(read: SettingsReader | null): readonly PlayTarget[] {
  return read === null ? [] : scrobbleTargets(read).filter((target) => maySendTo(read, target));
}

/** The services that take plays now. */
export function listOpenTargets({ settings, database }: ActionAccess): readonly PlayTarget[] {
  return listAllowedTargets(settings()).filter((target) => stoppedUts(database, target) === null);
}

/** "Last.fm and ListenBrainz" */
export function formatTargets(targets: readonly PlayTarget[]): string {
  return targets.map((target) => serviceNames[target]).join(" and ");
}

/** How many tracks of a play the services lack. */
export function countUnsent({ tracks }: NotedPlay, targets: readonly PlayTarget[]): number {
  return tracks.filter((track) => isUnsent(track, targets)).length;
}

function isUnsent(track: NotedTrack, targets: readonly PlayTarget[]): boolean {
  const states = {
    lastfm: isTooShort(track) ? "ignored" : track.lastfmState,
    listenbrainz: track.listenbrainzState,
  };
  return targets.some((target) => [null, "new", "unknown"].includes(states[target]));
}

interface StoppedTarget {
  readonly target: PlayTarget;
  readonly waitingCount: number;
}

export interface SendResult {
  /** syncing: a sync is running, and the next one sends; sent: each service was asked. */
  readonly kind: "sent" | "syncing" | "nothing waits";
  readonly outcomes: readonly SendingOutcome[];
  /** Services that plays wait for and that the user stopped. */
  readonly stopped: readonly StoppedTarget[];
  /** The services that the settings allow. */
  readonly allowed: readonly PlayTarget[];
  /** The tracks of the play that are too short for Last.fm, and are not sent there. */
  readonly shortCount: number;
  /** The worst error of a service. Its plays wait. */
  readonly failure: RewindError | null;
}

/** Sends the tracks of a logged play, with all other plays that wait. */
export async function sendPlay(access: ActionAccess, play: NotedPlay): Promise<SendResult> {
  const targets = listOpenTargets(access);
  transact(access.database, () => giveToBeSent(access.database, play.uuid, targets));
  const shortCount = targets.includes("lastfm") ? play.tracks.filter(isTooShort).length : 0;
  return { ...(await sendWaiting(access)), shortCount };
}

const waits = "The play is saved. To send it later, run: rewind played --send";

/** Sends all plays that wait. Those that fail wait for the next call or the next sync. Throws InterruptedError. */
export async function sendWaiting(access: ActionAccess): Promise<SendResult> {
  const { database } = access;
  const allowed = listAllowedTargets(access.settings());
  const waiting = allowed
    .map((target) => ({ target, waitingCount: countWaiting(database, target) }))
    .filter(({ waitingCount }) => waitingCount > 0);
  const isStopped = ({ target }: StoppedTarget): boolean => stoppedUts(database, target) !== null;
  const targets = waiting.filter((each) => !isStopped(each)).map(({ target }) => target);
  const result = { outcomes: [], stopped: waiting.filter(isStopped), allowed, shortCount: 0, failure: null };
  if (targets.length === 0) return { ...result, kind: "nothing waits" };
  if (isSyncing(database.name)) return { ...result, kind: "syncing" };
  const lock = lockSync(database.name);
  const outcomes: SendingOutcome[] = [];
  const failures: RewindError[] = [];
  try {
    for (const target of targets) {
      try {
        const outcome = await sendTo(access, target);
        if (outcome !== null) outcomes.push(outcome);
      } catch (error) {
        if (error instanceof InterruptedError) throw error.withHint(waits);
        // The other service may still accept it.
        if (!(error instanceof RewindError)) throw error;
        failures.push(error);
      }
    }
  } finally {
    lock.release();
  }
  const worst = worstError(failures);
  const failure = worst?.withHint(joinParts([worst.hint.split("\n")[0] ?? "", waits], "\n")) ?? null;
  return { ...result, kind: "sent", outcomes, failure };
}

async function sendTo(access: ActionAccess, target: PlayTarget): Promise<SendingOutcome | null> {
  const { database, nowUts, connect, interruptible } = access;
  const { services, accounts } = await connect();
  const own = readAccounts(database);
  const [service, username] =
    target === "lastfm"
      ? [services.listening?.scrobbling ?? null, own[target] ?? accounts.listening]
      : [services.listens?.writing ?? null, own[target] ?? accounts.listens ?? null];
  if (service === null) return null;
  return sendNoted({
    database,
    target,
    service,
    username,
    isHistoryRead: false,
    nowUts,
    call: { signal: interruptible() },
  });
}

/** Says in sentences what became of the plays. A failure of a service is not among them. */
export function describeSending({ kind, outcomes, stopped, allowed, shortCount }: SendResult): string[] {
  return [
    ...(shortCount === 0
      ? []
      : [`Not sent: ${counted(shortCount, "track")} of 30 seconds or less, which Last.fm does not take.`]),
    ...stopped.map(
      ({ target, waitingCount }) =>
        `Not sent, because ${serviceNames[target]} is stopped: ${counted(waitingCount, "play")}. To send them: rewind sources resume ${target}, then rewind played --send`,
    ),
    ...(kind === "nothing waits" && stopped.length === 0
      ? [`No plays are waiting to be sent to ${formatTargets(allowed)}.`]
      : []),
    ...(kind === "syncing"
      ? ["A sync is running. The next sync sends the play; to send it yourself: rewind played --send"]
      : []),
    ...outcomes.flatMap((outcome) => {
      const { target, sent } = outcome;
      const unsent = unsentNote(outcome);
      return [
        ...(sent > 0 ? [`Sent to ${serviceNames[target]}: ${counted(sent, "play")}.`] : []),
        ...(unsent === null ? [] : [unsent]),
      ];
    }),
  ];
}

/** Says why no service takes the play now. null: one does. */
export function describeStopped(access: ActionAccess, play: NotedPlay): string | null {
  if (listOpenTargets(access).length > 0) return null;
  const stopped = listAllowedTargets(access.settings());
  const resume = stopped.map((target) => `rewind sources resume ${target}`).join(", or ");
  const are = `${formatTargets(stopped)} ${stopped.length === 1 ? "is" : "are"} stopped`;
  return `Not sent, because ${are}. To send it: ${resume}, then rewind played --send ${play.uuid.slice(0, 8)}`;
}
