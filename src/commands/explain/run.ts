import type { Context } from "../../context.ts";
import { UsageError } from "../../model/errors.ts";
import { getSourceTitle } from "../../model/listening-sources.ts";
import type { Column } from "../../output/field.ts";
import { formatDayAndTime } from "../../output/format-dates.ts";
import { loadColours } from "../../output/terminal.ts";
import { createDrawingView, present } from "../../output/present.ts";
import { joinLines, toLine } from "../../output/safe-text.ts";
import { renderAlbumExplanation } from "../shared/explanation/render-explanation.ts";
import { rematchByTracklist, writeExplanation } from "../shared/explanation/write-explanation.ts";
import { renderJson } from "../../output/json.ts";
import {
  queryExplanation,
  queryRecordPlays,
  buildExplanationDocument,
  buildRecordPlaysDocument,
  type RecordPlay,
  type RecordPlaysResult,
  queryAlbumExplanation,
  buildAlbumDocument,
} from "../../queries/explain/explain-record.ts";
import type { Paging } from "../../queries/documents/paging.ts";
import { findAlbums } from "../../queries/find/find-albums.ts";
import { explainAll } from "../../queries/explain/explanation.ts";
import { openMatchedCache } from "../shared/access/matched-cache.ts";
import { declareCommand, declareOptions, type Invocation } from "../shared/command-declaration.ts";
import { imagesOption, jsonOption, recordArgument, wholeNumber } from "../shared/listing/list-options.ts";
import {
  renderChoice,
  requireRecords,
  createSeveralFoundError,
  splitRecordList,
} from "../shared/prompting/record-choice.ts";
import { nameWidth } from "../shared/listing/list-fields.ts";
import type { Database } from "../../store/file/database.ts";

const explainOptions = declareOptions(
  {
    flags: "-a, --all",
    help: "with --json: explain the whole collection, one JSON object a line",
    excludes: ["page", "limit"],
  },
  { flags: "--plays", help: "list the plays of the record, with the sources that have them" },
  { flags: "--page <number>", help: "with --plays: page to show", parse: wholeNumber("--page", 1) },
  {
    flags: "-n, --limit <count>",
    help: "with --plays: plays per page, 1 to 100",
    defaultValue: "all, or 20 with --page",
    parse: wholeNumber("--limit", 1, 100),
  },
  { flags: "--offline", help: "fetch nothing from Discogs" },
  imagesOption,
  jsonOption,
);

export const declaration = declareCommand({
  name: "explain",
  isQuestion: true,
  details: `Shows which albums of your plays a record is credited with and why, which were compared and left out, and the
commands that change it. --verbose lists
everything that was compared. On a terminal, if the match depends on the tracklist, rewind fetches it once from Discogs;
it fetches nothing in a pipe, with --json or with --offline. Several records with --json are one JSON object a line.`,
  json: async () => {
    const { explainAlbumSchema, explainSchema } = await import("../../queries/documents/match-documents.ts");
    return [
      { schema: explainSchema },
      { when: "For an album of your plays (a46)", schema: explainAlbumSchema },
      {
        when: "With --plays",
        schema: (await import("../../queries/documents/sync-documents.ts")).recordPlaysSchema,
      },
    ];
  },
  arguments: [recordArgument],
  options: explainOptions,
  examples: [
    ["rewind explain nevermind", "find the record by words"],
    ["rewind explain 17", "the record numbered 17 in the first column of xref"],
    ["rewind explain 17,63", "several records"],
    ["rewind explain 17 --plays", "its plays, and the sources that have each"],
    ["rewind explain a46", "which records an album of your plays is credited to"],
    ["rewind explain https://www.discogs.com/release/6872464", "find it by its address, or by r6872464"],
    [
      "rewind explain --all --json | jq 'select(.credited == [])'",
      "every record that is credited with no album",
    ],
  ],
  load: async () => runExplain,
});

type ExplainInvocation = Invocation<typeof explainOptions>;

