// rewind login --scrobble: lets rewind send the plays that the user logs.
import { AccountError, ServiceError } from "../../model/errors.ts";
import type { PlayTarget } from "../../model/play-targets.ts";
import { lastfmKey } from "../../model/secret-shapes.ts";
import { printable, safe } from "../../output/escape.ts";
import { misplacedSecret } from "../../settings/all-settings.ts";
import type { Scrobbling, ScrobblingSession } from "../../sources/services/listening-service.ts";
import { askChoices, type Choice } from "./choices.ts";
import { interviewLastfm, interviewListenBrainzToken, lastfmKeys } from "./history-interview.ts";
import {
  allowedAsAnother,
  answerOrRefusal,
  askSecret,
  askServices,
  connected,
  heading,
  introduce,
  type Talk,
  tell,
  withAdvice,
} from "./talk.ts";

const targets: readonly Choice<PlayTarget>[] = [
  { name: "listenbrainz", text: "ListenBrainz (free)", words: ["listenbrainz", "lb", "both"] },
  {
    name: "lastfm",
    text: "Last.fm (its API needs Last.fm Pro)",
    words: ["lastfm", "last.fm", "last", "fm", "both"],
  },
];

export async function interviewScrobbling(talk: Talk): Promise<void> {
  const { context, conversation, savedSettings } = talk;
  const usual: PlayTarget[] = [];
  if (savedSettings.listenbrainz_token !== undefined) usual.push("listenbrainz");
  if (savedSettings.lastfm_session_key !== undefined) usual.push("lastfm");
  const question = "Where should rewind send the plays that you log?";
  const chosen = await askChoices(talk, { topic: "Sending", question, choices: targets, usual });
  await tellIfUnused(talk, chosen);
  if (chosen.includes("listenbrainz")) {
    await conversation.say(safe``);
    const username = context.settings()("listenbrainz_username");
    await interviewListenBrainzToken(talk, { username, isOptional: false });
  }
  if (!chosen.includes("lastfm")) return;
  await conversation.say(safe``);
  const read = context.settings();
  const [key, username] = [read("lastfm_api_key"), read("lastfm_username")];
  const account = key === null || username === null ? await interviewLastfm(talk) : { key, username };
  if (account !== null) await interviewPermission(talk, account);
}

/** Warns if a setting keeps rewind from sending to a service. */
async function tellIfUnused(talk: Talk, chosen: readonly PlayTarget[]): Promise<void> {
  const read = talk.context.settings();
  if (read("scrobble") === "never") {
    const text =
      "The setting scrobble is never, so nothing is sent. To change it: rewind config set scrobble ask";
    await tell(talk, "doubtful", text);
  }
  const usedTarget = read("scrobble_to");
  if (usedTarget === null || usedTarget === "both") return;
  if (chosen.every((target) => target === usedTarget)) return;
  const text = `The setting scrobble_to is ${usedTarget}, so plays are sent there alone.`;
  await tell(talk, "doubtful", `${text} To change it: rewind config set scrobble_to both`);
}

// Permission to scrobble, as Last.fm specifies it for desktop programs.

const pollMs = 3_000;
/** Last.fm forgets a request for permission after an hour. */
const patienceMs = 60 * 60_000;

/** Throws AccountError if the user who confirms is not the one whose plays are read. */
async function interviewPermission(
  talk: Talk,
  { key, username }: { readonly key: string; readonly username: string },
): Promise<void> {
  const what = "the shared secret of your API key: it is listed beside it at";
  const saved = talk.savedSettings.lastfm_shared_secret;
  await introduce(talk, "Last.fm", what, { page: lastfmKeys, isNeeded: saved === undefined });
  for (;;) {
    const sharedSecret = await askSecret(talk.conversation, {
      label: "Shared secret",
      saved,
      refusal: (answer) =>
        answer === key
          ? "That is the API key; the shared secret is the other one"
          : withAdvice(misplacedSecret(answer, lastfmKey), `It is listed at ${lastfmKeys}`),
    });
    const secrets = { listening: key, signing: { sharedSecret, session: "" } };
    const token = await answerOrRefusal(talk, "Last.fm", secrets, async ({ listening }, call) =>
      connected(listening.scrobbling).requestToken(call),
    );
    if (token instanceof AccountError) {
      await tell(talk, "wrong", token.message);
      continue;
    }
    const session = await askServices(talk, secrets, ({ listening }) =>
      permission(talk, connected(listening.scrobbling), token),
    );
    if (session.username.toLowerCase() !== username.toLowerCase()) {
      throw allowedAsAnother(session.username, username);
    }
    await tell(talk, "right", `rewind may scrobble as ${session.username}`);
    talk.keep({
      changes: { lastfm_shared_secret: sharedSecret, lastfm_session_key: session.key },
      names: { lastfm: session.username },
    });
    return;
  }
}

/** Opens the page, or prints its address, and polls until the user allows it. */
async function permission(talk: Talk, scrobbling: Scrobbling, token: string): Promise<ScrobblingSession> {
  const { context, conversation, opensPages } = talk;
  const { signal } = conversation;
  const page = scrobbling.permissionPage(token);
  if (opensPages && (await context.openPage(page))) {
    await heading(talk, "", "A page of Last.fm is open in your browser. Confirm there.");
  } else {
    const text = "Open this page and confirm there. Its address contains your API key, so keep it private.";
    await heading(talk, "", text);
    // The address is not wrapped, so that it can be copied.
    await conversation.say(printable(page));
  }
  return conversation.during("Waiting for you to confirm …", async () => {
    for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += pollMs) {
      // Throws the reason of an abort instead of the timer's error.
      await context.clock.sleep(pollMs, signal).catch(() => signal.throwIfAborted());
      const session = await scrobbling.session(token, { signal, attempts: 1 }).catch((error: unknown) => {
        // Last.fm does not answer, so it is asked again.
        if (error instanceof ServiceError) return null;
        throw error;
      });
      if (session !== null) return session;
    }
    throw new AccountError("nobody confirmed within an hour", "To try again: rewind login --scrobble");
  });
}
