import type { Call, CommandDeclaration } from "../shared/declaration.ts";
import { converse } from "../shared/terminal/conversation.ts";
import type { Context } from "../../context.ts";
import { UsageError } from "../../model/errors.ts";
import { age, localDay, localDayInWords } from "../../output/dates.ts";
import { linesText } from "../../output/escape.ts";
import type { Column } from "../../output/field.ts";
import { writeJson } from "../../output/json.ts";
import { counted, thousands } from "../../output/number-text.ts";
import { joinParts, sentence } from "../../output/paragraph.ts";
import { present, type TableView } from "../../output/present.ts";
import { clockText } from "../../output/source-text.ts";
import type { ChangedSourceDocument, RemovedSourceDocument } from "../../queries/documents/sync-documents.ts";
import { ask, document, type SourceFigures, type SourcesAnswer } from "../../queries/shelf/sources.ts";
import {
  findRemovable,
  type RemovablePlays,
  removeSource,
  type ResumeOutcome,
  resumeSource,
  type StopOutcome,
  stopSource,
} from "../../actions/sources/listening-sources.ts";
import { isoSeconds } from "../../model/times.ts";
import { jsonOption } from "../shared/listing/options.ts";

const schema = async () => [
  { schema: (await import("../../queries/documents/sync-documents.ts")).sourcesSchema },
];

const changed = async () => [
  { schema: (await import("../../queries/documents/sync-documents.ts")).changedSourceSchema },
];

const sourceName = { name: "<name>", help: "name of the source, as rewind sources prints it" } as const;

export const declaration: CommandDeclaration = {
  name: "sources",
  details: `Lists where your plays come from: Last.fm, ListenBrainz and the files that you imported. A play that several sources have
counts once. Shared: plays that another source has as well. Clock: how far a source's clock was off, found from the plays.
A service that you stop is asked no more, and its plays stay in every answer.`,
  json: schema,
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
      json: schema,
      options: [jsonOption],
      examples: [["rewind sources list", "the same as rewind sources"]],
      load: async () => runSources,
    },
    {
      name: "stop",
      summary: "ask a service no more, and keep its plays",
      arguments: [sourceName],
      json: changed,
      options: [jsonOption],
      examples: [["rewind sources stop lastfm", "keep the plays of Last.fm, and sync without it"]],
      load: async () => runSourcesStop,
    },
    {
      name: "resume",
      summary: "ask a stopped service again",
      arguments: [sourceName],
      json: changed,
      options: [jsonOption],
      examples: [["rewind sources resume lastfm", "ask Last.fm again in the next sync"]],
      load: async () => runSourcesResume,
    },
    {
      name: "remove",
      summary: "remove all plays of a source",
      arguments: [sourceName],
      json: async () => [
        { schema: (await import("../../queries/documents/sync-documents.ts")).removedSourceSchema },
      ],
      options: [{ flags: "--yes", help: "remove without asking" }, jsonOption],
      examples: [["rewind sources remove spotify --yes", "the same, without a question"]],
      load: async () => runSourcesRemove,
    },
  ],
};

async function runSources(context: Context, { form }: Call): Promise<void> {
  const answer = ask(await context.store());
  const atUts = nowUts(context);
  const { uncompared, plays } = answer;
  const total =
    uncompared === null
      ? `Plays, each counted once: ${thousands(plays)}`
      : `Without ${uncompared}'s history its plays can't be compared with the others`;
  const table = (): TableView<SourceFigures> => ({
    columns: () => columns(answer, atUts),
    lines: answer.sources,
    footer: () => [[total]],
    empty: () => "No plays yet. To add some: rewind login, then rewind sync, or: rewind import FILE",
  });
  await present(context, form, { document: () => document(answer), table });
}

function columns({ sources }: SourcesAnswer, atUts: number): Column<SourceFigures>[] {
  const clock: Column<SourceFigures> = {
    header: "Clock",
    cell: ({ offsets }) => clockText(offsets),
    flexible: { share: 1, maxWidth: 48, cut: "end" },
  };
  return [
    { header: "Source", cell: ({ name }) => name },
    { header: "Plays", cell: ({ plays }) => thousands(plays), numeric: true },
    { header: "Shared", cell: ({ shared: sharedPlays }) => thousands(sharedPlays), numeric: true },
    { header: "First", cell: ({ firstUts }) => localDay(firstUts), dropOrder: 2 },
    { header: "Last", cell: ({ lastUts }) => localDay(lastUts), dropOrder: 3 },
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
              : `${age(atUts - readUts)} ago`,
      dropOrder: 1,
    },
  ];
}

type Changed = Extract<StopOutcome | ResumeOutcome, { readonly plays: number }>;

