// Reads a file or stdin into a string.
import { createReadStream, statSync } from "node:fs";
import type { Context } from "../../../context.ts";
import { UsageError, getSystemMessage } from "../../../model/errors.ts";
import { decodeText } from "../../../host/text-encoding.ts";
import { formatBytes } from "../../../output/format-numbers.ts";

interface Limits {
  readonly maxBytes: number;
  /** The noun for the error: "a decisions file". */
  readonly what: string;
  readonly hint: string;
}

/** "-" is stdin. Throws UsageError if the file can't be read, is too large, or is a pipe or a device. */
export async function readText(
  context: Context,
  file: string,
  { maxBytes, what, hint }: Limits,
): Promise<string> {
  const name = file === "-" ? "stdin" : file;
  const chunks: Buffer[] = [];
  let bytes = 0;
  if (file !== "-") refusePipe(file, hint);
  try {
    for await (const chunk of file === "-" ? context.stdin : createReadStream(file)) {
      const part = Buffer.from(chunk as Uint8Array | string);
      bytes += part.length;
      if (bytes > maxBytes) break;
      chunks.push(part);
    }
  } catch (error) {
    const why = error instanceof Error ? getSystemMessage(error) : String(error);
    throw new UsageError(`can't read ${name}: ${why}`, hint, { cause: error });
  }
  if (bytes > maxBytes)
    throw new UsageError(`${name} is too large for ${what}: over ${formatBytes(maxBytes)}`, hint);
  return decodeText(Buffer.concat(chunks));
}

/** Nobody may ever write to a pipe. */
function refusePipe(file: string, hint: string): void {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats === undefined || stats.isFile() || stats.isDirectory()) return;
  throw new UsageError(`can't read ${file}: it is a pipe or a device; give a file, or - for stdin`, hint);
}
