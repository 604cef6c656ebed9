// Reads a file or stdin into a string.
import { createReadStream } from "node:fs";
import type { Context } from "../../../context.ts";
import { UsageError, systemWords } from "../../../model/errors.ts";
import { textOfBytes } from "../../../host/files.ts";
import { bytesText } from "../../../output/number-text.ts";

interface Limits {
  readonly mostBytes: number;
  /** The noun for the error: "a decisions file". */
  readonly what: string;
  readonly hint: string;
}

/** "-" is stdin. Throws UsageError if the file can't be read or is too large. */
export async function textOf(
  context: Context,
  file: string,
  { mostBytes, what, hint }: Limits,
): Promise<string> {
  const name = file === "-" ? "stdin" : file;
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of file === "-" ? context.stdin : createReadStream(file)) {
      const part = Buffer.from(chunk as Uint8Array | string);
      bytes += part.length;
      if (bytes > mostBytes) break;
      chunks.push(part);
    }
  } catch (error) {
    const why = error instanceof Error ? systemWords(error) : String(error);
    throw new UsageError(`can't read ${name}: ${why}`, hint, { cause: error });
  }
  if (bytes > mostBytes)
    throw new UsageError(`${name} is too large for ${what}: over ${bytesText(mostBytes)}`, hint);
  return textOfBytes(Buffer.concat(chunks));
}
