// Builds the command tree for commander from the declarations. No other file knows commander.
import { Command, CommanderError, Option, type Help } from "commander";
import type { CommandDeclaration, OptionDeclaration } from "../commands/shared/command-declaration.ts";
import type { GlobalOptions, ProgramHost } from "../context.ts";
import { parseChoice, UsageError } from "../model/errors.ts";
import { quoteForShell } from "../model/names.ts";
import { toPrintableLines } from "../output/safe-text.ts";
import { writeWhole } from "../output/stream.ts";
import { hasWords } from "../queries/documents/allowed-values.ts";
import {
  commandEntries,
  loadDeclaration,
  globalOptions,
  helpCommand,
  helpOption,
  defaultCommand,
  versionOption,
} from "../commands/command-table.ts";
import { createCacheHintAdapter, runDeclared, type ProgramOptions } from "./run-declared.ts";
import { suggestCommand, suggestSubcommand, suggestOption } from "./command-aliases.ts";
import { expandSavedQuery } from "./saved-query.ts";
import {
  describeArgument,
  describeCommand,
  renderExamples,
  requireJsonSchema,
  describeOption,
  renderOverview,
} from "./help-text.ts";

/** Parses the arguments and runs the command. Throws UsageError for wrong arguments, and the command's own errors. */
export async function runProgram(typedWords: readonly string[], options: ProgramOptions): Promise<void> {
  const argv = expandSavedQuery(typedWords, options.host);
  const parsing: ParseState = { output: [], refusedBy: null };
  const program = await buildProgram(argv, options, parsing);
  try {
    await program.parseAsync([...argv], { from: "user" });
  } catch (error) {
    if (error instanceof UsageError) throw nameCache(error, argv);
    if (!(error instanceof CommanderError)) throw error;
    const { refusedBy } = parsing;
    // This code means a line without a command: it shows the shelf.
    if (error.code === "commander.help" && refusedBy === program) {
      await runParsed(await loadDeclaration(defaultCommand), program, [], options);
    }
    // Exit code 0 means that commander printed the help or the version. It prints the help for an unknown command, too.
    else if (error.exitCode !== 0 || isHelpOfUnknownCommand(error, refusedBy ?? program)) {
      throw nameCache(await toUsageError(error, refusedBy ?? program, argv, options.host), argv);
    }
  }
  const text = parsing.output.join("");
  if (text !== "" && options.onlyParses !== true)
    await writeWhole(options.host.stdout, toPrintableLines(text));
}

/** The commands that the error names ask the same cache. A line that was refused may not be parsed up to its --db. */
function nameCache(error: UsageError, argv: readonly string[]): UsageError {
  const own = argv.includes("--") ? argv.slice(0, argv.indexOf("--")) : argv;
  const at = own.findIndex((word) => /^--db(?:=|$)/.test(word));
  const db = own[at] === "--db" ? own[at + 1] : own[at]?.slice("--db=".length);
  return db === undefined ? error : error.withCommands(createCacheHintAdapter(db));
}

interface ParseState {
  /** Commander writes synchronously, so its output waits here until parsing ends. */
  readonly output: string[];
  refusedBy: Command | null;
}

/** Loads only the declarations of commands that the arguments name. The others have just a name and a summary. */
async function buildProgram(
  argv: readonly string[],
  options: ProgramOptions,
  parsing: ParseState,
): Promise<Command> {
  const program = new Command("rewind")
    .version(options.host.version, versionOption.flags, versionOption.help)
    .helpOption(helpOption.flags, helpOption.help)
    .helpCommand(false);
  for (const entry of commandEntries) {
    const { name, summary } = entry;
    const command = argv.includes(name)
      ? buildCommand({ ...(await loadDeclaration(entry)), summary }, program.name(), options)
      : new Command(name).summary(summary);
    program.addCommand(command);
  }
  program.addCommand(createHelpCommand(program, options, parsing.output));
  // rewind alone takes it. If a command follows, runParsed() hands it on.
  program.addOption(createOption({ flags: jsonFlag, help: "print JSON", isHidden: true }));
  configureCommand(program, program, options.host, parsing);
  program.configureHelp({
    ...program.configureHelp(),
    formatHelp: (_, help) => renderOverview(help.helpWidth ?? 80, (text, width) => help.boxWrap(text, width)),
  });
  return program;
}

