import type { Context } from "../../context.ts";
import { linesText, printable } from "../../output/escape.ts";
import { jsonText } from "../../output/json.ts";
import { counted } from "../../output/number-text.ts";
import { present, type TableView } from "../../output/present.ts";
import { importDecisions, parseDecisionDocument } from "../../decisions/decision-document.ts";
import type { ImportDocument } from "../../queries/documents/decision-documents.ts";
import { ask, type DecidedAlbum, document, type ListedDecision } from "../../decisions/decision-list.ts";
import { decisionDocument } from "../../store/decisions/saved-decisions.ts";
import type { Call } from "../shared/declaration.ts";
import { textOf } from "../shared/terminal/read-text.ts";
import { holdsLater, noteDecision, settleMatches } from "../shared/choosing/settle.ts";
import type { Colours } from "../../output/screen.ts";
import type { Column } from "../../output/field.ts";
import { localDay } from "../../output/dates.ts";
import { artistColumn, numberColumn, titleColumn } from "../shared/listing/list-fields.ts";

/** Works before the first sync too, because decisions can outlive a cache. */
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
  const exported = decisionDocument(database);
  await context.write(jsonText(exported, { indent: true }));
  if (context.screen.isTerminal) return;
  const others = othersOf({
    noted_plays: exported.plays.length,
    hidden_albums: exported.hidden_albums.length,
    snoozes: exported.snoozes.length,
    review_notes: exported.reviews.length,
  });
  const { length: decisions } = exported.decisions;
  const { length: aliases } = exported.aliases;
  context.note(`Exported ${importedText({ decisions, aliases, others })}.`);
}

export async function runLinksImport(context: Context, { arguments: [file], options }: Call): Promise<void> {
  const read = parseDecisionDocument(await textOf(context, String(file), limits));
  const database = await context.writableStore();
  const counts = noteDecision(database, () => importDecisions(database, read));
  const outcome = await settleMatches(database);
  if (options["json"] === true) {
    await context.write(jsonText(counts, { indent: context.screen.isTerminal }));
  } else {
    await context.write(linesText(countsText(counts).map(printable)));
  }
  if (outcome === "later") context.note(holdsLater);
}

/** Enough for more than 100,000 decisions. */
const limits = {
  mostBytes: 64 * 1024 * 1024,
  what: "a decisions file",
  hint: "To write such a file: rewind links export > FILE",
};

interface Parts {
  readonly decisions: number;
  readonly aliases: number;
  /** Other parts of the export, in words. */
  readonly others: readonly string[];
}

function importedText({ decisions, aliases, others }: Parts): string {
  const parts = [counted(decisions, "decision"), counted(aliases, "alias", "aliases"), ...others];
  return `${parts.slice(0, -1).join(", ")} and ${parts.at(-1) ?? ""}`;
}

type OtherParts = Pick<ImportDocument, "noted_plays" | "hidden_albums" | "snoozes" | "review_notes">;

function othersOf({ noted_plays, hidden_albums, snoozes, review_notes }: OtherParts): string[] {
  return [
    noted_plays === 0 ? "" : counted(noted_plays, "logged play"),
    hidden_albums === 0 ? "" : counted(hidden_albums, "hidden album"),
    snoozes === 0 ? "" : counted(snoozes, "snooze"),
    review_notes === 0 ? "" : counted(review_notes, "review note"),
  ].filter((text) => text !== "");
}

function countsText(counts: ImportDocument): string[] {
  const { decisions, aliases, added, changed, unchanged, without_record, without_album } = counts;
  return [
    `Imported ${importedText({ decisions, aliases, others: othersOf(counts) })}: ${added} new, ${changed} changed, ${unchanged} unchanged.`,
    ...(without_record === 0
      ? []
      : [`${counted(without_record, "decision")} about releases that are not in the collection now.`]),
    ...(without_album === 0
      ? []
      : [`${counted(without_album, "decision")} about albums that are not in your plays now.`]),
  ];
}

function decisionTable(decisions: readonly ListedDecision[]): TableView<ListedDecision> {
  return {
    columns: ({ colours }) => columnsOf(colours),
    lines: decisions,
    footer: () => [
      [
        counted(decisions.length, "decision"),
        "undo: rewind link # --clear",
        "save them: rewind links export > FILE",
      ],
    ],
    empty: () => "No decisions yet.",
  };
}

function columnsOf(colours: Colours): Column<ListedDecision>[] {
  return [
    numberColumn(colours, ({ recordId, releaseId }) =>
      recordId === null ? `r${releaseId}` : String(recordId),
    ),
    artistColumn(({ artist }) => artist ?? ""),
    titleColumn(({ title, recordId }) => title ?? (recordId === null ? "not in the collection now" : "")),
    {
      header: "Decision",
      cell: (line) => decisionText(line),
      flexible: { share: 4, maxWidth: 80, cut: "wrap" },
    },
    { header: "Since", cell: ({ decidedUts }) => localDay(decidedUts), dropOrder: 1 },
  ];
}

/** "with a12 Nevermind; without a340 In Utero", "only a12 Nevermind", "none" */
function decisionText({ mode, add, not, instanceId }: ListedDecision): string {
  const scope = instanceId !== 0 ? "this copy: " : "";
  if (mode === "none") return `${scope}none`;
  const addedAlbums = add.map(albumText).join(", ");
  if (mode === "only") return `${scope}only ${addedAlbums}`;
  return (
    scope +
    [
      addedAlbums === "" ? "" : `with ${addedAlbums}`,
      not.length === 0 ? "" : `without ${not.map(albumText).join(", ")}`,
    ]
      .filter((part) => part !== "")
      .join("; ")
  );
}

function albumText({ id, title }: DecidedAlbum): string {
  return id === null ? `${title} (not in your plays now)` : `a${id} ${title}`;
}
