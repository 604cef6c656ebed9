// The texts of login. Questions have a column for the service, results have a mark, and a refusal names likely causes.
import type { Context } from "../../context.ts";
import { AccountError, ServiceError, type RewindError } from "../../model/errors.ts";
import type { Side } from "../../model/model.ts";
import { printable, safe, type SafeText } from "../../output/escape.ts";
import { counted } from "../../output/number-text.ts";
import { markedLines, wrapText } from "../../output/paragraph.ts";
import type { Secrets } from "../../settings/connection.ts";
import { discogsToken, lastfmKey, type SecretShape } from "../../settings/all-settings.ts";
import type { StoredSettings, SettingChanges } from "../../settings/settings-file.ts";
import type { CallOptions } from "../../sources/services/remote-service.ts";
import type { Services } from "../../sources/services/service-clients.ts";
import { RejectedCredential, UnknownUser } from "../../sources/transport/service-errors.ts";
import type { Conversation } from "../shared/terminal/conversation.ts";

export interface Talk {
  readonly context: Context;
  readonly conversation: Conversation;
  readonly opensPages: boolean;
  readonly savedSettings: StoredSettings;
}

export interface Interviewed {
  readonly changes: SettingChanges;
  /** In the spelling of the service. */
  readonly username: string;
}

/** Few, because a person is waiting. */
export const attempts = 2;

export async function introduce(talk: Talk, service: string, what: string, page: string): Promise<void> {
  const isOpened = talk.opensPages && (await talk.context.openPage(page));
  await heading(talk, service, `${what} ${page}${isOpened ? " (opened)" : ""}`);
}

const serviceWidth = 13;

/** Writes a text with the service in the left column. */
export async function heading(
  { context, conversation }: Pick<Talk, "context" | "conversation">,
  service: string,
  text: string,
): Promise<void> {
  const lines = wrapText(text, { ...context.screen, width: context.screen.width - serviceWidth });
  const margin = (at: number): SafeText => printable((at === 0 ? service : "").padEnd(serviceWidth));
  await conversation.say(...lines.map((line, at) => safe`${margin(at)}${line}`));
}

export async function tell(
  { conversation }: Talk,
  mark: "right" | "doubtful" | "wrong",
  text: string,
): Promise<void> {
  await conversation.say(...markedLines(mark, text, conversation.style, 2));
}

const serviceNames: Readonly<Record<Side, string>> = { collection: "Discogs", listening: "Last.fm" };

/** Returns the result, or the error if the service refused. If the service is unreachable, the user may try again. */
export async function resultOrRefusal<Account>(
  talk: Talk,
  side: Side,
  check: () => Promise<Account>,
): Promise<Account | AccountError> {
  for (;;) {
    try {
      return await talk.conversation.during(`Asking ${serviceNames[side]} …`, check);
    } catch (error) {
      if (error instanceof AccountError) return error;
      if (!(error instanceof ServiceError)) throw error;
      await tell(talk, "wrong", `${error.message}. Nothing was saved.`);
      if (!(await talk.conversation.confirm("Try again?", true))) throw notLoggedIn(error, side);
    }
  }
}

export function withAdvice(fault: string | null, further: string): string | null {
  return fault === null ? null : `${fault}. ${further}`;
}

/** Asks the services with these secrets instead of the saved ones. */
export async function askServices<Answer>(
  { context, conversation }: Pick<Talk, "context" | "conversation">,
  secrets: Secrets,
  ask: (services: Services, call: CallOptions) => Promise<Answer>,
): Promise<Answer> {
  const services = await context.connectWith(secrets);
  try {
    return await ask(services, { signal: conversation.signal, attempts });
  } finally {
    await services.close();
  }
}

/** The refusal, and what may be wrong with the input. */
export function refusalText(failure: RewindError, side: Side, secret: string): string {
  if (failure instanceof UnknownUser && side === "listening") {
    return `${failure.message}: check the spelling, as in the address of your page, https://www.last.fm/user/NAME`;
  }
  if (!(failure instanceof RejectedCredential)) return failure.message;
  const { shape, usual } = credentials[side];
  return `${failure.message}. ${doubtAbout(secret, shape, usual)}.`;
}

const credentials: Readonly<Record<Side, { readonly shape: SecretShape; readonly usual: string }>> = {
  collection: {
    shape: discogsToken,
    usual: "Discogs shows only the newest token; older ones no longer work",
  },
  listening: {
    shape: lastfmKey,
    usual: "Give the API key, not the shared secret below it",
  },
};

function doubtAbout(input: string, { pattern, look }: SecretShape, usual: string): string {
  return pattern.test(input) ? usual : `It has ${look}; this one has ${counted(input.length, "character")}`;
}

export function allowedAsAnother(owner: string, username: string): AccountError {
  return new AccountError(
    `${owner} on Last.fm allowed rewind to scrobble, but the plays belong to ${username}`,
    `Nothing was changed. Log in to Last.fm as ${username} in your browser, then run: rewind login --scrobble`,
  );
}

/** The same error with a hint that nothing was changed. */
export function notLoggedIn(error: unknown, side: Side, secret = ""): unknown {
  const again = "Nothing was changed. To try again: rewind login";
  if (error instanceof AccountError) {
    return new AccountError(refusalText(error, side, secret), again, { cause: error });
  }
  if (!(error instanceof ServiceError)) return error;
  return new ServiceError(error.message, `Nothing is saved unchecked. ${again}`, { cause: error });
}
