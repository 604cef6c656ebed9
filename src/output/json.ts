import { createChunkWriter, type Sink } from "./stream.ts";
import { safe, markSafe, type SafeText } from "./safe-text.ts";

/** Characters that JSON leaves raw and a terminal would obey. */
const controlCharacters = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** A value as JSON, with nothing for a terminal to obey. */
export function encodeJson(value: unknown, indent = 0): SafeText {
  return escapeJson(JSON.stringify(value, null, indent));
}

/** The same JSON, with nothing for a terminal to obey. */
export function escapeJson(json: string): SafeText {
  return markSafe(
    json.replace(
      controlCharacters,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
    ),
  );
}

/** A whole answer: indented for people, on one line for programs. Ends with a line break. */
export function renderJson(value: unknown, options: { indent: boolean }): SafeText {
  return safe`${encodeJson(value, options.indent ? 2 : 0)}\n`;
}

/** An answer for programs. Its lists may be iterables that are read while they are written. */
export type JsonDocument = object;

/** Like renderJson, indented on a terminal. In a pipe, list items are written as they are read. */
export async function writeJson(sink: Sink, document: JsonDocument): Promise<void> {
  if (sink.screen.isTerminal) {
    const whole = Object.entries(document).map(([name, value]) => [name, isList(value) ? [...value] : value]);
    return sink.write(renderJson(Object.fromEntries(whole), { indent: true }));
  }
  const chunks = createChunkWriter(sink);
  for (const piece of renderPieces(document)) await chunks.add(piece);
  await chunks.end();
}

function* renderPieces(document: JsonDocument): Generator<SafeText> {
  let open = safe`{`;
  for (const [name, value] of Object.entries(document).filter(([, each]) => each !== undefined)) {
    yield safe`${open}${encodeJson(name)}:`;
    if (isList(value)) yield* renderListPieces(value);
    else yield encodeJson(value);
    open = safe`,`;
  }
  yield open === "{" ? safe`{}\n` : safe`}\n`;
}

function* renderListPieces(items: Iterable<unknown>): Generator<SafeText> {
  let open = safe`[`;
  for (const item of items) {
    yield safe`${open}${encodeJson(item)}`;
    open = safe`,`;
  }
  yield open === "[" ? safe`[]` : safe`]`;
}

function isList(value: unknown): value is Iterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.iterator in value;
}
