// Asks questions on a terminal, one answer a line. It also reads what is typed between two questions, so that the
// text is neither echoed nor taken for an answer: it may be a secret.
import type { Context } from "../../../context.ts";
import { InterruptedError } from "../../../model/errors.ts";
import { loadColours, toTerminalText, type TerminalStyle } from "../../../output/terminal.ts";
import { joinLines, toPrintable, safe, type SafeText } from "../../../output/safe-text.ts";
import { renderMarked } from "../../../output/paragraph.ts";
import { measureWidth } from "../../../output/width.ts";
import { type Keyboard, openKeyboard, type Press } from "./keyboard.ts";

export interface Conversation {
  readonly style: TerminalStyle;
  /** Aborts at Ctrl-C, and when the terminal is gone. */
  readonly signal: AbortSignal;
  print(...lines: readonly SafeText[]): Promise<void>;
  /**
   * Repeats the question until the answer is valid. Throws InterruptedError at Ctrl-C, at Ctrl-D, and when the
   * terminal is gone.
   */
  ask(question: Prompt): Promise<string>;
  /** `defaultAnswer` is the answer for Enter alone. */
  confirm(text: string, defaultAnswer: boolean): Promise<boolean>;
  /** Shows the text while the work runs. */
  withStatus<Result>(text: string, work: () => Promise<Result>): Promise<Result>;
}

interface Prompt {
  readonly label: string;
  /** true: show stars instead of the answer. */
  readonly isHidden?: boolean;
  /** The answer for Enter alone. Without it, the user must type something. */
  readonly defaultAnswer?: string | undefined;
  /** Says why an answer is invalid. null: it is valid. */
  readonly refusal?: (answer: string) => string | null;
}

/** A longer answer can't be a name. It may be a secret, so it is shown as stars. */
const maxVisibleLength = 24;
const indent = 2;

/** Talks with the user. `hint` says what to do after an interruption. */
export async function converse<Result>(
  context: Context,
  hint: () => string,
  talk: (conversation: Conversation) => Promise<Result>,
): Promise<Result> {
  const style = { screen: context.screen, colours: await loadColours(context.screen) };
  const keyboard = openKeyboard(context);
  try {
    return await talk(createConversation(context, keyboard, style));
  } catch (error) {
    throw error instanceof InterruptedError ? error.withHint(hint()) : error;
  } finally {
    keyboard.close();
  }
}

function createConversation(context: Context, keyboard: Keyboard, style: TerminalStyle): Conversation {
  const { screen } = style;
  const over = new AbortController();
  let onPress: ((press: Press) => void) | null = null;
  let onEnd: ((reason: unknown) => void) | null = null;

  const end = (reason: unknown): void => {
    over.abort(reason);
    onEnd?.(reason);
  };
  const listen = async (): Promise<void> => {
    for (;;) {
      const press = await keyboard.next();
      if (press.kind === "end") return end(new InterruptedError("SIGINT"));
      onPress?.(press);
    }
  };
  void listen().catch(end);

  const readLine = async (label: SafeText, isHidden: boolean): Promise<string> => {
    const entry = createEntry({ isHidden, room: screen.width - measureWidth(label) - 1 });
    try {
      return await new Promise<string>((resolve, reject) => {
        over.signal.throwIfAborted();
        const write = (text: SafeText): void => void context.write(text).catch(reject);
        onEnd = reject;
        onPress = (press) => {
          if (press.kind !== "enter") write(entry.take(press));
          // One line that arrives together with its Enter: a program or a slow connection sends that.
          const isTyped = press.kind === "pasted" && /^[^\r\n]+[\r\n]+$/.test(press.text);
          if (press.kind === "enter" || isTyped) resolve(entry.text().trim());
        };
        write(label);
      });
    } finally {
      [onPress, onEnd] = [null, null];
      await context.write(safe`\n`);
    }
  };

  const conversation: Conversation = {
    style,
    signal: over.signal,
    print: (...lines) => context.write(joinLines(lines)),
    async ask({ label, defaultAnswer, isHidden = false, refusal = () => null }) {
      for (;;) {
        const answer = await readLine(toPrintable(`${" ".repeat(indent)}${label} `), isHidden);
        if (answer === "" && defaultAnswer !== undefined) return defaultAnswer;
        const why = answer === "" ? "Please type an answer, or press Ctrl-C to stop." : refusal(answer);
        if (why === null) return answer;
        await conversation.print(...renderMarked("fail", why, style, indent));
      }
    },
    async confirm(text, defaultAnswer) {
      const answer = await conversation.ask({
        label: `${text} ${defaultAnswer ? "(Y/n)" : "(y/N)"}`,
        defaultAnswer: defaultAnswer ? "y" : "n",
        refusal: (reply) => (/^(?:y|yes|n|no)$/i.test(reply) ? null : "Type y for yes or n for no."),
      });
      return /^y/i.test(answer);
    },
    async withStatus(text, work) {
      const line = toTerminalText(`${" ".repeat(indent)}${text}`, screen);
      await context.write(line);
      try {
        return await work();
      } finally {
        await context.write(buildEraseSequence(measureWidth(line)));
      }
    },
  };
  return conversation;
}

/** A line being typed. Only its end can change, so it works on every terminal. */
function createEntry({ isHidden, room }: { readonly isHidden: boolean; readonly room: number }) {
  let line = "";
  let shownText = toPrintable("");

  const renderVisible = (): SafeText => {
    const signs = Array.from(line);
    const isSecret = isHidden || signs.length > maxVisibleLength;
    const text = isSecret ? "*".repeat(signs.length) : line;
    return toPrintable(
      Array.from(text)
        .slice(0, Math.max(0, room - 1))
        .join(""),
    );
  };
  return {
    text: () => line,
    /** Returns what to write after a key press. */
    take(press: Press): SafeText {
      if (press.kind === "sign") line += press.text;
      else if (press.kind === "pasted") line += getFirstLine(press.text);
      else if (press.kind === "erase") line = Array.from(line).slice(0, -1).join("");
      else if (press.kind === "escape") line = "";
      const erased = buildEraseSequence(measureWidth(shownText));
      shownText = renderVisible();
      return safe`${erased}${shownText}`;
    },
  };
}

/** Pasted text after a line break is ignored. */
function getFirstLine(text: string): string {
  const [line = ""] = text.trim().split(/[\r\n]/);
  return line.trim();
}

function buildEraseSequence(width: number): SafeText {
  let text = safe``;
  for (let columns = width; columns > 0; columns -= 1) text = safe`${text}\b \b`;
  return text;
}
