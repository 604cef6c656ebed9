// Sentences and pairs that fit the screen without being cut.
import { inAscii, type Screen } from "./screen.ts";
import { widthOf } from "./width.ts";

/** Breaks a text between words. A word longer than the screen stays whole: half a command is of no use. */
export function wrapped(text: string, { width, unicode }: Pick<Screen, "width" | "unicode">): string[] {
  const lines: string[] = [];
  for (const word of (unicode ? text : inAscii(text)).split(" ")) {
    const last = lines.at(-1);
    const joined = last === undefined ? word : `${last} ${word}`;
    if (last === undefined || widthOf(joined) > width) lines.push(word);
    else lines[lines.length - 1] = joined;
  }
  return lines;
}

/** Parts side by side while they fit, each whole on a line otherwise. */
export function sideBySide(
  parts: readonly string[],
  gap: string,
  { width, unicode }: Pick<Screen, "width" | "unicode">,
): string[] {
  const lines: string[] = [];
  for (const part of parts.map((each) => (unicode ? each : inAscii(each)))) {
    const last = lines.at(-1);
    const joined = last === undefined ? part : last + gap + part;
    if (last === undefined || widthOf(joined) > width) lines.push(part);
    else lines[lines.length - 1] = joined;
  }
  return lines.flatMap((line) =>
    wrapped(line, { width, unicode: true }).length > 1 && widthOf(line) > width
      ? wrapped(line, { width, unicode: true })
      : [line],
  );
}

/** One text at each end of a line; below each other where they don't fit. */
export function ends(left: string, right: string, screen: Pick<Screen, "width" | "unicode">): string[] {
  const [start, end] = screen.unicode ? [left, right] : [inAscii(left), inAscii(right)];
  const gap = screen.width - widthOf(start) - widthOf(end);
  if (end === "") return wrapped(start, screen);
  return gap >= 2 ? [start + " ".repeat(gap) + end] : [...wrapped(start, screen), ...wrapped(end, screen)];
}
