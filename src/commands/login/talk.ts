// The layout of login's questions: a column for the service, and a mark before each result.
import type { Context } from "../../context.ts";
import { AccountError, ServiceError } from "../../model/errors.ts";
import type { Side } from "../../model/model.ts";
import { printable, safe, type SafeText } from "../../output/escape.ts";
import { markedLines, wrapped } from "../../output/paragraph.ts";
import type { StoredSettings, SettingChanges } from "../../settings/settings-file.ts";
import type { Conversation } from "../shared/terminal/conversation.ts";
import { notLoggedIn } from "./refusals.ts";

export interface Talk {
  readonly context: Context;
  readonly conversation: Conversation;
  readonly opensPages: boolean;
  readonly stored: StoredSettings;
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
  const lines = wrapped(text, { ...context.screen, width: context.screen.width - serviceWidth });
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
export async function tried<Account>(
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
