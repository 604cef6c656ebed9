// A QR code for a terminal, two rows of it in each line. The only importer of uqr.
import { safe, markSafe, type SafeText } from "./safe-text.ts";
import type { Terminal } from "./terminal.ts";

/** Readers need a light margin around the code. */
const marginModules = 2;

const blocks = { "light light": "█", "light dark": "▀", "dark light": "▄", "dark dark": " " } as const;

/** Light modules are drawn and dark ones are left out. null: the terminal can't show it, or is too small. */
export async function renderQrCode(
  text: string,
  { isTerminal, width, unicode, colourLevel }: Terminal,
): Promise<SafeText[] | null> {
  if (!isTerminal || !unicode) return null;
  const { encode } = await import("uqr");
  const { data, size } = encode(text, { ecc: "L", border: marginModules });
  if (size > width) return null;
  const getShade = (x: number, y: number) => (data[y]?.[x] === true ? "dark" : "light");
  return Array.from({ length: Math.ceil(size / 2) }, (_, row) => {
    const cells = Array.from({ length: size }, (_unused, x) => {
      return blocks[`${getShade(x, row * 2)} ${getShade(x, row * 2 + 1)}`];
    });
    const line = markSafe(cells.join(""));
    // White on black whatever the colours of the terminal are: some readers refuse an inverted code.
    return colourLevel === 0 ? line : safe`\u001b[97;40m${line}\u001b[0m`;
  });
}
