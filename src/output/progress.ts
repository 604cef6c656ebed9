// The door to ora, opened only for a terminal that can redraw its last lines.

import type { WriteStream } from "node:tty";
import { linesText, safe, type SafeText } from "./escape.ts";
import type { Screen } from "./screen.ts";

export interface ProgressDisplay {
  /** Ends the drawing; what was drawn is gone. */
  stop(): void;
}

/** Columns that the spinner takes behind the last line. */
export const spinnerWidth = 3;

/** Keeps the lines drawn below everything else that is written; they are asked for anew several times a second. */
export async function showProgress(
  stream: object,
  { unicode }: Pick<Screen, "unicode">,
  lines: () => readonly SafeText[],
): Promise<ProgressDisplay> {
  if (!isRedrawable(stream)) return { stop: () => {} };
  const { default: ora } = await import("ora");
  const spinner = ora({
    stream,
    prefixText: () => lines().join("\n"),
    color: false,
    ...(unicode ? {} : { spinner: "line" as const }),
    isEnabled: true,
    // The terminal stays as it is: Ctrl-C has to reach us as a signal.
    discardStdin: false,
  }).start();
  return {
    stop: () => {
      spinner.stop();
    },
  };
}

function isRedrawable(stream: object): stream is WriteStream {
  return "cursorTo" in stream && "moveCursor" in stream && "clearLine" in stream;
}

interface LiveBlock {
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
