import type { Context } from "../../context.ts";
import type { SafeText } from "../../output/escape.ts";
import type { Database } from "../../store/file/database.ts";
import type { Press } from "../shared/terminal/keyboard.ts";
import type { Look } from "../../output/look.ts";

/** What a review draws on and asks with. */
export interface ReviewTerminal {
  readonly context: Context;
  readonly database: Database;
  readonly look: Look;
  /** In place of what was asked before. */
  show(lines: readonly SafeText[]): Promise<void>;
  /** Above what is asked, for good. */
  keep(lines: readonly SafeText[]): Promise<void>;
  /** As Keyboard.next(); who comes back from Ctrl-Z finds the screen as it is. */
  press(): Promise<Press>;
}
