// The text of a file, decoded as a stream. A byte that is wrong in the encoding is an error: names must not be guessed.
import { type InputFile, type TextFile, readFailure, UnreadableFile } from "./file-format.ts";
import { encodingOf } from "../../host/files.ts";

const headBytes = 65_536;

export async function readHead(file: InputFile): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const part of await file.open()) {
      parts.push(part as Buffer);
      bytes += (part as Buffer).length;
      if (bytes >= headBytes) break;
    }
  } catch (error) {
    throw readFailure(file.name, null, error);
  }
  return Buffer.concat(parts).subarray(0, headBytes);
}

/** Without a chosen encoding, the first bytes say whether it is UTF-16; else it is UTF-8. */
export function decodeHead(
  bytes: Buffer,
  userEncoding: string | undefined,
): { encoding: string; head: string } {
  const encoding = userEncoding ?? encodingOf(bytes);
  return { encoding, head: new TextDecoder(encoding).decode(bytes) };
}

/** Throws UnreadableFile, with the line, for bytes that are no text in the file's encoding. */
export async function* textOf(file: TextFile): AsyncGenerator<string> {
  const decoder = new TextDecoder(file.encoding, { fatal: true });
  let line = 1;
  const decode = (bytes: Buffer): string => {
    try {
      return decoder.decode(bytes, { stream: true });
    } catch {
      throw wrongEncoding(file, line, bytes);
    }
  };
  try {
    for await (const part of await file.open()) {
      const bytes = part as Buffer;
      file.onBytes(bytes.length);
      const text = decode(bytes);
      yield text;
      line += countLines(text);
    }
  } catch (error) {
    throw readFailure(file.name, line, error);
  }
  try {
    decoder.decode();
  } catch {
    throw new UnreadableFile(file.name, line, "the file ends within a character: it was cut off");
  }
}

/** The longest line of a real file has a thousandth of this. */
const longestLine = 8_000_000;

export async function* linesOf(file: TextFile): AsyncGenerator<{ text: string; number: number }> {
  let number = 1;
  let rest = "";
  for await (const text of textOf(file)) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      yield { text: line.endsWith("\r") ? line.slice(0, -1) : line, number };
      number += 1;
    }
    if (rest.length > longestLine) throw new UnreadableFile(file.name, number, "the line is too long");
  }
  if (rest !== "") yield { text: rest, number };
}

function countLines(text: string): number {
  let lines = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) lines += 1;
  return lines;
}

function wrongEncoding(file: TextFile, line: number, bytes: Buffer): UnreadableFile {
  const [before = ""] = new TextDecoder(file.encoding).decode(bytes).split("\ufffd", 1);
  const name = file.encoding.toUpperCase();
  return new UnreadableFile(
    file.name,
    line + countLines(before),
    `a character is not valid ${name}: the file is damaged or in another encoding`,
    "Nothing was imported. Programs for old Windows wrote: --encoding windows-1252",
  );
}
