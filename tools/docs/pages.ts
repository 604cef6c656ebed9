// Makes the reference from the command declarations: one page for each command.
import type { CommandDeclaration, JsonForm } from "../../src/commands/shared/command-declaration.ts";
import {
  commandEntries,
  loadDeclaration,
  globalOptions,
  helpCommand,
  helpOption,
  versionOption,
} from "../../src/commands/command-table.ts";
import { describeArgument, describeOption, programSummary } from "../../src/cli/help-text.ts";
import {
  collectionSchema,
  crossReferenceRow,
  pagination,
} from "../../src/queries/documents/shared-fields.ts";
import { getProperties, type JsonSchema } from "../../src/queries/documents/json-schema.ts";
import { describeSetting, settingNames, settings } from "../../src/settings/all-settings.ts";
import { exitCodes, files, passingFiles, surroundings, variables, type Row } from "./facts.ts";

/** Each page by its file's name. */
export async function referencePages(): Promise<ReadonlyMap<string, string>> {
  const pages = new Map<string, string>();
  for (const entry of commandEntries) {
    const declaration = await loadDeclaration(entry);
    pages.set(
      `${entry.name}.md`,
      page(await commandPart(declaration, { path: ["rewind"], summary: entry.summary })),
    );
  }
  pages.set("settings.md", page([...settingsPart()]));
  pages.set("files.md", page([...filesPart()]));
  pages.set("exit-codes.md", page([...exitCodesPart()]));
  pages.set("README.md", page(indexPart()));
  return pages;
}

/** The whole reference as one text for the manual page, which cannot have tables. */
export async function manualText(): Promise<string> {
  const parts: string[] = [
    "## Synopsis",
    "`rewind` *command* \\[*options*\\] \\[*arguments*\\]",
    "## Description",
    programSummary,
    "Without a command, it shows your shelf at a glance on a terminal, or how to begin if you have not synced yet. In a pipe it prints its help.",
    "## Options of every command",
    list(
      [...globalOptions, helpOption, versionOption].map((option) => [[option.flags], describeOption(option)]),
    ),
  ];
  for (const entry of [
    ...commandEntries,
    { ...helpCommand, load: async () => ({ declaration: helpCommand }) },
  ]) {
    const declaration = await loadDeclaration(entry);
    parts.push(
      ...(await commandPart(declaration, { path: ["rewind"], summary: entry.summary, isManual: true })),
    );
  }
  parts.push(
    "## Environment",
    list(
      settingNames.map((name) => [
        [settings[name].environment],
        `${describeSetting(settings[name])}; in config.json: ${name}`,
      ]),
    ),
    list([...variables, ...surroundings]),
    "## Files",
    list([...files, ...passingFiles]),
    "## Exit status",
    list(exitCodes),
  );
  return page(parts);
}

interface Command {
  /** The commands above this one. */
  readonly path: readonly string[];
  readonly summary: string;
  readonly isManual?: boolean;
}

async function commandPart(
  declaration: CommandDeclaration,
  { path, summary, isManual = false }: Command,
): Promise<string[]> {
  const own = [...path, declaration.name];
  const depth = isManual ? 2 : own.length - 1;
  const heading = (text: string): string => (isManual ? `**${text}**` : `${"#".repeat(depth + 1)} ${text}`);
  const rows = isManual ? list : table;
  const options = (declaration.options ?? []).filter(({ isHidden }) => isHidden !== true);
  const given = declaration.arguments ?? [];
  const forms = (await declaration.json?.()) ?? [];
  const parts = [
    `${"#".repeat(depth)} ${own.join(" ")}`,
    `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`,
    code([
      [...own, options.length === 0 ? "" : "[options]", ...given.map(({ name }) => name)]
        .filter(Boolean)
        .join(" "),
    ]),
    ...paragraphs(declaration.details ?? ""),
    ...(given.length === 0
      ? []
      : [
          heading("Arguments"),
          rows(given.map((each) => [[each.name], describeArgument(each).replaceAll("\n", "; ")])),
        ]),
    ...(options.length === 0
      ? []
      : [heading("Options"), rows(options.map((each) => [[each.flags], describeOption(each)]))]),
    ...(isManual
      ? []
      : forms.flatMap((form) => [
          heading(form.when === undefined ? "JSON" : `JSON: ${form.when.toLowerCase()}`),
          fieldTable(form, declaration.name),
        ])),
    ...(declaration.examples.length === 0
      ? []
      : [
          heading("Examples"),
          code(declaration.examples.flatMap(([line, meaning]) => [`# ${meaning}`, line])),
        ]),
  ];
  for (const child of declaration.commands ?? []) {
    parts.push(...(await commandPart(child, { path: own, summary: child.summary ?? "", isManual })));
  }
  return parts;
}

