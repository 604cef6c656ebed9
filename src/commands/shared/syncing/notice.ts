// Notices on stderr.
import type { Context } from "../../../context.ts";
import { safe, type SafeText } from "../../../output/safe-text.ts";

export interface Notice {
  /** Erases it. */
  close(): void;
}

/** Does nothing if stderr is no terminal that can erase it. */
export function openNotice(context: Context, text: SafeText): Notice {
  let isOpen = isDrawn(context);
  if (isOpen) context.stderr.write(text);
  return {
    close() {
      if (isOpen) context.stderr.write(safe`\r\u001b[2K`);
      isOpen = false;
    },
  };
}

/** Returns true if lines can be drawn again on stderr. */
export function isDrawn({ errorScreen, options, env }: Context): boolean {
  return errorScreen.isTerminal && options.quiet !== true && env["TERM"] !== "dumb";
}

export const noPlaysNotice =
  "No plays are known yet. To bring some: rewind login (ListenBrainz, Last.fm) or rewind import FILE";
