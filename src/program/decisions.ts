// Why a record is matched as it is, and what the user says about it: explain, link, links, alias, review.
import type { CommandDeclaration } from "./declaration.ts";
import { jsonOption } from "./listings.ts";
import { repeated, text, wholeNumber } from "./values.ts";

const recordArgument = {
  name: "[record...]",
  help: "a number of the table's #, r123 a release, m123 a master, an address at discogs.com, or words",
};

const explain: CommandDeclaration = {
  name: "explain",
  details: `What was credited and why, what was looked at and left out, and the commands that change it.
Words are looked for in artist and title; where they find several albums, those are listed.
For --verbose everything that was looked at is shown.`,
  arguments: [recordArgument],
  options: [
    { flags: "--all", help: "the whole collection, one JSON object a line; with --json only" },
    jsonOption,
  ],
  examples: [
    ["rewind explain nevermind", "by words"],
    ["rewind explain 17", "by the number in the first column of xref"],
    ["rewind explain https://www.discogs.com/release/6872464", "by its address, or r6872464"],
    [
      "rewind explain --all --json | jq 'select(.credited == [])'",
      "every record without an album, for a script",
    ],
  ],
  load: async () => (await import("../commands/explain.ts")).runExplain,
};

const albums = repeated(text);

const link: CommandDeclaration = {
  name: "link",
  details: `ALBUMS are ids as rewind explain prints them (a12,a340), an album's address at last.fm, or quoted words
that find one album; each option may be repeated. A decision wins over the matcher at once and survives every sync.
It holds for all copies of the release; a master or words mean every pressing of the album.`,
  arguments: [{ ...recordArgument, help: `${recordArgument.help}; several numbers with commas` }],
  options: [
    { flags: "--add <albums>", help: "credit these as well", parse: albums },
    { flags: "--not <albums>", help: "don't credit these", parse: albums },
    { flags: "--only <albums>", help: "credit these and no others", parse: albums },
    { flags: "--none", help: "credit nothing: no album is this record" },
    { flags: "--clear", help: "leave it to the matcher again" },
    { flags: "--this-copy", help: "decide for this copy alone" },
    jsonOption,
  ],
  examples: [
    ["rewind link 17 --not a2950", "that edition is another album"],
    ["rewind link 1456 --add a91,a90,a95", "the albums in a box"],
    ["rewind link 145 --only https://www.last.fm/music/Kraftwerk/Trans-Europe+Express", "by its address"],
    ['rewind link 145 --add "trans europe express"', "by words that find one album"],
    ["rewind link 17 --clear", "as if nothing had been decided"],
  ],
  load: async () => (await import("../commands/link.ts")).runLink,
};

const links: CommandDeclaration = {
  name: "links",
  details: "An exported file names releases, artists and albums: it fits any cache of the same accounts.",
  options: [jsonOption],
  examples: [
    ["rewind links", "every decision, the oldest first"],
    ["rewind links export > decisions.json", "keep them, aliases included"],
    ["rewind links import decisions.json", "bring them back, before or after a sync"],
  ],
  load: async () => (await import("../commands/links.ts")).runLinks,
  commands: [
    {
      name: "export",
      summary: "print decisions and aliases as JSON",
      examples: [["rewind links export > decisions.json", "keep them"]],
      load: async () => (await import("../commands/links.ts")).runLinksExport,
    },
    {
      name: "import",
      summary: "bring exported decisions and aliases back",
      details: "Each takes the place of what was decided on the same release before; the others stay.",
      arguments: [{ name: "<file>", help: "what rewind links export printed; - for stdin" }],
      options: [jsonOption],
      examples: [
        ["rewind links import decisions.json", "from a file"],
        ["ssh desk rewind links export | rewind links import -", "from another machine"],
      ],
      load: async () => (await import("../commands/links.ts")).runLinksImport,
    },
  ],
};

const alias: CommandDeclaration = {
  name: "alias",
  details: "The first name is read as the second, on records and albums alike. Without names: the list.",
  arguments: [{ name: "[names...]", help: "a name, and the name that it is the same as" }],
  options: [jsonOption],
  examples: [
    ['rewind alias "Fela Ransome Kuti" "Fela Kuti"', "records by the one match albums by the other"],
    ["rewind alias list", "all of them"],
    ['rewind alias remove "Fela Ransome Kuti"', "two artists again"],
  ],
  load: async () => (await import("../commands/alias.ts")).runAliasAdd,
  commands: [
    {
      name: "add",
      summary: "declare two names one artist",
      arguments: [{ name: "<names...>", help: "a name, and the name that it is the same as" }],
      options: [jsonOption],
      examples: [['rewind alias add "Fela Ransome Kuti" "Fela Kuti"', "the same as without add"]],
      load: async () => (await import("../commands/alias.ts")).runAliasAdd,
    },
    {
      name: "list",
      summary: "list the aliases",
      options: [jsonOption],
      examples: [["rewind alias list", "name by name"]],
      load: async () => (await import("../commands/alias.ts")).runAliasList,
    },
    {
      name: "remove",
      summary: "two artists again",
      arguments: [{ name: "<name>", help: "the first of the two names" }],
      options: [jsonOption],
      examples: [
        ['rewind alias remove "Fela Ransome Kuti"', "its records are matched by their own name again"],
      ],
      load: async () => (await import("../commands/alias.ts")).runAliasRemove,
    },
  ],
};

const review: CommandDeclaration = {
  name: "review",
  details: `Fuzzy matches below .9, ties between albums, and albums that are close but not credited: the most plays
first, then artists that are probably the same. On a terminal one by one; every answer is kept at once, and the
next review goes on from there.`,
  options: [
    { flags: "--list", help: "list them instead of asking" },
    { flags: "--again", help: "with what was skipped before" },
    { flags: "--changed", help: "what the last change of the rules changed" },
    { flags: "--limit <number>", help: "how many to list (10)", parse: wholeNumber("--limit", 1) },
    { flags: "--all", help: "list them all" },
    jsonOption,
  ],
  examples: [
    ["rewind review", "one by one: y yes, n no, s skip, u undo, q quit"],
    ["rewind review --list", "the list, with the commands that settle each"],
    ["rewind review --changed", "which records new rules changed"],
  ],
  load: async () => (await import("../commands/review.ts")).runReview,
};

export const decisionCommands: readonly CommandDeclaration[] = [explain, link, links, alias, review];
