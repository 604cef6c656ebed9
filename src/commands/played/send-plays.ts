// Sends logged plays to Last.fm and ListenBrainz, after showing them and asking.
import type { Context } from "../../context.ts";
import { AccountError, InterruptedError, RewindError, UsageError, worstError } from "../../model/errors.ts";
import { playTargets, type PlayTarget } from "../../model/model.ts";
import { counted } from "../../output/number-text.ts";
import { joinParts } from "../../output/paragraph.ts";
import type { Moment } from "../../actions/logged/play-session.ts";
import { maySendTo, scrobbleTargets } from "../../settings/connection.ts";
import { readAccounts, stoppedUts } from "../../store/file/cache-facts.ts";
import { transact, type Database } from "../../store/file/database.ts";
import { isSyncing, lockSync } from "../../store/file/file-lock.ts";
import {
  countWaiting,
  giveToBeSent,
  isTooShort,
  type NotedPlay,
  type NotedTrack,
} from "../../store/decisions/noted-plays.ts";
import { sendNoted, serviceNames, unsentNote } from "../../sync/plays/sending.ts";
import { converse } from "../shared/terminal/conversation.ts";
import { trackLines } from "./screen.ts";

/** asked: the user gave --scrobble or --send; always: the setting says so. */
type Wish = "asked" | "always" | null;

/** Throws if the user asks for something that cannot be sent, before anything is logged. */
export function wishOf(
  context: Context,
  database: Database,
  { isAsked, moment }: { readonly isAsked: boolean; readonly moment: Moment["kind"] },
): Wish {
  if (isAsked) {
    requireAllowed(context);
    if (moment !== "day") return "asked";
    throw new UsageError("--scrobble needs the time when it began", "Add it, for example: --at 20:15");
  }
  if (context.services !== undefined || context.settings()("scrobble") !== "always") return null;
  return targetsOf(context, database).length > 0 && moment !== "day" ? "always" : null;
}

/** Throws if the setting or a missing permission forbids sending. */
export function requireAllowed(context: Context): void {
  if (context.services !== undefined) {
    throw new UsageError(
      "rewind demo has no account to scrobble to",
      "To scrobble to your own: rewind login --scrobble",
    );
  }
  if (context.settings()("scrobble") === "never") {
    throw new UsageError(
      "the setting scrobble is never, so nothing is sent",
      "To be asked each time: rewind config set scrobble ask",
    );
  }
  if (allowedTargets(context).length > 0) return;
  const read = context.settings();
  const others = playTargets.filter((target) => maySendTo(read, target));
  if (others.length === 0) {
    throw new AccountError(
      "no service takes your plays yet",
      "To connect ListenBrainz or Last.fm, run: rewind login --scrobble",
    );
  }
  throw new UsageError(
    `only ${inWords(others)} takes your plays, and the setting scrobble_to names another service`,
    "To send there: rewind config set scrobble_to both",
  );
}

/** The services that the settings let rewind write to, stopped ones included. */
function allowedTargets(context: Context): readonly PlayTarget[] {
  const read = context.settings();
  return scrobbleTargets(read).filter((target) => maySendTo(read, target));
}

/** The services that take plays now. */
export function targetsOf(context: Context, database: Database): readonly PlayTarget[] {
  return allowedTargets(context).filter((target) => stoppedUts(database, target) === null);
}

function stoppedTargets(context: Context, database: Database): readonly PlayTarget[] {
  return allowedTargets(context).filter((target) => stoppedUts(database, target) !== null);
}

/** "Last.fm and ListenBrainz" */
function inWords(targets: readonly PlayTarget[]): string {
  return targets.map((target) => serviceNames[target]).join(" and ");
}

/** "Last.fm is stopped" */
function areStopped(targets: readonly PlayTarget[]): string {
  return `${inWords(targets)} ${targets.length === 1 ? "is" : "are"} stopped`;
}

const waits = "The play is saved. To send it later, run: rewind played --send";

/**
 * Shows the tracks of a logged play, asks unless the user is sure, and sends them with all other plays that wait.
 */