const jsonFlag = "--json";

async function runParsed(
  declaration: CommandDeclaration,
  command: Command,
  values: readonly unknown[],
  options: ProgramOptions,
): Promise<void> {
  const globals = getGlobalOptions(command);
  // Commander sees only the options of one command, and these may be given before and after its name.
  if (globals.quiet === true && globals.verbose === true)
    throw new UsageError("--verbose and --quiet contradict each other", "Leave one of them out.");
  refuseOptionsInFront(command);
  if (options.onlyParses === true) return;
  const isJson = getRoot(command).getOptionValue("json") === true;
  if (isJson && command.parent !== null && !command.options.some(({ long }) => long === jsonFlag))
    throw await createUnknownOptionError(jsonFlag, command, [], options.host);
  const line = { arguments: values, options: { ...(isJson && { json: true }), ...command.opts() } };
  await runDeclared(declaration, line, globals, { ...options, runLine: runProgram });
}

/** `rewind played --dry-run undo` would delete a play: undo does not see what stands in front of it. */
function refuseOptionsInFront(command: Command): void {
  const { parent } = command;
  if (parent === null || parent.parent === null) return;
  const stray = parent.options.find((option) => {
    const name = option.attributeName();
    return !globalNames.includes(name) && parent.getOptionValueSource(name) === "cli";
  });
  if (stray === undefined) return;
  const name = command.name();
  throw new UsageError(
    `${stray.long ?? stray.flags} has no effect in front of ${name}`,
    `Put options behind ${name}. Help: ${getCommandPath(command)} --help`,
  );
}

function createHelpCommand(program: Command, options: ProgramOptions, output: string[]): Command {
  return buildCommand(helpCommand, program.name(), options).action(
    async (path: readonly string[], { json }: { readonly json?: true }) => {
      let topic = program;
      for (const name of path) {
        const child = topic.commands.find((each) => each.name() === name);
        if (child === undefined) throw createUnknownCommandError(name, topic);
        topic = child;
      }
      if (json === true) output.push(`${JSON.stringify(await requireJsonSchema(path), null, 2)}\n`);
      else topic.outputHelp();
    },
  );
}

function createUnknownCommandError(name: string, parent: Command): UsageError {
  const names = parent.commands.map((command) => command.name());
  const likelyName = parent.parent === null ? suggestCommand(name, names) : suggestSubcommand(name, names);
  const line = parent.parent === null ? likelyName : `${getCommandPath(parent)} ${likelyName ?? ""}`.trim();
  const guess = likelyName === undefined ? "" : `. Did you mean ${line}?`;
  return new UsageError(
    `unknown command "${name.slice(0, 40)}"${guess}`,
    `Help: ${getCommandPath(parent)} --help`,
  );
}

function getRoot(command: Command): Command {
  return command.parent === null ? command : getRoot(command.parent);
}

/** "rewind gaps hide" */
function getCommandPath(command: Command): string {
  return command.parent === null ? command.name() : `${getCommandPath(command.parent)} ${command.name()}`;
}

const globalNames = globalOptions.map(({ flags }) => new Option(flags).attributeName());

/** The global options that were given, before or after the command's name. */
function getGlobalOptions(command: Command): GlobalOptions {
  const above = command.parent === null ? {} : getGlobalOptions(command.parent);
  const typedNames = globalNames.filter((name) => command.getOptionValueSource(name) === "cli");
  return {
    ...above,
    ...Object.fromEntries(typedNames.map((name) => [name, command.getOptionValue(name) as unknown])),
  };
}

