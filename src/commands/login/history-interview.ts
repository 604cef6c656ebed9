// The questions of login about the listening history. What is saved stays unless the user wants something else.
import { AccountError } from "../../model/errors.ts";
import { findSecretShape, lastfmKey, listenbrainzToken } from "../../model/secret-shapes.ts";
import { stopService } from "../../actions/sources/listening-sources.ts";
import { safe } from "../../output/safe-text.ts";
import { pluralize } from "../../output/format-numbers.ts";
import { querySources } from "../../queries/shelf/sources.ts";
import { explainMisplacedSecret } from "../../settings/all-settings.ts";
import { UnknownUser } from "../../sources/transport/service-errors.ts";
import { checkListening, checkListens } from "../shared/access/account-checks.ts";
import type { Conversation } from "../shared/terminal/conversation.ts";
import {
  type HistorySource,
  historyServices,
  openReadableCache,
  readSourcesInUse,
} from "./cached-services.ts";
import { promptChoices, type Choice } from "./prompt-choices.ts";
import {
  tryWithServices,
  promptSecret,
  requireClient,
  printHeading,
  introduce,
  describeRefusal,
  type LoginDialog,
  printMarked,
  appendAdvice,
} from "./login-dialog.ts";

const lastfmPage = "https://www.last.fm/api/account/create";
export const lastfmKeys = "https://www.last.fm/api/accounts";
const listenbrainzPage = "https://listenbrainz.org/settings/";

