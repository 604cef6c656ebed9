// Gets permission to scrobble, as Last.fm specifies it for desktop programs.
import { AccountError, ServiceError } from "../../model/errors.ts";
import { printable } from "../../output/escape.ts";
import { lastfmKey, misplacedSecret } from "../../settings/all-settings.ts";
import type { Scrobbling, ScrobblingSession } from "../../sources/services/listening-service.ts";
import type { LoginFindings } from "./after-login.ts";
import {
  allowedAsAnother,
  attempts,
  heading,
  introduce,
  tell,
  resultOrRefusal,
  withAdvice,
  type Talk,
} from "./talk.ts";

const keysPage = "https://www.last.fm/api/accounts";
const pollMs = 3_000;
/** Last.fm forgets a request for permission after an hour. */
const patienceMs = 60 * 60_000;

/** Returns a session of the user who owns the plays. Throws AccountError if it belongs to somebody else. */
export async function interviewScrobbling(talk: Talk): Promise<LoginFindings> {
  const read = talk.context.settings();
  const key = read("lastfm_api_key");
  const username = read("lastfm_username");
  if (key === null || username === null) {
    throw new AccountError("the Last.fm API key and user name are not set", "Run first: rewind login");
  }
  await introduce(talk, "Last.fm", "the shared secret of your API key: it is listed beside it at", keysPage);
  for (;;) {
    const sharedSecret = await askSecret(talk, key);
    const services = await talk.context.connectWith({
      listening: key,
      signing: { sharedSecret, session: "" },
    });
    try {
      const { scrobbling } = services.listening;
      if (scrobbling === null)
        throw new AccountError(
          "your listening service accepts no plays from rewind",
          "rewind can only scrobble to Last.fm.",
        );
      const token = await resultOrRefusal(talk, "listening", () =>
        scrobbling.requestToken({ signal: talk.conversation.signal, attempts }),
      );
      if (token instanceof AccountError) {
        await tell(talk, "wrong", token.message);
        continue;
      }
      const session = await permission(talk, scrobbling, token);
      if (session.username.toLowerCase() !== username.toLowerCase()) {
        throw allowedAsAnother(session.username, username);
      }
      await tell(talk, "right", `rewind may scrobble as ${session.username}`);
      return {
        changes: { lastfm_shared_secret: sharedSecret, lastfm_session_key: session.key },
        names: { listening: session.username },
      };
    } finally {
      await services.close();
    }
  }
}

async function askSecret({ conversation, savedSettings }: Talk, key: string): Promise<string> {
  const usual = savedSettings.lastfm_shared_secret;
  return conversation.ask({
    label: usual === undefined ? "Shared secret:" : "Shared secret (Enter keeps the one that is saved):",
    isHidden: true,
    ...(usual === undefined ? {} : { usual }),
    refusal: (answer) =>
      answer === key
        ? "That is the API key; the shared secret is the other one"
        : withAdvice(misplacedSecret(answer, lastfmKey), `It is listed at ${keysPage}`),
  });
}

/** Opens the page, or prints its address, and polls until the user allows it. */
async function permission(talk: Talk, scrobbling: Scrobbling, token: string): Promise<ScrobblingSession> {
  const { context, conversation, opensPages } = talk;
  const page = scrobbling.permissionPage(token);
  if (opensPages && (await context.openPage(page))) {
    await heading(talk, "", "A page of Last.fm is open in your browser. Confirm there.");
  } else {
    await heading(
      talk,
      "",
      "Open this page and confirm there. Its address contains your API key, so keep it private.",
    );
    // The address is not wrapped, so that it can be copied.
    await conversation.say(printable(page));
  }
  return conversation.during("Waiting for you to confirm …", async () => {
    for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += pollMs) {
      await pause(context, conversation.signal);
      const session = await pollSession(scrobbling, token, conversation.signal);
      if (session !== null) return session;
    }
    throw new AccountError("nobody confirmed within an hour", "To try again: rewind login --scrobble");
  });
}

async function pause({ clock }: Talk["context"], signal: AbortSignal): Promise<void> {
  try {
    await clock.sleep(pollMs, signal);
  } catch (error) {
    // Throw the reason of the abort instead of the timer's error.
    signal.throwIfAborted();
    throw error;
  }
}

/** Returns null while Last.fm does not answer, so that it is asked again. */
async function pollSession(
  scrobbling: Scrobbling,
  token: string,
  signal: AbortSignal,
): Promise<ScrobblingSession | null> {
  try {
    return await scrobbling.session(token, { signal, attempts: 1 });
  } catch (error) {
    if (error instanceof ServiceError) return null;
    throw error;
  }
}
