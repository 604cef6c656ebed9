// Colour, where there is any to show; and links, which are escape sequences as well.
import type { Colours } from "./look.ts";
import { safe, type SafeText } from "./escape.ts";
import { pageAddress } from "./page-address.ts";
import type { Screen } from "./screen.ts";

const same = (text: SafeText): SafeText => text;
const none: Colours = { dim: same, bold: same, yellow: same, red: same, green: same };

export async function coloursFor(screen: Pick<Screen, "colourLevel">): Promise<Colours> {
  if (screen.colourLevel === 0) return none;
  const { coloursOf } = await import("./paint.ts");
  return coloursOf(screen.colourLevel);
}

/** The text as an OSC 8 link where the terminal shows links and the address is a page of one of the services. */
export function linked(text: SafeText, url: string | null, screen: Pick<Screen, "hyperlinks">): SafeText {
  const address = screen.hyperlinks && url !== null ? pageAddress(url) : null;
  return address === null ? text : safe`\u001b]8;;${address}\u001b\\${text}\u001b]8;;\u001b\\`;
}
