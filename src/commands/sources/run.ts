import type { Call } from "../shared/declaration.ts";
import { startConversation } from "../shared/terminal/conversation.ts";
import type { Context } from "../../context.ts";
import { nearestOf, UsageError } from "../../model/errors.ts";
import { age, localDay } from "../../output/dates.ts";
import { linesText } from "../../output/escape.ts";
import type { Column } from "../../output/field.ts";
import { writeJson } from "../../output/json.ts";
import { counted, thousands } from "../../output/number-text.ts";
import { sentence } from "../../output/paragraph.ts";
import { present } from "../../output/present.ts";
import { clockText } from "../../output/source-text.ts";
import type { RemovedSourceDocument } from "../../queries/documents/sync-documents.ts";
import { ask, document, type SourceFigures } from "../../queries/shelf/sources.ts";
import { transact } from "../../store/file/database.ts";
import { lockSync } from "../../store/file/file-lock.ts";
import { listeningSourceId } from "../../store/plays/merged-plays.ts";
import { removeSource } from "../../store/plays/source-plays.ts";
import { mergeSources } from "../../sync/merging/merge-sources.ts";

export async function runSources(context: Context, { options }: Call): Promise<void> {
  const answer = ask(await context.store());
  const nowUts = Math.floor(context.clock.now() / 1000);
  await present(
    context,
    { as: options["json"] === true ? "json" : "table" },
    {
      document: () => document(answer),
      table: () => ({
        columns: () => columns(nowUts),
        lines: answer.sources,
        footer: () => [
          [
            answer.uncompared === null
              ? `Plays, each counted once: ${thousands(answer.plays)}`
              : `Without ${answer.uncompared}'s history its plays can't be compared with the others`,
          ],
        ],
        empty: () => "No plays yet. To add some: rewind login, then rewind sync, or: rewind import FILE",
      }),
    },
  );
}

function columns(nowUts: number): Column<SourceFigures>[] {
  return [
    { header: "Source", cell: ({ name }) => name },
    { header: "Plays", cell: ({ plays }) => thousands(plays), numeric: true },
    { header: "Shared", cell: ({ shared: sharedPlays }) => thousands(sharedPlays), numeric: true },
    { header: "First", cell: ({ firstUts }) => dayText(firstUts), dropOrder: 2 },
    { header: "Last", cell: ({ lastUts }) => dayText(lastUts), dropOrder: 3 },
    {
      header: "Clock",
      cell: ({ offsets }) => clockText(offsets),
      flexible: { share: 1, maxWidth: 48, cut: "end" },
    },
    {
      header: "Read",
      cell: ({ readUts }) => (readUts === null ? "" : `${age(Math.max(0, nowUts - readUts))} ago`),
      dropOrder: 1,
    },
  ];
}

function dayText(uts: number | null): string {
  return uts === null ? "" : localDay(uts);
}

export async function runSourcesRemove(
  context: Context,
  { arguments: [nameArgument], options }: Call,
): Promise<void> {
  const database = await context.writableStore();
  const { sources } = ask(database);
  const name = String(nameArgument).toLowerCase();
  const source = sources.find((one) => one.name === name || one.title.toLowerCase() === name);
  if (source === undefined || isListeningService(database, source)) throw noSuchSource(name, sources, source);
  const asJson = options["json"] === true;
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
    const outcome: RemovedSourceDocument = {
      removed: source.name,
      removed_plays: source.plays,
      plays: ask(database).plays,
    };
    return writeJson(context, outcome);
  }
  await context.write(
    linesText(
      sentence(
        `Removed ${counted(source.plays, "play")} of ${source.title}.${wayBack(source)}`,
        context.screen,
      ),
    ),
  );
}

function isListeningService(database: Parameters<typeof ask>[0], { name }: SourceFigures): boolean {
  const id = database.prepare<[string], number>("SELECT id FROM source WHERE name = ?").pluck().get(name);
  return id === undefined || id === listeningSourceId;
}

function noSuchSource(
  name: string,
  sources: readonly SourceFigures[],
  listening: SourceFigures | undefined,
): UsageError {
  if (listening !== undefined) {
    return new UsageError(
      `${listening.title} is the listening service of this cache, so its plays can't be removed`,
      "To do without it, use another cache: rewind sync --db PATH",
    );
  }
  const nearest = nearestOf(
    name,
    sources.map((one) => one.name),
  );
  return new UsageError(
    `no source "${name}"`,
    nearest === undefined
      ? "To list them: rewind sources"
      : `Did you mean ${nearest}? To list them: rewind sources`,
  );
}

async function isConfirmed(context: Context, { title, plays, name }: SourceFigures): Promise<boolean> {
  if (!context.canAsk) {
    throw new UsageError(
      "rewind cannot ask you here",
      `To remove it without asking: rewind sources remove ${name} --yes`,
    );
  }
  const conversation = await startConversation(context);
  try {
    return await conversation.confirm(`Remove ${counted(plays, "play")} of ${title}?`, false);
  } finally {
    conversation.close();
  }
}

function wayBack({ kind, name }: SourceFigures): string {
  if (kind === "file") return " To bring them back: rewind import FILE";
  return name === "listenbrainz"
    ? " The next sync reads them again, unless you remove listenbrainz_username"
    : "";
}
