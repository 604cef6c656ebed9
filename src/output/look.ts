// How what is written may look: what the screen can show, and its colours.
import type { SafeText } from "./escape.ts";
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
