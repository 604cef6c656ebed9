import type { Context } from "../../context.ts";
import { linesText, printable } from "../../output/escape.ts";
import { jsonText } from "../../output/json.ts";
import { counted } from "../../output/numbers.ts";
import { present } from "../../output/present.ts";
import {
  importDecisions,
  importDocument,
  parseDecisionDocument,
  type ImportCounts,
} from "../../queries/decisions/decision-document.ts";
import { ask, document } from "../../queries/decisions/decision-list.ts";
import { decisionDocument } from "../../store/decision-document.ts";
import { readAliases } from "../../store/decisions.ts";
import type { Call } from "../shared/call.ts";
import { textOf } from "../shared/read-text.ts";
import { holdsLater, noteDecision, settleMatches } from "../shared/settle.ts";
import { decisionTable } from "./screen.ts";

/** The list needs no synced sides: decisions outlive them. */
export async function runLinks(context: Context, { options }: Call): Promise<void> {
  const decisions = ask(await context.store());
  await present(
    context,
    { as: options["json"] === true ? "json" : "table" },
    { document: () => document(decisions), table: () => decisionTable(decisions) },
  );
}

export async function runLinksExport(context: Context): Promise<void> {
  const database = await context.store();
  await context.write(jsonText(decisionDocument(database), { indent: true }));
  const { length } = ask(database);
  if (!context.screen.isTerminal)
    context.note(printable(`Exported ${importedText(length, readAliases(database).length)}.`));
}

export async function runLinksImport(context: Context, { arguments: [file], options }: Call): Promise<void> {
  const read = parseDecisionDocument(await textOf(context, String(file), limits));
  const database = await context.writableStore();
  const counts = noteDecision(database, () => importDecisions(database, read));
  const settled = await settleMatches(database);
  if (options["json"] === true) {
    await context.write(jsonText(importDocument(counts), { indent: context.screen.isTerminal }));
  } else {
    await context.write(linesText(countsText(counts).map(printable)));
  }
  if (settled === "later") context.note(printable(holdsLater));
}

/** A hundred thousand decisions take less. */
const limits = {
  mostBytes: 64 * 1024 * 1024,
  what: "a decisions file",
  hint: "To write such a file: rewind links export > FILE",
};

function importedText(decisions: number, aliases: number): string {
  return `${counted(decisions, "decision")} and ${counted(aliases, "alias", "aliases")}`;
}

function countsText(counts: ImportCounts): string[] {
  const { decisions, aliases, added, changed, same, withoutRecord, withoutAlbum } = counts;
  return [
    `Imported ${importedText(decisions, aliases)}: ${added} new, ${changed} changed, ${same} as before.`,
    ...(withoutRecord === 0
      ? []
      : [`${counted(withoutRecord, "decision")} on releases that are not in the collection now: kept.`]),
    ...(withoutAlbum === 0
      ? []
      : [`${counted(withoutAlbum, "decision")} on albums that are not in your plays now: kept.`]),
  ];
}
