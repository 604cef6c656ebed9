// The signals of the process, its stdout and its stderr. For a pipe, Node loads its network code, which takes a quarter of
// the start of an empty process. Pipes are therefore written to like files.
import { fstatSync, writeSync } from "node:fs";
import { codeOf } from "../model/errors.ts";
import type { Host, OutputStream } from "./host.ts";
import { constants } from "node:os";

const descriptors = { stdout: 1, stderr: 2 } as const;

type Name = keyof typeof descriptors;

/** Node's own stream if it may be a terminal, or if it was replaced. */
export function standardStream(process: NodeJS.Process, name: Name): OutputStream {
  const isReplaced = Object.getOwnPropertyDescriptor(process, name)?.get === undefined;
  if (isReplaced || process.platform === "win32" || !isPlain(descriptors[name]))
    return nodeStream(process, name);
  return directStream(process, name);
}

function isPlain(descriptor: number): boolean {
  try {
    const kind = fstatSync(descriptor);
    return kind.isFIFO() || kind.isFile() || kind.isSocket();
  } catch {
    return false;
  }
}

function nodeStream(process: NodeJS.Process, name: Name): NodeJS.WriteStream {
  const stream = process[name];
  // Without a listener, a reader that leaves early would cause a stack trace.
  stream.on("error", () => {});
  return stream;
}

/** Each write waits for a slow reader, as Node's own stream does on Linux. */
function directStream(process: NodeJS.Process, name: Name): OutputStream {
  let handedOver: OutputStream | undefined;
  return {
    isTTY: false,
    write(text, onWritten) {
      if (handedOver !== undefined) return handedOver.write(text, onWritten);
      const bytes = Buffer.from(text);
      for (let from = 0; from < bytes.length;) {
        try {
          from += writeSync(descriptors[name], bytes, from);
        } catch (error) {
          if (codeOf(error) !== "EAGAIN") throw error;
          // Another process made the pipe non-blocking, which Node's stream can handle.
          const stream = nodeStream(process, name);
          handedOver = stream;
          return stream.write(bytes.subarray(from), onWritten);
        }
      }
      onWritten?.();
      return true;
    },
    once: (event, listener) => handedOver?.once(event, listener),
  };
}

export function processSignals(process: NodeJS.Process): Host["signals"] {
  return {
    on: (signal, listener) => process.on(signal, listener),
    removeListener: (signal, listener) => process.removeListener(signal, listener),
    raise: (signal) => {
      // Windows has no signals: kill() would end the process with 1.
      if (process.platform === "win32") process.exit(128 + constants.signals[signal]);
      else process.kill(process.pid, signal);
    },
  };
}
