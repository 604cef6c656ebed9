// The door to chalk, opened only where there is colour to show.
import type { Screen } from "./screen.ts";

type Paint = (text: string) => string;

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

const same: Paint = (text) => text;
const none: Colours = { dim: same, bold: same, yellow: same, red: same, green: same };

export async function coloursFor(screen: Pick<Screen, "colourLevel">): Promise<Colours> {
  if (screen.colourLevel === 0) return none;
  const { Chalk } = await import("chalk");
  const chalk = new Chalk({ level: screen.colourLevel });
  // chalk joins all its arguments: each paint takes one, so that it can be given to map().
  return {
    dim: (text) => chalk.dim(text),
    bold: (text) => chalk.bold(text),
    yellow: (text) => chalk.yellow(text),
    red: (text) => chalk.red(text),
    green: (text) => chalk.green(text),
  };
}

/** The text as an OSC 8 link where the terminal shows links. */
export function linked(text: string, url: string | null, screen: Pick<Screen, "hyperlinks">): string {
  if (!screen.hyperlinks || url === null) return text;
  // The address must not end the escape sequence early.
  const address = encodeURI(url).replace(/%25/g, "%");
  return `\u001b]8;;${address}\u001b\\${text}\u001b]8;;\u001b\\`;
}
