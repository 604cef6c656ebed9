// Shows what a command is doing while it works.
import type { Context } from "../../../context.ts";
import { showProgress } from "../../../output/progress.ts";
import { toPrintable } from "../../../output/safe-text.ts";

/** `show` replaces the text. Nothing is drawn if stderr is no terminal. */
export async function withProgress<Value>(
  context: Context,
  start: string,
  work: (show: (text: string) => void) => Promise<Value>,
): Promise<Value> {
  const { errorScreen, options, stderr } = context;
  let text = start;
  const display =
    errorScreen.isTerminal && options.quiet !== true
      ? await showProgress(stderr, errorScreen, () => [toPrintable(text)])
      : undefined;
  try {
    return await work((next) => {
      text = next;
    });
  } finally {
    display?.stop();
  }
}
