// Shared by the interviews of login: questions with a column for the service, results with a mark, and refusals that name
// likely causes.
import type { Context } from "../../context.ts";
import { formatPath } from "../../host/paths.ts";
import { AccountError, type RewindError, ServiceError } from "../../model/errors.ts";
import type { Side } from "../../model/model.ts";
import { toPrintable } from "../../output/safe-text.ts";
import { pluralize } from "../../output/format-numbers.ts";
import { prependHead, joinParts, type Mark, renderMarked, wrapText } from "../../output/paragraph.ts";
import type { TerminalStyle } from "../../output/terminal.ts";
import { discogsToken, findSecretShape, lastfmKey } from "../../model/secret-shapes.ts";
import { settingNames, settings } from "../../settings/all-settings.ts";
import { replaceSecrets, type Secrets } from "../../settings/connection.ts";
import {
  changeSettings,
  type StoredSettings,
  type SettingChanges,
  getEnvironmentValue,
} from "../../settings/settings-file.ts";
import type { CallOptions } from "../../sources/services/remote-service.ts";
import type { ListeningServices } from "../../sources/services/service-clients.ts";
import { allServices } from "../../sources/service-lookup.ts";
import { RejectedCredential, UnknownUser } from "../../sources/transport/service-errors.ts";
import { readAccounts } from "../../store/file/cache-facts.ts";
import { listOtherOwners } from "../shared/access/account-checks.ts";
import { openReadableCache, resumeServices } from "./cached-services.ts";
import type { Conversation } from "../shared/terminal/conversation.ts";

export interface LoginDialog {
  readonly context: Context;
  readonly conversation: Conversation;
  readonly opensPages: boolean;
  readonly savedSettings: StoredSettings;
  /** Keeps what was checked. It is saved also if the user stops before the last question. */
  addFindings(findings: LoginFindings): void;
}

/** The settings to save after an interview, and the accounts that it checked. */
export interface LoginFindings {
  readonly changes: SettingChanges;
  /** The accounts that were checked, by service and in its spelling. */
  readonly names: Readonly<Record<string, string>>;
}

/** Few, because a person is waiting. */
export const maxAttempts = 2;

/** Says what is asked for, and opens its page if it is needed. */
export async function introduce(
  talk: LoginDialog,
  service: string,
  what: string,
  { page, isNeeded }: { readonly page: string; readonly isNeeded: boolean },
): Promise<void> {
  const isOpened = isNeeded && talk.opensPages && (await talk.context.openPage(page));
  await printHeading(talk, service, `${what} ${page}${isOpened ? " (opened)" : ""}`);
}

const serviceWidth = 13;

/** Writes a text with the service in the left column. */
export async function printHeading(
  { conversation }: LoginDialog,
  service: string,
  text: string,
): Promise<void> {
  const { screen } = conversation.style;
  const lines = wrapText(text, { ...screen, width: screen.width - serviceWidth });
  await conversation.print(...prependHead(toPrintable(service.padEnd(serviceWidth)), serviceWidth, lines));
}

export async function printMarked({ conversation }: LoginDialog, mark: Mark, text: string): Promise<void> {
  await conversation.print(...renderMarked(mark, text, conversation.style, 2));
}

interface SecretPrompt {
  readonly label: string;
  /** Enter keeps it. */
  readonly saved?: string | undefined;
  /** The action of Enter without a saved value: "skip". The answer is then "". */
  readonly skip?: string;
  readonly validate: (answer: string) => string | null;
}

export async function promptSecret(
  conversation: Conversation,
  { label, saved, skip, validate }: SecretPrompt,
): Promise<string> {
  const withoutAnswer =
    saved !== undefined ? " (Enter keeps yours)" : skip === undefined ? "" : ` (Enter to ${skip})`;
  return conversation.ask({
    label: `${label}${withoutAnswer}:`,
    isHidden: true,
    defaultAnswer: saved ?? (skip === undefined ? undefined : ""),
    refusal: validate,
  });
}

/** A client of a service whose settings were given. */
export function requireClient<Client>(client: Client | null): Client {
  if (client !== null) return client;
  throw new TypeError("the settings of the service are missing");
}

export function appendAdvice(fault: string | null, further: string): string | null {
  return fault === null ? null : `${fault}. ${further}`;
}

/** Asks the services with these secrets instead of the saved ones. */
export async function withServices<Answer>(
  { context, conversation }: LoginDialog,
  secrets: Secrets,
  ask: (services: ListeningServices, call: CallOptions) => Promise<Answer>,
): Promise<Answer> {
  const services = await context.connectWith(replaceSecrets(context.settings(), secrets));
  try {
    return await ask(services, { signal: conversation.signal, attempts: maxAttempts });
  } finally {
    await services.close();
  }
}

