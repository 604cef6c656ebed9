import type { Context } from "../../context.ts";
import { AccountError, UsageError } from "../../model/errors.ts";
import { safe } from "../../output/escape.ts";
import { coloursFor } from "../../output/screen.ts";
import { discogsToken } from "../../model/secret-shapes.ts";
import { misplacedSecret } from "../../settings/all-settings.ts";
import { checkWritable, readSettingsFile } from "../../settings/settings-file.ts";
import { PrivateListing, UnknownUser } from "../../sources/transport/service-errors.ts";
import type { Call } from "../shared/declaration.ts";
import { checkCollection } from "../shared/opening/account-checks.ts";
import { converse } from "../shared/terminal/conversation.ts";
import { interviewHistory, interviewMusicBrainz, interviewScrobbling } from "./history-interview.ts";
import { checkSettings, readStdinSettings } from "./stdin-login.ts";
import {
  answerOrRefusal,
  askSecret,
  introduce,
  type LoginFindings,
  notLoggedIn,
  refusalText,
  saveLogin,
  type Talk,
  tell,
  withAdvice,
} from "./talk.ts";

export async function runLogin(context: Context, { options, runCommand }: Call): Promise<void> {
  if (context.services !== undefined) {
    throw new UsageError("rewind demo has no accounts to log in to", "With your own: rewind login");
  }
  if (options["stdin"] === true) {
    if (options["scrobble"] !== true) return loginFromStdin(context);
    throw new UsageError(
      "--scrobble asks questions, so it can't be combined with --stdin",
      "Give lastfm_shared_secret and lastfm_session_key on stdin, without --scrobble",
    );
  }
  if (!context.canAsk) {
    throw new UsageError(
      "rewind login asks questions, so it needs a terminal and no --no-input",
      "In a script: rewind login --stdin < FILE   or set DISCOGS_TOKEN, LASTFM_API_KEY and LASTFM_USERNAME",
    );
  }
  // Fails before the first question if the settings are broken.
  context.settings();
  checkWritable(context.settingsPath);
  const isScrobbling = options["scrobble"] === true;
  const again = `rewind login${isScrobbling ? " --scrobble" : ""}`;
  const progress = { isSaved: false };
  const isSyncing = await converse(
    context,
    () =>
      progress.isSaved
        ? "Your settings are saved. Next: rewind sync"
        : `Nothing was changed. To try again: ${again}`,
    async (conversation) => {
      const savedSettings = readSettingsFile(context.settingsPath);
      const talk = { context, conversation, opensPages: options["browser"] !== false, savedSettings };
      if (!isScrobbling) return interview(talk, progress);
      const { lines } = await saveLogin(context, await interviewScrobbling(talk), conversation.style);
      progress.isSaved = true;
      await conversation.say(...lines);
      return false;
    },
  );
  if (isSyncing) await runCommand(["sync"], {});
}

/** Returns true if the user wants to sync now. Notes in `progress` when the settings are saved. */
async function interview(talk: Talk, progress: { isSaved: boolean }): Promise<boolean> {
  const { context, conversation } = talk;
  const discogs = await interviewDiscogs(talk);
  await conversation.say(safe``);
  const plays = await interviewHistory(talk);
  await conversation.say(safe``);
  const musicbrainz = await interviewMusicBrainz(talk);
  const findings = {
    changes: { ...discogs.changes, ...plays.changes, ...musicbrainz },
    names: { ...discogs.names, ...plays.names },
  };
  const { lines, canSync } = await saveLogin(context, findings, conversation.style);
  progress.isSaved = true;
  await conversation.say(...lines);
  if (!canSync) return false;
  if (plays.place === "later") {
    await conversation.say(safe`Next: rewind import FILE, then rewind sync`);
    return false;
  }
  if (await conversation.confirm("Sync now?", true)) return true;
  await conversation.say(safe`Next: rewind sync`);
  return false;
}

async function loginFromStdin(context: Context): Promise<void> {
  context.settings();
  const newSettings = await readStdinSettings(context);
  const savedSettings = readSettingsFile(context.settingsPath);
  checkWritable(context.settingsPath);
  const style = { screen: context.errorScreen, colours: await coloursFor(context.errorScreen) };
  const { lines, ...findings } = await checkSettings(context, newSettings, savedSettings, style);
  const outcome = await saveLogin(context, findings, style);
  context.noteLines(...lines, ...outcome.lines, ...(outcome.canSync ? [safe`Next: rewind sync`] : []));
}

// The questions of login about Discogs. What is saved stays unless the user wants something else.

const discogsPage = "https://www.discogs.com/settings/developers";

async function interviewDiscogs(talk: Talk): Promise<LoginFindings> {
  const { savedSettings, conversation } = talk;
  let username = savedSettings.discogs_username ?? null;
  let usualToken = savedSettings.discogs_token;
  const isNeeded = usualToken === undefined;
  await introduce(talk, "Discogs", "a personal access token, made at", { page: discogsPage, isNeeded });
  for (;;) {
    const token = await askSecret(conversation, "Token", usualToken, (answer) =>
      withAdvice(misplacedSecret(answer, discogsToken), `Generate new token, at ${discogsPage}`),
    );
    const account = await answerOrRefusal(talk, "Discogs", { collection: token }, ({ collection }, call) =>
      checkCollection(collection, username, call),
    );
    if (!(account instanceof AccountError)) {
      await tell(talk, "right", account.text);
      const changes = { discogs_username: username, discogs_token: token };
      return { changes, names: { discogs: account.username } };
    }
    await tell(talk, "wrong", refusalText(account, "collection", token));
    usualToken = undefined;
    if ((account instanceof PrivateListing || account instanceof UnknownUser) && username !== null) {
      const isOwner = await conversation.confirm("Use the collection of the token's owner instead?", true);
      if (!isOwner) throw notLoggedIn(account);
      [username, usualToken] = [null, token];
    }
  }
}
