// Every command with its line of help. A command's declaration is loaded when it is called.
import type { CommandDeclaration, OptionDeclaration } from "../commands/shared/declaration.ts";

export interface CommandEntry {
  readonly name: string;
  /** At most 57 letters, so that `rewind --help` has one line for it. */
  readonly summary: string;
  readonly load: () => Promise<{ readonly declaration: CommandDeclaration }>;
}

interface CommandGroup {
  readonly title: string;
  readonly entries: readonly CommandEntry[];
}

/** In the order of the help. */
export const groups: readonly CommandGroup[] = [
  {
    title: "Start",
    entries: [
      {
        name: "demo",
        summary: "try rewind on a sample shelf, without an account",
        load: () => import("../commands/demo/declare.ts"),
      },
      {
        name: "login",
        summary: "connect Discogs and your listening history",
        load: () => import("../commands/login/declare.ts"),
      },
      {
        name: "sync",
        summary: "fetch new records and plays",
        load: () => import("../commands/sync/declare.ts"),
      },
      {
        name: "import",
        summary: "add plays from files of Spotify, Apple Music and others",
        load: () => import("../commands/import/declare.ts"),
      },
    ],
  },
  {
    title: "Records",
    entries: [
      {
        name: "xref",
        summary: "list your records with how often and when you played them",
        load: () => import("../commands/xref/declare.ts"),
      },
      {
        name: "have",
        summary: "check whether you own, want or play a record",
        load: () => import("../commands/have/declare.ts"),
      },
      {
        name: "pick",
        summary: "suggest a record for tonight",
        load: () => import("../commands/pick/declare.ts"),
      },
      {
        name: "dusty",
        summary: "list albums you once played a lot, but not lately",
        load: () => import("../commands/dusty/declare.ts"),
      },
      {
        name: "dupes",
        summary: "list albums you own more than once",
        load: () => import("../commands/dupes/declare.ts"),
      },
      {
        name: "cull",
        summary: "list records you could sell",
        load: () => import("../commands/cull/declare.ts"),
      },
      {
        name: "explain",
        summary: "show why a record is matched with its albums",
        load: () => import("../commands/explain/declare.ts"),
      },
      {
        name: "open",
        summary: "open a record or an album in the browser",
        load: () => import("../commands/open/declare.ts"),
      },
    ],
  },
  {
    title: "Listening",
    entries: [
      {
        name: "top",
        summary: "list the albums, artists or tracks you play most",
        load: () => import("../commands/top/declare.ts"),
      },
      {
        name: "recent",
        summary: "list what you played last, and on which record",
        load: () => import("../commands/recent/declare.ts"),
      },
      {
        name: "gaps",
        summary: "list albums you play but do not own",
        load: () => import("../commands/gaps/declare.ts"),
      },
      {
        name: "wants",
        summary: "list your wantlist with plays and copies you own",
        load: () => import("../commands/wants/declare.ts"),
      },
      {
        name: "stats",
        summary: "show how much of your shelf you play",
        load: () => import("../commands/stats/declare.ts"),
      },
      {
        name: "recap",
        summary: "sum up your last week, month or year on one screen",
        load: () => import("../commands/recap/declare.ts"),
      },
      {
        name: "report",
        summary: "write an HTML page about your whole shelf",
        load: () => import("../commands/report/declare.ts"),
      },
    ],
  },
  {
    title: "Decisions",
    entries: [
      {
        name: "played",
        summary: "log a record you played on the turntable",
        load: () => import("../commands/played/declare.ts"),
      },
      {
        name: "review",
        summary: "settle doubtful matches one by one",
        load: () => import("../commands/review/declare.ts"),
      },
      {
        name: "link",
        summary: "choose the albums that a record is matched with",
        load: () => import("../commands/link/declare.ts"),
      },
      {
        name: "links",
        summary: "list, export and import your decisions",
        load: () => import("../commands/links/declare.ts"),
      },
      {
        name: "alias",
        summary: "treat two spellings as one artist",
        load: () => import("../commands/alias/declare.ts"),
      },
    ],
  },
  {
    title: "Setup",
    entries: [
      {
        name: "status",
        summary: "show what the cache holds and how old it is",
        load: () => import("../commands/status/declare.ts"),
      },
      {
        name: "sources",
        summary: "show where your plays come from; remove a source",
        load: () => import("../commands/sources/declare.ts"),
      },
      {
        name: "doctor",
        summary: "find and fix problems with settings, cache and accounts",
        load: () => import("../commands/doctor/declare.ts"),
      },
      {
        name: "config",
        summary: "show and change settings",
        load: () => import("../commands/config/declare.ts"),
      },
      {
        name: "logout",
        summary: "remove the saved credentials",
        load: () => import("../commands/logout/declare.ts"),
      },
    ],
  },
  {
    title: "Programs",
    entries: [
      {
        name: "sql",
        summary: "query the cache in SQL",
        load: () => import("../commands/sql/declare.ts"),
      },
      {
        name: "save",
        summary: "save a question under a name of your own",
        load: () => import("../commands/save/declare.ts"),
      },
      {
        name: "completion",
        summary: "print a script that completes commands in your shell",
        load: () => import("../commands/completion/declare.ts"),
      },
      {
        name: "serve",
        summary: "serve your cache over HTTP, like the hosted Rewind API",
        load: () => import("../commands/serve/declare.ts"),
      },
      {
        name: "keys",
        summary: "create, list and revoke API keys for rewind serve",
        load: () => import("../commands/keys/declare.ts"),
      },
      {
        name: "mcp",
        summary: "let an AI assistant ask about your shelf",
        load: () => import("../commands/mcp/declare.ts"),
      },
    ],
  },
];

export const contents: readonly CommandEntry[] = groups.flatMap(({ entries }) => entries);

/** Runs when somebody types `rewind` alone on a terminal. It has no name to call it by. */
export const unnamed: CommandEntry = {
  name: "glance",
  summary: "show your shelf at a glance",
  load: () => import("../commands/glance/declare.ts"),
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
