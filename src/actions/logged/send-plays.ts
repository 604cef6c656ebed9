// Sends logged plays to Last.fm and ListenBrainz.
import type { ActionAccess } from "../action-access.ts";
import {
  AccountError,
  InterruptedError,
  RewindError,
  UsageError,
  findWorstError,
} from "../../model/errors.ts";
import { playTargets, targetFacts, type PlayTarget } from "../../model/play-targets.ts";
import { pluralize } from "../../output/format-numbers.ts";
import { joinParts } from "../../output/paragraph.ts";
import { listUsableTargets, canSendTo } from "../../settings/connection.ts";
import {
  countWaiting,
  enqueuePlay,
  isTooShort,
  type LoggedPlay,
  type LoggedTrack,
} from "../../store/decisions/logged-plays.ts";
import { readAccounts, readStoppedUts } from "../../store/file/cache-facts.ts";
import { transact } from "../../store/file/database.ts";
import { isSyncing, lockSync } from "../../store/file/file-lock.ts";
import {
  findSender,
  sendLoggedPlays,
  describeUnsent,
  type SendingOutcome,
} from "../../sync/plays/send-to-services.ts";
import type { PlayTime } from "./build-logged-play.ts";

/** asked: the user wants the play sent; always: the setting says so; null: it is not sent when it is logged. */
export type SendPreference = "asked" | "always" | null;

/** Throws if the user asks for something that can't be sent, before anything is logged. */
export function planSending(
  access: ActionAccess,
  { isAsked, moment }: { readonly isAsked: boolean; readonly moment: PlayTime["kind"] },
): SendPreference {
  if (isAsked) {
    requireSending(access);
    if (moment !== "day") return "asked";
    throw new UsageError("to be sent, a play needs a start time", "Add it, for example: --at 20:15");
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
  if (listUsableTargets(read).length > 0) return;
  const others = playTargets.filter((target) => canSendTo(read, target));
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
function listAllowedTargets({ settings }: Pick<ActionAccess, "settings">): readonly PlayTarget[] {
  const read = settings();
  return read === null ? [] : listUsableTargets(read);
}

/** The services that take plays now. */
export function listOpenTargets(access: ActionAccess): readonly PlayTarget[] {
  return listAllowedTargets(access).filter((target) => readStoppedUts(access.database, target) === null);
}

/** "Last.fm and ListenBrainz" */
export function formatTargets(targets: readonly PlayTarget[]): string {
  return targets.map((target) => targetFacts[target].name).join(" and ");
}

/** How many tracks of a play the services lack. */
export function countUnsent({ tracks }: LoggedPlay, targets: readonly PlayTarget[]): number {
  return tracks.filter((track) => isUnsent(track, targets)).length;
}

function isUnsent(track: LoggedTrack, targets: readonly PlayTarget[]): boolean {
  return targets.some((target) => {
    const { state = "new" } = track.sendings[target] ?? {};
    return !isTooShort(track, target) && ["new", "unknown"].includes(state);
  });
}

interface TargetCount {
  readonly target: PlayTarget;
  /** How many tracks. */
  readonly count: number;
}

export interface SendResult {
  /** syncing: a sync is running, and the next one sends; sent: each service was asked. */
  readonly kind: "sent" | "syncing" | "nothing waits";
  readonly outcomes: readonly SendingOutcome[];
  /** Services that plays wait for and that the user stopped. */
  readonly stopped: readonly TargetCount[];
  /** The services that the settings allow. */
  readonly allowed: readonly PlayTarget[];
  /** Services that do not take tracks of the play because they are too short. */
  readonly tooShort: readonly TargetCount[];
  /** The worst error of a service. Its plays wait. */
  readonly failure: RewindError | null;
}

/** Sends the tracks of a logged play, with all other plays that wait. */
export async function sendPlay(access: ActionAccess, play: LoggedPlay): Promise<SendResult> {
  const targets = listOpenTargets(access);
  transact(access.database, () => enqueuePlay(access.database, play.uuid, targets));
  const tooShort = countTracks(
    targets,
    (target) => play.tracks.filter((each) => isTooShort(each, target)).length,
  );
  return { ...(await sendWaiting(access)), tooShort };
}

/** Leaves out services whose count is 0. */
function countTracks(
  targets: readonly PlayTarget[],
  count: (target: PlayTarget) => number,
): readonly TargetCount[] {
  return targets.map((target) => ({ target, count: count(target) })).filter((each) => each.count > 0);
}

const sendLaterHint = "The play is saved. To send it later, run: rewind played send";

/** Sends all plays that wait. Those that fail wait for the next call or the next sync. Throws InterruptedError. */
export async function sendWaiting(access: ActionAccess): Promise<SendResult> {
  const { database } = access;
  const allowed = listAllowedTargets(access);
  const waiting = countTracks(allowed, (target) => countWaiting(database, target));
  const isStopped = ({ target }: TargetCount): boolean => readStoppedUts(database, target) !== null;
  const targets = waiting.filter((each) => !isStopped(each)).map(({ target }) => target);
  const result = { outcomes: [], stopped: waiting.filter(isStopped), allowed, tooShort: [], failure: null };
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
        if (error instanceof InterruptedError) throw error.withHint(sendLaterHint);
        // The other service may still accept it.
        if (!(error instanceof RewindError)) throw error;
        failures.push(error);
      }
    }
  } finally {
    lock.release();
  }
  const worst = findWorstError(failures);
  const failure = worst?.withHint(joinParts([worst.hint.split("\n")[0] ?? "", sendLaterHint], "\n")) ?? null;
  return { ...result, kind: "sent", outcomes, failure };
}

