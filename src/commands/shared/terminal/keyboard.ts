// Keys one at a time, without Enter. Whatever happens, the terminal is left as it was found.

import type { Context } from "../../../context.ts";
import { InterruptedError } from "../../../model/errors.ts";
import { safe } from "../../../output/escape.ts";

// What is pressed, out of what a terminal sends: a key by itself, or something that is no answer to a question.

type Key =
  /** One letter, figure or sign, as typed. */
  | { readonly kind: "sign"; readonly text: string }
  /** Text that came at once. */
  | { readonly kind: "pasted"; readonly text: string }
  | { readonly kind: "enter" | "erase" | "escape" | "interrupt" | "suspend" | "end" };

const escape = "\u001b";
/** What a terminal puts around pasted text, once it was asked to. */
const pasteStart = "200~";
const pasteEnd = `${escape}[201~`;
const mostPasted = 10_000;

const controls: ReadonlyMap<string, Key> = new Map<string, Key>([
  ["\r", { kind: "enter" }],
  ["\n", { kind: "enter" }],
  ["\u007f", { kind: "erase" }],
  ["\b", { kind: "erase" }],
  ["\u0003", { kind: "interrupt" }],
  ["\u0004", { kind: "end" }],
  ["\u001a", { kind: "suspend" }],
]);

/** Within an escape sequence, which may come in pieces. */
type State = "text" | "escape" | "sequence" | "one more" | "report" | "paste";

/**
 * A function that reads one piece of input after the other. Arrows, function keys and what a terminal reports are no
 * keys here; several signs in one piece were pasted, since nobody types that fast.
 */
function createKeyReader(): (piece: string) => readonly Key[] {
  let state: State = "text";
  let held = "";

  return (piece) => {
    // Escape that came by itself was the key, unless this is plainly the rest of a sequence.
    if (state === "escape" && !/^[[O]/.test(piece)) state = "text";
    const keys: Key[] = [];
    const signs: string[] = [];
    const takeText = (sign: string): void => {
      const key = controls.get(sign);
      if (key !== undefined) keys.push(key);
      else if (!/\p{Cc}/u.test(sign)) signs.push(sign);
    };
    for (const sign of piece) {
      switch (state) {
        case "text":
          if (sign === escape) [state, held] = ["escape", ""];
          else takeText(sign);
          break;
        case "escape":
          if (sign === "[") state = "sequence";
          else if (sign === "O" || sign === "N") state = "one more";
          else if (sign === "]" || sign === "P" || sign === "_" || sign === "^") state = "report";
          // With Alt, or Escape twice.
          else if (sign !== escape) state = "text";
          break;
        case "sequence":
          held += sign;
          if (sign >= "@" && sign <= "~") [state, held] = [held === pasteStart ? "paste" : "text", ""];
          break;
        case "one more":
          state = "text";
          break;
        case "report":
          held += sign;
          if (sign === "\u0007" || held.endsWith(`${escape}\\`)) [state, held] = ["text", ""];
          break;
        case "paste":
          held = (held + sign).slice(-mostPasted);
          if (!held.endsWith(pasteEnd)) break;
          keys.push({ kind: "pasted", text: held.slice(0, -pasteEnd.length) });
          [state, held] = ["text", ""];
      }
    }
    // Nothing followed: the key of that name. What comes next may still be the rest of a sequence.
    if (state === "escape") keys.push({ kind: "escape" });
    const [sign, ...more] = signs;
    if (sign === undefined) return keys;
    if (more.length === 0 && keys.length === 0) return [{ kind: "sign", text: sign }];
    const pasted: Key = { kind: "pasted", text: signs.join("") };
    return [pasted, ...keys.filter(({ kind }) => kind === "interrupt")];
  };
}

/** "resumed": the program was stopped by Ctrl-Z and goes on; what it had drawn may be gone. */
export type Press = Exclude<Key, { readonly kind: "suspend" | "interrupt" }> | { readonly kind: "resumed" };

export interface Keyboard {
  /** Once the terminal is gone: "end". Throws InterruptedError at Ctrl-C and SIGTERM. */
  next(): Promise<Press>;
  close(): void;
}

/** Asks the terminal to mark what is pasted. */
const markPastes = safe`\u001b[?2004h`;
const markNoPastes = safe`\u001b[?2004l`;

export function openKeyboard(context: Context): Keyboard {
  const { stdin, stdout, signals, platform, env } = context;
  const stop = context.interruptible();
  const readKeys = createKeyReader();
  const decoder = new TextDecoder();
  const queue: (Press | { readonly kind: "interrupt" })[] = [];
  let isOver = false;
  let wake: (() => void) | undefined;

  const setRaw = (isRaw: boolean): void => {
    try {
      stdin.setRawMode?.(isRaw);
      if (env["TERM"] !== "dumb") stdout.write(isRaw ? markPastes : markNoPastes);
    } catch {
      // The terminal is gone: nothing is left to be restored.
    }
  };
  const onData = (chunk: Buffer | string): void => {
    const text = typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true });
    for (const key of readKeys(text)) {
      if (key.kind === "suspend") suspend();
      else queue.push(key);
    }
    wake?.();
  };
  const onEnd = (): void => {
    isOver = true;
    wake?.();
  };
  const suspend = (): void => {
    if (platform === "win32") return;
    setRaw(false);
    signals.raise("SIGTSTP");
  };
  // The mode is set twice, since one that was set already wouldn't be set anew.
  const onResume = (): void => {
    setRaw(false);
    setRaw(true);
    queue.push({ kind: "resumed" });
    wake?.();
  };
  const onStop = (): void => wake?.();

  setRaw(true);
  stdin.on("data", onData);
  // The last one stays: what fails after us is nobody's failure.
  stdin.once("end", onEnd).once("close", onEnd).on("error", onEnd);
  stop.addEventListener("abort", onStop);
  if (platform !== "win32") signals.on("SIGCONT", onResume);
  return {
    async next() {
      for (;;) {
        stop.throwIfAborted();
        const press = queue.shift();
        if (press?.kind === "interrupt") throw new InterruptedError("SIGINT");
        if (press !== undefined) return press;
        if (isOver) return { kind: "end" };
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    close() {
      setRaw(false);
      stdin.removeListener("data", onData).removeListener("end", onEnd).removeListener("close", onEnd);
      stop.removeEventListener("abort", onStop);
      if (platform !== "win32") signals.removeListener("SIGCONT", onResume);
      stdin.pause();
    },
  };
}
