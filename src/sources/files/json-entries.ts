// Large JSON as a stream. JSON.parse reads each entry; this only finds where an entry ends.
import { Malformed, type Node, createRootNode } from "../../model/decode.ts";
import { removeSecretShapes } from "../../model/secret-shapes.ts";
import { type FileFormat, type RowFormat, emitPlay, type TextFile, UnreadableFile } from "./file-format.ts";
import { readLines, readText } from "./file-text.ts";

/** A page of 1,000 plays is an entry in some dumps: it takes a fifth of each. */
const maxEntryLength = 4_000_000;
const maxEntryValues = 200_000;
/** All text around the entries. */
const maxFrameLength = 100_000;
const maxNestingDepth = 64;

/**
 * Calls `each` with every entry of the outermost arrays: of [entry, …] as well as of {"a": 1, "listens": [entry, …]}.
 * Throws UnreadableFile for invalid JSON, also for a cut file.
 */
export async function readJson(file: TextFile, each: (entry: Node) => void): Promise<void> {
  const bounds = { nowMs: file.nowMs, isLoopback: false };
  /** All text around the entries: valid JSON itself, with empty arrays. */
  let frame = "";
  let entry = "";
  let entries = 0;
  /** Values in this entry: JSON.parse needs memory for each, however short it is. */
  let values = 0;
  let depth = 0;
  /** How deep the entries of the open outermost array lie; 0 outside of one. */
  let arrayDepth = 0;
  let isInText = false;
  let isEscaped = false;
  let line = 1;

  const createJsonError = (why: string): UnreadableFile => new UnreadableFile(file.name, line, why);
  const checkSize = (): void => {
    const isTooLarge =
      entry.length > maxEntryLength || values > maxEntryValues || frame.length > maxFrameLength;
    if (isTooLarge) throw createJsonError("an entry is too long for a listening history");
  };
  const emitEntry = (): void => {
    checkSize();
    entries += 1;
    values = 0;
    try {
      each(createRootNode(JSON.parse(entry), bounds));
    } catch (error) {
      throw createJsonError(describeContentError(`entry ${entries}`, error));
    }
    entry = "";
  };

  for await (const text of readText(file)) {
    let from = 0;
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === lineFeed) line += 1;
      if (isInText) {
        if (isEscaped) isEscaped = false;
        else if (code === backslash) isEscaped = true;
        else if (code === quote) isInText = false;
      } else if (code === quote) isInText = true;
      else if (code === openBracket || code === openBrace) {
        depth += 1;
        values += 1;
        if (depth > maxNestingDepth)
          throw createJsonError(`it is nested more than ${maxNestingDepth} levels deep`);
        if (code === openBracket && arrayDepth === 0) {
          arrayDepth = depth;
          frame += text.slice(from, at + 1);
          from = at + 1;
          entries = 0;
        }
      } else if (code === closeBracket || code === closeBrace) {
        if (code === closeBracket && depth === arrayDepth) {
          entry += text.slice(from, at);
          from = at;
          if (entries > 0 || entry.trim() !== "") emitEntry();
          entry = "";
          arrayDepth = 0;
        }
        depth -= 1;
      } else if (code === comma) {
        values += 1;
        if (depth !== arrayDepth || arrayDepth === 0) continue;
        entry += text.slice(from, at);
        from = at + 1;
        emitEntry();
      }
    }
    if (arrayDepth > 0) entry += text.slice(from);
    else frame += text.slice(from);
    checkSize();
  }
  if (depth > 0) throw createJsonError("the file ends too early: it was cut off");
  try {
    JSON.parse(frame);
  } catch (error) {
    throw createJsonError(describeContentError("it", error));
  }
}

/** A format with a play in each entry; `isLines`: an entry a line. */
export function createJsonFormat(format: RowFormat & { readonly isLines?: true }): FileFormat {
  const eachEntry = format.isLines === true ? readJsonLines : readJson;
  return {
    ...format,
    read: (file, sink) => eachEntry(file, (entry) => emitPlay(sink, format.readRow(entry, file))),
  };
}

/** The same for a file with one JSON value a line. */
export async function readJsonLines(file: TextFile, each: (entry: Node) => void): Promise<void> {
  const bounds = { nowMs: file.nowMs, isLoopback: false };
  for await (const { text, number } of readLines(file)) {
    if (text.trim() === "") continue;
    try {
      each(createRootNode(JSON.parse(text), bounds));
    } catch (error) {
      throw new UnreadableFile(file.name, number, describeContentError("the line", error));
    }
  }
}

/** Returns true if each line is an object of its own. */
export function isJsonLines(head: string): boolean {
  const [first = "", second = ""] = head.trimStart().split("\n", 2);
  try {
    const value: unknown = JSON.parse(first);
    // A whole list may be in one line.
    const isList = second.trim() === "" && /\[\s*\{/.test(first);
    return typeof value === "object" && value !== null && !Array.isArray(value) && !isList;
  } catch {
    return false;
  }
}

/** A text in the place of a time. */
export class UnreadTime extends Error {
  constructor(text: string) {
    const excerpt = JSON.stringify(removeSecretShapes(text).slice(0, 40));
    super(`${excerpt} is not a time; for example 2024-02-03T20:17:05Z`);
  }
}

/**
 * Says what is wrong with a part of a file, which `subject` names. Of the file itself it shows only the text in the place
 * of a time. Rethrows anything that isn't about the content.
 */
export function describeContentError(subject: string, error: unknown): string {
  if (error instanceof SyntaxError) return `${subject} is not valid JSON, or was cut off`;
  if (error instanceof Malformed) return `${subject} has another shape than expected: ${error.message}`;
  if (error instanceof UnreadTime) return error.message;
  throw error;
}

const lineFeed = 10;
const quote = 34;
const comma = 44;
const openBracket = 91;
const backslash = 92;
const closeBracket = 93;
const openBrace = 123;
const closeBrace = 125;
