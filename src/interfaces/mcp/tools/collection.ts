// Tools about the shelf as a whole: gaps, dusty, pick and stats.
import { during, buildFilterParameters, smallPages, parseToolFilter } from "./tool-parameters.ts";
import { describeAlbum, listTool, describePage, queryTool, describeRecord, type Tool } from "./tool.ts";
import { choice, toggle, integer } from "../../../queries/parameters/parameter.ts";
import { UsageError } from "../../../model/errors.ts";
import { quoteText } from "../../../model/names.ts";
import { formatNumber, pluralize } from "../../../output/format-numbers.ts";
import { cullQuery } from "../../../queries/albums/cull.ts";
import { dupesQuery } from "../../../queries/albums/dupes.ts";
import { dustyQuery } from "../../../queries/albums/dusty.ts";
import { gapsQuery } from "../../../queries/albums/gaps.ts";
import { pickRecords } from "../../../queries/shelf/query-state.ts";
import { recordFilters } from "../../../queries/parameters/list-query.ts";
import { parsePeriod } from "../../../queries/conditions/period.ts";
import { pickSchema } from "../../../queries/documents/album-documents.ts";
import type { Schema } from "../../../queries/documents/json-schema.ts";
import {
  statsBySchema,
  statsSchema,
  type StatsByDocument,
  type StatsDocument,
} from "../../../queries/documents/statistics-documents.ts";
import { dimensionNames, partSorts } from "../../../queries/statistics/stats-by-dimension.ts";
import * as statsBy from "../../../queries/shelf/stats-by.ts";
import * as stats from "../../../queries/shelf/stats.ts";

const statsResultSchema: Schema<StatsDocument | StatsByDocument> = {
  type: "object",
  anyOf: [statsSchema, statsBySchema],
};

function describePart({ value, records, plays }: StatsByDocument["data"][number]): string {
  const name = value === null ? "none" : quoteText(value);
  return `${name}: ${pluralize(records, "record")}, ${pluralize(plays, "play")}`;
}

export const collectionTools: readonly Tool[] = [
  listTool(
    {
      name: "gaps",
      title: "Played and not owned",
      description:
        "Lists albums that are played but not owned in any pressing, most played first. By default it lists albums with at least 10 plays on 4 different tracks and no singles; change that with plays, tracks and kind.",
    },
    gapsQuery,
    ({ data, pagination }) => [
      describePage(pagination, data.length, "album"),
      ...data.map(({ album }) => describeAlbum(album)),
    ],
  ),
  listTool(
    {
      name: "dusty",
      title: "Neglected records",
      description:
        "Lists records with many spins (sittings with at least half of the album), the last one long ago. The default is 5 spins or more; change it with spins.",
    },
    dustyQuery,
    ({ data, pagination }) => [describePage(pagination, data.length, "album"), ...data.map(describeRecord)],
  ),
  listTool(
    {
      name: "cull",
      title: "Records to sell",
      description:
        "Lists records that the owner could sell, with the reasons: an extra copy, never played, rated 1 or 2. Records rated 4 or 5 are left out, unless rating says otherwise.",
    },
    cullQuery,
    ({ data, pagination }) => [
      describePage(pagination, data.length, "record"),
      ...data.map((row) => `${describeRecord(row)} (${row.why.join(", ")})`),
    ],
  ),
  listTool(
    {
      name: "dupes",
      title: "Albums owned twice",
      description: "Lists albums that are owned more than once: copies, other pressings and other formats.",
    },
    dupesQuery,
    ({ data, pagination }) => [
      describePage(pagination, data.length, "album"),
      ...data.map((row) => `${describeRecord(row)}, ${pluralize(row.copies, "copy", "copies")}`),
    ],
  ),
  queryTool({
    name: "pick",
    title: "A record for tonight",
    description:
      "Draw records to play now, the neglected ones first; albums and EPs unless kind names others. Each has its place on the shelf and the reason.",
    parameters: {
      count: integer("how many", { min: 1, max: 20, defaultValue: 1 }),
      seed: integer("the same number gives the same draw", { min: 0, max: 999_999_999, defaultValue: null }),
      ...buildFilterParameters(recordFilters),
    },
    outputSchema: pickSchema,
    answer({ count, seed, ...values }, state) {
      const filter = parseToolFilter("records", values, state.nowUts);
      return pickRecords({ filter, count, seed }, state);
    },
    lines: ({ data }) => (data.length === 0 ? ["No album fits."] : data.map(describeRecord)),
  }),
  queryTool({
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
      sort: choice("order of the rows; never: most records without plays first", partSorts, null),
      reverse: toggle("reverse the order"),
      ...smallPages,
    },
    outputSchema: statsResultSchema,
    answer({ during: spanText, by, sort, reverse, page, limit }, { database, nowUts }) {
      const span = spanText === null ? null : parsePeriod("during", spanText, nowUts);
      if (by !== null) {
        const parts = { by, period: span, sort, reverse, paging: { page, limit } };
        return statsBy.buildStatsByDocument(statsBy.queryStatsBy(database, parts));
      }
      if (sort !== null || reverse || page > 1) {
        throw new UsageError("sort, reverse and page need by", "Send by too, for example genre.");
      }
      return stats.buildStatsDocument(stats.queryStats(database, { span }));
    },
    lines(document) {
      if ("by" in document) {
        const { data, pagination } = document;
        return [describePage(pagination, data.length, "part"), ...data.map(describePart)];
      }
      const { records, albums, scrobbled } = document;
      return [
        `${pluralize(records, "record")} of ${pluralize(albums, "album")}, ${formatNumber(scrobbled)} played.`,
      ];
    },
  }),
];
