// The questions of login about the listening history. What is saved stays unless the user wants something else.
import { AccountError } from "../../model/errors.ts";
import { findSecretShape, lastfmKey, listenbrainzToken } from "../../model/secret-shapes.ts";
import { stopSource } from "../../actions/sources/listening-sources.ts";
import { safe } from "../../output/escape.ts";
import { counted } from "../../output/number-text.ts";
import { ask as askSources } from "../../queries/shelf/sources.ts";
import { misplacedSecret } from "../../settings/all-settings.ts";
import { UnknownUser } from "../../sources/transport/service-errors.ts";
import { checkListening, checkListens } from "../shared/opening/account-checks.ts";
import type { Conversation } from "../shared/terminal/conversation.ts";
import { type HistoryPlace, historyServices, openReadableCache, placesInUse } from "./cached-services.ts";
import { askChoices, type Choice } from "./choices.ts";
import {
  answerOrRefusal,
  askSecret,
  connected,
  heading,
  introduce,
  refusalText,
  type Talk,
  tell,
  withAdvice,
} from "./talk.ts";

const lastfmPage = "https://www.last.fm/api/account/create";
export const lastfmKeys = "https://www.last.fm/api/accounts";
const listenbrainzPage = "https://listenbrainz.org/settings/";

const places: readonly Choice<HistoryPlace>[] = [
  { name: "listenbrainz", text: "ListenBrainz (free)", words: ["listenbrainz", "lb"] },
  {
    name: "files",
    text: "files (Spotify, Apple Music and others; can come later)",
    words: ["files", "file", "spotify", "apple", "music", "others", "later", "none"],
  },
  {
    name: "lastfm",
    text: "Last.fm (its API needs Last.fm Pro)",
    words: ["lastfm", "last.fm", "last", "fm"],
  },
];

/** Asks where the history is. A service that the user leaves out can be stopped. */
export async function interviewHistory(talk: Talk): Promise<void> {
  const { conversation } = talk;
  const inUse = await placesInUse(talk.context);
  const question = "Where is your listening history? For several: 1 and 2";
  const chosen = await askChoices(talk, { topic: "Plays", question, choices: places, usual: [...inUse] });
  const left = new Set(inUse);
  if (chosen.includes("listenbrainz")) {
    await conversation.say(safe``);
    await interviewListenBrainz(talk);
    left.delete("listenbrainz");
  }
  if (chosen.includes("lastfm")) {
    await conversation.say(safe``);
    if ((await interviewLastfm(talk)) !== null) left.delete("lastfm");
  }
  for (const service of historyServices) if (left.has(service.id)) await offerToStop(talk, service);
  if (!chosen.includes("files")) return;
  await conversation.say(safe``);
  await heading(talk, "Files", "can be added at any time: rewind import FILE");
}

async function offerToStop(talk: Talk, { id, name }: (typeof historyServices)[number]): Promise<void> {
  const { context, conversation } = talk;
  const cache = await openReadableCache(context);
  const sources = cache === null ? [] : askSources(cache).sources;
  const plays = sources.find((source) => source.name === id)?.plays ?? 0;
  const kept = plays === 0 ? "" : ` Its ${counted(plays, "play")} stay.`;
  await conversation.say(safe``);
  await heading(talk, name, `is connected. If you stop it, syncs don't ask it any longer.${kept}`);
  if (!(await conversation.confirm(`Stop ${name}?`, true))) return;
  const database = await context.writableStore();
  stopSource({ database, nowUts: Math.floor(context.clock.now() / 1000) }, id);
  await tell(talk, "right", `${name} is stopped. To undo it: rewind sources resume ${id}`);
}

interface LastfmAccount {
  readonly key: string;
  readonly username: string;
}

