// The questions of login about the listening history. What is saved stays unless the user wants something else.

import { AccountError } from "../../model/errors.ts";
import { UnknownUser } from "../../sources/transport/service-errors.ts";
import { inEnvironment, type SettingChanges } from "../../settings/settings-file.ts";
import { lastfmKey, misplacedSecret, secretShapeOf } from "../../settings/all-settings.ts";
import { checkListening, listeningText } from "../shared/opening/account-checks.ts";
import type { Conversation } from "../shared/terminal/conversation.ts";
import {
  askServices,
  heading,
  type Interviewed,
  introduce,
  refusalText,
  type Talk,
  tell,
  resultOrRefusal,
  withAdvice,
} from "./talk.ts";
import { counted } from "../../output/number-text.ts";
import { safe } from "../../output/escape.ts";

const lastfmPage = "https://www.last.fm/api/account/create";
const lastfmKeys = "https://www.last.fm/api/accounts";

/** The places of a listening history, in the order of the list that login shows. */
const places = [
  { place: "lastfm", text: "Last.fm", words: ["1", "lastfm", "last.fm"] },
  { place: "listenbrainz", text: "ListenBrainz", words: ["2", "listenbrainz"] },
  {
    place: "later",
    text: "in files that I import later (Spotify, Apple Music and others)",
    words: ["3", "later", "file", "files"],
  },
] as const;

export type HistoryPlace = (typeof places)[number]["place"];

function placeOf(answer: string): HistoryPlace | undefined {
  return places.find(({ words }) => words.some((word) => word === answer.toLowerCase()))?.place;
}

export async function askPlace(talk: Talk): Promise<HistoryPlace> {
  const { savedSettings, conversation } = talk;
  await heading(talk, "Plays", "Where is your listening history?");
  for (const [at, { text }] of places.entries()) await heading(talk, "", `${at + 1}  ${text}`);
  const isListenBrainz =
    savedSettings.lastfm_api_key === undefined && savedSettings.listenbrainz_username !== undefined;
  const usual = isListenBrainz ? "2" : "1";
  const answer = await conversation.ask({
    label: `1, 2 or 3 (${usual}):`,
    usual,
    refusal: (reply) => (placeOf(reply) === undefined ? "Type 1, 2 or 3." : null),
  });
  return placeOf(answer) ?? "lastfm";
}

export async function interviewLastfm(talk: Talk): Promise<Interviewed> {
  const { savedSettings, context, conversation } = talk;
  let key = savedSettings.lastfm_api_key;
  let username = savedSettings.lastfm_username;
  const wasComplete = key !== undefined && username !== undefined;
  if (wasComplete) await heading(talk, "Last.fm", "API key and user name are saved");
  else await introduceLastfm(talk);
  let isNew = !wasComplete;
  for (;;) {
    key ??= await askKey(conversation);
    username ??= await askUsername(conversation, nameOutside(context));
    const account = await resultOrRefusal(talk, "listening", () =>
      askServices(talk, { listening: key ?? "" }, (services, call) =>
        checkListening(services.listening, username ?? "", call),
      ),
    );
    if (!(account instanceof AccountError)) {
      await tell(talk, account.hiddenNote === null ? "right" : "doubtful", listeningText(account));
      if (account.hiddenNote !== null) await tell(talk, "doubtful", account.hiddenNote);
      if (isNew || !(await conversation.confirm("Use another key or name?", false))) {
        return {
          changes: { lastfm_api_key: key, lastfm_username: account.username },
          username: account.username,
        };
      }
      await introduceLastfm(talk);
      isNew = true;
      key = await askKey(conversation, key);
      username = await askUsername(conversation, account.username);
      continue;
    }
    await tell(talk, "wrong", refusalText(account, "listening", key));
    if (!isNew) await introduceLastfm(talk);
    isNew = true;
    if (account instanceof UnknownUser) username = undefined;
    else key = undefined;
  }
}

/** `saved`: the key that Enter keeps. */
async function askKey(conversation: Conversation, savedKey?: string): Promise<string> {
  return conversation.ask({
    label: savedKey === undefined ? "API key:" : "API key (Enter keeps the one that is saved):",
    isHidden: true,
    ...(savedKey === undefined ? {} : { usual: savedKey }),
    refusal: (answer) => withAdvice(misplacedSecret(answer, lastfmKey), `Yours are listed at ${lastfmKeys}`),
  });
}

async function introduceLastfm(talk: Talk): Promise<void> {
  await introduce(
    talk,
    "Last.fm",
    `an API key. Yours are listed at ${lastfmKeys}; make a new one (a name is enough) at`,
    lastfmPage,
  );
}

/** The user name in the environment. undefined: there is none, or it looks like a secret. */
function nameOutside({ env }: Talk["context"]): string | undefined {
  const name = inEnvironment("lastfm_username", env);
  return name === undefined || secretShapeOf(name) !== null ? undefined : name;
}

async function askUsername(
  conversation: Conversation,
  usual: string | undefined,
  page: "last.fm" | "listenbrainz.org" = "last.fm",
): Promise<string> {
  const answer = await conversation.ask({
    label: usual === undefined ? "User name:" : `User name (${usual}):`,
    ...(usual === undefined ? {} : { usual }),
    refusal: (reply) => {
      const shape = secretShapeOf(reply);
      if (shape !== null)
        return `That looks like ${shape.name}. Give your user name, as in ${page}/user/NAME`;
      return /[\s@]/.test(reply) ? `Give your user name, as in ${page}/user/NAME` : null;
    },
  });
  // Accepts the address of a profile as well.
  return /(?:last\.fm|listenbrainz\.org)\/user\/([^/?#]+)/.exec(answer)?.[1] ?? answer;
}

/** ListenBrainz needs no token to be read. */
export async function interviewListenBrainz(talk: Talk): Promise<SettingChanges> {
  const { conversation } = talk;
  await heading(talk, "ListenBrainz", "your user name there. A token is only needed to send plays.");
  for (;;) {
    const username = await askUsername(
      conversation,
      talk.savedSettings.listenbrainz_username,
      "listenbrainz.org",
    );
    try {
      const listens = await conversation.during("Asking ListenBrainz …", async () =>
        askServices(talk, { listens: "" }, async (services, call) =>
          services.listens?.listenCount(username, call),
        ),
      );
      await tell(talk, "right", `${username} · ${counted(listens ?? 0, "listen")}`);
      return { listenbrainz_username: username };
    } catch (error) {
      if (!(error instanceof AccountError)) throw error;
      await tell(talk, "wrong", `${error.message}.`);
    }
  }
}

/** Asked only once, because it tells a third party which releases the user owns. */
export async function interviewMusicBrainz({ context, conversation }: Talk): Promise<SettingChanges> {
  if (context.settings()("musicbrainz") !== null) return {};
  await heading(
    { context, conversation },
    "MusicBrainz",
    "knows the original years of your albums. A request tells it which releases you own, and nothing else.",
  );
  const isWanted = await conversation.confirm("Ask MusicBrainz with each sync?", false);
  await conversation.say(safe``);
  return { musicbrainz: isWanted ? "on" : "off" };
}
