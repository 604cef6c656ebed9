import type { Context } from "../../context.ts";
import { inQuotes, shellWord } from "../../model/names.ts";
import { nearestOf, UsageError } from "../../model/errors.ts";
import { linesText } from "../../output/escape.ts";
import { writeJson } from "../../output/json.ts";
import { counted } from "../../output/number-text.ts";
import { sentence, wrapText } from "../../output/paragraph.ts";
import { present } from "../../output/present.ts";
import {
  changeDocument,
  artistNames,
  checkAlias,
  document,
  namesLike,
  removeAlias,
  setAlias,
} from "../../actions/aliases.ts";
import type { Database } from "../../store/file/database.ts";
import { readAliases, type NamePair } from "../../store/decisions/user-decisions.ts";
import type { Call, CommandDeclaration } from "../shared/declaration.ts";
import { sureName } from "../shared/choosing/sure-choice.ts";
import { holdsLater, noteDecision, settleMatches } from "../shared/choosing/settle.ts";
import { jsonOption } from "../shared/listing/options.ts";

const documents = () => import("../../queries/documents/decision-documents.ts");
const changeForm = async () => [{ schema: (await documents()).aliasChangeSchema }];

export const declaration: CommandDeclaration = {
  name: "alias",
  details:
    "Treats the first name as the second, for records and for albums. Without names, lists your aliases.",
  arguments: [{ name: "[names...]", help: "an artist name, then the name to treat it as" }],
  json: async () => [
    ...(await changeForm()),
    { when: "Without names", schema: (await documents()).aliasesSchema },
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
      json: changeForm,
      options: [jsonOption],
      examples: [
        ['rewind alias add "Fela Ransome Kuti" "Fela Kuti"', "the same as rewind alias with two names"],
      ],
      load: async () => runAliasAdd,
    },
    {
      name: "list",
      summary: "list the aliases",
      json: async () => [{ schema: (await documents()).aliasesSchema }],
      options: [jsonOption],
      examples: [["rewind alias list", "the same as rewind alias"]],
      load: async () => runAliasList,
    },
    {
      name: "remove",
      summary: "remove an alias",
      arguments: [{ name: "<name>", help: "the first of the two names" }],
      json: changeForm,
      options: [jsonOption],
      examples: [['rewind alias remove "Fela Ransome Kuti"', "match its records by their own name again"]],
      load: async () => runAliasRemove,
    },
  ],
};

async function runAliasAdd(context: Context, call: Call): Promise<void> {
  const { words, asJson } = call;
  if (words.length === 0) return runAliasList(context, call);
  const [first = "", second = "", ...more] = words.map((name) => name.trim());
  if (first === "" || second === "" || more.length > 0) {
    throw new UsageError(
      "an alias takes two names",
      'For example: rewind alias "Fela Ransome Kuti" "Fela Kuti"',
    );
  }
  const database = await context.store();
  const allNames = artistNames(database);
  const unknownNames = [first, second].filter((name) => namesLike(name, allNames).length === 0);
  if (unknownNames.length === 2) throw noArtist(unknownNames, allNames);
  const artist = (text: string): Promise<string> =>
    sureName(context, {
      text,
      names: namesLike(text, allNames),
      nothing: noArtist([text], allNames),
      asJson,
    });
  const name = await artist(first);
  const pair = { name, sameAs: await artist(second) };
  checkAlias(database, pair);
  noteDecision(database, () => setAlias(database, pair));
  await settle(context, database, asJson, {
    change: { added: [pair] },
    text: `${name} is the same as ${pair.sameAs}`,
    undo: ` Undo: rewind alias remove ${shellWord(name)}`,
  });
}

function noArtist(unknown: readonly string[], names: readonly string[]): UsageError {
  const nearest = unknown.flatMap((name) => nearestOf(name, names) ?? []);
  return new UsageError(
    `no record or album is by ${unknown.map((name) => `"${name}"`).join(" or ")}`,
    nearest.length === 0
      ? "Check the spelling. To see the names in your plays: rewind top artists"
      : `Did you mean ${nearest.map(inQuotes).join(" and ")}?`,
  );
}

async function runAliasRemove(context: Context, { words: [text = ""], asJson }: Call): Promise<void> {
  const database = await context.store();
  const nothing = new UsageError(`no alias "${text}"`, "To list them: rewind alias list");
  const aliases = readAliases(database).map((alias) => alias.name);
  const names = namesLike(text, aliases);
  const name = await sureName(context, { text, names, nothing, asJson });
  const removedAliases = noteDecision(database, () => removeAlias(database, name));
  await settle(context, database, asJson, {
    change: { removed: removedAliases },
    text: `${name} is no longer an alias`,
  });
}

interface Outcome {
  readonly change: Parameters<typeof changeDocument>[0];
  readonly text: string;
  readonly undo?: string;
}

/** Matches again and reports it. */
async function settle(
  context: Context,
  database: Database,
  asJson: boolean,
  { change, text, undo = "" }: Outcome,
): Promise<void> {
  const outcome = await settleMatches(database);
  if (asJson) {
    return writeJson(context, changeDocument(change, outcome === "later" ? null : outcome.changed));
  }
  const result = outcome === "later" ? holdsLater : `${counted(outcome.changed, "record")} rematched.`;
  await context.write(linesText(sentence(`${text}: ${result}${undo}`, context.screen)));
}

async function runAliasList(context: Context, { form }: Call): Promise<void> {
  const aliases = readAliases(await context.store());
  await present(context, form, {
    document: () => document(aliases),
    table: () => ({
      columns: () => [{ header: "Alias", cell: pairText }],
      lines: aliases,
      draw: (lines, { screen }) => lines.flatMap((alias) => wrapText(pairText(alias), screen)),
      empty: () => 'No aliases yet. To add one: rewind alias "Fela Ransome Kuti" "Fela Kuti"',
    }),
  });
}

function pairText({ name, sameAs }: NamePair): string {
  return `${name} = ${sameAs}`;
}
