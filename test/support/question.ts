// One command, asked of a home with a filled cache.
import { fillCache, type Filling } from "./filled-cache.ts";
import { runCli, runCliJson, type CliOptions, type CliResult } from "./run-cli.ts";
import { tempDirectory } from "./temp.ts";

export interface Question<Document> {
  readonly run: (argv?: readonly string[], options?: CliOptions) => Promise<CliResult>;
  /** The document of `--json`. */
  readonly json: (...argv: string[]) => Promise<Document>;
  /** The output on a terminal of 100 columns. */
  readonly screen: (...argv: string[]) => Promise<string>;
}

export function questionOf<Document>(
  command: string,
  home: string,
  usual: CliOptions = {},
): Question<Document> {
  const run: Question<Document>["run"] = (argv = [], options = {}) =>
    runCli([command, ...argv], {
      home,
      ...usual,
      ...options,
      env: { NO_COLOR: "1", ...usual.env, ...options.env },
    });
  return {
    run,
    json: async (...argv) => (await runCliJson([command, ...argv, "--json"], { home, ...usual })) as Document,
    screen: async (...argv) => (await run(argv, { tty: true, columns: 100 })).stdout,
  };
}

/** A home with a filled cache of its own. Only inside a test. */
export async function filledHome(filling: Filling): Promise<string> {
  const home = tempDirectory("rewind-home");
  await fillCache(home, filling);
  return home;
}
