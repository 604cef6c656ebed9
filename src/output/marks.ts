// ✓, ! and ✗ before a line: found right, to be looked at, wrong.
import type { Colours } from "./look.ts";
import { printable, safe, type SafeText } from "./escape.ts";
import { wrapped } from "./paragraph.ts";
import { inAscii, type Screen } from "./screen.ts";

export type Mark = "right" | "doubtful" | "wrong";

const glyphs: Readonly<Record<Mark, SafeText>> = { right: safe`✓`, doubtful: safe`!`, wrong: safe`✗` };

export interface MarkLook {
  readonly screen: Pick<Screen, "unicode" | "width">;
  readonly colours: Colours;
}

/** The mark alone, in its colour. */
export function markOf(mark: Mark, { screen, colours }: MarkLook): SafeText {
  const glyph = screen.unicode ? glyphs[mark] : inAscii(glyphs[mark]);
  if (mark === "right") return colours.green(glyph);
  return mark === "doubtful" ? colours.yellow(glyph) : colours.red(glyph);
}

/** A text behind its mark, indented by so much; further lines stand under its first word. */
export function markedLines(mark: Mark, text: string, look: MarkLook, indent = 0): SafeText[] {
  const { screen } = look;
  const margin = printable(" ".repeat(indent));
  return wrapped(text, { ...screen, width: screen.width - indent - 2 }).map((line, at) =>
    at === 0 ? safe`${margin}${markOf(mark, look)} ${line}` : safe`${margin}  ${line}`,
  );
}