/** Returns null if Last.fm refused a key and the user goes on without it. */
export async function interviewLastfm(talk: Talk): Promise<LastfmAccount | null> {
  const { savedSettings, conversation } = talk;
  const { lastfm_api_key: saved, lastfm_username: savedName } = savedSettings;
  const what = `an API key. Yours are listed at ${lastfmKeys}; make a new one (a name is enough) at`;
  await introduce(talk, "Last.fm", what, { page: lastfmPage, isNeeded: saved === undefined });
  const label = "API key";
  const refusal = (answer: string): string | null =>
    withAdvice(misplacedSecret(answer, lastfmKey), `Yours are listed at ${lastfmKeys}`);
  let key = await askSecret(conversation, { label, saved, refusal });
  let username = await askUsername(conversation, savedName, "last.fm");
  for (;;) {
    const account = await answerOrRefusal(talk, "Last.fm", { listening: key }, ({ listening }, call) =>
      checkListening(listening, username, call),
    );
    if (!(account instanceof AccountError)) {
      await tell(talk, account.hiddenNote === null ? "right" : "doubtful", account.text);
      if (account.hiddenNote !== null) await tell(talk, "doubtful", account.hiddenNote);
      const { username: name } = account;
      talk.keep({ changes: { lastfm_api_key: key, lastfm_username: name }, names: { lastfm: name } });
      return { key, username: name };
    }
    await tell(talk, "wrong", refusalText(account, "listening", key));
    if (account instanceof UnknownUser) {
      username = await askUsername(conversation, undefined, "last.fm");
    } else {
      key = await askSecret(conversation, { label, skip: "continue without Last.fm", refusal });
      if (key === "") return null;
    }
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
      // Names on ListenBrainz may contain blanks.
      return (page === "last.fm" ? /[\s@]/ : /@/).test(reply) ? example : null;
    },
  });
  // Accepts the address of a profile as well.
  return /(?:last\.fm|listenbrainz\.org)\/user\/([^/?#]+)/.exec(answer)?.[1] ?? answer;
}

/** ListenBrainz needs no token to be read. */
async function interviewListenBrainz(talk: Talk): Promise<void> {
  const { conversation, savedSettings } = talk;
  await heading(talk, "ListenBrainz", "your user name, as in https://listenbrainz.org/user/NAME");
  let usual = savedSettings.listenbrainz_username;
  for (;;) {
    const name = await askUsername(conversation, usual, "listenbrainz.org");
    const account = await answerOrRefusal(talk, "ListenBrainz", { listens: "" }, ({ listens }, call) =>
      checkListens(connected(listens), name, call),
    );
    if (!(account instanceof AccountError)) {
      const { username } = account;
      await tell(talk, "right", account.text);
      talk.keep({ changes: { listenbrainz_username: username }, names: { listenbrainz: username } });
      return interviewListenBrainzToken(talk, { username, isOptional: true });
    }
    await tell(talk, "wrong", `${account.message}.`);
    usual = undefined;
  }
}

interface TokenQuestion {
  /** The user whose plays are read; null: the owner of the token. */
  readonly username: string | null;
  readonly isOptional: boolean;
}

/** Only sending plays needs the token. */
export async function interviewListenBrainzToken(
  talk: Talk,
  { username, isOptional }: TokenQuestion,
): Promise<void> {
  const { conversation, savedSettings } = talk;
  let saved = savedSettings.listenbrainz_token;
  const isNeeded = !isOptional && saved === undefined;
  const what = `${isOptional ? "Optional, to send the plays you log: " : ""}your user token, listed at`;
  await introduce(talk, isOptional ? "" : "ListenBrainz", what, { page: listenbrainzPage, isNeeded });
  for (;;) {
    const token = await askSecret(conversation, {
      label: "User token",
      saved,
      ...(isOptional ? { skip: "skip" } : {}),
      refusal: (answer) =>
        withAdvice(misplacedSecret(answer, listenbrainzToken), `Yours is listed at ${listenbrainzPage}`),
    });
    if (token === "") {
      // A refused token would make the next sync fail.
      if (savedSettings.listenbrainz_token !== undefined) {
        talk.keep({ changes: { listenbrainz_token: null }, names: {} });
      }
      return;
    }
    const owner = await answerOrRefusal(talk, "ListenBrainz", { listens: token }, ({ listens }, call) =>
      connected(connected(listens).writing).owner(call),
    );
    if (owner instanceof AccountError) {
      await tell(talk, "wrong", `${owner.message}.`);
    } else if (username !== null && owner.toLowerCase() !== username.toLowerCase()) {
      await tell(talk, "wrong", `The token belongs to ${owner}, and your plays to ${username}.`);
    } else {
      await tell(talk, "right", `rewind can send plays as ${owner}`);
      talk.keep({ changes: { listenbrainz_token: token }, names: { listenbrainz: owner } });
      return;
    }
    saved = undefined;
  }
}

/** Asked only once, because it tells a third party which releases the user owns. */
export async function interviewMusicBrainz(talk: Talk): Promise<void> {
  if (talk.context.settings()("musicbrainz") !== null) return;
  const text =
    "knows the original years of your albums. A request tells it which releases you own, and nothing else.";
  await talk.conversation.say(safe``);
  await heading(talk, "MusicBrainz", text);
  const isWanted = await talk.conversation.confirm("Ask MusicBrainz with each sync?", false);
  talk.keep({ changes: { musicbrainz: isWanted ? "on" : "off" }, names: {} });
}