/** Returns the error if the service refuses. If it is unreachable, the user may try again. */
export async function tryWithServices<Answer>(
  talk: LoginDialog,
  service: "Discogs" | "Last.fm" | "ListenBrainz",
  ...question: readonly [
    secrets: Secrets,
    ask: (services: ListeningServices, call: CallOptions) => Promise<Answer>,
  ]
): Promise<Answer | AccountError> {
  for (;;) {
    try {
      return await talk.conversation.withStatus(`Asking ${service} …`, () => withServices(talk, ...question));
    } catch (error) {
      if (error instanceof AccountError) return error;
      if (!(error instanceof ServiceError)) throw error;
      await printMarked(talk, "fail", `${error.message}.`);
      if (!(await talk.conversation.confirm("Try again?", true))) throw addLoginHint(error);
    }
  }
}

const credentialHints = {
  collection: {
    shape: discogsToken,
    usualHint: "Discogs shows only the newest token; older ones no longer work",
  },
  listening: { shape: lastfmKey, usualHint: "Give the API key, not the shared secret below it" },
} as const;

/** The refusal, and what may be wrong with the input. */
export function describeRefusal(failure: RewindError, side: Side, secret: string): string {
  if (failure instanceof UnknownUser && side === "listening") {
    return `${failure.message}: check the spelling, as in the address of your page, https://www.last.fm/user/NAME`;
  }
  if (!(failure instanceof RejectedCredential)) return failure.message;
  const { shape, usualHint } = credentialHints[side];
  const doubt =
    findSecretShape(secret) === shape
      ? usualHint
      : `${side === "collection" ? "A token" : "A key"} has ${shape.description}; this one has ${pluralize(secret.length, "character")}`;
  return `${failure.message.replace(/\.$/, "")}. ${doubt}.`;
}

export function createWrongOwnerError(owner: string, username: string): AccountError {
  return new AccountError(
    `${owner} on Last.fm allowed rewind to scrobble, but the plays belong to ${username}`,
    `Log in to Last.fm as ${username} in your browser, then run: rewind login --scrobble`,
  );
}

const retryHint = "To try again: rewind login";

/** The same error with a hint for login. `given`: the side and the secret that were refused. */
export function addLoginHint(error: unknown, given?: readonly [side: Side, secret: string]): unknown {
  if (error instanceof AccountError) {
    const text = given === undefined ? error.message : describeRefusal(error, ...given);
    return new AccountError(text, retryHint, { cause: error });
  }
  if (!(error instanceof ServiceError)) return error;
  return new ServiceError(error.message, retryHint, { cause: error });
}

/** Saves what was checked before an error or Ctrl-C, and returns a sentence about it and what to do next. */
export async function saveFindings(
  context: Context,
  { changes, names }: LoginFindings,
  { hint, command }: { readonly hint: string | null; readonly command: string },
): Promise<string> {
  const isChanged = changeSettings(context.settingsPath, changes);
  const resumed = await resumeServices(context, Object.keys(names));
  if (!isChanged && resumed.length === 0) return `Nothing was changed. ${hint ?? `To try again: ${command}`}`;
  const checked = allServices.filter(({ id }) => names[id] !== undefined).map(({ name }) => name);
  return joinParts(
    [
      isChanged ? `What was checked is saved: ${checked.join(" and ")}.` : "",
      ...resumed.map(describeResumed),
      hint ?? `To continue: ${command}`,
    ],
    " ",
  );
}

const describeResumed = (service: string): string => `Syncs ask ${service} again.`;

export function joinFindings(findings: readonly LoginFindings[]): LoginFindings {
  return {
    changes: Object.assign({}, ...findings.map(({ changes }) => changes)) as SettingChanges,
    names: Object.assign({}, ...findings.map(({ names }) => names)) as LoginFindings["names"],
  };
}

/** Saves the settings. The lines say so, and name what is still missing. */
export async function saveLogin(context: Context, { changes, names }: LoginFindings, style: TerminalStyle) {
  const { settingsPath, env, platform } = context;
  const isChanged = changeSettings(settingsPath, changes);
  const alone = platform === "win32" ? "" : ", readable by you alone";
  const path = formatPath(settingsPath, env);
  const winners = settingNames.filter((name) => {
    const outer = getEnvironmentValue(name, env);
    return typeof changes[name] === "string" && outer !== undefined && outer !== changes[name];
  });
  const variables = winners.map((name) => settings[name].environment).join(", ");
  const database = await openReadableCache(context);
  const others = database === null ? [] : listOtherOwners(readAccounts(database), names);
  const resumed = await resumeServices(context, Object.keys(names));
  const doubts = [
    winners.length === 0
      ? ""
      : `The environment wins over the saved settings: ${variables}. To use what is saved, unset it there.`,
    others.length === 0
      ? ""
      : `The cache ${context.shownCachePath} belongs to ${others.join(" and ")}. Use another one: rewind sync --db PATH`,
  ].filter((text) => text !== "");
  return {
    lines: [
      ...wrapText(isChanged ? `Saved in ${path}${alone}.` : `Nothing changed in ${path}.`, style.screen),
      ...resumed.flatMap((name) => wrapText(describeResumed(name), style.screen)),
      ...doubts.flatMap((text) => renderMarked("warn", text, style)),
    ],
    /** false: the cache belongs to other accounts. */
    canSync: others.length === 0,
  };
}
