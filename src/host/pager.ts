// The user's pager, for what is longer than a screen.
import { spawn } from "node:child_process";

interface Pager {
  /** Null: less, where it is installed. */
  readonly command: string | null;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform?: NodeJS.Platform;
}

/** Resolves when the reader has seen enough; false where nothing could show it. */
export function runPager(
  text: string,
  { command, env, platform = process.platform }: Pager,
): Promise<boolean> {
  // What stands in PAGER is the user's own line of shell, as other programs read it.
  const pager = spawn(command ?? "less", {
    shell: command !== null,
    stdio: ["pipe", "inherit", "inherit"],
    // Short lists stay on the screen, colours are shown, and what was read is left there.
    env: { ...env, LESS: env["LESS"] ?? "FRX" },
  });
  return new Promise((resolve) => {
    pager.once("error", () => resolve(false));
    pager.once("close", (code) => resolve(wasShown(code, platform)));
    // It was left before it had read everything.
    pager.stdin.on("error", () => {});
    pager.stdin.end(text);
  });
}

/** false: by the code with which it ended, there was no such program. Windows' shell has 1 for that too. */
export function wasShown(code: number | null, platform: NodeJS.Platform): boolean {
  const missing = platform === "win32" ? [1, 9009] : [126, 127];
  return code === null || !missing.includes(code);
}
