// One command, asked of a home with a filled cache.
import { fillCache, type Filling } from "./filled-cache.ts";
import { runCli, runCliJson, type CliOptions, type CliResult } from "./run-cli.ts";
import { createTempDirectory } from "./temp-directories.ts";

export function createCommandRunner<Document>(command: string, home: string, usual: CliOptions = {}) {
  const run = (argv: readonly string[] = [], options: CliOptions = {}): Promise<CliResult> =>
    runCli([command, ...argv], {
      home,
      ...usual,
      ...options,
      env: { NO_COLOR: "1", ...usual.env, ...options.env },
    });
  return {
    run,
    /** The document of `--json`. */
    json: async (...argv: string[]) =>
      (await runCliJson([command, ...argv, "--json"], { home, ...usual })) as Document,
    /** The output on a terminal of 100 columns. */
    screen: async (...argv: string[]) => (await run(argv, { tty: true, columns: 100 })).stdout,
  };
}

/** A home with a filled cache of its own. Only inside a test. */
export async function createFilledHome(filling: Filling): Promise<string> {
  const home = createTempDirectory("rewind-home");
  await fillCache(home, filling);
  return home;
}
