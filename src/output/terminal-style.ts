// Colours and links, as far as the screen supports them. The only importer of chalk, loaded if there is colour to show.

import { safe, type SafeText, trusted } from "./escape.ts";
import type { Screen } from "./screen.ts";

type Paint = (text: SafeText) => SafeText;

/** The meanings of colours. Nothing is said by colour alone. */
export interface Colours {
  /** Numbers to type, rules, footers. */
  readonly dim: Paint;
  readonly bold: Paint;
  /** Doubtful, decided by the user, out of date. */
  readonly yellow: Paint;
  readonly red: Paint;
  readonly green: Paint;
}

export interface TerminalStyle {
  readonly screen: Screen;
  readonly colours: Colours;
}

const hosts = /(?:^|\.)(?:discogs\.com|last\.fm)$/;

/** The address, if it is a page of one of the services, in ASCII; otherwise null. */
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
  const { Chalk } = await import("chalk");
  const chalk = new Chalk({ level: screen.colourLevel });
  // chalk joins all its arguments. These take one, so that they can be passed to map().
  const paint =
    (colour: keyof Colours): Paint =>
    (text) =>
      trusted(chalk[colour](text));
  return {
    dim: paint("dim"),
    bold: paint("bold"),
    yellow: paint("yellow"),
    red: paint("red"),
    green: paint("green"),
  };
}

/**
 * An OSC 8 link, if the terminal supports links and the address is a page of one of the services; otherwise the text.
 */
export function linked(text: SafeText, url: string | null, screen: Pick<Screen, "hyperlinks">): SafeText {
  const address = screen.hyperlinks && url !== null ? pageAddress(url) : null;
  return address === null ? text : safe`\u001b]8;;${address}\u001b\\${text}\u001b]8;;\u001b\\`;
}
