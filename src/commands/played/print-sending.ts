// Sends logged plays, after showing them and asking.
import type { ActionAccess } from "../../actions/action-access.ts";
import { requireLoggedPlay } from "../../actions/logged/logged-plays.ts";
import {
  countUnsent,
  describeSending,
  describeStopped,
  formatTargets,
  listOpenTargets,
  requireSending,
  sendPlay,
  sendWaiting,
  type SendResult,
} from "../../actions/logged/send-plays.ts";
import type { Context } from "../../context.ts";
import { UsageError } from "../../model/errors.ts";
import { pluralize } from "../../output/format-numbers.ts";
import type { LoggedPlay } from "../../store/decisions/logged-plays.ts";
import { createActionAccess } from "../shared/access/action-access.ts";
import { openMatchedCache } from "../shared/access/matched-cache.ts";
import { converse } from "../shared/terminal/conversation.ts";
import { renderTracks } from "./view.ts";

/** `entry`: the start of the UUID of a logged play; undefined: what waits already. */
export async function sendLogged(
  context: Context,
  entry: string | undefined,
  isSure: boolean,
): Promise<void> {
  const { database } = await openMatchedCache(context, { notifies: false });
  const access = createActionAccess(context, database);
  requireSending(access);
  if (entry === undefined) return report(context, await sendWaiting(access));
  const play = requireLoggedPlay(database, entry);
  if (play.tracks.every(({ uts }) => uts === null)) {
    throw new UsageError(
      "this logged play has no tracks with times, which a scrobble needs",
      "Delete it with rewind played undo, then log it again with --scrobble (and --at)",
    );
  }
  await offerToSend(context, access, play, { isSure, canAsk: context.canAsk });
}

/** Shows the tracks of a logged play, asks unless the user is sure, and sends them with all other plays that wait. */
export async function offerToSend(
  context: Context,
  access: ActionAccess,
  play: LoggedPlay,
  { isSure, canAsk }: Readonly<Record<"isSure" | "canAsk", boolean>>,
): Promise<void> {
  const later = `rewind played send ${play.uuid.slice(0, 8)}`;
  const stopped = describeStopped(access, play);
  if (stopped !== null) return context.note(stopped);
  const targets = listOpenTargets(access);
  const unsent = countUnsent(play, targets);
  if (!isSure && unsent > 0) {
    if (!canAsk) {
      return context.note(`Not sent, because rewind cannot ask you here. To send it: ${later} --yes`);
    }
    const isConfirmed = await converse(
      context,
      () => `The play is logged but not sent. To send it later: ${later}`,
      async (conversation) => {
        await conversation.print(...renderTracks(play, context.screen, targets));
        return conversation.confirm(`Send ${pluralize(unsent, "play")} to ${formatTargets(targets)}?`, true);
      },
    );
    if (!isConfirmed) return context.note(`Not sent. To send it later: ${later}`);
  }
  report(context, await sendPlay(access, play));
}

function report(context: Context, result: SendResult): void {
  context.note(...describeSending(result));
  if (result.failure !== null) throw result.failure;
}
