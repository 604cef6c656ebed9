// The only importer of chalk, loaded if there is colour to show. It has a file of its own because the bundler puts a
// library that is imported lazily beside helpers that every start would load.
import { Chalk } from "chalk";
import { markSafe, type SafeText } from "./safe-text.ts";

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

/** 0: none; 1: 16 colours; 2: 256; 3: 16 million. */
export type ColourLevel = 0 | 1 | 2 | 3;

export function createColours(level: ColourLevel): Colours {
  const chalk = new Chalk({ level });
  // chalk joins all its arguments. These take one, so that they can be passed to map().
  const paint =
    (colour: keyof Colours) =>
    (text: SafeText): SafeText =>
      markSafe(chalk[colour](text));
  return {
    dim: paint("dim"),
    bold: paint("bold"),
    yellow: paint("yellow"),
    red: paint("red"),
    green: paint("green"),
  };
}
