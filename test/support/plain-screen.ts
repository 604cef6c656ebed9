import type { Screen } from "../../src/output/screen.ts";

/** A terminal of 80 columns without colours. */
export function plainScreen(over: Partial<Screen> = {}): Screen {
  return { isTerminal: true, width: 80, colourLevel: 0, unicode: true, hyperlinks: false, ...over };
}
