// The command tree. Declarations are data (program/); this file, the door to commander, makes a program of them.
import { Command, CommanderError, Option } from "commander";
import type { Call } from "../commands/shared/call.ts";
import type { Context, GlobalOptions, Host } from "../context.ts";
import { nearestOf, oneOf, UsageError } from "../errors.ts";
import { hasWords } from "../queries/choices.ts";
import { formsInWords } from "../queries/document.ts";
import { printableLines } from "../output/escape.ts";
import { writeWhole } from "../output/stream.ts";
import { contents, declarationOf } from "./contents.ts";
import { optionHelp } from "./option-help.ts";
import type { CommandDeclaration, OptionDeclaration } from "../commands/shared/declaration.ts";

/** Hands each context to the caller, which closes it. */
export interface ProgramOptions {
  readonly host: Host;
  readonly onContext: (context: Context) => void;
}

/** Parses the arguments and runs what they ask for. Throws what the command threw, UsageError for wrong arguments. */
export async function runProgram(argv: readonly string[], options: ProgramOptions): Promise<void> {
  // Commander can't wait for a stream: what it writes is held until it has ended.
  const held: string[] = [];
  const program = await buildProgram(argv, { ...options, writeOut: (text) => held.push(text) });
  try {
    // Called by its name alone, it says what it can do.
    await program.parseAsync(argv.length === 0 ? ["--help"] : [...argv], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // With 0, help or version were printed: nothing is wrong.
    if (error.exitCode !== 0) throw usageError(error, argv);
  }
  if (held.length > 0) await writeWhole(options.host.stdout, printableLines(held.join("")));
}

/** Only commands that the arguments name are declared in full; of the others there are names and summaries. */
async function buildProgram(
  argv: readonly string[],
  { host, onContext, writeOut }: ProgramOptions & { writeOut: (text: string) => void },
): Promise<Command> {
  const program = new Command("rewind")
    .description("See your record collection and your listening side by side.")
    .version(host.version, "-V, --version", "print the version")
    .option("--db <path>", "use this cache instead of the usual one")
    .option("--no-color", "no colour (also NO_COLOR)")
    .option("-q, --quiet", "nothing on stderr but errors")
    .option("--verbose", "say more; requests while syncing")
    .option("--debug", "show where an error came from")
    .helpCommand("help [command]", "help for a command")
    .configureHelp({
      showGlobalOptions: true,
      sortSubcommands: false,
      subcommandTerm: (command) => command.name(),
    })
    .addHelpText("after", firstSteps);
  const start = (declaration: CommandDeclaration): ((this: Command, ...given: unknown[]) => Promise<void>) =>
    async function action(this: Command, ...given): Promise<void> {
      const run = await declaration.load?.();
      const { createContext } = await import("../context.ts");
      const context = createContext(host, program.opts<GlobalOptions>());
      onContext(context);
      const runCommand: Call["runCommand"] = (line, replaced) =>
        runWithin([...globalFlags(context.options), ...line], { ...host, ...replaced });
      await run?.(context, { arguments: given.slice(0, -2), options: optionsOf(this), runCommand });
    };
  for (const entry of contents) {
    const command = argv.includes(entry.name)
      ? await build(await declarationOf(entry), {
          summary: entry.summary,
          start,
          describesJson: asksForHelp(argv),
        })
      : new Command(entry.name).summary(entry.summary);
    program.addCommand(command);
  }
  hardenAll(program, host, writeOut);
  return program;
}

/** A command's own; what a command above it has an option of the same name for, commander hands to that one. */
function optionsOf(command: Command): Readonly<Record<string, unknown>> {
  const own = new Set(command.options.map((option) => option.attributeName()));
  const above = Object.entries(command.parent?.opts() ?? {}).filter(([name]) => own.has(name));
  return { ...Object.fromEntries(above), ...command.opts() };
}

/** A command line within a command: its contexts are closed before it returns. */
async function runWithin(argv: readonly string[], host: Host): Promise<void> {
  const contexts: Context[] = [];
  try {
    await runProgram(argv, { host, onContext: (context) => contexts.push(context) });
  } catch (error) {
    throw await explainedBy(contexts, error);
  } finally {
    for (const context of contexts) await context.close();
  }
}

/** The error as one for people, where one of the contexts knows why it came about. */
export async function explainedBy(contexts: readonly Context[], error: unknown): Promise<unknown> {
  let told = error;
  for (const context of contexts) told = await context.explain(told);
  return told;
}

function globalFlags({ color, quiet, verbose, debug }: GlobalOptions): string[] {
  return [
    color === false ? "--no-color" : "",
    quiet === true ? "--quiet" : "",
    verbose === true ? "--verbose" : "",
    debug === true ? "--debug" : "",
  ].filter((flag) => flag !== "");
}

/** Where this says yes for nothing, a start takes a little longer. */
function asksForHelp(argv: readonly string[]): boolean {
  return argv.some((word) => word === "help" || word === "--help" || /^-\w*h/.test(word));
}

interface Building {
  readonly summary: string;
  readonly start: (declaration: CommandDeclaration) => (this: Command, ...given: unknown[]) => Promise<void>;
  readonly describesJson: boolean;
}

async function build(
  declaration: CommandDeclaration,
  { summary, start, describesJson }: Building,
): Promise<Command> {
  const command = new Command(declaration.name).summary(summary).configureHelp({ showGlobalOptions: true });
  const forms = describesJson ? await declaration.json?.() : undefined;
  const details = [declaration.details ?? "", formsInWords(forms ?? [])].filter((text) => text !== "");
  command.description(
    `${capitalized(summary)}.${details.length === 0 ? "" : `\n\n${flowing(details.join("\n\n"))}`}`,
  );
  for (const argument of declaration.arguments ?? []) command.argument(argument.name, argument.help);
  for (const option of declaration.options ?? []) command.addOption(optionOf(option));
  if (declaration.takesCommandLine === true) command.allowUnknownOption().helpOption(false);
  for (const child of declaration.commands ?? []) {
    command.addCommand(await build(child, { summary: child.summary ?? "", start, describesJson }));
  }
  if (declaration.load !== undefined) command.action(start(declaration));
  if (declaration.examples.length > 0) command.addHelpText("after", examplesText(declaration.examples));
  return command;
}

function optionOf(declared: OptionDeclaration): Option {
  const { flags, choices, parse, fallback, isHidden } = declared;
  const option = new Option(flags, optionHelp(declared));
  if (hasWords(choices)) {
    // Of a closed set only its own words are read on.
    option.argParser((text, before: unknown) => {
      const word = oneOf(option.long ?? flags, text, choices.words, choices.otherWords);
      return parse === undefined ? word : parse(word, before);
    });
  } else if (parse !== undefined) option.argParser(parse);
  if (fallback !== undefined) option.default(fallback);
  if (isHidden === true) option.hideHelp();
  return option;
}

/** Errors are thrown, not printed, and help goes where data goes. */
function hardenAll(command: Command, host: Host, writeOut: (text: string) => void): void {
  command.exitOverride().configureOutput({
    writeOut,
    writeErr: () => {},
    getOutHelpWidth: () => host.stdout.columns ?? 80,
  });
  for (const child of command.commands) hardenAll(child, host, writeOut);
}

function examplesText(examples: CommandDeclaration["examples"]): string {
  return `\nExamples:\n${examples.map(([line, meaning]) => `  ${line}\n      ${meaning}`).join("\n")}`;
}

const firstSteps = `
First steps:
  rewind demo                                    look around, no account needed
  rewind sync                                    fetch your records and plays
  rewind xref --sort plays --filter unlistened   what you own and never scrobbled`;

/** Lines of a paragraph run on, so that the screen decides where they break; indented lines stay as they are. */
function flowing(text: string): string {
  return text.replace(/(?<=^|\n)(\S.*)\n(?=\S)/g, "$1 ");
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function usageError(error: CommanderError, argv: readonly string[]): Error {
  const [first, topic] = argv;
  if (first === "help" && topic !== undefined) {
    const names = contents.map(({ name }) => name);
    const nearest = nearestOf(topic, names);
    const guess = nearest === undefined ? "" : `. Did you mean ${nearest}?`;
    return new UsageError(`unknown command '${topic.slice(0, 40)}'${guess}`, `Commands: ${names.join(", ")}`);
  }
  // Called without a command, commander shows the help as an error.
  const message = error.message
    .replace(/^error: /, "")
    .replace(/\n\(Did you mean (.+)\?\)$/s, ". Did you mean $1?");
  return new UsageError(message === "(outputHelp)" ? "no command given" : message, "Help: rewind --help");
}
