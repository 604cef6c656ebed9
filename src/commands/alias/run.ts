import type { Context } from "../../context.ts";
import { quoteForShell } from "../../model/names.ts";
import { UsageError } from "../../model/errors.ts";
import { joinLines } from "../../output/safe-text.ts";
import { writeJson } from "../../output/json.ts";
import { pluralize } from "../../output/format-numbers.ts";
import { wrapSentence, wrapText } from "../../output/paragraph.ts";
import { present } from "../../output/present.ts";
import {
  addAlias,
  buildAliasChangeDocument,
  deleteAliases,
  buildAliasesDocument,
} from "../../actions/aliases.ts";
import { afterSyncNotice } from "../../actions/apply-decision.ts";
import { readAliases, type NamePair } from "../../store/decisions/user-decisions.ts";
import { describeUndo } from "../shared/access/undo-hint.ts";
import { runWithPrompts } from "../shared/prompting/prompt-choice.ts";
import type { Invocation, CommandDeclaration } from "../shared/command-declaration.ts";
import { jsonOption } from "../shared/listing/list-options.ts";

const importDocuments = () => import("../../queries/documents/decision-documents.ts");
const buildChangeForms = async () => [{ schema: (await importDocuments()).aliasChangeSchema }];

export const declaration: CommandDeclaration = {
  name: "alias",
  details:
    "Treats the first name as the second, for records and for albums. Without names, lists your aliases.",
  arguments: [{ name: "[names...]", help: "an artist name, then the name to treat it as" }],
  json: async () => [
    ...(await buildChangeForms()),
    { when: "Without names", schema: (await importDocuments()).aliasesSchema },
  ],
  options: [jsonOption],
  examples: [
    ['rewind alias "Fela Ransome Kuti" "Fela Kuti"', "match records of one with albums of the other"],
    ["rewind alias list", "list your aliases"],
    ['rewind alias remove "Fela Ransome Kuti"', "treat them as two artists again"],
  ],
  load: async () => runAliasAdd,
  commands: [
    {
      name: "add",
      summary: "add an alias",
      arguments: [{ name: "<names...>", help: "an artist name, then the name to treat it as" }],
      json: buildChangeForms,
      options: [jsonOption],
      examples: [
        ['rewind alias add "Fela Ransome Kuti" "Fela Kuti"', "the same as rewind alias with two names"],
      ],
      load: async () => runAliasAdd,
    },
    {
      name: "list",
      summary: "list the aliases",
      json: async () => [{ schema: (await importDocuments()).aliasesSchema }],
      options: [jsonOption],
      examples: [["rewind alias list", "the same as rewind alias"]],
      load: async () => runAliasList,
    },
    {
      name: "remove",
      summary: "remove an alias, or an answer that two names are two artists",
      arguments: [{ name: "<name>", help: "the first of the two names, or either of two artists" }],
      json: buildChangeForms,
      options: [jsonOption],
      examples: [['rewind alias remove "Fela Ransome Kuti"', "match its records by their own name again"]],
      load: async () => runAliasRemove,
    },
  ],
};

async function runAliasAdd(context: Context, call: Invocation): Promise<void> {
  const { words, asJson } = call;
  if (words.length === 0) return runAliasList(context, call);
  const [first = "", second = "", ...more] = words.map((name) => name.trim());
  if (first === "" || second === "" || more.length > 0) {
    throw new UsageError(
      "an alias takes two names",
      'For example: rewind alias "Fela Ransome Kuti" "Fela Kuti"',
    );
  }
  const database = await context.openCache();
  const { pair, changed } = await runWithPrompts(context, { asJson }, (read) =>
    addAlias(database, { name: read(first), sameAs: read(second) }),
  );
  await report(context, asJson, {
    change: { added: [pair] },
    changed,
    text: `${pair.name} is the same as ${pair.sameAs}`,
    undo: ` ${describeUndo(context, `rewind alias remove ${quoteForShell(pair.name)}`)}`,
  });
}

async function runAliasRemove(context: Context, { words: [text = ""], asJson }: Invocation): Promise<void> {
  const database = await context.openCache();
  const { name, removed, reopened, changed } = await runWithPrompts(context, { asJson }, (read) =>
    deleteAliases(database, read(text)),
  );
  if (!asJson && removed.length === 0) {
    const names = reopened.map((pair) => `${pair.name} and ${pair.sameAs}`).join(", ");
    return context.write(joinLines(wrapSentence(`rewind review asks about ${names} again.`, context.screen)));
  }
  await report(context, asJson, {
    change: { removed, reopened },
    changed,
    text: `${name} is no longer an alias`,
  });
}

interface AliasOutcome {
  readonly change: Parameters<typeof buildAliasChangeDocument>[0];
  /** How many records were matched again; null: the running sync does that. */
  readonly changed: number | null;
  readonly text: string;
  readonly undo?: string;
}

async function report(
  context: Context,
  asJson: boolean,
  { change, changed, text, undo = "" }: AliasOutcome,
): Promise<void> {
  if (asJson) return writeJson(context, buildAliasChangeDocument(change, changed));
  const result =
    changed === null
      ? afterSyncNotice
      : changed === 0
        ? "no record is matched differently."
        : `${pluralize(changed, "record")} rematched.`;
  await context.write(joinLines(wrapSentence(`${text}: ${result}${undo}`, context.screen)));
}

async function runAliasList(context: Context, { form }: Invocation): Promise<void> {
  const aliases = readAliases(await context.openCache());
  await present(context, form, {
    document: () => buildAliasesDocument(aliases),
    table: () => ({
      columns: () => [{ header: "Alias", cell: formatPair }],
      lines: aliases,
      draw: (lines, { screen }) => lines.flatMap((alias) => wrapText(formatPair(alias), screen)),
      empty: () => 'No aliases yet. To add one: rewind alias "Fela Ransome Kuti" "Fela Kuti"',
    }),
  });
}

function formatPair({ name, sameAs }: NamePair): string {
  return `${name} = ${sameAs}`;
}
