import type { Context } from "../../context.ts";
import { AccountError, InterruptedError, RewindError, UsageError } from "../../model/errors.ts";
import { safe } from "../../output/safe-text.ts";
import { loadColours } from "../../output/terminal.ts";
import { discogsToken } from "../../model/secret-shapes.ts";
import { explainMisplacedSecret } from "../../settings/all-settings.ts";
import { assertSettingsWritable, readSettingsFile } from "../../settings/settings-file.ts";
import { PrivateListing, UnknownUser } from "../../sources/transport/service-errors.ts";
import { declareCommand, declareOptions, type Invocation } from "../shared/command-declaration.ts";
import { checkCollection } from "../shared/access/account-checks.ts";
import { runSync } from "../shared/syncing/run-sync.ts";
import { converse } from "../shared/terminal/conversation.ts";
import { interviewHistory, interviewMusicBrainz } from "./history-interview.ts";
import { interviewScrobbling } from "./scrobbling-interview.ts";
import { checkSettings, readStdinSettings } from "./stdin-login.ts";
import {
  tryWithServices,
  promptSecret,
  introduce,
  joinFindings,
  type LoginFindings,
  addLoginHint,
  describeRefusal,
  saveFindings,
  saveLogin,
  type LoginDialog,
  printMarked,
  appendAdvice,
} from "./login-dialog.ts";

const loginOptions = declareOptions(
  { flags: "--scrobble", help: "let rewind send the plays you log" },
  { flags: "--no-browser", help: "print web addresses instead of opening them" },
  { flags: "--stdin", help: "read JSON from stdin: discogs_token, listenbrainz_username, …" },
);

export const declaration = declareCommand({
  name: "login",
  details: `Asks for a Discogs token and where your listening history is: on ListenBrainz, in files that you import later, on Last.fm,
or in several of these. It checks what you give, and saves it where only you can read it. Ctrl-C keeps what was checked.
--stdin asks nothing: it reads settings as JSON and changes only those.
--scrobble connects the services that rewind may send your logged plays to: ListenBrainz, Last.fm or both.`,
  options: loginOptions,
  examples: [
    ["rewind login", "connect your accounts, then sync"],
    ["rewind login --stdin < secrets.json", "save settings in a script"],
    ["pass show rewind | rewind login --stdin", "read the settings from a password manager"],
  ],
  load: async () => runLogin,
});

async function runLogin(context: Context, { options }: Invocation<typeof loginOptions>): Promise<void> {
  if (context.isSample) {
    throw new UsageError("rewind demo has no accounts to log in to", "With your own: rewind login");
  }
  if (options.stdin === true) {
    if (options.scrobble !== true) return logInFromStdin(context);
    throw new UsageError(
      "--scrobble asks questions, so it can't be combined with --stdin",
      "Give lastfm_shared_secret and lastfm_session_key on stdin, without --scrobble",
    );
  }
  if (!context.canAsk) {
    throw new UsageError(
      "rewind login asks questions, so it needs a terminal and can't take --no-input",
      "In a script: rewind login --stdin < FILE   or set DISCOGS_TOKEN and LISTENBRAINZ_USERNAME",
    );
  }
  // Fails before the first question if the settings are broken.
  context.settings();
  assertSettingsWritable(context.settingsPath);
  const isScrobbling = options.scrobble === true;
  const command = `rewind login${isScrobbling ? " --scrobble" : ""}`;
  let ending = "";
  const isSyncing = await converse(
    context,
    () => ending,
    async (conversation) => {
      const checked: LoginFindings[] = [];
      const talk: LoginDialog = {
        context,
        conversation,
        opensPages: options.browser !== false,
        savedSettings: readSettingsFile(context.settingsPath),
        addFindings: (findings) => void checked.push(findings),
      };
      try {
        await (isScrobbling ? interviewScrobbling(talk) : interviewAccounts(talk));
        await conversation.print(safe``);
      } catch (error) {
        if (!(error instanceof RewindError)) throw error;
        const hint = error instanceof InterruptedError ? null : error.hint;
        ending = await saveFindings(context, joinFindings(checked), { hint, command });
        throw error.withHint(ending);
      }
      const { lines, canSync } = await saveLogin(context, joinFindings(checked), conversation.style);
      ending = "Your settings are saved. Next: rewind sync";
      await conversation.print(...lines);
      if (isScrobbling || !canSync) return false;
      if (await conversation.confirm("Sync now?", true)) return true;
      await conversation.print(safe`Next: rewind sync`);
      return false;
    },
  );
  // The settings that were just saved are read by a new context.
  if (isSyncing) await context.within({}, (inner) => runSync(inner, {}));
}

async function interviewAccounts(talk: LoginDialog): Promise<void> {
  const { conversation } = talk;
  await interviewDiscogs(talk);
  await conversation.print(safe``);
  await interviewHistory(talk);
  await interviewMusicBrainz(talk);
}

async function logInFromStdin(context: Context): Promise<void> {
  context.settings();
  const newSettings = await readStdinSettings(context);
  const savedSettings = readSettingsFile(context.settingsPath);
  assertSettingsWritable(context.settingsPath);
  const style = { screen: context.errorScreen, colours: await loadColours(context.errorScreen) };
  const { lines, ...findings } = await checkSettings(context, newSettings, savedSettings, style).catch(
    (error: unknown) => {
      if (error instanceof RewindError) error.withHint(`Nothing was changed. ${error.hint}`);
      throw error;
    },
  );
  const outcome = await saveLogin(context, findings, style);
  context.noteLines(...lines, ...outcome.lines, ...(outcome.canSync ? [safe`Next: rewind sync`] : []));
}

// The questions of login about Discogs. What is saved stays unless the user wants something else.

const discogsPage = "https://www.discogs.com/settings/developers";

async function interviewDiscogs(talk: LoginDialog): Promise<void> {
  const { savedSettings, conversation } = talk;
  let username = savedSettings.discogs_username ?? null;
  let saved = savedSettings.discogs_token;
  const isNeeded = saved === undefined;
  await introduce(talk, "Discogs", "a personal access token, made at", { page: discogsPage, isNeeded });
  for (;;) {
    const token = await promptSecret(conversation, {
      label: "Token",
      saved,
      validate: (answer) =>
        appendAdvice(explainMisplacedSecret(answer, discogsToken), `Generate new token, at ${discogsPage}`),
    });
    const account = await tryWithServices(talk, "Discogs", { collection: token }, ({ collection }, call) =>
      checkCollection(collection, username, call),
    );
    if (!(account instanceof AccountError)) {
      await printMarked(talk, "pass", account.text);
      const changes = { discogs_username: username, discogs_token: token };
      talk.addFindings({ changes, names: { discogs: account.username } });
      return;
    }
    await printMarked(talk, "fail", describeRefusal(account, "collection", token));
    saved = undefined;
    if ((account instanceof PrivateListing || account instanceof UnknownUser) && username !== null) {
      const isOwner = await conversation.confirm("Use the collection of the token's owner instead?", true);
      if (!isOwner) throw addLoginHint(account);
      [username, saved] = [null, token];
    }
  }
}
