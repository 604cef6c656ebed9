// Writes text to streams.

import { getErrorCode, SystemError, getSystemMessage } from "../model/errors.ts";
import { type SafeText, markSafe } from "./safe-text.ts";
import type { Terminal } from "./terminal.ts";

interface TextStream {
  write(text: SafeText, onWritten?: (error?: Error | null) => void): boolean;
}

/** Resolves when the text is written. Throws SystemError for a full disk and similar errors. Rethrows a closed pipe. */
export function writeWhole(stream: TextStream, text: SafeText): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: unknown): void => reject(isClosedPipe(error) ? error : createWriteError(error));
    try {
      stream.write(text, (error) => (error ? fail(error) : resolve()));
    } catch (error) {
      // A full file reports it here.
      fail(error);
    }
  });
}

/** `rewind xref | head` succeeds. */
export function isClosedPipe(error: unknown): boolean {
  const code = getErrorCode(error);
  // Windows reports the end of some pipes this way.
  if (code === "EOF") return error instanceof Error && "syscall" in error && error.syscall === "write";
  return code === "EPIPE" || code === "ERR_STREAM_DESTROYED";
}

function createWriteError(error: unknown): unknown {
  const code = getErrorCode(error);
  if (!(error instanceof Error) || code === "") return error;
  const hint = code === "ENOSPC" ? "The answer is incomplete. Free some space, then try again." : "";
  return new SystemError(`can't write the output: ${getSystemMessage(error)}`, hint, { cause: error });
}

export interface Sink {
  readonly screen: Pick<Terminal, "isTerminal">;
  write(text: SafeText): Promise<void>;
}

const maxChunkLength = 32_768;

/** Collects short texts, because writing each row of a long list would take longer than making it. */
export function createChunkWriter(sink: Pick<Sink, "write">) {
  let pieces: SafeText[] = [];
  let letters = 0;
  const flush = (): Promise<void> | undefined => {
    if (letters === 0) return undefined;
    const text = markSafe(pieces.join(""));
    pieces = [];
    letters = 0;
    return sink.write(text);
  };
  return {
    add(text: SafeText): Promise<void> | undefined {
      pieces.push(text);
      letters += text.length;
      return letters < maxChunkLength ? undefined : flush();
    },
    end: flush,
  };
}
