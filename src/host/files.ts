// Replaces files, and decodes their text.
import { renameSync } from "node:fs";
import { codeOf } from "../model/errors.ts";

export interface Renaming {
  readonly platform?: NodeJS.Platform;
  readonly rename?: (from: string, to: string) => void;
  readonly pause?: (ms: number) => void;
}

/** Waiting times on Windows: virus scanners, backups and search soon close a file again. */
const pausesMs = [10, 20, 40, 80, 160, 320, 640] as const;

/**
 * Windows renames nothing that another program has open: there it is tried again for a second.
 * Throws the system's error.
 */
export function replaceFile(
  from: string,
  to: string,
  { platform = process.platform, rename = renameSync, pause = pauseHere }: Renaming = {},
): void {
  for (const pauseMs of platform === "win32" ? pausesMs : []) {
    try {
      return rename(from, to);
    } catch (error) {
      // Another program has it open.
      if (!/^(?:EPERM|EACCES|EBUSY)$/.test(codeOf(error))) throw error;
      pause(pauseMs);
    }
  }
  rename(from, to);
}

/** Blocks the thread: nothing may read the file before it is whole. */
function pauseHere(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

/**
 * UTF-8, unless the first bytes say UTF-16, as PowerShell writes it: by a mark, or since text that begins in ASCII has
 * no byte of 0 in it but there. A mark is no part of the text.
 */
export function textOfBytes(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes);
}

/** Node's name of the encoding. */
export function encodingOf([first, second]: Uint8Array): string {
  if ((first === 0xff && second === 0xfe) || (second === 0 && first !== 0)) return "utf-16le";
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0 && second !== undefined))
    return "utf-16be";
  return "utf-8";
}
