// The table of contents: every command with its line of help. Its declaration is loaded when it is called.
import type { CommandDeclaration } from "./declaration.ts";

export interface Entry {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<readonly CommandDeclaration[]>;
}

const listings = async (): ReturnType<Entry["load"]> => (await import("./listings.ts")).listings;
const questions = async (): ReturnType<Entry["load"]> => (await import("./questions.ts")).questions;
const decisions = async (): ReturnType<Entry["load"]> => (await import("./decisions.ts")).decisionCommands;
const cache = async (): ReturnType<Entry["load"]> => (await import("./cache.ts")).cacheCommands;

/** In the order of the help. */
export const contents: readonly Entry[] = [
  { name: "xref", summary: "which records you play, how often, when last, and which never", load: listings },
  {
    name: "stats",
    summary: "your shelf at a glance: how much of it you play, and where your plays go",
    load: questions,
  },
  { name: "gaps", summary: "which albums you play and do not own", load: questions },
  { name: "dusty", summary: "which albums you once loved and have not spun for long", load: questions },
  { name: "pick", summary: "a record for tonight, the neglected ones first", load: questions },
  { name: "explain", summary: "why a record is matched as it is", load: decisions },
  { name: "review", summary: "settle doubtful matches", load: decisions },
  { name: "link", summary: "decide which albums a record is credited with", load: decisions },
  { name: "links", summary: "what you decided, to list, keep and bring back", load: decisions },
  { name: "alias", summary: "two spellings of one artist", load: decisions },
  {
    name: "sql",
    summary: "ask the cache in SQL: views of records, albums, scrobbles, matches and wants",
    load: questions,
  },
  { name: "status", summary: "what the cache holds, how old it is, and what is missing", load: questions },
  { name: "sync", summary: "fetch your records from Discogs and your plays from Last.fm", load: cache },
  {
    name: "demo",
    summary: "look around on a sample: no account, no network, none of your files",
    load: cache,
  },
];

/** The declaration of a command of the table. */
export async function declarationOf({ name, load }: Entry): Promise<CommandDeclaration> {
  const found = (await load()).find((declaration) => declaration.name === name);
  if (found === undefined) throw new Error(`the command ${name} is not declared`);
  return found;
}
