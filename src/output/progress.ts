// The door to ora, opened only for a terminal that can redraw its last lines.
import type { WriteStream } from "node:tty";
import type { SafeText } from "./escape.ts";
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