async function sendTo(access: ActionAccess, target: PlayTarget): Promise<SendingOutcome | null> {
  const { database, nowUts, connect, interruptible } = access;
  const { services, accounts } = await connect();
  const service = findSender(services, target);
  if (service === null) return null;
  return sendLoggedPlays({
    database,
    target,
    service,
    username: readAccounts(database)[target] ?? accounts[targetFacts[target].side] ?? null,
    isHistoryRead: false,
    nowUts,
    call: { signal: interruptible() },
  });
}

/** Says in sentences what became of the plays. A failure of a service is not among them. */
export function describeSending({ kind, outcomes, stopped, allowed, tooShort }: SendResult): string[] {
  return [
    ...tooShort.map(({ target, count }) => {
      const { name, minSeconds } = targetFacts[target];
      return `Not sent: ${pluralize(count, "track")} of ${minSeconds - 1} seconds or less, which ${name} does not take.`;
    }),
    ...stopped.map(
      ({ target, count }) =>
        `Not sent, because ${targetFacts[target].name} is stopped: ${pluralize(count, "play")}. To send them: rewind sources resume ${target}, then rewind played send`,
    ),
    ...(kind === "nothing waits" && stopped.length === 0
      ? [`No plays are waiting to be sent to ${formatTargets(allowed)}.`]
      : []),
    ...(kind === "syncing"
      ? ["A sync is running. The next sync sends the play; to send it yourself: rewind played send"]
      : []),
    ...outcomes.flatMap((outcome) => {
      const { target, sent } = outcome;
      const unsent = describeUnsent(outcome);
      return [
        ...(sent > 0 ? [`Sent to ${targetFacts[target].name}: ${pluralize(sent, "play")}.`] : []),
        ...(unsent === null ? [] : [unsent]),
      ];
    }),
  ];
}

/** Says why no service takes the play now. null: one does. */
export function describeStopped(access: ActionAccess, play: LoggedPlay): string | null {
  if (listOpenTargets(access).length > 0) return null;
  const stopped = listAllowedTargets(access);
  const resume = stopped.map((target) => `rewind sources resume ${target}`).join(", or ");
  const are = `${formatTargets(stopped)} ${stopped.length === 1 ? "is" : "are"} stopped`;
  return `Not sent, because ${are}. To send it: ${resume}, then rewind played send ${play.uuid.slice(0, 8)}`;
}
