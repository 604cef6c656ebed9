// What was noted goes to Last.fm: shown first, asked for, and sent.
import type { Context } from "../../context.ts";
import {
  AccountError,
  CacheError,
  InterruptedError,
  RewindError,
  UsageError,
  type ExitCode,
} from "../../model/errors.ts";
import { printable } from "../../output/escape.ts";
import { counted } from "../../output/numbers.ts";
import { wrapped } from "../../output/paragraph.ts";
import type { Moment } from "../../decisions/noted/play-session.ts";
import { listeningServiceOf } from "../../sources/service-lookup.ts";
import { readAccounts } from "../../store/file/cache-facts.ts";
import { transact, type Database } from "../../store/file/database.ts";
import { lockSync } from "../../store/file/file-lock.ts";
import { type NotedPlay, countWaiting, giveToBeSent, isTooShort } from "../../store/decisions/noted-plays.ts";
import { startConversation } from "../shared/terminal/conversation.ts";
import { trackLines } from "./screen.ts";

/** asked: this play, by --scrobble or --send; always: by the setting. */
export type Wish = "asked" | "always" | null;

/** Throws before anything is noted where what is asked for can't be. */
export function wishOf(context: Context, isAsked: boolean, moment: Moment["kind"]): Wish {
  if (context.services !== undefined) {
    if (!isAsked) return null;
    throw new UsageError(
      "rewind demo has no account to scrobble to",
      "With your own: rewind login --scrobble",
    );
  }
  if (isAsked) requireAllowed(context);
  else if (context.settings()("scrobble") !== "always" || !isAllowed(context)) return null;
  if (moment !== "day") return isAsked ? "asked" : "always";
  if (!isAsked) return null;
  throw new UsageError("--scrobble needs to know when it began", "Give the time as well: --at 20:15");
}

/** Throws where nothing may be sent. */
export function requireAllowed(context: Context): void {
  if (context.settings()("scrobble") === "never") {
    throw new UsageError(
      "the setting scrobble is never: nothing is sent to Last.fm",
      "To be asked each time: rewind config set scrobble ask",
    );
  }
  if (!isAllowed(context)) {
    throw new AccountError("rewind may not scrobble for you yet", "Run: rewind login --scrobble");
  }
}

function isAllowed(context: Context): boolean {
  const read = context.settings();
  return read("lastfm_shared_secret") !== null && read("lastfm_session_key") !== null;
}

const waits = "What is noted is kept and waits: rewind played --send";

interface Asking {
  /** Nobody has to be asked. */
  readonly isSure: boolean;
  /** false: nobody can be. */
  readonly canAsk: boolean;
}

/** Shows what would be sent of a noted play, asks, and sends it with all else that waits. */
export async function offerToSend(
  context: Context,
  database: Database,
  play: NotedPlay,
  { isSure, canAsk }: Asking,
): Promise<void> {
  const later = `rewind played --send ${play.uuid.slice(0, 8)}`;
  if (!isSure && !canAsk)
    return say(context, `Not sent: nobody can be asked here. To send it: ${later} --yes`);
  if (!isSure && !(await isConfirmed(context, play, later)))
    return say(context, `Not sent. To send it later: ${later}`);
  transact(database, () => giveToBeSent(database, play.uuid));
  const short = play.tracks.filter(isTooShort).length;
  if (short > 0) say(context, `${counted(short, "play")} not sent: 30 seconds or shorter.`);
  return sendWaiting(context, database);
}

async function isConfirmed(context: Context, play: NotedPlay, later: string): Promise<boolean> {
  const conversation = await startConversation(context);
  const count = play.tracks.filter((track) => !isTooShort(track)).length;
  try {
    await conversation.say(...trackLines(play, context.screen));
    return await conversation.confirm(`Send ${counted(count, "play")} to Last.fm?`, true);
  } catch (error) {
    if (!(error instanceof InterruptedError)) throw error;
    throw interruptedAs(error, `It is noted, and not sent. To send it later: ${later}`);
  } finally {
    conversation.close();
  }
}

/** Sends what was given to be sent. What fails is tried again by the next one, and by each sync. */
export async function sendWaiting(context: Context, database: Database): Promise<void> {
  if (countWaiting(database) === 0) return say(context, "Nothing waits to be sent to Last.fm.");
  const [{ services, accounts }, { sendNoted }, { unsentNote }] = await Promise.all([
    context.connect(),
    import("../../sync/plays/sending.ts"),
    import("../../sync/plays/sending.ts"),
  ]);
  const { listening } = services;
  if (listening.scrobbling === null) {
    throw new AccountError("rewind may not scrobble for you yet", "Run: rewind login --scrobble");
  }
  const lock = lockUnlessSyncing(database);
  if (lock === null) {
    return say(context, "A sync of this cache is running: the next one sends it, or rewind played --send");
  }
  try {
    const outcome = await sendNoted({
      database,
      scrobbling: listening.scrobbling,
      username: readAccounts(database)[listening.id] ?? accounts.listening,
      isHistoryRead: false,
      call: { signal: context.interruptible() },
      write: (work) => transact(database, work),
    });
    const unsent = unsentNote(outcome);
    if (outcome.sent > 0) say(context, `Sent to Last.fm: ${counted(outcome.sent, "play")}.`);
    if (unsent !== null) say(context, unsent);
  } catch (error) {
    if (error instanceof InterruptedError) throw interruptedAs(error, waits);
    if (error instanceof RewindError) throw new NotSent(error);
    throw error;
  } finally {
    lock.release();
  }
}

export function interruptedAs({ exitCode }: InterruptedError, hint: string): InterruptedError {
  return new InterruptedError(exitCode === 143 ? "SIGTERM" : "SIGINT", hint);
}

/** null: a sync is at work, which sends by itself. */
function lockUnlessSyncing(database: Database): ReturnType<typeof lockSync> | null {
  try {
    return lockSync(database.name);
  } catch (error) {
    if (error instanceof CacheError && error.cause === undefined) return null;
    throw error;
  }
}

/** What Last.fm keeps of a play that was taken back here; null where it has nothing of it. */
export function leftText(database: Database, { tracks, startUts }: NotedPlay): string | null {
  const sent = tracks.filter(({ state }) => state === "sent").length;
  const perhaps = tracks.filter(({ state }) => state === "unknown").length;
  if (sent + perhaps === 0) return null;
  const accounts = readAccounts(database);
  const { id, traits } = listeningServiceOf(accounts);
  const day = new Date(startUts * 1000).toISOString().slice(0, 10);
  const page = traits.pageOfDay(accounts[id], day);
  const are =
    sent === 0
      ? `${counted(perhaps, "play")} of it may be`
      : `${counted(sent, "play")} of it ${sent === 1 ? "is" : "are"}`;
  return `${are} on Last.fm, which has no call to take plays back. Delete them there: ${page}`;
}

export function say(context: Context, text: string): void {
  const { errorScreen: screen } = context;
  context.note(...(screen.isTerminal ? wrapped(text, screen) : [printable(text)]));
}

/** The note is kept, whatever became of the sending. */
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
