import {
  declareCommand,
  declareOptions,
  type CommandDeclaration,
  type Invocation,
} from "../shared/command-declaration.ts";
import { converse } from "../shared/terminal/conversation.ts";
import type { Context } from "../../context.ts";
import { UsageError } from "../../model/errors.ts";
import type { Service } from "../../model/model.ts";
import { formatAge, formatDay, formatLongDay } from "../../output/format-dates.ts";
import { joinLines } from "../../output/safe-text.ts";
import type { Column } from "../../output/field.ts";
import { writeJson } from "../../output/json.ts";
import { pluralize, formatNumber } from "../../output/format-numbers.ts";
import { joinParts, wrapSentence } from "../../output/paragraph.ts";
import { present, type TableView } from "../../output/present.ts";
import { describeClock } from "../../output/describe-sources.ts";
import type { ChangedSourceDocument, RemovedSourceDocument } from "../../queries/documents/sync-documents.ts";
import {
  querySources,
  buildSourcesDocument,
  type SourceStats,
  type SourcesResult,
} from "../../queries/shelf/sources.ts";
import {
  findRemovable,
  type RemovablePlays,
  removeSource,
  type ResumeOutcome,
  resumeSource,
  type StopOutcome,
  stopSource,
} from "../../actions/sources/listening-sources.ts";
import { toIsoOrNull } from "../../model/times.ts";
import { isServiceSet } from "../../settings/connection.ts";
import { mergeIfDue } from "../shared/syncing/merge-if-due.ts";
import { jsonOption } from "../shared/listing/list-options.ts";

const buildSourceForms = async () => [
  { schema: (await import("../../queries/documents/sync-documents.ts")).sourcesSchema },
];

const buildChangeForms = async () => [
  { schema: (await import("../../queries/documents/sync-documents.ts")).changedSourceSchema },
];

const sourceArgument = { name: "<name>", help: "name of the source, as rewind sources prints it" } as const;

const removeOptions = declareOptions({ flags: "--yes", help: "remove without asking" }, jsonOption);

export const declaration: CommandDeclaration = {
  name: "sources",
  details: `Lists where your plays come from: Last.fm, ListenBrainz, imported files, and programs that send plays to rewind
serve (direct). A play that several sources have counts once.
Source: the name for rewind sources remove. Name: the name on other screens. Shared: plays that another source has too.
Clock: how far a source's clock was off, found from the plays.
A stopped service is asked no more, and its plays stay. Plays that a source lacks: rewind sources check`,
  json: buildSourceForms,
  options: [jsonOption],
  examples: [
    ["rewind sources", "list your listening sources"],
    ["rewind sources remove spotify", "remove the plays of a source"],
  ],
  load: async () => runSources,
  commands: [
    {
      name: "list",
      summary: "list the sources",
      json: buildSourceForms,
      options: [jsonOption],
      examples: [["rewind sources list", "the same as rewind sources"]],
      load: async () => runSources,
    },
    {
      name: "check",
      summary: "find periods without plays that should have some",
      details: `Lists the holes in your history: three days or more without a play. A hole is certain if another source has at least
five plays of these days, and both sources have much the same plays before and after. It is probable if no source has any,
although you play nearly every day. A long weekend is no hole. A holiday without music looks like one. After its last play,
only a connected service can have one.`,
      isQuestion: true,
      json: async () => [{ schema: (await import("../../queries/documents/sync-documents.ts")).holesSchema }],
      options: [jsonOption],
      examples: [
        ["rewind sources check", "list the holes, and what would fill them"],
        ["rewind sources check --json | jq .summary", "count them"],
      ],
      load: async () => (await import("./check.ts")).runSourcesCheck,
    },
    {
      name: "stop",
      summary: "ask a service no more, and keep its plays",
      arguments: [sourceArgument],
      json: buildChangeForms,
      options: [jsonOption],
      examples: [["rewind sources stop lastfm", "keep the plays of Last.fm, and sync without it"]],
      load: async () => runSourcesStop,
    },
    {
      name: "resume",
      summary: "ask a stopped service again",
      arguments: [sourceArgument],
      json: buildChangeForms,
      options: [jsonOption],
      examples: [["rewind sources resume lastfm", "ask Last.fm again in the next sync"]],
      load: async () => runSourcesResume,
    },
    declareCommand({
      name: "remove",
      summary: "remove all plays of a source",
      arguments: [sourceArgument],
      json: async () => [
        { schema: (await import("../../queries/documents/sync-documents.ts")).removedSourceSchema },
      ],
      options: removeOptions,
      examples: [["rewind sources remove spotify --yes", "the same, without a question"]],
      load: async () => runSourcesRemove,
    }),
  ],
};

