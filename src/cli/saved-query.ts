// Replaces the name of a saved question by its command line.
import { existsSync } from "node:fs";
import { readSavedQueries, getSavedQueriesPath } from "../commands/shared/access/saved-queries.ts";
import type { Host } from "../host/host.ts";
import { commandEntries, globalOptions, helpCommand } from "../commands/command-table.ts";

export const commandNames: readonly string[] = [...commandEntries.map(({ name }) => name), helpCommand.name];

/**
 * The command line with the saved question in place of its name; words after the name stay. Returns other command
 * lines unchanged.
 */
export function expandSavedQuery(argv: readonly string[], host: Host): readonly string[] {
  const at = findCommandIndex(argv);
  const name = argv[at];
  if (name === "save") return insertDoubleDash(argv, at);
  const path = getSavedQueriesPath(host);
  if (name === undefined || commandNames.includes(name) || !existsSync(path)) return argv;
  const line = readSavedQueries(path).get(name);
  return line === undefined ? argv : [...argv.slice(0, at), ...line, ...argv.slice(at + 1)];
}

/** Puts -- before the command line that `rewind save` is given, so that its options are not taken for those of save. */
function insertDoubleDash(argv: readonly string[], at: number): readonly string[] {
  const nameAt = argv.findIndex((word, place) => place > at && !word.startsWith("-"));
  const lineAt = nameAt + 1;
  const isLine = nameAt !== -1 && commandNames.includes(argv[lineAt] ?? "");
  return isLine ? [...argv.slice(0, lineAt), "--", ...argv.slice(lineAt)] : argv;
}

/** The command that a line names; null if there is no such command. */
export function findCommandName(argv: readonly string[]): string | null {
  const name = argv[findCommandIndex(argv)];
  return name !== undefined && commandNames.includes(name) ? name : null;
}

/** Index of the first word that is neither a global option nor its value. */
function findCommandIndex(argv: readonly string[]): number {
  const withValue = globalOptions
    .filter(({ flags }) => flags.includes("<"))
    .map(({ flags }) => flags.split(" ")[0]);
  let at = 0;
  while (at < argv.length && argv[at]?.startsWith("-") === true) at += withValue.includes(argv[at]) ? 2 : 1;
  return at;
}
