import type { Context } from "../../context.ts";
import { AccountError, InterruptedError, UsageError } from "../../model/errors.ts";
import { readSettingsFile, checkWritable } from "../../settings/settings-file.ts";
import type { Call } from "../shared/declaration.ts";
import { type Conversation, startConversation } from "../shared/terminal/conversation.ts";
import { safe } from "../../output/escape.ts";
import { coloursFor } from "../../output/screen.ts";
import {
  askPlace,
  interviewLastfm,
  interviewListenBrainz,
  interviewMusicBrainz,
} from "./lastfm-interview.ts";
import { interviewScrobbling } from "./scrobbling-interview.ts";
import { checkSettings, readStdinSettings } from "./stdin-login.ts";
import { afterLogin, type LoginFindings, save } from "./after-login.ts";
import { PrivateListing, UnknownUser } from "../../sources/transport/service-errors.ts";
import { discogsToken, misplacedSecret } from "../../settings/all-settings.ts";
import { checkCollection, collectionText } from "../shared/opening/account-checks.ts";
import {
  askServices,
  heading,
  type Interviewed,
  introduce,
  notLoggedIn,
  refusalText,
  type Talk,
  tell,
  resultOrRefusal,
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
  const conversation = await startConversation(context);
  const progress = { isSaved: false };
  const opensPages = options["browser"] !== false;
  let isSyncing = false;
  try {
    if (options["scrobble"] === true) await askToScrobble(context, conversation, { opensPages, progress });
    else isSyncing = await converse(context, conversation, { opensPages, progress });
  } catch (error) {
    throw interruptedAs(error, progress.isSaved, options["scrobble"] === true ? " --scrobble" : "");
  } finally {
    conversation.close();
  }
  if (isSyncing) await runCommand(["sync"], {});
}

interface Conversing {
  readonly opensPages: boolean;
  /** Decides what an interruption reports. */
  readonly progress: { isSaved: boolean };
}

async function askToScrobble(
  context: Context,
  conversation: Conversation,
  { opensPages, progress }: Conversing,
): Promise<void> {
  const talk = { context, conversation, opensPages, savedSettings: readSettingsFile(context.settingsPath) };
  const findings = await interviewScrobbling(talk);
  const savedLines = save(context, findings.changes, conversation.style);
  progress.isSaved = true;
  const { lines } = await afterLogin(context, findings, conversation.style);
  await conversation.say(...savedLines, ...lines);
}

/** Returns true if the user wants to sync now. */
async function converse(
  context: Context,
  conversation: Conversation,
  { opensPages, progress }: Conversing,
): Promise<boolean> {
  const talk = { context, conversation, opensPages, savedSettings: readSettingsFile(context.settingsPath) };
  const discogs = await interviewDiscogs(talk);
  await conversation.say(safe``);
  const place = await askPlace(talk);
  await conversation.say(safe``);
  const lastfm = place === "lastfm" ? await interviewLastfm(talk) : null;
  const listens = place === "listenbrainz" ? await interviewListenBrainz(talk) : {};
  await conversation.say(safe``);
  const musicbrainz = await interviewMusicBrainz(talk);
  const findings: LoginFindings = {
    changes: { ...discogs.changes, ...lastfm?.changes, ...listens, ...musicbrainz },
    names: {
      collection: discogs.username,
      ...(lastfm === null ? {} : { listening: lastfm.username }),
    },
  };
  const savedLines = save(context, findings.changes, conversation.style);
  progress.isSaved = true;
  await conversation.say(...savedLines);
  const { lines, canSync } = await afterLogin(context, findings, conversation.style);
  await conversation.say(...lines);
  if (!canSync) return false;
  if (place === "later") {
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
  context.noteLines(...lines, ...save(context, findings.changes, style));
  const after = await afterLogin(context, findings, style);
  context.noteLines(...after.lines, ...(after.canSync ? [safe`Next: rewind sync`] : []));
}

function interruptedAs(error: unknown, isSaved: boolean, flags: string): unknown {
  if (!(error instanceof InterruptedError)) return error;
  const hint = isSaved
    ? "Your settings are saved. Next: rewind sync"
    : `Nothing was changed. To try again: rewind login${flags}`;
  return new InterruptedError(error.exitCode === 143 ? "SIGTERM" : "SIGINT", hint);
}

// The questions of login about Discogs. What is saved stays unless the user wants something else.

const discogsPage = "https://www.discogs.com/settings/developers";

async function interviewDiscogs(talk: Talk): Promise<Interviewed> {
  const { savedSettings } = talk;
  let username = savedSettings.discogs_username ?? null;
  let token = savedSettings.discogs_token;
  let isNew = false;
  if (token === undefined) await introduceDiscogs(talk);
  else await heading(talk, "Discogs", "a token is saved");
  for (;;) {
    if (token === undefined) {
      token = await talk.conversation.ask({
        label: "Token:",
        isHidden: true,
        refusal: (answer) =>
          withAdvice(misplacedSecret(answer, discogsToken), `Generate new token, at ${discogsPage}`),
      });
      isNew = true;
    }
    const account = await resultOrRefusal(talk, "collection", () =>
      askServices(talk, { collection: token ?? "" }, (services, call) =>
        checkCollection(services.collection, username, call),
      ),
    );
    if (!(account instanceof AccountError)) {
      await tell(talk, "right", collectionText(account));
      if (isNew || !(await talk.conversation.confirm("Use another token?", false))) {
        const changes = { discogs_token: token, discogs_username: username };
        return { changes: isNew ? changes : { discogs_username: username }, username: account.username };
      }
      await introduceDiscogs(talk);
      token = undefined;
      continue;
    }
    await tell(talk, "wrong", refusalText(account, "collection", token));
    if ((account instanceof PrivateListing || account instanceof UnknownUser) && username !== null) {
      if (await talk.conversation.confirm("Use the collection of the token's owner instead?", true))
        username = null;
      else throw notLoggedIn(account, "collection");
      continue;
    }
    if (!isNew) await introduceDiscogs(talk);
    token = undefined;
  }
}

async function introduceDiscogs(talk: Talk): Promise<void> {
  await introduce(talk, "Discogs", "a personal access token, made at", discogsPage);
}