async function runSources(context: Context, { form }: Invocation): Promise<void> {
  const database = await context.openCache();
  await mergeIfDue(database);
  const answer = querySources(database);
  const atUts = getNowUts(context);
  const { uncompared, plays } = answer;
  const total =
    uncompared === null
      ? `Plays, each counted once: ${formatNumber(plays)}`
      : `Without ${uncompared}'s history its plays can't be compared with the others`;
  const buildTable = (): TableView<SourceStats> => ({
    columns: () => buildColumns(answer, atUts),
    lines: answer.sources,
    footer: () => [[total]],
    empty: () => "No plays yet. To add some: rewind login, then rewind sync, or: rewind import FILE",
  });
  await present(context, form, { document: () => buildSourcesDocument(answer), table: buildTable });
}

function buildColumns({ sources }: SourcesResult, atUts: number): Column<SourceStats>[] {
  const clock: Column<SourceStats> = {
    header: "Clock",
    cell: ({ offsets }) => describeClock(offsets),
    flexible: { share: 1, maxWidth: 48, cut: "end" },
  };
  return [
    { header: "Source", cell: ({ name }) => name },
    { header: "Name", cell: ({ title }) => title, dropOrder: 4 },
    { header: "Plays", cell: ({ plays }) => formatNumber(plays), numeric: true },
    { header: "Shared", cell: ({ shared: sharedPlays }) => formatNumber(sharedPlays), numeric: true },
    { header: "First", cell: ({ firstUts }) => formatDay(firstUts), dropOrder: 2 },
    { header: "Last", cell: ({ lastUts }) => formatDay(lastUts), dropOrder: 3 },
    ...(sources.some(({ offsets }) => offsets.length > 0) ? [clock] : []),
    {
      header: "Read",
      cell: ({ readUts, stoppedUts, refusal }) =>
        stoppedUts !== null
          ? "stopped"
          : refusal !== null
            ? "refused"
            : readUts === null
              ? ""
              : `${formatAge(readUts, atUts)} ago`,
      dropOrder: 1,
    },
  ];
}

type ServiceChange = Extract<StopOutcome | ResumeOutcome, { readonly plays: number }>;

/** Throws UsageError if the outcome is about no service. */
function requireService(outcome: StopOutcome | ResumeOutcome, word: string): ServiceChange {
  if (outcome.kind === "not found") throw createUnknownSourceError(word, outcome.names);
  if (outcome.kind === "not a service") {
    const { id, name } = outcome.source;
    throw outcome.sourceKind === "client"
      ? new UsageError(
          `programs send these plays to rewind, so syncs never ask for them`,
          `To refuse a program: rewind keys revoke NUMBER        To remove its plays: rewind sources remove ${id}`,
        )
      : new UsageError(
          `${name} was imported from a file, so syncs never ask it`,
          `Its plays stay. To remove them: rewind sources remove ${id}`,
        );
  }
  if (outcome.kind === "not connected") {
    throw new UsageError(
      `${outcome.source.name} is not connected, so syncs do not ask it`,
      "To connect it: rewind login",
    );
  }
  return outcome;
}

/** The sample needs no settings. */
function isSetIn(context: Context): (service: Service) => boolean {
  return (service) => !context.isSample && isServiceSet(context.settings(), service);
}

async function runSourcesStop(context: Context, { words: [word = ""], asJson }: Invocation): Promise<void> {
  const database = await context.openWritableCache();
  const outcome = requireService(
    stopSource({ database, nowUts: getNowUts(context), isSet: isSetIn(context) }, word),
    word,
  );
  const isChanged = outcome.kind === "stopped";
  if (asJson) return writeJson(context, buildChangeDocument(outcome, { isStopped: true, isChanged }));
  const { id, name } = outcome.source;
  const start = isChanged
    ? `${name} is stopped: syncs do not ask it any more.`
    : `${name} was stopped before.`;
  const isAlone = querySources(database).sources.every(
    (source) => source.kind === "file" || source.stoppedUts !== null,
  );
  const newPlays = isAlone ? "For new plays: rewind login or rewind import FILE" : "";
  await writeSentences(context, [
    joinParts([start, describeCachedPlays(outcome)], " "),
    context.isSample
      ? "The demo forgets this."
      : joinParts([`To ask it again: rewind sources resume ${id}`, newPlays], ". "),
  ]);
}

