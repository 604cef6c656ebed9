import type { Terminal } from "../../src/output/terminal.ts";

/** A terminal of 80 columns without colours. */
export function createPlainTerminal(over: Partial<Terminal> = {}): Terminal {
  return { isTerminal: true, width: 80, colourLevel: 0, unicode: true, hyperlinks: false, ...over };
}
