// The table of contents: every command with its line of help. Its declaration is loaded when it is called.
import type { CommandDeclaration } from "../commands/shared/declaration.ts";

export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<{ readonly declaration: CommandDeclaration }>;
}

export interface Chapter {
  readonly title: string;
  readonly entries: readonly CommandEntry[];
}

/** In the order of the help. */
export const chapters: readonly Chapter[] = [
  {
    title: "Questions",
    entries: [
      {
        name: "xref",
        summary: "which records you play, how often, when last, and which never",
        load: () => import("../commands/xref/declare.ts"),
      },
      {
        name: "stats",
        summary: "your shelf at a glance: how much of it you play, and where your plays go",
        load: () => import("../commands/stats/declare.ts"),
      },
      {
        name: "gaps",
        summary: "which albums you play and do not own",
        load: () => import("../commands/gaps/declare.ts"),
      },
      {
        name: "recap",
        summary: "your last week, a month or a year in one screen, to look back on or to paste",
        load: () => import("../commands/recap/declare.ts"),
      },
      {
        name: "report",
        summary: "all of it as a page to look at: the wall of records, the days, the genres, the years",
        load: () => import("../commands/report/declare.ts"),
      },
      {
        name: "top",
        summary: "the albums, artists or tracks that you play most, owned or not",
        load: () => import("../commands/top/declare.ts"),
      },
      {
        name: "recent",
        summary: "what you played last, and on which of your records",
        load: () => import("../commands/recent/declare.ts"),
      },
      {
        name: "wants",
        summary: "your wantlist, with plays and what you own of it already",
        load: () => import("../commands/wants/declare.ts"),
      },
      {
        name: "have",
        summary: "whether you own a record, want it or play it, by words in any order",
        load: () => import("../commands/have/declare.ts"),
      },
      {
        name: "dusty",
        summary: "which albums you once loved and have not spun for long",
        load: () => import("../commands/dusty/declare.ts"),
      },
      {
        name: "dupes",
        summary: "which albums you own more than once, in which forms",
        load: () => import("../commands/dupes/declare.ts"),
      },
      {
        name: "cull",
        summary: "what you could sell: extra copies, never scrobbled, rated low",
        load: () => import("../commands/cull/declare.ts"),
      },
      {
        name: "pick",
        summary: "a record for tonight, the neglected ones first",
        load: () => import("../commands/pick/declare.ts"),
      },
      {
        name: "explain",
        summary: "why a record is matched as it is",
        load: () => import("../commands/explain/declare.ts"),
      },
      {
        name: "open",
        summary: "open the page of a record at Discogs, or of an album at Last.fm",
        load: () => import("../commands/open/declare.ts"),
      },
      {
        name: "sql",
        summary: "query the cache in SQL: views of records, albums, scrobbles, matches and wants",
        load: () => import("../commands/sql/declare.ts"),
      },
    ],
  },
  {
    title: "Notes and decisions",
    entries: [
      {
        name: "played",
        summary: "note that a record was on the turntable; list and undo such notes",
        load: () => import("../commands/played/declare.ts"),
      },
      {
        name: "review",
        summary: "settle doubtful matches",
        load: () => import("../commands/review/declare.ts"),
      },
      {
        name: "link",
        summary: "decide which albums a record is credited with",
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
    title: "Setup and sync",
    entries: [
      {
        name: "login",
        summary: "connect your accounts: where to get token and key, checked and saved",
        load: () => import("../commands/login/declare.ts"),
      },
      {
        name: "logout",
        summary: "remove token and key",
        load: () => import("../commands/logout/declare.ts"),
      },
      {
        name: "sync",
        summary: "fetch your records from Discogs and your plays from Last.fm",
        load: () => import("../commands/sync/declare.ts"),
      },
      {
        name: "status",
        summary: "what the cache holds, how old it is, and what is missing",
        load: () => import("../commands/status/declare.ts"),
      },
      {
        name: "doctor",
        summary: "what is wrong with settings, cache, network or accounts, and what to do about it",
        load: () => import("../commands/doctor/declare.ts"),
      },
      {
        name: "config",
        summary: "your settings: what each is, where it comes from, how to change it",
        load: () => import("../commands/config/declare.ts"),
      },
    ],
  },
  {
    title: "Shell and programs",
    entries: [
      {
        name: "save",
        summary: "keep a question under a name of your own",
        load: () => import("../commands/save/declare.ts"),
      },
      {
        name: "completion",
        summary: "a script that lets your shell complete commands, flags and names from your shelf",
        load: () => import("../commands/completion/declare.ts"),
      },
      {
        name: "serve",
        summary: "answer programs over HTTP from your cache, as the hosted API does",
        load: () => import("../commands/serve/declare.ts"),
      },
      {
        name: "keys",
        summary: "keys that let programs ask rewind serve: create, list, revoke",
        load: () => import("../commands/keys/declare.ts"),
      },
      {
        name: "mcp",
        summary: "answer an assistant's questions over the Model Context Protocol",
        load: () => import("../commands/mcp/declare.ts"),
      },
      {
        name: "demo",
        summary: "try rewind on a sample: no account, no network, none of your files",
        load: () => import("../commands/demo/declare.ts"),
      },
    ],
  },
];

export const contents: readonly CommandEntry[] = chapters.flatMap(({ entries }) => entries);

/** What rewind does when it is called by its name alone, on a terminal: a command that has no word of its own. */
export const unnamed: CommandEntry = {
  name: "glance",
  summary: "your shelf at a glance",
  load: () => import("../commands/glance/declare.ts"),
};

/** The declaration of a command of the table. */
export async function declarationOf({ load }: CommandEntry): Promise<CommandDeclaration> {
  return (await load()).declaration;
}