async function runSourcesResume(context: Context, { words: [word = ""], asJson }: Invocation): Promise<void> {
  const database = await context.openWritableCache();
  const outcome = requireService(resumeSource({ database, isSet: isSetIn(context) }, word), word);
  const isChanged = outcome.kind === "resumed";
  if (asJson) return writeJson(context, buildChangeDocument(outcome, { isStopped: false, isChanged }));
  const { name } = outcome.source;
  const start = isChanged ? `Syncs ask ${name} again.` : `${name} is not stopped.`;
  await writeSentences(context, [`${start} To fetch its new plays: rewind sync`]);
}

function describeCachedPlays({ plays, untilUts }: ServiceChange): string {
  if (plays === 0) return "";
  const until = untilUts === null ? "" : ` until ${formatLongDay(untilUts)}`;
  return `Your ${pluralize(plays, "play")}${until} stay.`;
}

function buildChangeDocument(
  { source, plays, untilUts }: ServiceChange,
  { isStopped, isChanged }: { readonly isStopped: boolean; readonly isChanged: boolean },
): ChangedSourceDocument {
  return { name: source.id, stopped: isStopped, changed: isChanged, plays, last: toIsoOrNull(untilUts) };
}

function getNowUts({ clock }: Context): number {
  return Math.floor(clock.now() / 1000);
}

async function writeSentences(context: Context, texts: readonly string[]): Promise<void> {
  await context.write(joinLines(texts.flatMap((text) => wrapSentence(text, context.screen))));
}

async function runSourcesRemove(
  context: Context,
  { words: [word = ""], options, asJson }: Invocation<typeof removeOptions>,
): Promise<void> {
  const database = await context.openCache();
  const removable = findRemovable(database, word);
  const isSure = options.yes === true;
  if (removable !== null && !isSure && !(await confirmRemoval(context, removable)))
    return context.note("Nothing was removed.");
  const outcome = removeSource({ database }, word);
  if (outcome.kind === "not found") throw createUnknownSourceError(word, outcome.names);
  const { source, sourceKind, plays: removedPlays, onlyHere } = outcome;
  if (asJson) {
    const { plays } = querySources(database);
    return writeJson(context, {
      removed: source.id,
      removed_plays: removedPlays,
      only_here: onlyHere,
      plays,
    } satisfies RemovedSourceDocument);
  }
  const text = `Removed ${pluralize(removedPlays, "play")} ${describeOrigin(source, sourceKind)}. ${describeRestore(outcome)}`;
  await writeSentences(context, [text]);
}

function createUnknownSourceError(name: string, names: readonly string[]): UsageError {
  return new UsageError(`no source "${name}"`, `Yours: ${names.join(", ") || "none yet"}`);
}

async function confirmRemoval(
  context: Context,
  { source, sourceKind, plays, onlyHere }: RemovablePlays,
): Promise<boolean> {
  if (!context.canAsk) {
    throw new UsageError(
      "rewind cannot ask you here",
      `To remove it without asking: rewind sources remove ${source.id} --yes`,
    );
  }
  const owner = sourceKind === "client" ? "rewind" : source.name;
  const onlyText =
    onlyHere === plays
      ? "No other source has them."
      : onlyHere === 0
        ? "Other sources have all of them."
        : `Only ${owner} has ${formatNumber(onlyHere)} of them.`;
  const question = `Remove ${pluralize(plays, "play")} ${describeOrigin(source, sourceKind)}? ${onlyText}`;
  return converse(
    context,
    () => "Nothing was removed.",
    (conversation) => conversation.confirm(question, false),
  );
}

/** Continues "12 plays". */
function describeOrigin({ name }: Service, kind: RemovablePlays["sourceKind"]): string {
  return kind === "client" ? "that programs sent to rewind" : `of ${name}`;
}

function describeRestore({ source: { id }, sourceKind, isStopped }: RemovablePlays): string {
  if (sourceKind === "client") return "Only the programs that sent them can bring them back.";
  if (sourceKind === "file") return "To bring them back: rewind import FILE";
  return isStopped
    ? `It stays stopped. To bring them back: rewind sources resume ${id}`
    : `If it is connected, the next sync reads them again. To prevent that: rewind sources stop ${id}`;
}
