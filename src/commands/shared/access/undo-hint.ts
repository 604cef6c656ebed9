import type { Context } from "../../../context.ts";

/** Names the command that undoes what was just stored. In the demo, the next command has a new sample. */
export function describeUndo({ isSample }: Pick<Context, "isSample">, command: string): string {
  return isSample ? "The demo forgets this." : `Undo: ${command}`;
}
