// Text on its way out of the process, and what may happen to it there.
import { SystemError } from "../model/errors.ts";
import type { SafeText } from "./escape.ts";

interface TextStream {
  write(text: SafeText, done?: (error?: Error | null) => void): boolean;
}

/** Resolves when the text is taken. Throws SystemError for a full disk and the like; a reader that left is thrown as it is. */
export function writeWhole(stream: TextStream, text: SafeText): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: unknown): void => reject(isClosedPipe(error) ? error : unwritten(error));
    try {
      stream.write(text, (error) => (error ? fail(error) : resolve()));
    } catch (error) {
      // A file that is full says so at once.
      fail(error);
    }
  });
}

/** `rewind xref | head` is a success. */
export function isClosedPipe(error: unknown): boolean {
  if (!(error instanceof Error) || !("code" in error)) return false;
  // Windows says of some pipes that they have come to their end.
  if (error.code === "EOF") return "syscall" in error && error.syscall === "write";
  return error.code === "EPIPE" || error.code === "ERR_STREAM_DESTROYED";
}

function unwritten(error: unknown): unknown {
  if (!(error instanceof Error) || !("code" in error)) return error;
  return new SystemError(
    `can't write the output: ${systemWords(error)}`,
    error.code === "ENOSPC" ? "The answer is incomplete. Free some space, then try again." : "",
    { cause: error },
  );
}

/** "no space left on device", of "ENOSPC: no space left on device, write". */
export function systemWords(error: Error): string {
  return /^E[A-Z0-9]+: ([^,]+)/.exec(error.message)?.[1] ?? error.message.split("\n")[0] ?? "";
}
