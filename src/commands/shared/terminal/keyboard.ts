// Reads single key presses without Enter, and restores the terminal in every case.

import type { Context } from "../../../context.ts";
import { InterruptedError } from "../../../model/errors.ts";

type Key =
  /** One letter, digit or other character. */
  | { readonly kind: "sign"; readonly text: string }
  /** Several characters that arrived together. */
  | { readonly kind: "pasted"; readonly text: string }
  | { readonly kind: "enter" | "erase" | "escape" | "interrupt" | "end" };

const escape = "\u001b";
const ctrlC = "\u0003";
const maxPastedLength = 10_000;

const keysBySequence: ReadonlyMap<string, Key> = new Map<string, Key>([
  ["\r", { kind: "enter" }],
  ["\n", { kind: "enter" }],
  ["\r\n", { kind: "enter" }],
  ["\u007f", { kind: "erase" }],
  ["\b", { kind: "erase" }],
  [ctrlC, { kind: "interrupt" }],
  ["\u0004", { kind: "end" }],
]);

/**
 * The key of one piece of input; null if it is not one key. Several characters in one piece were pasted, because nobody
 * types that fast, and a line break among them is not Enter.
 */
function parseKey(piece: string): Key | null {
  if (piece === escape) return { kind: "escape" };
  // Arrows, function keys, Alt with a key, and reports of the terminal.
  if (piece.startsWith(escape)) return null;
  const control = keysBySequence.get(piece);
  if (control !== undefined) return control;
  if (piece.includes(ctrlC)) return { kind: "interrupt" };
  const signs = Array.from(piece);
  const typedSigns = signs.filter((sign) => /[\r\n]/.test(sign) || !/\p{Cc}/u.test(sign));
  if (typedSigns.length === 0) return null;
  return { kind: signs.length === 1 ? "sign" : "pasted", text: typedSigns.join("").slice(-maxPastedLength) };
}

export type Press = Exclude<Key, { readonly kind: "interrupt" }>;

export interface Keyboard {
  /** Returns "end" once the terminal is gone. Throws InterruptedError at Ctrl-C and SIGTERM. */
  next(this: void): Promise<Press>;
  close(): void;
}

export function openKeyboard(context: Context): Keyboard {
  const { stdin } = context;
  const stop = context.getInterruptSignal();
  const queue: Key[] = [];
  let isOver = false;
  let wake: (() => void) | undefined;

  const setRaw = (isRaw: boolean): void => {
    try {
      stdin.setRawMode?.(isRaw);
    } catch {
      // The terminal is gone.
    }
  };
  const onData = (piece: string): void => {
    const key = parseKey(piece);
    if (key !== null) queue.push(key);
    wake?.();
  };
  const onEnd = (): void => {
    isOver = true;
    wake?.();
  };
  const onStop = (): void => wake?.();

  setRaw(true);
  stdin.setEncoding("utf8").on("data", onData);
  // This listener stays, so that a later error of stdin does not end the process.
  stdin.once("end", onEnd).once("close", onEnd).on("error", onEnd);
  // An earlier keyboard paused it, and a new listener alone would not start it again.
  stdin.resume();
  stop.addEventListener("abort", onStop);
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
      stdin.pause();
    },
  };
}