/** Joins the lines of a paragraph; indented lines become a code block. */
function paragraphs(details: string): string[] {
  if (details === "") return [];
  const parts: string[] = [];
  let shown: string[] = [];
  let prose: string[] = [];
  const end = (): void => {
    if (prose.length > 0) parts.push(escaped(prose.join(" ")));
    if (shown.length > 0) parts.push(code(shown.map((line) => line.slice(2))));
    [prose, shown] = [[], []];
  };
  for (const line of details.split("\n")) {
    const isShown = line.startsWith("  ");
    if ((isShown && prose.length > 0) || (!isShown && shown.length > 0) || line === "") end();
    if (line !== "") (isShown ? shown : prose).push(line);
  }
  end();
  return parts;
}

/** The objects that many documents share. Only the page of rewind xref lists their fields. */
const sharedObjects: readonly unknown[] = [
  collectionSchema["properties"],
  crossReferenceRow.listening["properties"],
  pagination["properties"],
];

/** One row for each field, with its path: `data[].collection.id`. */
function fieldTable({ schema }: JsonForm, command: string): string {
  const renderRows = (object: JsonSchema, above: string): string[] =>
    Object.entries(getProperties(object)).flatMap(([name, field]) => {
      const inner = getProperties(field);
      const isList = "items" in field && Object.keys(inner).length > 0;
      const path = `${above}${name}${isList ? "[]" : ""}`;
      const isShared = command !== "xref" && sharedObjects.includes(inner);
      const meaning = escaped(typeof field["description"] === "string" ? field["description"] : "");
      const more = isShared ? "fields: see [rewind xref](xref.md)" : "";
      const row = `| \`${path}\` | ${typeInWords(field)} | ${[meaning, more].filter(Boolean).join("; ")} |`;
      return [row, ...(isShared ? [] : renderRows(field, `${path}.`))];
    });
  return ["| field | type | meaning |", "|---|---|---|", ...renderRows(schema, "")].join("\n");
}

/** "integer or null", "list of strings" */
function typeInWords({ type, items, anyOf }: JsonSchema): string {
  if (Array.isArray(anyOf)) return (anyOf as JsonSchema[]).map(typeInWords).join(" or ");
  if (type === "array") return `list of ${typeInWords(items as JsonSchema)}s`;
  return [type]
    .flat()
    .join(" or ")
    .replace(/^array\b/, "list");
}

function settingsPart(): string[] {
  return [
    "# Settings",
    "An environment variable overrides the settings file. `rewind config` lists the settings, `rewind config set` changes one.",
    "| in the environment | in `config.json` | |\n|---|---|---|\n" +
      settingNames
        .map(
          (name) =>
            `| \`${settings[name].environment}\` | \`${name}\` | ${escaped(describeSetting(settings[name]))} |`,
        )
        .join("\n"),
    "## Other variables",
    table([...variables, ...surroundings]),
  ];
}

function filesPart(): string[] {
  return [
    "# Files",
    table(files),
    "Beside the cache, while the program runs:",
    table(passingFiles),
    "Settings, saved questions and cache are private to you (mode 0600, in directories with mode 0700). On Windows the access lists of your profile protect them; rewind does not check these.",
    "On macOS the paths are the same as on Linux, not in `~/Library`.",
  ];
}

function exitCodesPart(): string[] {
  return [
    "# Exit codes",
    table(exitCodes),
    "If several apply, 4 comes before 3, and 3 before 1. Errors go to stderr, data to stdout.",
  ];
}

function indexPart(): string[] {
  return [
    "# Reference",
    "Generated from the program's own declarations by `npm run docs`. The manual page has the same content: `man rewind`.",
    "| command | |\n|---|---|\n" +
      commandEntries
        .map(({ name, summary }) => `| [\`${name}\`](${name}.md) | ${escaped(summary)} |`)
        .join("\n"),
    "`rewind` alone shows your shelf at a glance on a terminal; before the first sync it says how to begin.",
    "Every command takes:",
    table(
      [...globalOptions, helpOption, versionOption].map((option) => [[option.flags], describeOption(option)]),
    ),
    "See also [the guide](guide/commands.md), [settings](settings.md), [files](files.md) and [exit codes](exit-codes.md).",
  ];
}

function table(rows: readonly Row[]): string {
  const lines = rows.map(
    ([names, meaning]) => `| ${named(names)} | ${isMarked(meaning) ? meaning : escaped(meaning)} |`,
  );
  return ["| | |", "|---|---|", ...lines].join("\n");
}

function list(rows: readonly Row[]): string {
  return rows
    .map(
      ([names, meaning]) =>
        `- ${named(names)}${meaning === "" ? "" : `: ${isMarked(meaning) ? meaning : escaped(meaning)}`}`,
    )
    .join("\n");
}

/** Formats what users type as code. */
function named(names: readonly string[]): string {
  return names
    .map((name) => (/^[\w.-]*[A-Z_]{3,}|^[-<[\d]|\./.test(name) ? `\`${name}\`` : name))
    .join(", ")
    .replaceAll("|", "\\|");
}

/** True if the text is already Markdown. */
function isMarked(text: string): boolean {
  return text.includes("`");
}

function escaped(text: string): string {
  return text.replace(/[\\`*_<>[\]|#~]/g, "\\$&");
}

function code(lines: readonly string[]): string {
  return ["```sh", ...lines, "```"].join("\n");
}

function page(parts: readonly string[]): string {
  return `${parts.join("\n\n")}\n`;
}
