// The lines under a table: where you are, what the whole is, what to type next.
import { printable, safe, type SafeText } from "./escape.ts";
import { inAscii, type Screen } from "./screen.ts";
import { cutEnd, widthOf } from "./width.ts";

/** Joins the parts of a line with " · " and breaks it between parts where the screen is too narrow. */
export function footerLines(lines: readonly (readonly string[])[], screen: Screen): SafeText[] {
  return lines.flatMap((parts) => wrapParts(parts.filter((part) => part !== "").map(printable), screen));
}

function wrapParts(parts: readonly SafeText[], screen: Screen): SafeText[] {
  const lines: SafeText[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    const joined = last === undefined ? part : safe`${last} · ${part}`;
    if (last === undefined || widthOf(joined) > screen.width) lines.push(part);
    else lines[lines.length - 1] = joined;
  }
  return lines
    .map((line) => (screen.unicode ? line : inAscii(line)))
    .map((line) => cutEnd(line, screen.width, screen.unicode ? "…" : "..."));
}