/** `above` are the commands that this one belongs to: "rewind", "rewind links". */
function buildCommand(declaration: CommandDeclaration, above: string, options: ProgramOptions): Command {
  const { name, summary = "", load, commands = [], examples } = declaration;
  const path = `${above} ${name}`;
  const command = new Command(name)
    .summary(summary)
    .description(describeCommand(declaration, path))
    .helpOption(helpOption.flags, `${helpOption.help}; for options of every command: rewind --help`);
  for (const argument of declaration.arguments ?? [])
    command.argument(argument.name, describeArgument(argument));
  for (const option of declaration.options ?? []) command.addOption(createOption(option));
  if (declaration.takesCommandLine === true) command.allowUnknownOption().helpOption(false);
  for (const child of commands) command.addCommand(buildCommand(child, path, options));
  if (load !== undefined) {
    command.action((...values) => runParsed(declaration, command, values.slice(0, -2), options));
  }
  command.addHelpText("after", () => {
    return renderExamples(examples, getHelpWidth(options.host), (text, width) =>
      command.createHelp().boxWrap(text, width),
    );
  });
  return command;
}

/** A terminal that does not know its size reports 0 columns. */
function getHelpWidth({ stdout: { columns = 0 } }: ProgramHost): number {
  return columns > 0 ? columns : 80;
}

function createOption(declared: OptionDeclaration): Option {
  const { flags, choices, parse, isHidden, excludes } = declared;
  const option = new Option(flags, describeOption(declared));
  if (hasWords(choices)) {
    // `parse` only ever sees allowed words.
    option.argParser((text, before: unknown) => {
      const word = parseChoice(option.long ?? flags, text, choices.words, choices.otherWords);
      return parse === undefined ? word : parse(word, before);
    });
  } else if (parse !== undefined) option.argParser(parse);
  if (excludes !== undefined)
    option.conflicts(excludes.map((name) => new Option(`--${name}`).attributeName()));
  if (isHidden === true) option.hideHelp();
  return option;
}

/**
 * Settings for every command of the tree: global options are accepted anywhere, errors are thrown instead of printed,
 * and help goes to stdout.
 */
function configureCommand(command: Command, program: Command, host: ProgramHost, parsing: ParseState): void {
  for (const option of globalOptions) {
    command.addOption(
      command === program ? createOption(option) : createOption({ ...option, isHidden: true }),
    );
  }
  command
    .enablePositionalOptions()
    // toUsageError() knows more likely ones.
    .showSuggestionAfterError(false)
    .configureHelp({
      sortSubcommands: false,
      // Long flags leave few columns on a narrow terminal. Commander's usual minimum would leave the text unwrapped.
      minWidthToWrap: 12,
      subcommandTerm: (child) => child.name(),
      styleUsage(this: Help, usage) {
        const indent = " ".repeat("Usage: ".length);
        return this.boxWrap(usage, (this.helpWidth ?? 80) - indent.length).replaceAll("\n", `\n${indent}`);
      },
    })
    .exitOverride((error) => {
      parsing.refusedBy = command;
      throw error;
    })
    .configureOutput({
      writeOut: (text) => parsing.output.push(text),
      writeErr: () => {},
      getOutHelpWidth: () => getHelpWidth(host),
    });
  for (const child of command.commands) configureCommand(child, program, host, parsing);
}

