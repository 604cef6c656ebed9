import type { Context } from "../../context.ts";
import { UsageError } from "../../errors.ts";
import { linesText, printable } from "../../output/escape.ts";
import { writeJson } from "../../output/json.ts";
import { counted } from "../../output/numbers.ts";
import { sentence, wrapped } from "../../output/paragraph.ts";
import { present } from "../../output/present.ts";
import { shellWord } from "../../queries/decisions/commands.ts";
import {
  changeDocument,
  checkAlias,
  document,
  isKnownArtist,
  removeAlias,
  setAlias,
  type AliasChange,
  type NamePair,
} from "../../queries/decisions/aliases.ts";
import { readAliases } from "../../store/decisions.ts";
import type { Call } from "../shared/call.ts";
import { holdsLater, noteDecision, settleMatches } from "../shared/settle.ts";

export async function runAliasAdd(context: Context, call: Call): Promise<void> {
  const {
    arguments: [given],
    options,
  } = call;
  const names = Array.isArray(given) ? given.map((name) => String(name).trim()) : [];
  if (names.length === 0) return runAliasList(context, call);
  const [name = "", sameAs = "", ...more] = names;
  if (name === "" || sameAs === "" || more.length > 0) {
    throw new UsageError(
      "an alias takes two names",
      'For example: rewind alias "Fela Ransome Kuti" "Fela Kuti"',
    );
  }
  const database = await context.store();
  const pair = { name, sameAs };
  checkAlias(database, pair);
  noteDecision(database, () => setAlias(database, pair));
  const settled = await settleMatches(database);
  for (const each of [name, sameAs]) {
    if (!isKnownArtist(database, each))
      context.note(printable(`rewind: no record or album by "${each}": check the spelling`));
  }
  if (options["json"] === true) return writeOutcome(context, settled, { added: [pair] });
  await say(
    context,
    `${name} is the same as ${sameAs}: ${outcomeText(settled)} Undo: rewind alias remove ${shellWord(name)}`,
  );
}

export async function runAliasRemove(context: Context, { arguments: [given], options }: Call): Promise<void> {
  const name = String(given);
  const database = await context.store();
  const removed = noteDecision(database, () => removeAlias(database, name));
  const settled = await settleMatches(database);
  if (options["json"] === true) return writeOutcome(context, settled, { removed });
  if (removed.length === 0) throw new UsageError(`no alias "${name}"`, "To list them: rewind alias list");
  await say(context, `${name} is no longer an alias: ${outcomeText(settled)}`);
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
        draw: (lines, { screen }) => lines.flatMap((alias) => wrapped(pairText(alias), screen)),
        empty: () => 'No aliases yet. To add one: rewind alias "Fela Ransome Kuti" "Fela Kuti"',
      }),
    },
  );
}

function pairText({ name, sameAs }: NamePair): string {
  return `${name} = ${sameAs}`;
}

function outcomeText(settled: { changed: number } | "later"): string {
  return settled === "later" ? holdsLater : `${counted(settled.changed, "record")} rematched.`;
}

async function writeOutcome(
  context: Context,
  settled: { changed: number } | "later",
  change: Omit<AliasChange, "recordsChanged">,
): Promise<void> {
  const outcome = changeDocument({ ...change, recordsChanged: settled === "later" ? null : settled.changed });
  await writeJson(context, outcome);
}

async function say(context: Context, text: string): Promise<void> {
  const { screen } = context;
  await context.write(linesText(sentence(text, screen)));
}
