// Sends logged plays to Last.fm and ListenBrainz, after showing them and asking.
import type { Context } from "../../context.ts";
import {
  AccountError,
  CacheError,
  InterruptedError,
  RewindError,
  UsageError,
  type ExitCode,
  worstError,
} from "../../model/errors.ts";
import type { PlayTarget } from "../../model/model.ts";
import { counted } from "../../output/number-text.ts";
import type { Moment } from "../../decisions/noted/play-session.ts";
import { listeningServiceOf } from "../../sources/all-services.ts";
import { scrobbleTargets } from "../../settings/connection.ts";
import { readAccounts } from "../../store/file/cache-facts.ts";
import { transact, type Database } from "../../store/file/database.ts";
import { lockSync } from "../../store/file/file-lock.ts";
import { type NotedPlay, countWaiting, giveToBeSent, isTooShort } from "../../store/decisions/noted-plays.ts";
import type { Sending } from "../../sync/plays/sending.ts";
import { startConversation } from "../shared/terminal/conversation.ts";
import { trackLines } from "./screen.ts";

/** asked: the user gave --scrobble or --send; always: the setting says so. */
type Wish = "asked" | "always" | null;

/** Throws if the user asks for something that cannot be sent, before anything is logged. */
export function wishOf(context: Context, isAsked: boolean, moment: Moment["kind"]): Wish {
  if (context.services !== undefined) {
    if (!isAsked) return null;
    throw new UsageError(
      "rewind demo has no account to scrobble to",
      "To scrobble to your own: rewind login --scrobble",
    );
  }
  if (isAsked) requireAllowed(context);
  else if (context.settings()("scrobble") !== "always" || targetsOf(context).length === 0) return null;
  if (moment !== "day") return isAsked ? "asked" : "always";
  if (!isAsked) return null;
  throw new UsageError("--scrobble needs the time when it began", "Add it, for example: --at 20:15");
}

/** Throws if the setting or a missing permission forbids sending. */
export function requireAllowed(context: Context): void {
  if (context.settings()("scrobble") === "never") {
    throw new UsageError(
      "the setting scrobble is never, so nothing is sent",
      "To be asked each time: rewind config set scrobble ask",
    );
  }
  if (targetsOf(context).length === 0) {
    throw new AccountError("rewind has no permission to scrobble for you", "Run: rewind login --scrobble");
  }
}

const targetNames: Readonly<Record<PlayTarget, string>> = { lastfm: "Last.fm", listenbrainz: "ListenBrainz" };

/** The services that take plays: those that the settings let rewind write to. */
export function targetsOf(context: Context): readonly PlayTarget[] {
  const read = context.settings();
  const isConnected: Readonly<Record<PlayTarget, boolean>> = {
    lastfm: read("lastfm_shared_secret") !== null && read("lastfm_session_key") !== null,
    listenbrainz: read("listenbrainz_token") !== null,
  };
  return scrobbleTargets(read).filter((target) => isConnected[target]);
}

/** "Last.fm and ListenBrainz" */
function inWords(targets: readonly PlayTarget[]): string {
  return targets.map((target) => targetNames[target]).join(" and ");
}

const waits = "The play is saved. To send it later, run: rewind played --send";

interface Asking {
  /** Send without asking. */
  readonly isSure: boolean;
  readonly canAsk: boolean;
}

/** Shows the tracks of a logged play, asks, and sends them with all other plays that wait. */
export async function offerToSend(
  context: Context,
  database: Database,
  play: NotedPlay,
  { isSure, canAsk }: Asking,
): Promise<void> {
  const later = `rewind played --send ${play.uuid.slice(0, 8)}`;
  if (!isSure && !canAsk)
    return context.note(`Not sent, because rewind cannot ask you here. To send it: ${later} --yes`);
  if (!isSure && !(await isConfirmed(context, play, later)))
    return context.note(`Not sent. To send it later: ${later}`);
  const targets = targetsOf(context);
  transact(database, () => giveToBeSent(database, play.uuid, targets));
  const short = play.tracks.filter(isTooShort).length;
  if (short > 0 && targets.includes("lastfm"))
    context.note(`Not sent: ${counted(short, "track")} of 30 seconds or less, which Last.fm does not take.`);
  return sendWaiting(context, database);
}

