import type { Context } from "../../context.ts";
import { inQuotes } from "../../model/names.ts";
import { nearestOf, UsageError } from "../../model/errors.ts";
import { linesText } from "../../output/escape.ts";
import { writeJson } from "../../output/json.ts";
import { counted } from "../../output/number-text.ts";
import { sentence, wrapText } from "../../output/paragraph.ts";
import { present } from "../../output/present.ts";
import { shellWord } from "../../queries/doubts/commands.ts";
import {
  changeDocument,
  aliasesCalled,
  artistNames,
  artistsCalled,
  checkAlias,
  document,
  removeAlias,
  setAlias,
  type AliasChange,
} from "../../decisions/aliases.ts";
import type { Database } from "../../store/file/database.ts";
import { readAliases, type NamePair } from "../../store/decisions/user-decisions.ts";
import type { Call } from "../shared/declaration.ts";
import { sureName } from "../shared/choosing/sure-choice.ts";
import { holdsLater, noteDecision, settleMatches } from "../shared/choosing/settle.ts";

export async function runAliasAdd(context: Context, call: Call): Promise<void> {
  const {
    arguments: [argument],
    options,
  } = call;
  const names = Array.isArray(argument) ? argument.map((name) => String(name).trim()) : [];
  if (names.length === 0) return runAliasList(context, call);
  const [first = "", second = "", ...more] = names;
  if (first === "" || second === "" || more.length > 0) {
    throw new UsageError(
      "an alias takes two names",
      'For example: rewind alias "Fela Ransome Kuti" "Fela Kuti"',
    );
  }
  const database = await context.store();
  const artist = (text: string): Promise<string> =>
    sureName(context, {
      text,
      names: artistsCalled(database, text),
      nothing: noArtist(database, text),
      asJson: options["json"] === true,
    });
  const name = await artist(first);
  const sameAs = await artist(second);
  const pair = { name, sameAs };
  checkAlias(database, pair);
  noteDecision(database, () => setAlias(database, pair));
  const outcome = await settleMatches(database);
  if (options["json"] === true) return writeOutcome(context, outcome, { added: [pair] });
  await say(
    context,
    `${name} is the same as ${sameAs}: ${outcomeText(outcome)} Undo: rewind alias remove ${shellWord(name)}`,
  );
}

function noArtist(database: Database, text: string): UsageError {
  const nearest = nearestOf(text, artistNames(database));
  return new UsageError(
    `no record or album is by "${text}"`,
    nearest === undefined
      ? "Check the spelling. To see names as scrobbled: rewind top artists"
      : `Did you mean ${inQuotes(nearest)}?`,
  );
}

export async function runAliasRemove(
  context: Context,
  { arguments: [argument], options }: Call,
): Promise<void> {
  const database = await context.store();
  const text = String(argument);
  const name = await sureName(context, {
    text,
    names: aliasesCalled(database, text),
    nothing: new UsageError(`no alias "${text}"`, "To list them: rewind alias list"),
    asJson: options["json"] === true,
  });
  const removedAliases = noteDecision(database, () => removeAlias(database, name));
  const outcome = await settleMatches(database);
  if (options["json"] === true) return writeOutcome(context, outcome, { removed: removedAliases });
  await say(context, `${name} is no longer an alias: ${outcomeText(outcome)}`);
}

export async function runAliasList(context: Context, { options }: Call): Promise<void> {
  const aliases = readAliases(await context.store());
  await present(
    context,
    { as: options["json"] === true ? "json" : "table" },
    {
      document: () => document(aliases),
      table: () => ({
        columns: () => [{ header: "Alias", cell: pairText }],
        lines: aliases,
        draw: (lines, { screen }) => lines.flatMap((alias) => wrapText(pairText(alias), screen)),
        empty: () => 'No aliases yet. To add one: rewind alias "Fela Ransome Kuti" "Fela Kuti"',
      }),
    },
  );
}

function pairText({ name, sameAs }: NamePair): string {
  return `${name} = ${sameAs}`;
}

function outcomeText(outcome: { changed: number } | "later"): string {
  return outcome === "later" ? holdsLater : `${counted(outcome.changed, "record")} rematched.`;
}

async function writeOutcome(
  context: Context,
  outcome: { changed: number } | "later",
  change: Omit<AliasChange, "recordsChanged">,
): Promise<void> {
  const recordsChanged = outcome === "later" ? null : outcome.changed;
  await writeJson(context, changeDocument({ ...change, recordsChanged }));
}

async function say(context: Context, text: string): Promise<void> {
  const { screen } = context;
  await context.write(linesText(sentence(text, screen)));
}
