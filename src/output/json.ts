import { safe, trusted, type SafeText } from "./escape.ts";

/** JSON leaves some characters raw that a terminal would obey. */
const steering = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** A value as JSON: the same value for whoever reads it, nothing for a terminal to obey. */
export function json(value: unknown, indent = 0): SafeText {
  return trusted(
    JSON.stringify(value, null, indent).replace(
      steering,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
    ),
  );
}

/** A whole answer as JSON text: indented for people, on one line for programs. Ends with a line break. */
export function jsonText(value: unknown, options: { indent: boolean }): SafeText {
  return safe`${json(value, options.indent ? 2 : 0)}\n`;
}
