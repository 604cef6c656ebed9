// How a terminal shows pictures, told by its environment: whoever asks the terminal itself may wait for an answer for ever.
import type { Screen } from "./screen.ts";

/** blocks: two pixels a cell, in true colour. */
export type PictureWay = "iterm2" | "kitty" | "blocks";

type Environment = Readonly<Record<string, string | undefined>>;

/** null: no pictures there. */
export function pictureWay(
  { isTerminal, colourLevel, unicode }: Pick<Screen, "isTerminal" | "colourLevel" | "unicode">,
  env: Environment,
): PictureWay | null {
  const term = env["TERM"] ?? "";
  if (!isTerminal || colourLevel === 0 || term === "dumb") return null;
  // What stands between us and the terminal lets no pictures through, and draws cells alone.
  const isWrapped = (env["TMUX"] ?? "") !== "" || (env["STY"] ?? "") !== "" || /^(?:tmux|screen)/.test(term);
  const own = isWrapped ? null : ownWay(term, env);
  return own ?? (colourLevel === 3 && unicode ? "blocks" : null);
}

function ownWay(term: string, env: Environment): PictureWay | null {
  const program = env["TERM_PROGRAM"] ?? "";
  if (/^(?:iTerm\.app|WezTerm|mintty)$/.test(program)) return "iterm2";
  if (/kitty|ghostty/.test(term) || program === "ghostty") return "kitty";
  return Number(env["KONSOLE_VERSION"]) >= firstKonsole ? "kitty" : null;
}

/** 22.04 */
const firstKonsole = 220_400;