/** Throws UsageError if the outcome is about no service. */
function requireService(outcome: StopOutcome | ResumeOutcome, word: string): Changed {
  if (outcome.kind === "not found") throw noSuchSource(word, outcome.names);
  if (outcome.kind === "not a service") {
    const { id, name } = outcome.source;
    throw new UsageError(
      `${name} was imported from a file, so syncs never ask it`,
      `Its plays stay. To remove them: rewind sources remove ${id}`,
    );
  }
  return outcome;
}

async function runSourcesStop(context: Context, { words: [word = ""], asJson }: Call): Promise<void> {
  const database = await context.writableStore();
  const outcome = requireService(stopSource({ database, nowUts: nowUts(context) }, word), word);
  const isChanged = outcome.kind === "stopped";
  if (asJson) return writeJson(context, changedDocument(outcome, { isStopped: true, isChanged }));
  const { id, name } = outcome.source;
  const start = isChanged
    ? `${name} is stopped: syncs do not ask it any more.`
    : `${name} was stopped before.`;
  const isAlone = ask(database).sources.every(
    (source) => source.kind === "file" || source.stoppedUts !== null,
  );
  const newPlays = isAlone ? "For new plays: rewind login or rewind import FILE" : "";
  await writeSentences(context, [
    joinParts([start, keptText(outcome)], " "),
    joinParts([`To ask it again: rewind sources resume ${id}`, newPlays], ". "),
  ]);
}

async function runSourcesResume(context: Context, { words: [word = ""], asJson }: Call): Promise<void> {
  const database = await context.writableStore();
  const outcome = requireService(resumeSource({ database }, word), word);
  const isChanged = outcome.kind === "resumed";
  if (asJson) return writeJson(context, changedDocument(outcome, { isStopped: false, isChanged }));
  const { name } = outcome.source;
  const start = isChanged ? `Syncs ask ${name} again.` : `${name} is not stopped.`;
  await writeSentences(context, [`${start} To fetch its new plays: rewind sync`]);
}

function keptText({ plays, untilUts }: Changed): string {
  if (plays === 0) return "";
  const until = untilUts === null ? "" : ` until ${localDayInWords(untilUts)}`;
  return `Your ${counted(plays, "play")}${until} stay.`;
}

function changedDocument(
  { source, plays, untilUts }: Changed,
  { isStopped, isChanged }: { readonly isStopped: boolean; readonly isChanged: boolean },
): ChangedSourceDocument {
  return { name: source.id, stopped: isStopped, changed: isChanged, plays, last: isoSeconds(untilUts) };
}

function nowUts({ clock }: Context): number {
  return Math.floor(clock.now() / 1000);
}

async function writeSentences(context: Context, texts: readonly string[]): Promise<void> {
  await context.write(linesText(texts.flatMap((text) => sentence(text, context.screen))));
}

async function runSourcesRemove(
  context: Context,
  { words: [word = ""], options, asJson }: Call,
): Promise<void> {
  const database = await context.store();
  const removable = findRemovable(database, word);
  const isSure = options["yes"] === true;
  if (removable !== null && !isSure && !(await isConfirmed(context, removable))) return;
  const outcome = removeSource({ database }, word);
  if (outcome.kind === "not found") throw noSuchSource(word, outcome.names);
  const { source, plays: removedPlays, onlyHere } = outcome;
  if (asJson) {
    const { plays } = ask(database);
    return writeJson(context, {
      removed: source.id,
      removed_plays: removedPlays,
      only_here: onlyHere,
      plays,
    } satisfies RemovedSourceDocument);
  }
  const text = `Removed ${counted(removedPlays, "play")} of ${source.name}. ${wayBack(outcome)}`;
  await writeSentences(context, [text]);
}

function noSuchSource(name: string, names: readonly string[]): UsageError {
  return new UsageError(`no source "${name}"`, `Yours: ${names.join(", ") || "none yet"}`);
}

async function isConfirmed(
  context: Context,
  { source: { id, name }, plays, onlyHere }: RemovablePlays,
): Promise<boolean> {
  if (!context.canAsk) {
    throw new UsageError(
      "rewind cannot ask you here",
      `To remove it without asking: rewind sources remove ${id} --yes`,
    );
  }
  const onlyText =
    onlyHere === plays ? "No other source has them." : `Only ${name} has ${thousands(onlyHere)} of them.`;
  const question = `Remove ${counted(plays, "play")} of ${name}? ${onlyText}`;
  return converse(
    context,
    () => "Nothing was removed.",
    (conversation) => conversation.confirm(question, false),
  );
}

function wayBack({ source: { id }, isService, isStopped }: RemovablePlays): string {
  if (!isService) return "To bring them back: rewind import FILE";
  return isStopped
    ? `It stays stopped. To bring them back: rewind sources resume ${id}`
    : `If it is connected, the next sync reads them again. To prevent that: rewind sources stop ${id}`;
}
