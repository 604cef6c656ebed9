// Tools about the wantlist and about the cache itself.
import { maxTextLength, smallPages } from "./tool-parameters.ts";
import { listTool, describePage, queryTool, tool, type Tool } from "./tool.ts";
import {
  choice,
  direction,
  pagingParameters,
  requiredPhrase,
} from "../../../queries/parameters/parameter.ts";
import { getSourceTitle } from "../../../model/listening-sources.ts";
import { quoteText, formatQuotedName } from "../../../model/names.ts";
import { encodeJson } from "../../../output/json.ts";
import { pluralize, formatNumber } from "../../../output/format-numbers.ts";
import { hostedWantSorts, readWantedPage, wantsQuery } from "../../../queries/albums/wants.ts";
import { wantedPageSchema } from "../../../queries/documents/album-documents.ts";
import { sqlPageSchema, statusSchema } from "../../../queries/documents/statistics-documents.ts";
import { holesSchema, sourcesSchema } from "../../../queries/documents/sync-documents.ts";
import * as holes from "../../../queries/shelf/source-holes.ts";
import * as sources from "../../../queries/shelf/sources.ts";
import * as status from "../../../queries/shelf/status.ts";
import { views } from "../../../store/sql-views.ts";

const viewSummary = views
  .map(({ name, columns }) => `${name}(${columns.map((column) => column.name).join(", ")})`)
  .join("; ");

export const cacheTools: readonly Tool[] = [
  queryTool({
    name: "wantlist",
    title: "The wantlist",
    description: "Lists the Discogs wantlist, newest first.",
    parameters: {
      ...smallPages,
      sort: choice("the order", hostedWantSorts, "date_added"),
      order: direction,
    },
    outputSchema: wantedPageSchema,
    answer: ({ page, limit, ...order }, { database }) =>
      readWantedPage(database, { ...order, paging: { page, limit } }),
    lines: ({ data, pagination }) => [
      describePage(pagination, data.length, "release"),
      ...data.map(
        ({ discogs_id: id, artists, title }) =>
          `r${id} ${quoteText(artists.join(", "))} · ${quoteText(title)}`,
      ),
    ],
  }),
  listTool(
    {
      name: "wants",
      title: "The wantlist with plays",
      description:
        "Lists the Discogs wantlist with the plays of each album and the records of it that are owned, the most played first.",
    },
    wantsQuery,
    ({ data, pagination }) => [
      describePage(pagination, data.length, "want"),
      ...data.map(
        ({ release_id: id, artist, title, play_count: plays, owned }) =>
          `r${id} ${formatQuotedName({ artist, title })}: ${pluralize(plays, "play")}${owned ? ", owned" : ""}`,
      ),
    ],
  ),
  queryTool({
    name: "sources",
    title: "Where the plays come from",
    description:
      "Lists the listening sources (ListenBrainz, Last.fm, imported files, plays that programs sent to rewind): their plays, how many of these another source has too, and how far their clocks were off. A play that several sources have counts once.",
    parameters: {},
    outputSchema: sourcesSchema,
    needsCollection: false,
    answer: (_, { database }) => sources.buildSourcesDocument(sources.querySources(database)),
    lines: ({ data, plays: total }) => [
      `${pluralize(total, "play")}, each counted once.`,
      ...data.map(
        ({ name, plays, shared }) =>
          `${quoteText(getSourceTitle(name))}: ${pluralize(plays, "play")}, ${formatNumber(shared)} of them shared`,
      ),
    ],
  }),
  queryTool({
    name: "source_holes",
    title: "Periods without plays that should have some",
    description:
      "Lists periods in which one listening source has no plays although another has some (certain), or in which all are silent although the owner plays nearly every day (probable), with what would fill them.",
    parameters: {},
    outputSchema: holesSchema,
    needsCollection: false,
    answer: (_, { database }) => holes.buildHolesDocument(holes.querySourceHoles(database)),
    lines: ({ data, summary: { certain, probable } }) => [
      `${formatNumber(certain)} certain, ${formatNumber(probable)} probable.`,
      ...data.map(
        ({ kind, source, first_day: from, last_day: to, others }) =>
          `${kind}, ${source === null ? "all" : quoteText(getSourceTitle(source))}: ${from} to ${to ?? "now"}, ${pluralize(
            others.reduce((sum, { plays }) => sum + plays, 0),
            "play",
          )} elsewhere`,
      ),
    ],
  }),
  tool({
    name: "sync_status",
    title: "What is in the cache",
    description: "The accounts, size and age of the cache, what is missing, and whether a sync is running.",
    parameters: {},
    outputSchema: statusSchema,
    answer: (_, shelf) =>
      shelf.readAny((database) => {
        const document = status.buildStatusDocument(status.queryStatus(database, { path: shelf.cachePath }));
        const { syncing, listings } = document;
        return {
          document,
          lines: [
            syncing ? "A sync is running." : "No sync is running.",
            ...listings.map(
              ({ name, state, rows, synced_at: at }) =>
                `${name}: ${state}, ${pluralize(rows, "row")}${at === null ? "" : `, synced ${at}`}`,
            ),
          ],
        };
      }),
  }),
  tool({
    name: "query_sql",
    title: "Query in SQL",
    description: `Runs one SQLite SELECT statement on the cache, read-only, for at most ten seconds. Views: ${viewSummary}. Times are ISO 8601 in UTC, …_uts unix seconds; fold(text) drops case and accents.`,
    parameters: {
      sql: requiredPhrase("one SELECT statement", maxTextLength),
      ...pagingParameters({ max: 100, defaultValue: 20 }),
    },
    outputSchema: sqlPageSchema,
    async answer({ sql, page, limit }, shelf, signal) {
      const document = await shelf.askSql(sql, { page, limit }, signal);
      const { columns, rows, total } = document;
      const lines = rows.map((row) => row.map((value) => encodeJson(value)).join(", "));
      return {
        document,
        lines: [`${pluralize(total, "row")}.`, columns.map((name) => encodeJson(name)).join(", "), ...lines],
      };
    },
  }),
];
