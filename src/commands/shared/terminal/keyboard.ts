// Keys one at a time, without Enter. Whatever happens, the terminal is left as it was found.
import type { Context } from "../../../context.ts";
import { InterruptedError } from "../../../model/errors.ts";
import { safe } from "../../../output/escape.ts";
import { createKeyReader, type Key } from "./keys.ts";

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