const historyChoices: readonly Choice<HistorySource>[] = [
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
export async function interviewHistory(talk: LoginDialog): Promise<void> {
  const { conversation } = talk;
  const inUse = await readSourcesInUse(talk.context);
  const question = "Where is your listening history? For several: 1 and 2";
  const chosen = await promptChoices(talk, {
    topic: "Plays",
    question,
    choices: historyChoices,
    defaultNames: [...inUse],
  });
  const left = new Set(inUse);
  if (chosen.includes("listenbrainz")) {
    await conversation.print(safe``);
    await interviewListenBrainz(talk);
    left.delete("listenbrainz");
  }
  if (chosen.includes("lastfm")) {
    await conversation.print(safe``);
    if ((await interviewLastfm(talk)) !== null) left.delete("lastfm");
  }
  for (const service of historyServices) if (left.has(service.id)) await offerToStop(talk, service);
  if (!chosen.includes("files")) return;
  await conversation.print(safe``);
  await printHeading(talk, "Files", "can be added at any time: rewind import FILE");
}

async function offerToStop(talk: LoginDialog, { id, name }: (typeof historyServices)[number]): Promise<void> {
  const { context, conversation } = talk;
  const cache = await openReadableCache(context);
  const sources = cache === null ? [] : querySources(cache).sources;
  const plays = sources.find((source) => source.name === id)?.plays ?? 0;
  const kept = plays === 0 ? "" : ` Its ${pluralize(plays, "play")} stay.`;
  await conversation.print(safe``);
  await printHeading(talk, name, `is connected. If you stop it, syncs don't ask it any longer.${kept}`);
  if (!(await conversation.confirm(`Stop ${name}?`, true))) return;
  const database = await context.openWritableCache();
  stopService(database, id, Math.floor(context.clock.now() / 1000));
  await printMarked(talk, "pass", `${name} is stopped. To undo it: rewind sources resume ${id}`);
}

interface LastfmAccount {
  readonly key: string;
  readonly username: string;
}

/** Returns null if Last.fm refused a key and the user goes on without it. */
export async function interviewLastfm(talk: LoginDialog): Promise<LastfmAccount | null> {
  const { savedSettings, conversation } = talk;
  const { lastfm_api_key: saved, lastfm_username: savedName } = savedSettings;
  const what = `an API key. Yours are listed at ${lastfmKeys}; make a new one (a name is enough) at`;
  await introduce(talk, "Last.fm", what, { page: lastfmPage, isNeeded: saved === undefined });
  const label = "API key";
  const validateKey = (answer: string): string | null =>
    appendAdvice(explainMisplacedSecret(answer, lastfmKey), `Yours are listed at ${lastfmKeys}`);
  let key = await promptSecret(conversation, { label, saved, validate: validateKey });
  let username = await promptUsername(conversation, savedName, "last.fm");
  for (;;) {
    const account = await tryWithServices(talk, "Last.fm", { listening: key }, ({ listening }, call) =>
      checkListening(listening, username, call),
    );
    if (!(account instanceof AccountError)) {
      await printMarked(talk, account.hiddenNote === null ? "pass" : "warn", account.text);
      if (account.hiddenNote !== null) await printMarked(talk, "warn", account.hiddenNote);
      const { username: name } = account;
      talk.addFindings({ changes: { lastfm_api_key: key, lastfm_username: name }, names: { lastfm: name } });
      return { key, username: name };
    }
    await printMarked(talk, "fail", describeRefusal(account, "listening", key));
    if (account instanceof UnknownUser) {
      username = await promptUsername(conversation, undefined, "last.fm");
    } else {
      key = await promptSecret(conversation, {
        label,
        skip: "continue without Last.fm",
        validate: validateKey,
      });
      if (key === "") return null;
    }
  }
}

async function promptUsername(
  conversation: Conversation,
  defaultAnswer: string | undefined,
  page: "last.fm" | "listenbrainz.org",
): Promise<string> {
  const example = `Give your user name, as in ${page}/user/NAME`;
  const answer = await conversation.ask({
    label: defaultAnswer === undefined ? "User name:" : `User name (${defaultAnswer}):`,
    defaultAnswer,
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
async function interviewListenBrainz(talk: LoginDialog): Promise<void> {
  const { conversation, savedSettings } = talk;
  await printHeading(talk, "ListenBrainz", "your user name, as in https://listenbrainz.org/user/NAME");
  let defaultAnswer = savedSettings.listenbrainz_username;
  for (;;) {
    const name = await promptUsername(conversation, defaultAnswer, "listenbrainz.org");
    const account = await tryWithServices(talk, "ListenBrainz", { listens: "" }, ({ listens }, call) =>
      checkListens(requireClient(listens), name, call),
    );
    if (!(account instanceof AccountError)) {
      const { username } = account;
      await printMarked(talk, "pass", account.text);
      talk.addFindings({ changes: { listenbrainz_username: username }, names: { listenbrainz: username } });
      return interviewListenBrainzToken(talk, { username, isOptional: true });
    }
    await printMarked(talk, "fail", `${account.message}.`);
    defaultAnswer = undefined;
  }
}

interface TokenPrompt {
  /** The user whose plays are read; null: the owner of the token. */
  readonly username: string | null;
  readonly isOptional: boolean;
}

/** The token is needed only to send plays. */
export async function interviewListenBrainzToken(
  talk: LoginDialog,
  { username, isOptional }: TokenPrompt,
): Promise<void> {
  const { conversation, savedSettings } = talk;
  let saved = savedSettings.listenbrainz_token;
  const isNeeded = !isOptional && saved === undefined;
  const what = `${isOptional ? "Optional, to send the plays you log: " : ""}your user token, listed at`;
  await introduce(talk, isOptional ? "" : "ListenBrainz", what, { page: listenbrainzPage, isNeeded });
  for (;;) {
    const token = await promptSecret(conversation, {
      label: "User token",
      saved,
      ...(isOptional ? { skip: "skip" } : {}),
      validate: (answer) =>
        appendAdvice(
          explainMisplacedSecret(answer, listenbrainzToken),
          `Yours is listed at ${listenbrainzPage}`,
        ),
    });
    if (token === "") {
      // A refused token would make the next sync fail.
      if (savedSettings.listenbrainz_token !== undefined) {
        talk.addFindings({ changes: { listenbrainz_token: null }, names: {} });
      }
      return;
    }
    const owner = await tryWithServices(talk, "ListenBrainz", { listens: token }, ({ listens }, call) =>
      requireClient(requireClient(listens).writer).fetchOwner(call),
    );
    if (owner instanceof AccountError) {
      await printMarked(talk, "fail", `${owner.message}.`);
    } else if (username !== null && owner.toLowerCase() !== username.toLowerCase()) {
      await printMarked(talk, "fail", `The token belongs to ${owner}, but your plays belong to ${username}.`);
    } else {
      await printMarked(talk, "pass", `rewind can send plays as ${owner}`);
      talk.addFindings({ changes: { listenbrainz_token: token }, names: { listenbrainz: owner } });
      return;
    }
    saved = undefined;
  }
}

/** Asked only once, because it tells a third party which releases the user owns. */
export async function interviewMusicBrainz(talk: LoginDialog): Promise<void> {
  if (talk.context.settings()("musicbrainz") !== null) return;
  const text =
    "knows the original years of your albums. A request tells it which releases you own, and nothing else.";
  await talk.conversation.print(safe``);
  await printHeading(talk, "MusicBrainz", text);
  const isWanted = await talk.conversation.confirm("Ask MusicBrainz with each sync?", false);
  talk.addFindings({ changes: { musicbrainz: isWanted ? "on" : "off" }, names: {} });
}
