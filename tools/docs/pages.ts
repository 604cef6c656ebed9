// Renders the reference from the command declarations: one page for each command.
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

/** Returns the pages by the names of their files. */
export async function renderReference(): Promise<ReadonlyMap<string, string>> {
  const pages = new Map<string, string>();
  for (const entry of commandEntries) {
    const declaration = await loadDeclaration(entry);
    pages.set(
      `${entry.name}.md`,
      joinParagraphs(await renderCommand(declaration, { path: ["rewind"], summary: entry.summary })),
    );
  }
  pages.set("settings.md", joinParagraphs(renderSettings()));
  pages.set("files.md", joinParagraphs(renderFiles()));
  pages.set("exit-codes.md", joinParagraphs(renderExitCodes()));
  pages.set("README.md", joinParagraphs(renderIndex()));
  return pages;
}

/** The whole reference as one text for the manual page, which cannot have tables. */
export async function renderManualText(): Promise<string> {
  const parts: string[] = [
    "## Synopsis",
    "`rewind` *command* \\[*options*\\] \\[*arguments*\\]",
    "## Description",
    programSummary,
    "Without a command, it shows your shelf at a glance, or how to begin if you have not synced yet. `rewind --json` prints the same for programs.",
    "## Options of every command",
    renderList(
      [...globalOptions, helpOption, versionOption].map((option) => [[option.flags], describeOption(option)]),
    ),
  ];
  for (const entry of [
    ...commandEntries,
    { ...helpCommand, load: async () => ({ declaration: helpCommand }) },
  ]) {
    const declaration = await loadDeclaration(entry);
    parts.push(
      ...(await renderCommand(declaration, { path: ["rewind"], summary: entry.summary, isManual: true })),
    );
  }
  parts.push(
    "## Environment",
    renderList(
      settingNames.map((name) => [
        [settings[name].environment],
        `${describeSetting(settings[name])}; in config.json: ${name}`,
      ]),
    ),
    renderList([...variables, ...surroundings]),
    "## Files",
    renderList([...files, ...passingFiles]),
    "## Exit status",
    renderList(exitCodes),
  );
  return joinParagraphs(parts);
}

interface Command {
  /** The commands above this one. */
  readonly path: readonly string[];
  readonly summary: string;
  readonly isManual?: boolean;
}

async function renderCommand(
  declaration: CommandDeclaration,
  { path, summary, isManual = false }: Command,
): Promise<string[]> {
  const own = [...path, declaration.name];
  const depth = isManual ? 2 : own.length - 1;
  const renderHeading = (text: string): string =>
    isManual ? `**${text}**` : `${"#".repeat(depth + 1)} ${text}`;
  const renderRows = isManual ? renderList : renderTable;
  const options = (declaration.options ?? []).filter(({ isHidden }) => isHidden !== true);
  const given = declaration.arguments ?? [];
  const forms = (await declaration.json?.()) ?? [];
  const parts = [
    `${"#".repeat(depth)} ${own.join(" ")}`,
    `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`,
    renderCode([
      [...own, options.length === 0 ? "" : "[options]", ...given.map(({ name }) => name)]
        .filter(Boolean)
        .join(" "),
    ]),
    ...renderDetails(declaration.details ?? ""),
    ...(given.length === 0
      ? []
      : [
          renderHeading("Arguments"),
          renderRows(given.map((each) => [[each.name], describeArgument(each).replaceAll("\n", "; ")])),
        ]),
    ...(options.length === 0
      ? []
      : [renderHeading("Options"), renderRows(options.map((each) => [[each.flags], describeOption(each)]))]),
    ...(isManual
      ? []
      : forms.flatMap((form) => [
          renderHeading(form.when === undefined ? "JSON" : `JSON: ${form.when.toLowerCase()}`),
          renderFieldTable(form, declaration.name),
        ])),
    ...(declaration.examples.length === 0
      ? []
      : [
          renderHeading("Examples"),
          renderCode(declaration.examples.flatMap(([line, meaning]) => [`# ${meaning}`, line])),
        ]),
  ];
  for (const child of declaration.commands ?? []) {
    parts.push(...(await renderCommand(child, { path: own, summary: child.summary ?? "", isManual })));
  }
  return parts;
}

/** Joins the lines of a paragraph; indented lines become a code block. */
function renderDetails(details: string): string[] {
  if (details === "") return [];
  const parts: string[] = [];
  let shown: string[] = [];
  let prose: string[] = [];
  const endBlock = (): void => {
    if (prose.length > 0) parts.push(escapeMarkdown(prose.join(" ")));
    if (shown.length > 0) parts.push(renderCode(shown.map((line) => line.slice(2))));
    [prose, shown] = [[], []];
  };
  for (const line of details.split("\n")) {
    const isShown = line.startsWith("  ");
    if ((isShown && prose.length > 0) || (!isShown && shown.length > 0) || line === "") endBlock();
    if (line !== "") (isShown ? shown : prose).push(line);
  }
  endBlock();
  return parts;
}

