// Every command with its line of help. A command's declaration is loaded when it is called.
import type { CommandDeclaration, OptionDeclaration } from "./shared/command-declaration.ts";

type DeclarationLoader = () => Promise<{ readonly declaration: CommandDeclaration }>;

type CommandRows = Readonly<Record<string, readonly [load: DeclarationLoader, summary: string]>>;

/** The commands, in the order of the help. A summary has at most 57 characters, so that each command takes one line there. */
const table = {
  Start: {
    demo: [() => import("./demo/run.ts"), "try rewind on a sample shelf, without an account"],
    login: [() => import("./login/run.ts"), "connect Discogs and your listening history"],
    sync: [() => import("./sync/run.ts"), "fetch new records and plays"],
    import: [() => import("./import/run.ts"), "add plays from files of Spotify, Apple Music and others"],
  },
  Records: {
    xref: [() => import("./xref/run.ts"), "list your records with how often and when you played them"],
    have: [() => import("./have/run.ts"), "check whether you own, want or play a record"],
    pick: [() => import("./pick/run.ts"), "suggest a record for tonight"],
    dusty: [() => import("./dusty/run.ts"), "list albums you once played a lot, but not lately"],
    dupes: [() => import("./dupes/run.ts"), "list albums you own more than once"],
    cull: [() => import("./cull/run.ts"), "list records you could sell"],
    explain: [() => import("./explain/run.ts"), "show why a record is matched with its albums"],
    open: [() => import("./open/run.ts"), "open a record or an album in the browser"],
  },
  Listening: {
    top: [() => import("./top/run.ts"), "list the albums, artists or tracks you play most"],
    recent: [() => import("./recent/run.ts"), "list what you played last, and on which record"],
    now: [() => import("./now/run.ts"), "show what is playing, and which of your records it is"],
    gaps: [() => import("./gaps/run.ts"), "list albums you play but do not own"],
    wants: [() => import("./wants/run.ts"), "list your wantlist with plays and copies you own"],
    stats: [() => import("./stats/run.ts"), "show how much of your shelf you play"],
    recap: [() => import("./recap/run.ts"), "sum up your last week, month or year on one screen"],
    report: [() => import("./report/run.ts"), "write an HTML page about your whole shelf"],
    card: [() => import("./card/run.ts"), "draw a picture of your year or your shelf to share"],
  },
  Decisions: {
    played: [() => import("./played/run.ts"), "log a record you played on the turntable"],
    review: [() => import("./review/run.ts"), "review uncertain matches one by one"],
    link: [() => import("./link/run.ts"), "choose the albums that a record is matched with"],
    links: [() => import("./links/run.ts"), "list, export and import your decisions"],
    alias: [() => import("./alias/run.ts"), "treat two spellings as one artist"],
  },
  Setup: {
    status: [() => import("./status/run.ts"), "show what the cache holds and how old it is"],
    sources: [() => import("./sources/run.ts"), "show where your plays come from; remove a source"],
    send: [() => import("./send/run.ts"), "send ListenBrainz or your server the plays that it lacks"],
    export: [() => import("./export/run.ts"), "print your whole listening history"],
    doctor: [() => import("./doctor/run.ts"), "find and fix problems with settings, cache and accounts"],
    config: [() => import("./config/run.ts"), "show and change settings"],
    logout: [() => import("./logout/run.ts"), "remove the saved credentials"],
  },
  Programs: {
    sql: [() => import("./sql/run.ts"), "query the cache in SQL"],
    save: [() => import("./save/run.ts"), "save a question under a name of your own"],
    completion: [() => import("./completion/run.ts"), "print a script that completes commands in your shell"],
    serve: [() => import("./serve/run.ts"), "serve your cache over HTTP, like the hosted Rewind API"],
    keys: [() => import("./keys/run.ts"), "create, list and revoke API keys for rewind serve"],
    mcp: [() => import("./mcp/run.ts"), "let an AI assistant ask about your shelf"],
  },
} satisfies Readonly<Record<string, CommandRows>>;

export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  readonly load: DeclarationLoader;
}

export const commandGroups = Object.entries<CommandRows>(table).map(([title, commands]) => ({
  title,
  entries: Object.entries(commands).map(([name, [load, summary]]): CommandEntry => ({ name, summary, load })),
}));

export const commandEntries: readonly CommandEntry[] = commandGroups.flatMap(({ entries }) => entries);

/** Runs when somebody types `rewind` alone on a terminal. It has no name to call it by. */
export const defaultCommand: CommandEntry = {
  name: "glance",
  summary: "show your shelf at a glance",
  load: () => import("./glance/run.ts"),
};

export async function loadDeclaration({ load }: CommandEntry): Promise<CommandDeclaration> {
  return (await load()).declaration;
}

/** Accepted by every command, anywhere on the command line. */
export const globalOptions: readonly OptionDeclaration[] = [
  { flags: "--db <path>", help: "use this cache file", choices: { source: "file" } },
  { flags: "--no-color", help: "print without colours (or set NO_COLOR)" },
  { flags: "-q, --quiet", help: "print only errors on stderr" },
  { flags: "--verbose", help: "print more details, such as each request of a sync" },
  { flags: "--debug", help: "show the stack trace of an error" },
  { flags: "--no-input", help: "never ask questions" },
  { flags: "--no-pager", help: "print long lists without a pager (or set PAGER=cat)" },
];

export const versionOption: OptionDeclaration = { flags: "-V, --version", help: "print the version" };
export const helpOption: OptionDeclaration = { flags: "-h, --help", help: "show this help" };

/** Returns undefined if there is no such command. */
export async function findCommand(name: string): Promise<CommandDeclaration | undefined> {
  if (name === helpCommand.name) return helpCommand;
  const entry = commandEntries.find((each) => each.name === name);
  return entry && loadDeclaration(entry);
}

/** tree.ts runs it, because it needs the other commands. */
export const helpCommand: CommandDeclaration & { readonly summary: string } = {
  name: "help",
  summary: "show the help of a command",
  arguments: [{ name: "[command...]", help: "name of the command", choices: { source: "command line" } }],
  options: [{ flags: "--json", help: "print the JSON Schema of what the command prints with --json" }],
  examples: [
    ["rewind help gaps hide", "the same as rewind gaps hide --help"],
    ["rewind help xref --json", "the fields of rewind xref --json, with their types"],
  ],
};
