import type { Context } from "../../context.ts";
import { joinLines, toPrintable } from "../../output/safe-text.ts";
import { renderJson, writeJson } from "../../output/json.ts";
import { pluralize, formatNumber } from "../../output/format-numbers.ts";
import { joinParts } from "../../output/paragraph.ts";
import { present } from "../../output/present.ts";
import { importDecisions } from "../../actions/import-decisions.ts";
import type { ImportDocument } from "../../queries/documents/decision-documents.ts";
import {
  queryDecisions,
  type DecidedAlbum,
  buildDecisionsDocument,
  type ListedDecision,
  type ListedDismissal,
} from "../../actions/decision-list.ts";
import type { NameDismissal } from "../../store/decisions/user-decisions.ts";
import { buildExportDocument, parseExportDocument } from "../../store/decisions/decision-document.ts";
import type { Invocation, CommandDeclaration } from "../shared/command-declaration.ts";
import { readText } from "../shared/terminal/read-text.ts";
import { afterSyncNotice, commitDecision, refreshMatches } from "../../actions/apply-decision.ts";
import type { Colours } from "../../output/paint.ts";
import type { Column } from "../../output/field.ts";
import { formatDay } from "../../output/format-dates.ts";
import { artistColumn, numberColumn, titleColumn } from "../shared/listing/list-fields.ts";
import { jsonOption } from "../shared/listing/list-options.ts";

const importDocuments = () => import("../../queries/documents/decision-documents.ts");

export const declaration: CommandDeclaration = {
  name: "links",
  isQuestion: true,
  details: `Lists what you decided with rewind link and rewind review, the oldest decision first.
The export also contains aliases, logged plays, hidden albums, snoozes and skipped questions. It names releases, artists
and albums, so you can import it into any cache of the same accounts.`,
  json: async () => [{ schema: (await importDocuments()).decisionsSchema }],
  options: [jsonOption],
  examples: [
    ["rewind links", "list your decisions"],
    ["rewind links export > decisions.json", "save everything you decided and logged"],
    ["rewind links import decisions.json", "restore it, before or after a sync"],
  ],
  load: async () => runLinks,
  commands: [
    {
      name: "export",
      summary: "print decisions, aliases and logged plays as JSON",
      examples: [["rewind links export > decisions.json", "save everything in a file"]],
      load: async () => runLinksExport,
    },
    {
      name: "import",
      summary: "restore an export",
      details: `An imported decision replaces your earlier one about the same release. All other decisions stay. You can import the
same file twice: each logged play has an id and is stored once.`,
      json: async () => [{ schema: (await importDocuments()).importSchema }],
      arguments: [
        {
          name: "<file>",
          help: "output of rewind links export; - is stdin",
          choices: { source: "file" },
        },
      ],
      options: [jsonOption],
      examples: [
        ["rewind links import decisions.json", "restore from a file"],
        ["ssh desk rewind links export | rewind links import -", "copy from another machine"],
      ],
      load: async () => runLinksImport,
    },
  ],
};

/** Works before the first sync too, because decisions can outlive a cache. */
async function runLinks(context: Context, { form }: Invocation): Promise<void> {
  const answer = queryDecisions(await context.openCache());
  const names = answer.nameDismissals;
  const lines = [
    ...answer.decisions.map(toDecisionLine),
    ...answer.dismissals.map(toDismissalLine),
    ...names.map(toNameLine),
  ];
  await present(context, form, {
    document: () => buildDecisionsDocument(answer),
    table: () => ({
      columns: ({ colours }) => buildColumns(colours),
      lines: lines.toSorted((a, b) => a.decidedUts - b.decidedUts),
      footer: () => [
        [
          pluralize(lines.length, "decision"),
          lines.length > names.length ? "undo: rewind link # --clear" : "",
          names.length > 0 ? "two artists: undo with rewind alias remove NAME" : "",
          "save them: rewind links export > FILE",
        ],
      ],
      empty: () => "No decisions yet.",
    }),
  });
}

async function runLinksExport(context: Context): Promise<void> {
  const exported = buildExportDocument(await context.openCache());
  await context.write(renderJson(exported, { indent: true }));
  if (context.screen.isTerminal) return;
  const counts = Object.entries(exported).map(([name, rows]) => [
    name,
    Array.isArray(rows) ? rows.length : 0,
  ]);
  context.note(`Exported: ${formatNounCounts(Object.fromEntries(counts)) || "no decisions yet"}.`);
}

