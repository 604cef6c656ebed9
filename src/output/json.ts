import { terminalSafeJson } from "./escape.ts";

/** A whole answer as JSON text: indented for people, on one line for programs. Ends with a line break. */
export function jsonText(value: unknown, options: { indent: boolean }): string {
  return `${terminalSafeJson(JSON.stringify(value, null, options.indent ? 2 : 0))}\n`;
}
