import type { Call, CommandDeclaration } from "../shared/declaration.ts";
import { converse } from "../shared/terminal/conversation.ts";
import type { Context } from "../../context.ts";
import { UsageError } from "../../model/errors.ts";
import { age, localDay } from "../../output/dates.ts";
import { linesText } from "../../output/escape.ts";
import type { Column } from "../../output/field.ts";
import { writeJson } from "../../output/json.ts";
import { counted, thousands } from "../../output/number-text.ts";
import { sentence } from "../../output/paragraph.ts";
import { present, type TableView } from "../../output/present.ts";
import { clockText } from "../../output/source-text.ts";
import type { RemovedSourceDocument } from "../../queries/documents/sync-documents.ts";
import { ask, document, type SourceFigures, type SourcesAnswer } from "../../queries/shelf/sources.ts";
import { transact } from "../../store/file/database.ts";
import { lockSync } from "../../store/file/file-lock.ts";
import { removeSource } from "../../store/plays/source-plays.ts";
import { listenSource } from "../../store/plays/staged-listens.ts";
import { mergeSources } from "../../sync/merging/merge-sources.ts";
import { jsonOption } from "../shared/listing/options.ts";

const schema = async () => [
  { schema: (await import("../../queries/documents/sync-documents.ts")).sourcesSchema },
];

export const declaration: CommandDeclaration = {
  name: "sources",
  details: `Lists where your plays come from: Last.fm, ListenBrainz and the files that you imported. A play that several sources have
counts once. Shared: plays that another source has as well. Clock: how far a source's clock was off, found from the plays.`,
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
      name: "remove",
      summary: "remove all plays of a source",
      arguments: [{ name: "<name>", help: "name of the source, as rewind sources prints it" }],
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
  const nowUts = Math.floor(context.clock.now() / 1000);
  const { uncompared, plays } = answer;
  const total =
    uncompared === null
      ? `Plays, each counted once: ${thousands(plays)}`
      : `Without ${uncompared}'s history its plays can't be compared with the others`;
  const table = (): TableView<SourceFigures> => ({
    columns: () => columns(answer, nowUts),
    lines: answer.sources,
    footer: () => [[total]],
    empty: () => "No plays yet. To add some: rewind login, then rewind sync, or: rewind import FILE",
  });
  await present(context, form, { document: () => document(answer), table });
}

function columns({ sources }: SourcesAnswer, nowUts: number): Column<SourceFigures>[] {
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
      cell: ({ readUts }) => (readUts === null ? "" : `${age(nowUts - readUts)} ago`),
      dropOrder: 1,
    },
  ];
}

async function runSourcesRemove(
  context: Context,
  { words: [nameWord = ""], options, asJson }: Call,
): Promise<void> {
  const database = await context.store();
  const { sources } = ask(database);
  const name = nameWord.toLowerCase();
  const source = sources.find((one) => one.name === name || one.title.toLowerCase() === name);
  if (source === undefined) throw noSuchSource(name, sources);
  if (source.kind === "service" && source.name !== listenSource.name) {
    throw new UsageError(
      `${source.title} is the listening service of this cache, so its plays can't be removed`,
      "To do without it, use another cache: rewind sync --db PATH",
    );
  }
  if (options["yes"] !== true && !(await isConfirmed(context, source))) return;
  const lock = lockSync(context.cachePath);
  try {
    transact(database, () => {
      removeSource(database, source.name);
      mergeSources(database);
    });
  } finally {
    lock.release();
  }
  if (asJson) {
    const { plays } = ask(database);
    return writeJson(context, {
      removed: source.name,
      removed_plays: source.plays,
      plays,
    } satisfies RemovedSourceDocument);
  }
  const text = `Removed ${counted(source.plays, "play")} of ${source.title}.${wayBack(source)}`;
  await context.write(linesText(sentence(text, context.screen)));
}

function noSuchSource(name: string, sources: readonly SourceFigures[]): UsageError {
  const names = sources.map((one) => one.name).join(", ");
  return new UsageError(`no source "${name}"`, `Yours: ${names || "none yet"}`);
}

async function isConfirmed(context: Context, { title, plays, name }: SourceFigures): Promise<boolean> {
  if (!context.canAsk) {
    throw new UsageError(
      "rewind cannot ask you here",
      `To remove it without asking: rewind sources remove ${name} --yes`,
    );
  }
  const question = `Remove ${counted(plays, "play")} of ${title}?`;
  return converse(
    context,
    () => "Nothing was removed.",
    (conversation) => conversation.confirm(question, false),
  );
}

function wayBack({ kind, name }: SourceFigures): string {
  if (kind === "file") return " To bring them back: rewind import FILE";
  return name === listenSource.name
    ? " The next sync reads them again, unless you remove listenbrainz_username"
    : "";
}
