// Somebody at a terminal who answers what is asked, and types nothing before.
import { PassThrough } from "node:stream";

/** The end of a prompt, and what is typed at it: keys come one by one, a text of several signs at once. */
export type Reply = readonly [prompt: string, ...keys: readonly string[]];

export const enter = "\r";
export const ctrlC = "\u0003";
export const ctrlD = "\u0004";

/** Types the replies in order; stdin ends after a last one without keys. `always` is typed at each of its prompts. */
export function createTypist(replies: readonly Reply[], always: Reply | null = null) {
  const stdin = new PassThrough();
  const left = [...replies];
  let shown = "";
  return {
    /** Replies that nothing asked for. */
    left,
    options: {
      stdin,
      tty: true,
      onOutput: (text: string): void => {
        shown += text;
        const [next] = left;
        if (always !== null && next?.[0] !== always[0] && shown.trimEnd().endsWith(always[0])) {
          shown = "";
          for (const key of always.slice(1)) stdin.write(key);
          return;
        }
        if (next !== undefined && !shown.trimEnd().endsWith(next[0])) return;
        if (next === undefined) return;
        left.shift();
        shown = "";
        for (const key of next.slice(1)) stdin.write(key);
        if (left.length === 0 && next.length === 1) stdin.end();
      },
    },
  };
}
