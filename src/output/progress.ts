// The only importer of ora, loaded for a terminal that can redraw its last lines.

import type { WriteStream } from "node:tty";
import { joinLines, safe, type SafeText } from "./safe-text.ts";
import type { Terminal } from "./terminal.ts";

/** The width of the spinner after the last line. */
export const spinnerWidth = 3;

/** Keeps the lines below everything else that is written, and redraws them several times a second. */
export async function showProgress(
  stream: object,
  { unicode }: Pick<Terminal, "unicode">,
  lines: () => readonly SafeText[],
): Promise<{ /** Stops and erases what was drawn. */ stop(): void }> {
  // A terminal that does not know its size reports 0 columns, and ora would then erase lines for ever.
  if (!isRedrawable(stream) || !(stream.columns > 0)) return { stop: () => {} };
  const { default: ora } = await import("ora");
  const spinner = ora({
    stream,
    prefixText: () => lines().join("\n"),
    color: false,
    ...(unicode ? {} : { spinner: "line" as const }),
    isEnabled: true,
    // Ctrl-C must reach us as a signal.
    discardStdin: false,
  }).start();
  return { stop: () => void spinner.stop() };
}

function isRedrawable(stream: object): stream is WriteStream {
  return "cursorTo" in stream && "moveCursor" in stream && "clearLine" in stream;
}

/** Lines must fit the screen. isRedrawn: the terminal can move the cursor up. */
export function createLiveBlock({ isRedrawn }: { readonly isRedrawn: boolean }) {
  let height = 0;
  const draw = (lines: readonly SafeText[], heightAfter: number): SafeText => {
    const erased = isRedrawn && height > 0 ? safe`\u001b[${height}A\r\u001b[J` : safe``;
    height = heightAfter;
    return safe`${erased}${joinLines(lines)}`;
  };
  return {
    /** Replaces the block. */
    show: (lines: readonly SafeText[]) => draw(lines, lines.length),
    /** Replaces the block for good; the next block starts below it. */
    keep: (lines: readonly SafeText[]) => draw(lines, 0),
    /** Something else was written since, so the block stays where it is. */
    leave: (): void => void (height = 0),
  };
}
