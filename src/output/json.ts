import { createChunks, type Sink } from "./stream.ts";
import { safe, trusted, type SafeText } from "./escape.ts";

/** Characters that JSON leaves raw and a terminal would obey. */
const steering = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** A value as JSON, with nothing for a terminal to obey. */
export function json(value: unknown, indent = 0): SafeText {
  return trusted(
    JSON.stringify(value, null, indent).replace(
      steering,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
    ),
  );
}

/** A whole answer: indented for people, on one line for programs. Ends with a line break. */
export function jsonText(value: unknown, options: { indent: boolean }): SafeText {
  return safe`${json(value, options.indent ? 2 : 0)}\n`;
}

/** An answer for programs. Its lists may be iterables that are read while they are written. */
export type JsonDocument = object;

/** Like jsonText, indented on a terminal. Writes list items as they are read. */
export async function writeJson(sink: Sink, document: JsonDocument): Promise<void> {
  const chunks = createChunks(sink);
  for (const piece of pieces(document, sink.screen.isTerminal ? 2 : 0)) await chunks.add(piece);
  await chunks.end();
}

function* pieces(document: JsonDocument, indent: number): Generator<SafeText> {
  let open = safe`{`;
  for (const [name, value] of Object.entries(document).filter(([, given]) => given !== undefined)) {
    yield safe`${open}${lineBreak(indent)}${json(name)}:${indent === 0 ? safe`` : safe` `}`;
    if (isList(value)) yield* listPieces(value, indent);
    else yield inner(value, indent, indent);
    open = safe`,`;
  }
  yield open === "{" ? safe`{}\n` : safe`${lineBreak(0, indent)}}\n`;
}

function* listPieces(items: Iterable<unknown>, indent: number): Generator<SafeText> {
  let open = safe`[`;
  for (const item of items) {
    yield safe`${open}${lineBreak(2 * indent)}${inner(item, indent, 2 * indent)}`;
    open = safe`,`;
  }
  yield open === "[" ? safe`[]` : safe`${lineBreak(indent)}]`;
}

function isList(value: unknown): value is Iterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.iterator in value;
}

/** Indents all lines but the first. Line breaks in JSON occur only between values. */
function inner(value: unknown, indent: number, depth: number): SafeText {
  const text = json(value, indent);
  return depth === 0 ? text : trusted(text.replaceAll("\n", lineBreak(depth)));
}

function lineBreak(depth: number, indent = depth): SafeText {
  return trusted(indent === 0 ? "" : `\n${" ".repeat(depth)}`);
}
