// Reads single key presses without Enter, and restores the terminal in every case.

import type { Context } from "../../../context.ts";
import { InterruptedError } from "../../../model/errors.ts";
import { safe } from "../../../output/escape.ts";

// A key press, decoded from what the terminal sent.

type Key =
  /** One letter, digit or other character. */
  | { readonly kind: "sign"; readonly text: string }
  /** Several characters that arrived together. */
  | { readonly kind: "pasted"; readonly text: string }
  | { readonly kind: "enter" | "erase" | "escape" | "interrupt" | "suspend" | "end" };

const escape = "\u001b";
/** Terminals put these marks around pasted text if asked to. */
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

/** The position within an escape sequence, which may arrive in pieces. */
type State = "text" | "escape" | "sequence" | "one more" | "report" | "paste";

/**
 * Returns a function that decodes one piece of input after another. It ignores arrows, function keys and reports of
 * the terminal. Several characters in one piece were pasted, since nobody types that fast.
 */
function createKeyReader(): (piece: string) => readonly Key[] {
  let state: State = "text";
  let pending = "";

  return (piece) => {
    // An Escape at the end of the last piece was the key, unless this piece continues a sequence.
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
          if (sign === escape) [state, pending] = ["escape", ""];
          else takeText(sign);
          break;
        case "escape":
          if (sign === "[") state = "sequence";
          else if (sign === "O" || sign === "N") state = "one more";
          else if (sign === "]" || sign === "P" || sign === "_" || sign === "^") state = "report";
          // Alt with a key, or Escape twice.
          else if (sign !== escape) state = "text";
          break;
        case "sequence":
          pending += sign;
          if (sign >= "@" && sign <= "~") [state, pending] = [pending === pasteStart ? "paste" : "text", ""];
          break;
        case "one more":
          state = "text";
          break;
        case "report":
          pending += sign;
          if (sign === "\u0007" || pending.endsWith(`${escape}\\`)) [state, pending] = ["text", ""];
          break;
        case "paste":
          pending = (pending + sign).slice(-mostPasted);
          if (!pending.endsWith(pasteEnd)) break;
          keys.push({ kind: "pasted", text: pending.slice(0, -pasteEnd.length) });
          [state, pending] = ["text", ""];
      }
    }
    // Nothing follows, so it is the Escape key. The next piece may still turn it into a sequence.
    if (state === "escape") keys.push({ kind: "escape" });
    const [sign, ...more] = signs;
    if (sign === undefined) return keys;
    if (more.length === 0 && keys.length === 0) return [{ kind: "sign", text: sign }];
    const pasted: Key = { kind: "pasted", text: signs.join("") };
    return [pasted, ...keys.filter(({ kind }) => kind === "interrupt")];
  };
}

/** "resumed": the program continues after Ctrl-Z, and must draw its screen again. */
export type Press = Exclude<Key, { readonly kind: "suspend" | "interrupt" }> | { readonly kind: "resumed" };

export interface Keyboard {
  /** Returns "end" once the terminal is gone. Throws InterruptedError at Ctrl-C and SIGTERM. */
  next(): Promise<Press>;
  close(): void;
}

/** Asks the terminal to mark pasted text. */
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
      // The terminal is gone.
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
  // Node ignores a mode that it believes is set already, so turn it off first.
  const onResume = (): void => {
    setRaw(false);
    setRaw(true);
    queue.push({ kind: "resumed" });
    wake?.();
  };
  const onStop = (): void => wake?.();

  setRaw(true);
  stdin.on("data", onData);
  // This listener stays, so that a later error of stdin does not end the process.
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
