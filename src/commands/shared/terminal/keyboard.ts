// Reads single key presses without Enter, and restores the terminal in every case.

import type { Context } from "../../../context.ts";
import { InterruptedError } from "../../../model/errors.ts";
import { safe } from "../../../output/escape.ts";

type Key =
  /** One letter, digit or other character. */
  | { readonly kind: "sign"; readonly text: string }
  /** Several characters that arrived together. */
  | { readonly kind: "pasted"; readonly text: string }
  | { readonly kind: "enter" | "erase" | "escape" | "interrupt" | "suspend" | "end" };

const escape = "\u001b";
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

const tokens = new RegExp(
  [
    // Text that the terminal marked as pasted.
    String.raw`\u001b+\[200~(?<pasted>[^]*?)\u001b\[201~`,
    // Arrows, function keys, and reports of the terminal.
    String.raw`\u001b+\[(?!200~)[^@-~]*[@-~]`,
    String.raw`\u001b+[ON][^]`,
    String.raw`\u001b+[\]P_^][^]*?(?:\u0007|\u001b\\)`,
    // The beginning of one of these; the rest may arrive later.
    String.raw`(?<beginning>\u001b+(?:\[200~[^]*|\[[^@-~]*|[ON]|[\]P_^][^]*)?$)`,
    // Alt with a key.
    String.raw`\u001b+[^]`,
    "[^]",
  ].join("|"),
  "gu",
);

/**
 * Returns a function that decodes one piece of input after another. It ignores arrows, function keys and reports of
 * the terminal. Several characters in one piece were pasted, since nobody types that fast.
 */
function createKeyReader(): (piece: string) => readonly Key[] {
  let rest = "";
  return (piece) => {
    // An Escape at the end of the last piece was the key, unless this piece continues a sequence.
    const text = (rest === escape && !/^[[O]/.test(piece) ? "" : rest) + piece;
    rest = "";
    const keys: Key[] = [];
    const signs: string[] = [];
    for (const { 0: token, groups } of text.matchAll(tokens)) {
      const control = controls.get(token);
      if (groups?.["pasted"] !== undefined) {
        keys.push({ kind: "pasted", text: groups["pasted"].slice(-mostPasted) });
      } else if (groups?.["beginning"] !== undefined) {
        const isKey = token.replaceAll(escape, "") === "";
        rest = isKey ? escape : token.slice(0, 6) + token.slice(6).slice(-mostPasted);
      } else if (control !== undefined) keys.push(control);
      else if (!/\p{Cc}/u.test(token)) signs.push(token);
    }
    // Nothing follows, so it is the Escape key. The next piece may still turn it into a sequence.
    if (rest === escape) keys.push({ kind: "escape" });
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
