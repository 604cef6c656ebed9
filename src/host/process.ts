// The signals of the process, its stdout and its stderr. For a pipe, Node loads its network code, which takes a quarter of
// the start of an empty process. Pipes are therefore written to like files.
import { fstatSync, writeSync } from "node:fs";
import { getErrorCode } from "../model/errors.ts";
import type { Host, OutputStream } from "./host.ts";
import { constants } from "node:os";

const descriptors = { stdout: 1, stderr: 2 } as const;

type StreamName = keyof typeof descriptors;

/** Node's own stream if it may be a terminal, or if it was replaced. */
export function getOutputStream(process: NodeJS.Process, name: StreamName): OutputStream {
  const isReplaced = Object.getOwnPropertyDescriptor(process, name)?.get === undefined;
  if (isReplaced || process.platform === "win32" || !isPipeOrFile(descriptors[name]))
    return getNodeStream(process, name);
  return createDirectStream(process, name);
}

function isPipeOrFile(descriptor: number): boolean {
  try {
    const kind = fstatSync(descriptor);
    return kind.isFIFO() || kind.isFile() || kind.isSocket();
  } catch {
    return false;
  }
}

function getNodeStream(process: NodeJS.Process, name: StreamName): NodeJS.WriteStream {
  const stream = process[name];
  // A reader that leaves early would cause a stack trace if nobody listened.
  stream.on("error", () => {});
  return stream;
}

/** Each write waits for a slow reader, as Node's own stream does on Linux. */
function createDirectStream(process: NodeJS.Process, name: StreamName): OutputStream {
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
          if (getErrorCode(error) !== "EAGAIN") throw error;
          // Another process made the pipe non-blocking, which Node's stream can handle.
          const stream = getNodeStream(process, name);
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

export function createProcessSignals(process: NodeJS.Process): Host["signals"] {
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
