// Every command with its line of help. A command's declaration is loaded when it is called.
import type { CommandDeclaration, OptionDeclaration } from "../commands/shared/declaration.ts";

/** In the order of the help. At most 57 letters, so that `rewind --help` has one line for each command. */
const summaries = {
  Start: {
    demo: "try rewind on a sample shelf, without an account",
    login: "connect Discogs and your listening history",
    sync: "fetch new records and plays",
    import: "add plays from files of Spotify, Apple Music and others",
  },
  Records: {
    xref: "list your records with how often and when you played them",
    have: "check whether you own, want or play a record",
    pick: "suggest a record for tonight",
    dusty: "list albums you once played a lot, but not lately",
    dupes: "list albums you own more than once",
    cull: "list records you could sell",
    explain: "show why a record is matched with its albums",
    open: "open a record or an album in the browser",
  },
  Listening: {
    top: "list the albums, artists or tracks you play most",
    recent: "list what you played last, and on which record",
    gaps: "list albums you play but do not own",
    wants: "list your wantlist with plays and copies you own",
    stats: "show how much of your shelf you play",
    recap: "sum up your last week, month or year on one screen",
    report: "write an HTML page about your whole shelf",
  },
  Decisions: {
    played: "log a record you played on the turntable",
    review: "settle doubtful matches one by one",
    link: "choose the albums that a record is matched with",
    links: "list, export and import your decisions",
    alias: "treat two spellings as one artist",
  },
  Setup: {
    status: "show what the cache holds and how old it is",
    sources: "show where your plays come from; remove a source",
    doctor: "find and fix problems with settings, cache and accounts",
    config: "show and change settings",
    logout: "remove the saved credentials",
  },
  Programs: {
    sql: "query the cache in SQL",
    save: "save a question under a name of your own",
    completion: "print a script that completes commands in your shell",
    serve: "serve your cache over HTTP, like the hosted Rewind API",
    keys: "create, list and revoke API keys for rewind serve",
    mcp: "let an AI assistant ask about your shelf",
  },
} as const;

type Summaries = typeof summaries;
type CommandName = { [Title in keyof Summaries]: keyof Summaries[Title] }[keyof Summaries];
type Load = () => Promise<{ readonly declaration: CommandDeclaration }>;

const loads: Readonly<Record<CommandName, Load>> = {
  demo: () => import("../commands/demo/run.ts"),
  login: () => import("../commands/login/declare.ts"),
  sync: () => import("../commands/sync/run.ts"),
  import: () => import("../commands/import/run.ts"),
  xref: () => import("../commands/xref/run.ts"),
  have: () => import("../commands/have/run.ts"),
  pick: () => import("../commands/pick/run.ts"),
  dusty: () => import("../commands/dusty/run.ts"),
  dupes: () => import("../commands/dupes/run.ts"),
  cull: () => import("../commands/cull/run.ts"),
  explain: () => import("../commands/explain/run.ts"),
  open: () => import("../commands/open/run.ts"),
  top: () => import("../commands/top/run.ts"),
  recent: () => import("../commands/recent/run.ts"),
  gaps: () => import("../commands/gaps/run.ts"),
  wants: () => import("../commands/wants/run.ts"),
  stats: () => import("../commands/stats/run.ts"),
  recap: () => import("../commands/recap/run.ts"),
  report: () => import("../commands/report/run.ts"),
  played: () => import("../commands/played/declare.ts"),
  review: () => import("../commands/review/run.ts"),
  link: () => import("../commands/link/run.ts"),
  links: () => import("../commands/links/run.ts"),
  alias: () => import("../commands/alias/run.ts"),
  status: () => import("../commands/status/run.ts"),
  sources: () => import("../commands/sources/run.ts"),
  doctor: () => import("../commands/doctor/declare.ts"),
  config: () => import("../commands/config/run.ts"),
  logout: () => import("../commands/logout/run.ts"),
  sql: () => import("../commands/sql/run.ts"),
  save: () => import("../commands/save/run.ts"),
  completion: () => import("../commands/completion/run.ts"),
  serve: () => import("../commands/serve/run.ts"),
  keys: () => import("../commands/keys/run.ts"),
  mcp: () => import("../commands/mcp/run.ts"),
};

export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  readonly load: Load;
}

export const groups = Object.entries(summaries).map(([title, commands]) => ({
  title,
  entries: Object.entries(commands).map(([name, summary]): CommandEntry => {
    return { name, summary, load: loads[name as CommandName] };
  }),
}));

export const contents: readonly CommandEntry[] = groups.flatMap(({ entries }) => entries);

/** Runs when somebody types `rewind` alone on a terminal. It has no name to call it by. */
export const unnamed: CommandEntry = {
  name: "glance",
  summary: "show your shelf at a glance",
  load: () => import("../commands/glance/run.ts"),
};

export async function declarationOf({ load }: CommandEntry): Promise<CommandDeclaration> {
  return (await load()).declaration;
}

/** Accepted by every command, anywhere on the command line. */
export const globalOptions: readonly OptionDeclaration[] = [
  { flags: "--db <path>", help: "use this cache file", choices: { source: "file" } },
  { flags: "--no-color", help: "print without colours (or set NO_COLOR)" },
  { flags: "-q, --quiet", help: "print only errors on stderr" },
  { flags: "--verbose", help: "print more details, such as each request of a sync", excludes: ["quiet"] },
  { flags: "--debug", help: "show the stack trace of an error" },
  { flags: "--no-input", help: "never ask questions" },
  { flags: "--no-pager", help: "print long lists without a pager (or set PAGER=cat)" },
];

export const versionOption: OptionDeclaration = { flags: "-V, --version", help: "print the version" };
export const helpOption: OptionDeclaration = { flags: "-h, --help", help: "show this help" };

/** tree.ts runs it, because it needs the other commands. */
export const helpCommand: CommandDeclaration & { readonly summary: string } = {
  name: "help",
  summary: "show the help of a command",
  arguments: [{ name: "[command...]", help: "its name", choices: { source: "command line" } }],
  options: [{ flags: "--json", help: "print the JSON Schema of what the command prints with --json" }],
  examples: [
    ["rewind help gaps hide", "the same as rewind gaps hide --help"],
    ["rewind help xref --json", "the fields of rewind xref --json, with their types"],
  ],
};
