// rewind login --scrobble: lets rewind send the plays that the user logs.
import { AccountError, ServiceError } from "../../model/errors.ts";
import type { PlayTarget } from "../../model/play-targets.ts";
import { lastfmKey } from "../../model/secret-shapes.ts";
import { toPrintable, safe } from "../../output/safe-text.ts";
import { explainMisplacedSecret } from "../../settings/all-settings.ts";
import type { Scrobbler, ScrobblingSession } from "../../sources/services/listening-service.ts";
import { promptChoices, type Choice } from "./prompt-choices.ts";
import { interviewLastfm, interviewListenBrainzToken, lastfmKeys } from "./history-interview.ts";
import {
  createWrongOwnerError,
  tryWithServices,
  promptSecret,
  withServices,
  requireClient,
  printHeading,
  introduce,
  type LoginDialog,
  printMarked,
  appendAdvice,
} from "./login-dialog.ts";

const targetChoices: readonly Choice<PlayTarget>[] = [
  { name: "listenbrainz", text: "ListenBrainz (free)", words: ["listenbrainz", "lb", "both"] },
  {
    name: "lastfm",
    text: "Last.fm (its API needs Last.fm Pro)",
    words: ["lastfm", "last.fm", "last", "fm", "both"],
  },
];

export async function interviewScrobbling(talk: LoginDialog): Promise<void> {
  const { context, conversation, savedSettings } = talk;
  const connected: PlayTarget[] = [];
  if (savedSettings.listenbrainz_token !== undefined) connected.push("listenbrainz");
  if (savedSettings.lastfm_session_key !== undefined) connected.push("lastfm");
  const question = "Where should rewind send the plays that you log?";
  const chosen = await promptChoices(talk, {
    topic: "Sending",
    question,
    choices: targetChoices,
    defaultNames: connected,
  });
  await warnIfUnused(talk, chosen);
  if (chosen.includes("listenbrainz")) {
    await conversation.print(safe``);
    const username = context.settings()("listenbrainz_username");
    await interviewListenBrainzToken(talk, { username, isOptional: false });
  }
  if (!chosen.includes("lastfm")) return;
  await conversation.print(safe``);
  const read = context.settings();
  const [key, username] = [read("lastfm_api_key"), read("lastfm_username")];
  const account = key === null || username === null ? await interviewLastfm(talk) : { key, username };
  if (account !== null) await interviewPermission(talk, account);
}

/** Warns if a setting keeps rewind from sending to a service. */
async function warnIfUnused(talk: LoginDialog, chosen: readonly PlayTarget[]): Promise<void> {
  const read = talk.context.settings();
  if (read("scrobble") === "never") {
    const text =
      "The setting scrobble is never, so nothing is sent. To change it: rewind config set scrobble ask";
    await printMarked(talk, "warn", text);
  }
  const usedTarget = read("scrobble_to");
  if (usedTarget === null || usedTarget === "both") return;
  if (chosen.every((target) => target === usedTarget)) return;
  const text = `The setting scrobble_to is ${usedTarget}, so plays are sent there alone.`;
  await printMarked(talk, "warn", `${text} To change it: rewind config set scrobble_to both`);
}

// Permission to scrobble, as Last.fm specifies it for desktop programs.

const pollIntervalMs = 3_000;
/** Last.fm forgets a request for permission after an hour. */
const maxWaitMs = 60 * 60_000;

/** Throws AccountError if the user who confirms is not the one whose plays are read. */
async function interviewPermission(
  talk: LoginDialog,
  { key, username }: { readonly key: string; readonly username: string },
): Promise<void> {
  const what = "the shared secret of your API key: it is listed beside it at";
  const saved = talk.savedSettings.lastfm_shared_secret;
  await introduce(talk, "Last.fm", what, { page: lastfmKeys, isNeeded: saved === undefined });
  for (;;) {
    const sharedSecret = await promptSecret(talk.conversation, {
      label: "Shared secret",
      saved,
      validate: (answer) =>
        answer === key
          ? "That is the API key; the shared secret is the other one"
          : appendAdvice(explainMisplacedSecret(answer, lastfmKey), `It is listed at ${lastfmKeys}`),
    });
    const secrets = { listening: key, signing: { sharedSecret, session: "" } };
    const token = await tryWithServices(talk, "Last.fm", secrets, async ({ listening }, call) =>
      requireClient(listening.scrobbler).requestToken(call),
    );
    if (token instanceof AccountError) {
      await printMarked(talk, "fail", token.message);
      continue;
    }
    const session = await withServices(talk, secrets, ({ listening }) =>
      waitForPermission(talk, requireClient(listening.scrobbler), token),
    );
    if (session.username.toLowerCase() !== username.toLowerCase()) {
      throw createWrongOwnerError(session.username, username);
    }
    await printMarked(talk, "pass", `rewind may scrobble as ${session.username}`);
    talk.addFindings({
      changes: { lastfm_shared_secret: sharedSecret, lastfm_session_key: session.key },
      names: { lastfm: session.username },
    });
    return;
  }
}

/** Opens the page, or prints its address, and polls until the user allows it. */
async function waitForPermission(
  talk: LoginDialog,
  scrobbling: Scrobbler,
  token: string,
): Promise<ScrobblingSession> {
  const { context, conversation, opensPages } = talk;
  const { signal } = conversation;
  const page = scrobbling.buildPermissionUrl(token);
  if (opensPages && (await context.openPage(page))) {
    await printHeading(talk, "", "A page of Last.fm is open in your browser. Confirm there.");
  } else {
    const text = "Open this page and confirm there. Its address contains your API key, so keep it private.";
    await printHeading(talk, "", text);
    // The address is not wrapped, so that it can be copied.
    await conversation.print(toPrintable(page));
  }
  return conversation.withStatus("Waiting for you to confirm …", async () => {
    for (let waitedMs = 0; waitedMs < maxWaitMs; waitedMs += pollIntervalMs) {
      // Throws the reason of an abort instead of the timer's error.
      await context.clock.sleep(pollIntervalMs, signal).catch(() => signal.throwIfAborted());
      const session = await scrobbling
        .requestSession(token, { signal, attempts: 1 })
        .catch((error: unknown) => {
          // Last.fm does not answer, so it is asked again.
          if (error instanceof ServiceError) return null;
          throw error;
        });
      if (session !== null) return session;
    }
    throw new AccountError("nobody confirmed within an hour", "To try again: rewind login --scrobble");
  });
}