/** Names the option that was probably meant, or else the commands that have one of this name. */
async function createUnknownOptionError(
  typed: string,
  command: Command,
  argv: readonly string[],
  { clock }: ProgramHost,
): Promise<UsageError> {
  const path = getCommandPath(command);
  const flags = command.options.flatMap(({ long, hidden }) => (long == null || hidden ? [] : [long]));
  const [flag = ""] = typed.split("=");
  const owner = command.commands.find(({ options }) =>
    options.some(({ long, hidden }) => long === flag && !hidden),
  );
  const { getValue, suggestPeriod } = await import("./suggest-period.ts");
  const values = {
    value: getValue(flag, argv),
    period: suggestPeriod(flag, argv, Math.floor(clock.now() / 1000)),
  };
  // No long option is like a letter.
  const likely = flag.startsWith("--") ? suggestOption(flag, values, path, flags) : undefined;
  const meant = owner === undefined ? likely : `${getCommandPath(owner)} ${flag}`;
  const help = `Help: ${path} --help`;
  const message = `unknown option "${flag.slice(0, 40)}"`;
  if (meant !== undefined) return new UsageError(`${message}. Did you mean ${meant}?`, help);
  const owners: string[] = [];
  for (const entry of commandEntries) {
    const { options = [] } = await loadDeclaration(entry);
    const names = options
      .map((option) => new Option(option.flags))
      .flatMap(({ long, short }) => [long, short]);
    if (names.includes(flag)) owners.push(entry.name);
  }
  if (owners.length === 0 || command.parent?.parent) return new UsageError(message, help);
  const known = owners.length > 3 ? `${owners.slice(0, 3).join(", ")} and others` : owners.join(", ");
  const owned = `${known} ${owners.length === 1 ? "has" : "have"} it`;
  return command.parent === null
    ? new UsageError(`"${flag}" belongs behind a command: ${owned}`, help)
    : new UsageError(`${path.replace("rewind ", "")} has no option "${flag}"; ${owned}`, help);
}

function hasOnlyCommands({ commands, registeredArguments }: Command): boolean {
  return commands.length > 0 && registeredArguments.length === 0;
}

/** `rewind foo --help` */
function isHelpOfUnknownCommand({ code }: CommanderError, command: Command): boolean {
  const [word = "-"] = command.args;
  return code === "commander.helpDisplayed" && hasOnlyCommands(command) && !word.startsWith("-");
}

async function toUsageError(
  error: CommanderError,
  command: Command,
  argv: readonly string[],
  host: ProgramHost,
): Promise<UsageError> {
  const help = `Help: ${getCommandPath(command)} --help`;
  const [, flag] = /unknown option '(-[^']*)'/.exec(error.message) ?? [];
  if (flag !== undefined) return createUnknownOptionError(flag, command, argv, host);
  const [word] = command.args;
  const isUnknown =
    error.code === "commander.unknownCommand" ||
    (error.code === "commander.excessArguments" && hasOnlyCommands(command)) ||
    isHelpOfUnknownCommand(error, command);
  if (isUnknown && word !== undefined) return createUnknownCommandError(word, command);
  // Commander reports a missing command with this message.
  const message = error.message
    .replace(/^error: /, "")
    .replace(
      /^option '(?:-\w, )?(--[\w-]+).*?' cannot be used with option '(?:-\w, )?(--[\w-]+).*?'$/,
      "$1 and $2 contradict each other",
    )
    .replaceAll(/'([^']*)'/g, '"$1"');
  if (error.code === "commander.missingArgument") {
    const example = await findExample(command);
    if (example !== undefined) return new UsageError(message, `For example: ${example}\n${help}`);
  }
  if (error.code === "commander.excessArguments" && command.registeredArguments.length === 1) {
    const text = quoteForShell(command.args.join(" "));
    return new UsageError(
      message,
      `To give one text, put it in quotes: ${getCommandPath(command)} ${text}\n${help}`,
    );
  }
  return new UsageError(message === "(outputHelp)" ? "no command given" : message, help);
}

/** The first example of a command's help. A command within a command has none: "sources stop" may name a strange service. */
async function findExample(command: Command): Promise<string | undefined> {
  const entry = commandEntries.find(({ name }) => `rewind ${name}` === getCommandPath(command));
  return entry === undefined ? undefined : (await loadDeclaration(entry)).examples[0]?.[0];
}