async function runExplain(
  context: Context,
  { words, options, asJson, form }: ExplainInvocation,
): Promise<void> {
  const { all, plays, offline, images } = options;
  const paging = readPlayPaging(options);
  // --all with --plays means every play, as after other lists.
  const isWhole = all === true && plays !== true;
  if (isWhole && (!asJson || words.length > 0)) {
    throw new UsageError("--all needs --json and takes no words", "Run: rewind explain --all --json");
  }
  if (!isWhole && words.length === 0) {
    throw new UsageError(
      "no record given",
      "Give its number, a release like r6872464, or words: rewind explain nevermind",
    );
  }
  const { database } = await openMatchedCache(context);
  if (isWhole) {
    // The transaction keeps all records from the same state of the cache.
    database.exec("BEGIN");
    try {
      for (const explanation of explainAll(database)) {
        await context.write(renderJson(buildExplanationDocument(explanation), { indent: false }));
      }
    } finally {
      database.exec("COMMIT");
    }
    return;
  }
  const style = { screen: context.screen, colours: await loadColours(context.screen) };
  const text = words.join(" ");
  if (/^a\d{1,15}$/i.test(text)) return explainAlbum(context, database, text, form);
  const several = splitRecordList(words);
  if (several.length > 1 && plays === true) {
    throw new UsageError(
      "--plays takes one record",
      `For example: rewind explain ${several[0]?.join("")} --plays`,
    );
  }
  for (const [at, each] of several.entries()) {
    const finding = requireRecords(context, database, each);
    const [hit, ...others] = finding.hits;
    if (hit === undefined || others.length > 0) {
      if (asJson) throw createSeveralFoundError(text, finding.hits);
      return context.write(joinLines(renderChoice(text, finding.hits, style)));
    }
    if (plays === true) return explainPlays(context, queryRecordPlays(database, hit[0].id, paging), form);
    if (!asJson && offline !== true) await rematchByTracklist(context, database, hit[0].releaseId);
    const answer = queryExplanation(database, hit);
    if (answer === undefined) {
      throw new UsageError(`no record ${hit[0].id}`, "To list them: rewind xref --all");
    }
    if (asJson) {
      // Several are one JSON object a line, as with --all.
      await context.write(renderJson(buildExplanationDocument(answer), { indent: several.length === 1 }));
      continue;
    }
    if (at > 0) await context.write(toLine(""));
    await writeExplanation(context, database, answer, { hasCover: images !== false });
  }
}

async function explainAlbum(
  context: Context,
  database: Database,
  id: string,
  form: Invocation["form"],
): Promise<void> {
  for (const album of findAlbums(database, id).albums) {
    const answer = queryAlbumExplanation(database, album);
    await present(context, form, {
      document: () => buildAlbumDocument(answer),
      table: () => createDrawingView((style) => renderAlbumExplanation(answer, style)),
    });
  }
}

function readPlayPaging({ plays, page, limit }: ExplainInvocation["options"]): Paging | null {
  if (page === undefined && limit === undefined) return null;
  if (plays !== true) {
    throw new UsageError(
      `${page === undefined ? "--limit" : "--page"} needs --plays`,
      "For example: rewind explain 17 --plays --limit 20",
    );
  }
  return { page: page ?? 1, limit: limit ?? 20 };
}

async function explainPlays(
  context: Context,
  answer: RecordPlaysResult,
  form: Invocation["form"],
): Promise<void> {
  const { rows, total, paging } = answer;
  await present(
    context,
    { ...form, paging },
    {
      document: () => buildRecordPlaysDocument(answer),
      table: () => ({
        columns: () => playColumns,
        lines: rows,
        page: { total, noun: "play" },
        empty: () => "No plays of this record are known one by one.",
      }),
    },
  );
}

const playColumns: readonly Column<RecordPlay>[] = [
  {
    header: "Played",
    cell: (play) => (play.uts === 0 ? "" : formatDayAndTime(play.uts, play.precisionSeconds)),
  },
  { header: "Artist", cell: ({ artist }) => artist, flexible: nameWidth, dropOrder: 1 },
  { header: "Track", cell: ({ track }) => track, flexible: { share: 2, maxWidth: 50, cut: "end" } },
  { header: "Sources", cell: ({ sources }) => sources.map(getSourceTitle).join(", ") },
];
