// The questions of login about the listening history and scrobbling. What is saved stays unless the user wants something
// else.
import { AccountError, ServiceError } from "../../model/errors.ts";
import { printable, safe } from "../../output/escape.ts";
import { counted } from "../../output/number-text.ts";
import { findSecretShape, lastfmKey } from "../../model/secret-shapes.ts";
import { misplacedSecret } from "../../settings/all-settings.ts";
import type { SettingChanges } from "../../settings/settings-file.ts";
import type { Scrobbling, ScrobblingSession } from "../../sources/services/listening-service.ts";
import { UnknownUser } from "../../sources/transport/service-errors.ts";
import { checkListening } from "../shared/opening/account-checks.ts";
import type { Conversation } from "../shared/terminal/conversation.ts";
import {
  allowedAsAnother,
  answerOrRefusal,
  askSecret,
  askServices,
  heading,
  introduce,
  type LoginFindings,
  refusalText,
  type Talk,
  tell,
  withAdvice,
} from "./talk.ts";

const lastfmPage = "https://www.last.fm/api/account/create";
const lastfmKeys = "https://www.last.fm/api/accounts";

/** The places of a listening history, in the order of the list that login shows. */
const places = [
  { place: "lastfm", text: "Last.fm" },
  { place: "listenbrainz", text: "ListenBrainz" },
  { place: "later", text: "in files that I import later (Spotify, Apple Music and others)" },
] as const;

type HistoryPlace = (typeof places)[number]["place"];

export async function interviewHistory(
  talk: Talk,
): Promise<LoginFindings & { readonly place: HistoryPlace }> {
  const place = await askPlace(talk);
  await talk.conversation.say(safe``);
  if (place === "lastfm") return { place, ...(await interviewLastfm(talk)) };
  return { place, changes: place === "listenbrainz" ? await interviewListenBrainz(talk) : {}, names: {} };
}

async function askPlace(talk: Talk): Promise<HistoryPlace> {
  const { savedSettings, conversation } = talk;
  await heading(talk, "Plays", "Where is your listening history?");
  for (const [at, { text }] of places.entries()) await heading(talk, "", `${at + 1}  ${text}`);
  const isListenBrainz =
    savedSettings.lastfm_api_key === undefined && savedSettings.listenbrainz_username !== undefined;
  const usual = isListenBrainz ? "2" : "1";
  const answer = await conversation.ask({
    label: `1, 2 or 3 (${usual}):`,
    usual,
    refusal: (reply) => (/^[123]$/.test(reply) ? null : "Type 1, 2 or 3."),
  });
  return places[Number(answer) - 1]?.place ?? "lastfm";
}

async function interviewLastfm(talk: Talk): Promise<LoginFindings> {
  const { savedSettings, conversation } = talk;
  let usualKey = savedSettings.lastfm_api_key;
  let usualName = savedSettings.lastfm_username;
  const what = `an API key. Yours are listed at ${lastfmKeys}; make a new one (a name is enough) at`;
  await introduce(talk, "Last.fm", what, { page: lastfmPage, isNeeded: usualKey === undefined });
  for (;;) {
    const key = await askSecret(conversation, "API key", usualKey, (answer) =>
      withAdvice(misplacedSecret(answer, lastfmKey), `Yours are listed at ${lastfmKeys}`),
    );
    const username = await askUsername(conversation, usualName, "last.fm");
    const account = await answerOrRefusal(talk, "Last.fm", { listening: key }, ({ listening }, call) =>
      checkListening(listening, username, call),
    );
    if (!(account instanceof AccountError)) {
      await tell(talk, account.hiddenNote === null ? "right" : "doubtful", account.text);
      if (account.hiddenNote !== null) await tell(talk, "doubtful", account.hiddenNote);
      const { username: name } = account;
      return { changes: { lastfm_api_key: key, lastfm_username: name }, names: { lastfm: name } };
    }
    await tell(talk, "wrong", refusalText(account, "listening", key));
    const isNameWrong = account instanceof UnknownUser;
    [usualKey, usualName] = isNameWrong ? [key, undefined] : [undefined, username];
  }
}

