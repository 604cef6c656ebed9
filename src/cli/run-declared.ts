// Runs a parsed command with a context of its own.
import type { Invocation, CommandDeclaration, ParsedLine } from "../commands/shared/command-declaration.ts";
import type { Context, GlobalOptions, ProgramHost } from "../context.ts";
import { quoteForShell } from "../model/names.ts";
import { createHintAdapter, type HintAdapter } from "../output/terminal.ts";
import { suggestCommand } from "./command-aliases.ts";
import { commandNames } from "./saved-query.ts";

/** The caller closes each context. */
export interface ProgramOptions {
  readonly host: ProgramHost;
  readonly onContext: (context: Context) => void;
  /** Parses the line and runs nothing. */
  readonly onlyParses?: true;
}

type RunLine = (argv: readonly string[], options: ProgramOptions) => Promise<void>;

export async function runDeclared(
  declaration: CommandDeclaration,
  line: ParsedLine,
  globals: GlobalOptions,
  { host, onContext, runLine }: ProgramOptions & { readonly runLine: RunLine },
): Promise<void> {
  const run = await declaration.load?.();
  const { createContext } = await import("../context.ts");
  const context = createContext(
    globals.db === undefined ? host : { ...host, adaptHint: createCacheHintAdapter(globals.db) },
    globals,
  );
  onContext(context);
  const runCommand: Invocation["runCommand"] = (argv, replaced) =>
    runWithin([...toGlobalFlags(context.options), ...argv], { ...host, ...replaced }, runLine);
  const words = [line.arguments[0] ?? []].flat().map(String);
  const asJson = line.options["json"] === true;
  const form = { as: asJson ? "json" : "table" } as const;
  const check = (argv: readonly string[]): Promise<void> =>
    runLine(argv, { host, onContext, onlyParses: true });
  await run?.(context, { ...line, words, asJson, form, commands: { ...commands, check }, runCommand });
}

/** Commands that take no cache. */
const cachelessCommands = new Set(["config", "demo", "help"]);

/** The commands that are shown ask the same cache. */
export function createCacheHintAdapter(db: string): HintAdapter {
  const names = commandNames.filter((name) => !cachelessCommands.has(name));
  return createHintAdapter(`rewind --db ${quoteForShell(db)}`, names);
}

const commands: Omit<Invocation["commands"], "check"> = {
  names: commandNames,
  meant: (word) => suggestCommand(word, commandNames),
  isReading: async (line) => {
    const { findCompletionContext } = await import("./completion-context.ts");
    return (await findCompletionContext(line, ""))?.declaration?.isQuestion === true;
  },
};

/** Runs a command line within a command, and closes its contexts. */
async function runWithin(argv: readonly string[], host: ProgramHost, runLine: RunLine): Promise<void> {
  const contexts: Context[] = [];
  try {
    await runLine(argv, { host, onContext: (context) => contexts.push(context) });
  } catch (error) {
    throw await explainWith(contexts, error);
  } finally {
    for (const context of contexts) await context.close();
  }
}

/** Lets each context explain the error. Returns it unchanged if none can. */
export async function explainWith(contexts: readonly Context[], error: unknown): Promise<unknown> {
  let explained = error;
  for (const context of contexts) explained = await context.explain(explained);
  return explained;
}

function toGlobalFlags(globals: GlobalOptions): string[] {
  return Object.entries(globals).map(([name, value]: [string, unknown]) => {
    if (typeof value === "string") return `--${name}=${value}`;
    return value === false ? `--no-${name}` : `--${name}`;
  });
}