export async function offerToSend(
  context: Context,
  database: Database,
  play: NotedPlay,
  { isSure, canAsk }: Readonly<Record<"isSure" | "canAsk", boolean>>,
): Promise<void> {
  const later = `rewind played --send ${play.uuid.slice(0, 8)}`;
  const targets = targetsOf(context, database);
  if (targets.length === 0) {
    const stopped = stoppedTargets(context, database);
    const resume = stopped.map((target) => `rewind sources resume ${target}`).join(", or ");
    return context.note(`Not sent, because ${areStopped(stopped)}. To send it: ${resume}, then ${later}`);
  }
  const unsent = play.tracks.filter((track) => isUnsent(track, targets)).length;
  if (!isSure && unsent > 0) {
    if (!canAsk) {
      return context.note(`Not sent, because rewind cannot ask you here. To send it: ${later} --yes`);
    }
    const isConfirmed = await converse(
      context,
      () => `The play is logged but not sent. To send it later: ${later}`,
      async (conversation) => {
        await conversation.say(...trackLines(play, context.screen, targets));
        return conversation.confirm(`Send ${counted(unsent, "play")} to ${inWords(targets)}?`, true);
      },
    );
    if (!isConfirmed) return context.note(`Not sent. To send it later: ${later}`);
  }
  transact(database, () => giveToBeSent(database, play.uuid, targets));
  const short = play.tracks.filter(isTooShort).length;
  if (short > 0 && targets.includes("lastfm")) {
    context.note(`Not sent: ${counted(short, "track")} of 30 seconds or less, which Last.fm does not take.`);
  }
  return sendWaiting(context, database);
}

function isUnsent(track: NotedTrack, targets: readonly PlayTarget[]): boolean {
  const states = {
    lastfm: isTooShort(track) ? "ignored" : track.lastfmState,
    listenbrainz: track.listenbrainzState,
  };
  return targets.some((target) => [null, "new", "unknown"].includes(states[target]));
}

/** Sends all plays that wait. Those that fail wait for the next call or the next sync. */
export async function sendWaiting(context: Context, database: Database): Promise<void> {
  const waitingTargets = allowedTargets(context).filter((target) => countWaiting(database, target) > 0);
  const targets = waitingTargets.filter((target) => stoppedUts(database, target) === null);
  for (const target of waitingTargets) {
    if (targets.includes(target)) continue;
    const waiting = counted(countWaiting(database, target), "play");
    context.note(
      `Not sent, because ${areStopped([target])}: ${waiting}. To send them: rewind sources resume ${target}, then rewind played --send`,
    );
  }
  if (waitingTargets.length === 0) {
    return context.note(`No plays are waiting to be sent to ${inWords(allowedTargets(context))}.`);
  }
  if (targets.length === 0) return;
  if (isSyncing(database.name)) {
    return context.note(
      "A sync is running. The next sync sends the play; to send it yourself: rewind played --send",
    );
  }
  const lock = lockSync(database.name);
  const failures: RewindError[] = [];
  try {
    for (const target of targets) {
      try {
        await sendTo(context, database, target);
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
  if (worst !== undefined) throw worst.withHint(joinParts([worst.hint.split("\n")[0] ?? "", waits], "\n"));
}

async function sendTo(context: Context, database: Database, target: PlayTarget): Promise<void> {
  const { services, accounts } = await context.connect();
  const own = readAccounts(database);
  const [service, username] =
    target === "lastfm"
      ? [services.listening?.scrobbling ?? null, own[target] ?? accounts.listening]
      : [services.listens?.writing ?? null, own[target] ?? accounts.listens ?? null];
  if (service === null) return;
  const outcome = await sendNoted({
    database,
    target,
    service,
    username,
    isHistoryRead: false,
    nowUts: Math.floor(context.clock.now() / 1000),
    call: { signal: context.interruptible() },
  });
  const unsent = unsentNote(outcome);
  if (outcome.sent > 0) context.note(`Sent to ${serviceNames[target]}: ${counted(outcome.sent, "play")}.`);
  if (unsent !== null) context.note(unsent);
}