async function runLinksImport(context: Context, { words: [file = ""], asJson }: Invocation): Promise<void> {
  const read = parseExportDocument(await readText(context, file, limits));
  const database = await context.openWritableCache();
  const counts = commitDecision(database, () => importDecisions(database, read), hasChanged);
  const outcome = hasChanged(counts) ? await refreshMatches(database) : null;
  if (asJson) await writeJson(context, counts);
  else await context.write(joinLines(describeImport(counts).map(toPrintable)));
  if (outcome === "later") context.note(afterSyncNotice);
}

function hasChanged({ added, changed }: ImportDocument): boolean {
  return added + changed > 0;
}

/** The limits suffice for more than 100,000 decisions. */
const limits = {
  maxBytes: 64 * 1024 * 1024,
  what: "a decisions file",
  hint: "To write such a file: rewind links export > FILE",
};

/** "decisions 3, aliases 1, plays 2" */
function formatNounCounts(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${name.replace("logged_", "").replace("_", " ")} ${formatNumber(count)}`)
    .join(", ");
}

function describeImport(counts: ImportDocument): string[] {
  const { added, changed, unchanged, without_record, without_album, ...parts } = counts;
  return [
    `Imported: ${formatNounCounts(parts) || "nothing"}. ${formatNumber(added)} new, ${formatNumber(changed)} changed, ${formatNumber(unchanged)} unchanged.`,
    ...describeMissing(without_record, "releases that are not in the collection"),
    ...describeMissing(without_album, "albums that are not in your plays"),
  ];
}

function describeMissing(decisions: number, where: string): string[] {
  return decisions === 0 ? [] : [`${pluralize(decisions, "decision")} about ${where} now.`];
}

interface DecisionLine {
  readonly number: string;
  readonly artist: string;
  readonly title: string;
  readonly decision: string;
  readonly decidedUts: number;
}

function toDecisionLine(decision: ListedDecision): DecisionLine {
  const { recordId, releaseId, decidedUts } = decision;
  const recordIds = recordId === null ? [] : [recordId];
  return {
    ...getNames({ ...decision, recordIds, releaseIds: [releaseId] }),
    decision: describeDecision(decision),
    decidedUts,
  };
}

function toDismissalLine(dismissal: ListedDismissal): DecisionLine {
  const { albums, answeredUts } = dismissal;
  return {
    ...getNames(dismissal),
    decision: `in review: another album than ${albums.map(formatAlbum).join(", ")}`,
    decidedUts: answeredUts,
  };
}

function toNameLine({ name, sameAs, answeredUts }: NameDismissal): DecisionLine {
  return {
    number: "",
    artist: name,
    title: "",
    decision: `in review: another artist than ${sameAs}`,
    decidedUts: answeredUts,
  };
}

function getNames({
  recordIds,
  releaseIds,
  artist,
  title,
}: Pick<ListedDismissal, "recordIds" | "releaseIds" | "artist" | "title">) {
  const isOwned = recordIds.length > 0;
  return {
    number: isOwned ? recordIds.join(",") : releaseIds.map((id) => `r${id}`).join(","),
    artist: artist ?? "",
    title: title ?? (isOwned ? "" : "not in the collection now"),
  };
}

function buildColumns(colours: Colours): Column<DecisionLine>[] {
  return [
    numberColumn(colours, ({ number }) => number),
    artistColumn(({ artist }) => artist),
    titleColumn(({ title }) => title),
    {
      header: "Decision",
      cell: ({ decision }) => decision,
      flexible: { share: 4, maxWidth: 80, cut: "wrap" },
    },
    { header: "Since", cell: ({ decidedUts }) => formatDay(decidedUts), dropOrder: 1 },
  ];
}

/** "with a12 Nevermind; without a340 In Utero", "only a12 Nevermind", "none" */
function describeDecision({ mode, add, not, instanceId }: ListedDecision): string {
  const scope = instanceId === 0 ? "" : "this copy: ";
  if (mode === "none") return `${scope}none`;
  const albums = add.map(formatAlbum).join(", ");
  if (mode === "only") return `${scope}only ${albums}`;
  const without = not.length === 0 ? "" : `without ${not.map(formatAlbum).join(", ")}`;
  return scope + joinParts([albums === "" ? "" : `with ${albums}`, without], "; ");
}

function formatAlbum({ id, title }: DecidedAlbum): string {
  return id === null ? `${title} (not in your plays now)` : `a${id} ${title}`;
}