async function isConfirmed(context: Context, play: NotedPlay, later: string): Promise<boolean> {
  const conversation = await startConversation(context);
  const targets = targetsOf(context);
  const takesShort = targets.includes("listenbrainz");
  const count = play.tracks.filter((track) => takesShort || !isTooShort(track)).length;
  try {
    await conversation.say(...trackLines(play, context.screen));
    return await conversation.confirm(`Send ${counted(count, "play")} to ${inWords(targets)}?`, true);
  } catch (error) {
    if (!(error instanceof InterruptedError)) throw error;
    throw error.withHint(`The play is logged but not sent. To send it later: ${later}`);
  } finally {
    conversation.close();
  }
}

/** Sends all plays that wait. Those that fail wait for the next call or the next sync. */
export async function sendWaiting(context: Context, database: Database): Promise<void> {
  const targets = targetsOf(context).filter((target) => countWaiting(database, target) > 0);
  if (targets.length === 0) {
    return context.note(`No plays are waiting to be sent to ${inWords(targetsOf(context))}.`);
  }
  const { services, accounts } = await context.connect();
  const lock = lockUnlessSyncing(database);
  if (lock === null) {
    return context.note(
      "A sync is running. The next sync sends the play; to send it yourself: rewind played --send",
    );
  }
  const failures: RewindError[] = [];
  try {
    for (const target of targets) {
      const own = readAccounts(database);
      const [service, username] =
        target === "lastfm"
          ? [services.listening.scrobbling, own[services.listening.id] ?? accounts.listening]
          : [services.listens?.writing ?? null, own[target] ?? accounts.listens ?? null];
      if (service === null) continue;
      try {
        await sendTo(context, database, { target, service, username });
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
  if (worst !== undefined) throw new NotSent(worst);
}

async function sendTo(
  context: Context,
  database: Database,
  target: Pick<Sending, "target" | "service" | "username">,
): Promise<void> {
  const { sendNoted, unsentNote } = await import("../../sync/plays/sending.ts");
  const outcome = await sendNoted({
    database,
    ...target,
    isHistoryRead: false,
    nowUts: Math.floor(context.clock.now() / 1000),
    call: { signal: context.interruptible() },
    write: (work) => transact(database, work),
  });
  const unsent = unsentNote(outcome);
  if (outcome.sent > 0) {
    context.note(`Sent to ${targetNames[target.target]}: ${counted(outcome.sent, "play")}.`);
  }
  if (unsent !== null) context.note(unsent);
}

/** Returns null if a sync is running. */
function lockUnlessSyncing(database: Database): ReturnType<typeof lockSync> | null {
  try {
    return lockSync(database.name);
  } catch (error) {
    if (error instanceof CacheError && error.cause === undefined) return null;
    throw error;
  }
}

/** Says what Last.fm still has of a play that was deleted here; null if nothing was sent. */
export function leftText(database: Database, { tracks, startUts }: NotedPlay): string | null {
  const sentCount = tracks.filter(({ state }) => state === "sent").length;
  const uncertainCount = tracks.filter(({ state }) => state === "unknown").length;
  if (sentCount + uncertainCount === 0) return null;
  const accounts = readAccounts(database);
  const { id, traits } = listeningServiceOf(accounts);
  const day = new Date(startUts * 1000).toISOString().slice(0, 10);
  const page = traits.pageOfDay(accounts[id], day);
  const are =
    sentCount === 0
      ? `${counted(uncertainCount, "track")} may be`
      : `${counted(sentCount, "track")} ${sentCount === 1 ? "is" : "are"}`;
  return `${are} still on Last.fm, where only you can delete plays: ${page}`;
}

/** Adds to an error that the play is saved. */
class NotSent extends RewindError {
  readonly exitCode: ExitCode;

  constructor(cause: RewindError) {
    const hint = cause.hint.split("\n")[0] ?? "";
    super(cause.message, `${hint === "" ? "" : `${hint}\n`}${waits}`, {
      cause,
    });
    this.exitCode = cause.exitCode;
  }
}
