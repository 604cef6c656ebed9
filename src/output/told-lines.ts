// What went wrong, or is to be done next, in lines as short as the terminal: broken between words, never in what is to be
// typed or copied.
import { printable, safe, type SafeText } from "./escape.ts";
import { wrapped } from "./paragraph.ts";
import { inAscii, screenOf, type Screen, type StreamFacts } from "./screen.ts";
import { widthOf } from "./width.ts";

/** Between two ways out that stand on one line. */
const gap = / {3,}/;

/** For a stream that nobody has judged yet. */
export function toldOn(
  stream: StreamFacts,
  env: Parameters<typeof screenOf>[1],
  lines: readonly string[],
): SafeText[] {
  return toldLines(lines, screenOf(stream, env));
}

/** Each as it is where it fits or nobody looks at a terminal. */
export function toldLines(
  lines: readonly string[],
  screen: Pick<Screen, "isTerminal" | "width" | "unicode">,
): SafeText[] {
  if (!screen.isTerminal) return lines.map(printable);
  return lines.flatMap((line) => {
    const shown = screen.unicode ? printable(line) : inAscii(printable(line));
    if (widthOf(shown) <= screen.width) return [shown];
    return line.split(gap).flatMap((part) => partLines(part, screen));
  });
}

function partLines(part: string, screen: Pick<Screen, "width" | "unicode">): SafeText[] {
  if (part.startsWith("rewind: ")) return wrapped(part, screen, { keepsWords: true });
  // A line of a shell that a person copies is one, however long; the terminal breaks what it must.
  const typed = /(?:^|[:;,.] )(?=(?:rewind|npm|chmod|cp|[A-Z_]+=\S+ rewind) )/.exec(part);
  if (typed === null) return wrapped(part, screen, { keepsWords: true });
  const at = typed.index + typed[0].length;
  const [before, command] = [part.slice(0, at).trimEnd(), part.slice(at)];
  const told = screen.unicode ? printable(command) : inAscii(printable(command));
  if (before === "") return [told];
  const whole = safe`${printable(before)} ${told}`;
  return widthOf(whole) <= screen.width ? [whole] : [...wrapped(before, screen, { keepsWords: true }), told];
}
