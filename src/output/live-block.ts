// Lines at the end of a terminal's screen that give way to what comes next.
import { linesText, safe, type SafeText } from "./escape.ts";

export interface LiveBlock {
  /** In place of the block before. */
  show(lines: readonly SafeText[]): SafeText;
  /** In place of the block, for good: the next block comes below. */
  keep(lines: readonly SafeText[]): SafeText;
  /** Something else was written since: what was shown stays where it is. */
  leave(): void;
}

/** Lines may not be wider than the screen. isRedrawn: whether the terminal can go back; else all stays. */
export function createLiveBlock({ isRedrawn }: { readonly isRedrawn: boolean }): LiveBlock {
  let height = 0;
  const draw = (lines: readonly SafeText[], left: number): SafeText => {
    const erased = isRedrawn && height > 0 ? safe`\u001b[${height}A\r\u001b[J` : safe``;
    height = left;
    return safe`${erased}${linesText(lines)}`;
  };
  return {
    show: (lines) => draw(lines, lines.length),
    keep: (lines) => draw(lines, 0),
    leave: () => {
      height = 0;
    },
  };
}