async function askUsername(
  conversation: Conversation,
  usual: string | undefined,
  page: "last.fm" | "listenbrainz.org",
): Promise<string> {
  const example = `Give your user name, as in ${page}/user/NAME`;
  const answer = await conversation.ask({
    label: usual === undefined ? "User name:" : `User name (${usual}):`,
    usual,
    refusal: (reply) => {
      const shape = findSecretShape(reply);
      if (shape !== null) return `That looks like ${shape.name}. ${example}`;
      return /[\s@]/.test(reply) ? example : null;
    },
  });
  // Accepts the address of a profile as well.
  return /(?:last\.fm|listenbrainz\.org)\/user\/([^/?#]+)/.exec(answer)?.[1] ?? answer;
}

/** ListenBrainz needs no token to be read. */
async function interviewListenBrainz(talk: Talk): Promise<SettingChanges> {
  const { conversation } = talk;
  await heading(talk, "ListenBrainz", "your user name there. A token is only needed to send plays.");
  for (;;) {
    const savedName = talk.savedSettings.listenbrainz_username;
    const username = await askUsername(conversation, savedName, "listenbrainz.org");
    const count = await answerOrRefusal(
      talk,
      "ListenBrainz",
      { listens: "" },
      async ({ listens }, call) => (await listens?.listenCount(username, call)) ?? 0,
    );
    if (!(count instanceof AccountError)) {
      await tell(talk, "right", `${username} · ${counted(count, "listen")}`);
      return { listenbrainz_username: username };
    }
    await tell(talk, "wrong", `${count.message}.`);
  }
}

/** Asked only once, because it tells a third party which releases the user owns. */
export async function interviewMusicBrainz(talk: Talk): Promise<SettingChanges> {
  if (talk.context.settings()("musicbrainz") !== null) return {};
  const text =
    "knows the original years of your albums. A request tells it which releases you own, and nothing else.";
  await heading(talk, "MusicBrainz", text);
  const isWanted = await talk.conversation.confirm("Ask MusicBrainz with each sync?", false);
  await talk.conversation.say(safe``);
  return { musicbrainz: isWanted ? "on" : "off" };
}

// Permission to scrobble, as Last.fm specifies it for desktop programs.

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
  const what = "the shared secret of your API key: it is listed beside it at";
  const savedSecret = talk.savedSettings.lastfm_shared_secret;
  await introduce(talk, "Last.fm", what, { page: lastfmKeys, isNeeded: savedSecret === undefined });
  for (;;) {
    const sharedSecret = await askSecret(talk.conversation, "Shared secret", savedSecret, (answer) =>
      answer === key
        ? "That is the API key; the shared secret is the other one"
        : withAdvice(misplacedSecret(answer, lastfmKey), `It is listed at ${lastfmKeys}`),
    );
    const secrets = { listening: key, signing: { sharedSecret, session: "" } };
    const token = await answerOrRefusal(talk, "Last.fm", secrets, async ({ listening }, call) =>
      required(listening.scrobbling).requestToken(call),
    );
    if (token instanceof AccountError) {
      await tell(talk, "wrong", token.message);
      continue;
    }
    const session = await askServices(talk, secrets, ({ listening }) =>
      permission(talk, required(listening.scrobbling), token),
    );
    if (session.username.toLowerCase() !== username.toLowerCase()) {
      throw allowedAsAnother(session.username, username);
    }
    await tell(talk, "right", `rewind may scrobble as ${session.username}`);
    return {
      changes: { lastfm_shared_secret: sharedSecret, lastfm_session_key: session.key },
      names: { lastfm: session.username },
    };
  }
}

function required(scrobbling: Scrobbling | null): Scrobbling {
  if (scrobbling !== null) return scrobbling;
  throw new AccountError("rewind can only scrobble to Last.fm", "Log plays with: rewind played");
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
