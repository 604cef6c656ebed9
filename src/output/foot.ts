// The lines under a table: where you are, what the whole is, what to type next.
import { inAscii, type Screen } from "./screen.ts";
import { cutEnd, widthOf } from "./width.ts";

/** Joins the parts of a line with " · " and breaks it between parts where the screen is too narrow. */
export function footLines(lines: readonly (readonly string[])[], screen: Screen): string[] {
  return lines.flatMap((parts) =>
    wrapParts(
      parts.filter((part) => part !== ""),
      screen,
    ),
  );
}

function wrapParts(parts: readonly string[], screen: Screen): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    const joined = last === undefined ? part : `${last} · ${part}`;
    if (last === undefined || widthOf(joined) > screen.width) lines.push(part);
    else lines[lines.length - 1] = joined;
  }
  return lines
    .map((line) => (screen.unicode ? line : inAscii(line)))
    .map((line) => cutEnd(line, screen.width, screen.unicode ? "…" : "..."));
}
