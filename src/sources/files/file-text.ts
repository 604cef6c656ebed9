// The text of a file, decoded as a stream. A byte that is wrong in the encoding is an error: names must not be guessed.
import { type InputFile, type TextFile, createReadError, UnreadableFile } from "./file-format.ts";
import { detectEncoding } from "../../host/text-encoding.ts";

const maxHeadBytes = 65_536;

export async function readHead(file: InputFile): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const part of await file.open()) {
      parts.push(part as Buffer);
      bytes += (part as Buffer).length;
      if (bytes >= maxHeadBytes) break;
    }
  } catch (error) {
    throw createReadError(file.name, error);
  }
  return Buffer.concat(parts).subarray(0, maxHeadBytes);
}

/** The first bytes say whether it is UTF-16, unless an encoding was chosen; else it is UTF-8. */
export function decodeHead(
  bytes: Buffer,
  userEncoding: string | undefined,
): { encoding: string; head: string } {
  const encoding = userEncoding ?? detectEncoding(bytes);
  return { encoding, head: new TextDecoder(encoding).decode(bytes) };
}

/** Throws UnreadableFile for bytes that are no text in the file's encoding. */
export async function* readText(file: TextFile): AsyncGenerator<string> {
  const decoder = new TextDecoder(file.encoding, { fatal: true });
  try {
    for await (const part of await file.open()) {
      file.onBytes((part as Buffer).length);
      yield decoder.decode(part as Buffer, { stream: true });
    }
    yield decoder.decode();
  } catch (error) {
    if (!(error instanceof TypeError)) throw createReadError(file.name, error);
    const name = file.encoding.toUpperCase();
    throw new UnreadableFile(
      file.name,
      null,
      `a character is not valid ${name}: the file is damaged, was cut off, or is in another encoding`,
      "Nothing was imported. Programs for old Windows wrote: --encoding windows-1252",
    );
  }
}

/** The longest line or row of a real file has a tenth of this. */
export const maxLineLength = 250_000;

export async function* readLines(file: TextFile): AsyncGenerator<{ text: string; number: number }> {
  let number = 1;
  let rest = "";
  for await (const text of readText(file)) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      yield { text: line.endsWith("\r") ? line.slice(0, -1) : line, number };
      number += 1;
    }
    if (rest.length > maxLineLength) throw new UnreadableFile(file.name, number, "the line is too long");
  }
  if (rest !== "") yield { text: rest, number };
}
