// The lines under a table: where you are, what the whole is, what to type next.
import type { SafeText } from "./escape.ts";
import { sideBySide } from "./paragraph.ts";
import type { Screen } from "./screen.ts";

/** Joins the parts of a line with " · "; where the screen is too narrow it breaks between parts, then between words. */
export function footerLines(
  lines: readonly (readonly string[])[],
  screen: Pick<Screen, "width" | "unicode">,
): SafeText[] {
  const separator = screen.unicode ? " · " : " - ";
  return lines.flatMap((parts) =>
    sideBySide(
      parts.filter((part) => part !== ""),
      separator,
      screen,
    ),
  );
}
