// Tools about the shelf as a whole: gaps, dusty, pick, stats and the wantlist.
import { during, filterParameters, mostLetters, paging, filterOf } from "./tool-parameters.ts";
import { albumLine, listTool, pageLine, recordLine, tool } from "./tool.ts";
import { choice, direction, requiredPhrase, toggle, whole } from "../../parameters/parameter.ts";
import * as shared from "../../parameters/shared-questions.ts";
import { UsageError } from "../../../model/errors.ts";
import { inQuotes } from "../../../model/names.ts";
import { json } from "../../../output/json.ts";
import { counted } from "../../../output/number-text.ts";
import { hostedWantSorts, wantedPage } from "../../../queries/albums/wants.ts";
import { parseSpan } from "../../../queries/conditions/span.ts";
import { pickSchema, wantedPageSchema } from "../../../queries/documents/album-documents.ts";
import {
  breakdownSchema,
  statsSchema,
  sqlPageSchema,
  type BreakdownDocument,
} from "../../../queries/documents/statistics-documents.ts";
import { dimensionNames, partSorts } from "../../../queries/figures/breakdown.ts";
import * as statsBy from "../../../queries/shelf/stats-by.ts";
import * as stats from "../../../queries/shelf/stats.ts";
import { views } from "../../../store/sql-views.ts";

export const gapsTool = listTool(
  {
    name: "gaps",
    title: "Played and not owned",
    description:
      "Lists albums that are played but not owned in any pressing, most played first. By default it lists albums with at least 10 plays on 4 different tracks and no singles; change that with plays, tracks and kind.",
  },
  shared.gapsList,
  ({ data, pagination }) => [
    pageLine(pagination, data.length, "album"),
    ...data.map(({ album }) => albumLine(album)),
  ],
);

export const dustyTool = listTool(
  {
    name: "dusty",
    title: "Neglected records",
    description:
      "Lists records with many spins (sittings with at least half of the album), the last one long ago. The default is 5 spins or more; change it with spins.",
  },
  shared.dustyList,
  ({ data, pagination }) => [pageLine(pagination, data.length, "album"), ...data.map(recordLine)],
);

export const pickTool = tool({
  name: "pick",
  title: "A record for tonight",
  description:
    "Draw records to play now, the neglected ones first; albums and EPs unless kind names others. Each has its place on the shelf and the reason.",
  parameters: {
    count: whole("how many", { least: 1, most: 20, usual: 1 }),
    seed: whole("the same number gives the same draw", { least: 0, most: 999_999_999, usual: null }),
    ...filterParameters("records"),
  },
  outputSchema: pickSchema,
  answer: ({ count, seed, ...values }, shelf) =>
    shelf.read((state) => {
      const filter = filterOf("records", values, state.nowUts);
      const document = shared.pickedRecords({ filter, count, seed }, state);
      const { data } = document;
      return { document, lines: data.length === 0 ? ["No album fits."] : data.map(recordLine) };
    }),
});

export const collectionStats = tool({
  name: "collection_stats",
  title: "The shelf at a glance",
  description:
    "Counts the records and shows how much of the shelf is played, by kind and decade, and where the plays go. With by, it divides the shelf by genre, label, artist or another quality.",
  parameters: {
    during,
    by: choice(
      "divide the shelf by this; sort, reverse, page and limit apply to the parts",
      dimensionNames,
      null,
    ),
    sort: choice("the order of the parts; never: owned most and played least", partSorts, null),
    reverse: toggle("reverse the order"),
    ...paging,
  },
  outputSchema: { type: "object", anyOf: [statsSchema, breakdownSchema] },
  answer: ({ during: spanText, by, sort, reverse, page, limit }, shelf) =>
    shelf.read(({ database, nowUts }) => {
      const span = spanText === null ? null : parseSpan("during", spanText, nowUts);
      if (by !== null) {
        const question = { by, span, sort, reverse, paging: { page, limit } };
        const document = statsBy.document(statsBy.ask(database, question));
        const { data, pagination } = document;
        return { document, lines: [pageLine(pagination, data.length, "part"), ...data.map(partLine)] };
      }
      if (sort !== null || reverse || page > 1) {
        throw new UsageError("sort, reverse and page need by", "Send by too, for example genre.");
      }
      const document = stats.document(stats.ask(database, { span }));
      const { records, albums, scrobbled } = document;
      return { document, lines: [`${records} records of ${albums} albums, ${scrobbled} of them played.`] };
    }),
});

function partLine({ value, records, plays }: BreakdownDocument["data"][number]): string {
  const name = value === null ? "none" : inQuotes(value);
  return `${name}: ${counted(records, "record")}, ${counted(plays, "play")}`;
}

export const wantlistTool = tool({
  name: "wantlist",
  title: "The wantlist",
  description: "Lists the Discogs wantlist, newest first.",
  parameters: {
    ...paging,
    sort: choice("the order", hostedWantSorts, "date_added"),
    order: direction,
  },
  outputSchema: wantedPageSchema,
  answer: ({ page, limit, sort, order }, shelf) =>
    shelf.read(({ database }) => {
      const document = wantedPage(database, { sort, order, paging: { page, limit } });
      const lines = document.data.map(
        ({ discogs_id: id, artists, title }) => `r${id} ${inQuotes(artists.join(", "))} · ${inQuotes(title)}`,
      );
      return { document, lines: [pageLine(document.pagination, lines.length, "release"), ...lines] };
    }),
});

const viewsInShort = views
  .map(({ name, columns }) => `${name}(${columns.map((column) => column.name).join(", ")})`)
  .join("; ");

export const querySql = tool({
  name: "query_sql",
  title: "Query in SQL",
  description: `Runs one SQLite SELECT statement on the cache, read-only, for at most ten seconds. Views: ${viewsInShort}. Times are ISO 8601 in UTC, …_uts unix seconds; fold(text) drops case and accents.`,
  parameters: {
    sql: requiredPhrase("one SELECT statement", mostLetters),
    page: whole("page number, from 1", { least: 1, most: 10_000, usual: 1 }),
    limit: whole("rows per page", { least: 1, most: 100, usual: 20 }),
  },
  outputSchema: sqlPageSchema,
  async answer({ sql, page, limit }, shelf, signal) {
    const document = await shelf.askSql(sql, { page, limit }, signal);
    const { columns, rows, total } = document;
    const lines = rows.map((row) => row.map((value) => json(value)).join(", "));
    return {
      document,
      lines: [`${counted(total, "row")}.`, columns.map((name) => json(name)).join(", "), ...lines],
    };
  },
});
