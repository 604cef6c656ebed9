// How output may look: colours where the screen shows them, and links, which are escape sequences as well.

import { safe, type SafeText, trusted } from "./escape.ts";
import type { Screen } from "./screen.ts";

type Paint = (text: SafeText) => SafeText;

/** What colour means here; nothing is said by colour alone. */
export interface Colours {
  /** Numbers to type, rules, feet. */
  readonly dim: Paint;
  readonly bold: Paint;
  /** Doubtful, decided by the user, stale. */
  readonly yellow: Paint;
  readonly red: Paint;
  readonly green: Paint;
}

export interface Look {
  readonly screen: Screen;
  readonly colours: Colours;
}

const hosts = /(?:^|\.)(?:discogs\.com|last\.fm)$/;

/** A page of one of the services as it may be followed, in ASCII; null for any other address. */
export function pageAddress(url: string): SafeText | null {
  const address = encodeURI(url.replace(/[\ud800-\udfff]/gu, "\ufffd")).replace(/%25/g, "%");
  if (!URL.canParse(address)) return null;
  const { protocol, hostname, port, username, password } = new URL(address);
  const isPage = protocol === "https:" && port === "" && username === "" && password === "";
  return isPage && hosts.test(hostname) ? trusted(address) : null;
}

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
