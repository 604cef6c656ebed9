// What login asks for, service by service: shown first is what is there, and it stays unless another is wanted.
import type { Context } from "../../context.ts";
import { AccountError, ServiceError } from "../../errors.ts";
import type { Side } from "../../model.ts";
import { printable, safe, type SafeText } from "../../output/escape.ts";
import { markedLines } from "../../output/marks.ts";
import { wrapped } from "../../output/paragraph.ts";
import { PrivateListing, UnknownUser } from "../../sources/transport/failures.ts";
import type { StoredSettings } from "../../settings/file.ts";
import { inEnvironment } from "../../settings/reader.ts";
import { discogsToken, lastfmKey, misplaced, secretShapeOf } from "../../settings/secret-shapes.ts";
import type { SettingChanges } from "../../settings/write.ts";
import {
  checkCollection,
  checkListening,
  collectionText,
  hiddenText,
  listeningText,
  type CollectionAccount,
  type ListeningAccount,
} from "../shared/account-checks.ts";
import type { Conversation } from "../shared/conversation.ts";
import { notLoggedIn, refusalText } from "./refusals.ts";

export interface Talk {
  readonly context: Context;
  readonly conversation: Conversation;
  readonly opensPages: boolean;
  readonly stored: StoredSettings;
}

export interface Interviewed {
  readonly changes: SettingChanges;
  /** In the service's own spelling. */
  readonly username: string;
}

const discogsPage = "https://www.discogs.com/settings/developers";
const lastfmPage = "https://www.last.fm/api/account/create";
const lastfmKeys = "https://www.last.fm/api/accounts";
/** A person is waiting. */
const attempts = 2;

export async function interviewDiscogs(talk: Talk): Promise<Interviewed> {
  const { stored } = talk;
  let username = stored.discogs_username ?? null;
  let token = stored.discogs_token;
  let isNew = false;
  if (token === undefined) await introduceDiscogs(talk);
  else await heading(talk, "Discogs", "a token is saved");
  for (;;) {
    if (token === undefined) {
      token = await talk.conversation.ask({
        label: "Token:",
        isHidden: true,
        refusal: (answer) =>
          sentence(misplaced(answer, discogsToken), `Generate new token, at ${discogsPage}`),
      });
      isNew = true;
    }
    const found = await tried(talk, "collection", () => discogsAccount(talk, token ?? "", username));
    if (!(found instanceof AccountError)) {
      await tell(talk, "right", collectionText(found));
      if (isNew || !(await talk.conversation.confirm("Another token?", false))) {
        const changes = { discogs_token: token, discogs_username: username };
        return { changes: isNew ? changes : { discogs_username: username }, username: found.username };
      }
      await introduceDiscogs(talk);
      token = undefined;
      continue;
    }
    await tell(talk, "wrong", refusalText(found, "collection", token));
    if ((found instanceof PrivateListing || found instanceof UnknownUser) && username !== null) {
      if (await talk.conversation.confirm("The collection of the token's owner instead?", true))
        username = null;
      else throw notLoggedIn(found, "collection");
      continue;
    }
    if (!isNew) await introduceDiscogs(talk);
    token = undefined;
  }
}

async function introduceDiscogs(talk: Talk): Promise<void> {
  await introduce(talk, "Discogs", "a personal access token, made at", discogsPage);
}

export async function interviewLastfm(talk: Talk): Promise<Interviewed> {
  const { stored, context, conversation } = talk;
  let key = stored.lastfm_api_key;
  let username = stored.lastfm_username;
  const wasComplete = key !== undefined && username !== undefined;
  if (wasComplete) await heading(talk, "Last.fm", "a key and a name are saved");
  else await introduceLastfm(talk);
  let isNew = !wasComplete;
  for (;;) {
    key ??= await conversation.ask({
      label: "API key:",
      isHidden: true,
      refusal: (answer) => sentence(misplaced(answer, lastfmKey), `Yours are listed at ${lastfmKeys}`),
    });
    username ??= await askUsername(conversation, inEnvironment("lastfm_username", context.env));
    const found = await tried(talk, "listening", () => lastfmAccount(talk, key ?? "", username ?? ""));
    if (!(found instanceof AccountError)) {
      await tell(talk, found.isHidden ? "doubtful" : "right", listeningText(found));
      if (found.isHidden) await tell(talk, "doubtful", hiddenText);
      if (isNew || !(await conversation.confirm("Another key or name?", false))) {
        return {
          changes: { lastfm_api_key: key, lastfm_username: found.username },
          username: found.username,
        };
      }
      await introduceLastfm(talk);
      isNew = true;
      key = await conversation.ask({
        label: "API key (Enter keeps the one that is saved):",
        isHidden: true,
        usual: key,
        refusal: (answer) => sentence(misplaced(answer, lastfmKey), `Yours are listed at ${lastfmKeys}`),
      });
      username = await askUsername(conversation, found.username);
      continue;
    }
    await tell(talk, "wrong", refusalText(found, "listening", key));
    if (!isNew) await introduceLastfm(talk);
    isNew = true;
    if (found instanceof UnknownUser) username = undefined;
    else key = undefined;
  }
}

