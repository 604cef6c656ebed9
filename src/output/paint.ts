// The only importer of chalk, loaded if there is colour to show.
import type { Colours } from "./terminal-style.ts";
import { Chalk } from "chalk";
import { trusted } from "./escape.ts";
import type { Screen } from "./screen.ts";

export function coloursOf(level: Screen["colourLevel"]): Colours {
  const chalk = new Chalk({ level });
  // chalk joins all its arguments. These take one, so that they can be passed to map().
  return {
    dim: (text) => trusted(chalk.dim(text)),
    bold: (text) => trusted(chalk.bold(text)),
    yellow: (text) => trusted(chalk.yellow(text)),
    red: (text) => trusted(chalk.red(text)),
    green: (text) => trusted(chalk.green(text)),
  };
}
