// The only importer of chalk, loaded if there is colour to show. It has a file of its own because the bundler puts a
// library that is imported lazily beside helpers that every start would load.
import { Chalk } from "chalk";
import { trusted, type SafeText } from "./escape.ts";
import type { Colours, Screen } from "./screen.ts";

export function coloursOf(level: Screen["colourLevel"]): Colours {
  const chalk = new Chalk({ level });
  // chalk joins all its arguments. These take one, so that they can be passed to map().
  const paint =
    (colour: keyof Colours) =>
    (text: SafeText): SafeText =>
      trusted(chalk[colour](text));
  return {
    dim: paint("dim"),
    bold: paint("bold"),
    yellow: paint("yellow"),
    red: paint("red"),
    green: paint("green"),
  };
}