async function introduceLastfm(talk: Talk): Promise<void> {
  await introduce(
    talk,
    "Last.fm",
    `an API key: yours are listed at ${lastfmKeys}; make a new one (a name is enough) at`,
    lastfmPage,
  );
}

async function askUsername(conversation: Conversation, usual: string | undefined): Promise<string> {
  const answer = await conversation.ask({
    label: usual === undefined ? "User name:" : `User name (${usual}):`,
    ...(usual === undefined ? {} : { usual }),
    refusal: (given) => {
      const shape = secretShapeOf(given);
      if (shape !== null)
        return `That looks like ${shape.name}. Give your user name, as in last.fm/user/NAME`;
      return /[\s@]/.test(given) ? "Give your user name on Last.fm, as in last.fm/user/NAME" : null;
    },
  });
  // Who is asked for a name may have its page at hand.
  return /last\.fm\/user\/([^/?#]+)/.exec(answer)?.[1] ?? answer;
}

/** Asked once, and only where nothing was said before: it tells a third party what is on the shelf. */
export async function interviewMusicBrainz({ context, conversation }: Talk): Promise<SettingChanges> {
  if (context.settings()("musicbrainz") !== null) return {};
  await heading(
    { context, conversation },
    "MusicBrainz",
    "knows when your albums first came out. Asking it tells it which releases are on your shelf, and nothing else.",
  );
  const isWanted = await conversation.confirm("Ask MusicBrainz with each sync?", false);
  await conversation.say(safe``);
  return { musicbrainz: isWanted ? "on" : "off" };
}

async function introduce(talk: Talk, service: string, what: string, page: string): Promise<void> {
  const isOpened = talk.opensPages && (await talk.context.openPage(page));
  await heading(talk, service, `${what} ${page}${isOpened ? " (opened)" : ""}`);
}

/** The longest name of a service, and two blanks. */
const serviceWidth = 13;

/** The service in a column of its own. */
async function heading(
  { context, conversation }: Pick<Talk, "context" | "conversation">,
  service: string,
  text: string,
): Promise<void> {
  const lines = wrapped(text, { ...context.screen, width: context.screen.width - serviceWidth });
  const margin = (at: number): SafeText => printable((at === 0 ? service : "").padEnd(serviceWidth));
  await conversation.say(...lines.map((line, at) => safe`${margin(at)}${line}`));
}

async function tell(
  { conversation }: Talk,
  mark: "right" | "doubtful" | "wrong",
  text: string,
): Promise<void> {
  await conversation.say(...markedLines(mark, text, conversation.look, 2));
}

async function discogsAccount(
  { context, conversation }: Talk,
  token: string,
  username: string | null,
): Promise<CollectionAccount> {
  const services = await context.connectWith({ collection: token });
  try {
    return await checkCollection(services.collection, username, { signal: conversation.signal, attempts });
  } finally {
    await services.close();
  }
}

async function lastfmAccount(
  { context, conversation }: Talk,
  key: string,
  username: string,
): Promise<ListeningAccount> {
  const services = await context.connectWith({ listening: key });
  try {
    return await checkListening(services.listening, username, { signal: conversation.signal, attempts });
  } finally {
    await services.close();
  }
}

/** What came of it, a refusal too. Where the service can't be asked, it is tried as often as is wanted. */
async function tried<Account>(
  talk: Talk,
  side: Side,
  check: () => Promise<Account>,
): Promise<Account | AccountError> {
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (error instanceof AccountError) return error;
      if (!(error instanceof ServiceError)) throw error;
      await tell(talk, "wrong", `${error.message}. Nothing is saved unchecked.`);
      if (!(await talk.conversation.confirm("Try again?", true))) throw notLoggedIn(error, side);
    }
  }
}

function sentence(fault: string | null, further: string): string | null {
  return fault === null ? null : `${fault}. ${further}`;
}
