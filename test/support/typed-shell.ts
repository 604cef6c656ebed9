// Real shells, as a person types into them: what stands on the line after the key, reported by the command that it runs.
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { program, runOnTerminal } from "./run-process.ts";

/** A directory for the PATH in which `rewind` completes as the real one, and notes whatever else it is called with. */
export function installFakeRewind(directory: string): {
  readonly path: string;
  readonly calls: () => string[][];
} {
  const noted = join(directory, "calls");
  const stub = join(directory, "rewind");
  writeFileSync(
    stub,
    `#!/bin/sh
case $1 in __complete|completion) exec "${process.execPath}" "${program}" "$@" ;; esac
{ printf '%s\\0' "$@"; printf '\\n\\0'; } >> "${noted}"
`,
  );
  chmodSync(stub, 0o755);
  return {
    path: `${directory}:${process.env["PATH"] ?? ""}`,
    calls() {
      if (!existsSync(noted)) return [];
      const calls: string[][] = [[]];
      for (const word of readFileSync(noted, "utf8").split("\0").slice(0, -1)) {
        if (word === "\n") calls.push([]);
        else calls.at(-1)?.push(word);
      }
      return calls.slice(0, -1);
    },
  };
}

interface ShellOptions {
  readonly home: string;
  readonly path: string;
  readonly cwd: string;
}

/** Types the keys into a shell on a terminal of its own, until the shell ends. Returns what the terminal showed. */
export async function typeIntoShell(
  command: string,
  keys: string,
  { home, path, cwd }: ShellOptions,
): Promise<string> {
  const { stdout } = await runOnTerminal(command, {
    home,
    cwd,
    stdin: keys,
    env: { PATH: path, TERM: "xterm", SHELL: "/bin/sh", LC_ALL: "C.UTF-8", INPUTRC: "/dev/null" },
  });
  return stdout;
}
