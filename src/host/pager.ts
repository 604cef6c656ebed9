// Runs the user's pager for long texts.
import { spawn } from "node:child_process";

interface Pager {
  /** Null: less, where it is installed. */
  readonly command: string | null;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform?: NodeJS.Platform;
}

/** Resolves when the pager ends; false if none could be started. */
export function runPager(
  text: string,
  { command, env, platform = process.platform }: Pager,
): Promise<boolean> {
  // PAGER may be a line of shell.
  const pager = spawn(command ?? "less", {
    shell: command !== null,
    stdio: ["pipe", "inherit", "inherit"],
    // F: short texts need no key press. R: colours. X: the text stays on the screen.
    env: { ...env, LESS: env["LESS"] ?? "FRX" },
  });
  return new Promise((resolve) => {
    pager.once("error", () => resolve(false));
    pager.once("close", (code) => resolve(wasShown(code, platform)));
    // The user may leave before it has read everything.
    pager.stdin.on("error", () => {});
    pager.stdin.end(text);
  });
}

/** false if the exit code means that there is no such program. On Windows, that may be 1. */
export function wasShown(code: number | null, platform: NodeJS.Platform): boolean {
  const missing = platform === "win32" ? [1, 9009] : [126, 127];
  return code === null || !missing.includes(code);
}