/** The objects that many documents share. Only the page of rewind xref lists their fields. */
const sharedObjects: readonly unknown[] = [
  collectionSchema["properties"],
  crossReferenceRow.listening["properties"],
  pagination["properties"],
];

/** One row for each field, with its path: `data[].collection.id`. */
function renderFieldTable({ schema }: JsonForm, command: string): string {
  const renderFields = (object: JsonSchema, above: string): string[] =>
    Object.entries(getProperties(object)).flatMap(([name, field]) => {
      const inner = getProperties(field);
      const isList = "items" in field && Object.keys(inner).length > 0;
      const path = `${above}${name}${isList ? "[]" : ""}`;
      const isShared = command !== "xref" && sharedObjects.includes(inner);
      const meaning = escapeMarkdown(typeof field["description"] === "string" ? field["description"] : "");
      const more = isShared ? "fields: see [rewind xref](xref.md)" : "";
      const row = `| \`${path}\` | ${describeType(field)} | ${[meaning, more].filter(Boolean).join("; ")} |`;
      return [row, ...(isShared ? [] : renderFields(field, `${path}.`))];
    });
  return ["| field | type | meaning |", "|---|---|---|", ...renderFields(schema, "")].join("\n");
}

/** "integer or null", "list of strings" */
function describeType({ type, items, anyOf }: JsonSchema): string {
  if (Array.isArray(anyOf)) return (anyOf as JsonSchema[]).map(describeType).join(" or ");
  if (type === "array") return `list of ${describeType(items as JsonSchema)}s`;
  return [type]
    .flat()
    .join(" or ")
    .replace(/^array\b/, "list");
}

function renderSettings(): string[] {
  return [
    "# Settings",
    "An environment variable overrides the settings file. `rewind config` lists the settings, `rewind config set` changes one.",
    "| in the environment | in `config.json` | |\n|---|---|---|\n" +
      settingNames
        .map(
          (name) =>
            `| \`${settings[name].environment}\` | \`${name}\` | ${escapeMarkdown(describeSetting(settings[name]))} |`,
        )
        .join("\n"),
    "## Other variables",
    renderTable([...variables, ...surroundings]),
  ];
}

function renderFiles(): string[] {
  return [
    "# Files",
    renderTable(files),
    "Beside the cache, while the program runs:",
    renderTable(passingFiles),
    "Settings, saved questions and cache are private to you (mode 0600, in directories with mode 0700). On Windows the access lists of your profile protect them; rewind does not check these.",
    "On macOS the paths are the same as on Linux, not in `~/Library`.",
  ];
}

function renderExitCodes(): string[] {
  return [
    "# Exit codes",
    renderTable(exitCodes),
    "If several apply, 4 comes before 3, and 3 before 1. Errors go to stderr, data to stdout.",
  ];
}

function renderIndex(): string[] {
  return [
    "# Reference",
    "Generated from the program's own declarations by `npm run docs`. The manual page has the same content: `man rewind`.",
    "| command | |\n|---|---|\n" +
      commandEntries
        .map(({ name, summary }) => `| [\`${name}\`](${name}.md) | ${escapeMarkdown(summary)} |`)
        .join("\n"),
    "`rewind` alone shows your shelf at a glance: how much of it is played, what is new since your last visit, what happened on this day, and a record for tonight. Before the first sync it says how to begin. `rewind --json` prints the same for programs, and `rewind help --json` its fields.",
    "Every command takes:",
    renderTable(
      [...globalOptions, helpOption, versionOption].map((option) => [[option.flags], describeOption(option)]),
    ),
    "See also [the guide](guide/README.md), [settings](settings.md), [files](files.md) and [exit codes](exit-codes.md).",
  ];
}

function renderTable(rows: readonly Row[]): string {
  const lines = rows.map(
    ([names, meaning]) =>
      `| ${formatNames(names)} | ${isMarkdown(meaning) ? meaning : escapeMarkdown(meaning)} |`,
  );
  return ["| | |", "|---|---|", ...lines].join("\n");
}

function renderList(rows: readonly Row[]): string {
  return rows
    .map(
      ([names, meaning]) =>
        `- ${formatNames(names)}${meaning === "" ? "" : `: ${isMarkdown(meaning) ? meaning : escapeMarkdown(meaning)}`}`,
    )
    .join("\n");
}

/** Formats what users type as code. */
function formatNames(names: readonly string[]): string {
  return names
    .map((name) => (/^[\w.-]*[A-Z_]{3,}|^[-<[\d]|\./.test(name) ? `\`${name}\`` : name))
    .join(", ")
    .replaceAll("|", "\\|");
}

/** True if the text is already Markdown. */
function isMarkdown(text: string): boolean {
  return text.includes("`");
}

function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_<>[\]|#~]/g, "\\$&");
}

function renderCode(lines: readonly string[]): string {
  return ["```sh", ...lines, "```"].join("\n");
}

function joinParagraphs(parts: readonly string[]): string {
  return `${parts.join("\n\n")}\n`;
}
