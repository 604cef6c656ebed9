// Tools about the shelf as a whole: gaps, dusty, pick, stats and the wantlist.
import {
  filterParameters,
  inTheirNames,
  readAlbums,
  readRecords,
  paging,
  mostLetters,
} from "./tool-parameters.ts";
import { albumLine, pageLine, recordLine, tool } from "./tool.ts";
import {
  choice,
  optionalChoice,
  optionalWhole,
  phrase,
  toggle,
  whole,
  requiredPhrase,
} from "../../parameters/parameter.ts";
import { UsageError } from "../../../model/errors.ts";
import { inQuotes } from "../../../model/names.ts";
import { daySeconds } from "../../../model/times.ts";
import { json } from "../../../output/json.ts";
import { counted } from "../../../output/number-text.ts";
import * as dusty from "../../../queries/albums/dusty.ts";
import { gapSorts } from "../../../queries/albums/gaps.ts";
import * as gaps from "../../../queries/albums/gaps.ts";
import * as pick from "../../../queries/albums/pick.ts";
import { hostedWantSorts, wantedPage } from "../../../queries/albums/wants.ts";
import { parseSpan } from "../../../queries/conditions/span.ts";
import {
  dustySchema,
  gapsSchema,
  pickSchema,
  wantedPageSchema,
} from "../../../queries/documents/album-documents.ts";
import {
  breakdownSchema,
  statsSchema,
  sqlPageSchema,
} from "../../../queries/documents/statistics-documents.ts";
import { dimensionNames, partSorts } from "../../../queries/figures/breakdown.ts";
import { sleeperSorts } from "../../../queries/records/record-order.ts";
import * as statsBy from "../../../queries/shelf/stats-by.ts";
import * as stats from "../../../queries/shelf/stats.ts";
import { views } from "../../../store/sql-views.ts";

const during = phrase("count only plays in this span: 2024, 2024-06.., 1y, last-month");

export const gapsTool = tool({
  name: "gaps",
  title: "Played and not owned",
  description:
    "Lists albums that are played but not owned in any pressing, most played first. By default it lists albums with at least 10 plays on 4 different tracks and no singles; change that with plays, tracks and kind.",
  parameters: {
    ...paging,
    sort: choice("the order", gapSorts, "plays"),
    reverse: toggle("reverse the order"),
    ...filterParameters("albums"),
    during,
  },
  outputSchema: gapsSchema,
  async answer({ page, limit, sort, reverse, ...values }, shelf) {
    const nowUts = shelf.nowUts();
    const filter = readAlbums(values, nowUts);
    return shelf.read((database) => {
      const question = { filter, sort, reverse, hidden: false, paging: { page, limit }, nowUts };
      const document = gaps.document(gaps.ask(database, question));
      const lines = document.data.map(({ album }) =>
        albumLine({
          id: album.id,
          artist: album.artist_name,
          title: album.album_name,
          plays: album.play_count,
        }),
      );
      return { document, lines: [pageLine(document.pagination, lines.length, "album"), ...lines] };
    });
  },
});

export const dustyTool = tool({
  name: "dusty",
  title: "Neglected records",
  description:
    "Lists records with many spins (sittings with at least half of the album), the last one long ago. The default is 5 spins or more; change it with spins.",
  parameters: {
    ...paging,
    idle: phrase("no spin for at least this long: 90d, 12mo, 2y (12mo)"),
    sort: choice("the order", sleeperSorts, "asleep"),
    reverse: toggle("reverse the order"),
    ...filterParameters("records"),
  },
  outputSchema: dustySchema,
  async answer({ page, limit, idle, sort, reverse, ...values }, shelf) {
    const nowUts = shelf.nowUts();
    const filter = readRecords(values, nowUts);
    const idleFromUts = idleFrom(idle ?? "12mo", nowUts);
    return shelf.read((database) => {
      const answer = dusty.ask(database, {
        filter: { ...filter, spins: filter.spins ?? [{ least: 5, most: null }] },
        idleFromUts,
        sort,
        reverse,
        paging: { page, limit },
      });
      const document = dusty.document(answer);
      const { data, pagination } = document;
      return { document, lines: [pageLine(pagination, data.length, "album"), ...data.map(recordLine)] };
    });
  },
});

function idleFrom(idle: string, nowUts: number): number {
  if (/^\d{1,4}(d|w|mo|y)$/.test(idle)) return parseSpan("idle", idle, nowUts).fromUts ?? nowUts;
  throw new UsageError("idle takes a time up to today", "For example: 90d, 12w, 12mo, 2y");
}

/** A picked album is not proposed again within this time. */
const monthSeconds = 31 * daySeconds;

export const pickTool = tool({
  name: "pick",
  title: "A record for tonight",
  description:
    "Draw records to play now, the neglected ones first; albums and EPs unless kind names others. Each has its place on the shelf and the reason.",
  parameters: {
    count: whole("how many", { least: 1, most: 20, usual: 1 }),
    seed: optionalWhole("the same number gives the same draw", { least: 0, most: 999_999_999 }),
    ...filterParameters("records"),
  },
  outputSchema: pickSchema,
  async answer({ count, seed, ...values }, shelf) {
    const nowUts = shelf.nowUts();
    const filter = readRecords(values, nowUts);
    return shelf.read((database) => {
      const answer = pick.ask(database, {
        filter,
        count,
        seed,
        random: () => shelf.random(),
        proposedSinceUts: nowUts - monthSeconds,
        nowUts,
        shelfField: shelf.shelfField(),
      });
      const document = pick.document(answer, (row) => shelf.whyPicked(row, nowUts));
      return {
        document,
        lines: document.data.length === 0 ? ["No album fits."] : document.data.map(recordLine),
      };
    });
  },
});

export const collectionStats = tool({
  name: "collection_stats",
  title: "The shelf at a glance",
  description:
    "Counts the records and shows how much of the shelf is played, by kind and decade, and where the plays go. With by, it divides the shelf by genre, label, artist or another quality.",
  parameters: {
    during,
    by: optionalChoice(
      "divide the shelf by this; sort, reverse, page and limit apply to the parts",
      dimensionNames,
    ),
    sort: optionalChoice("the order of the parts; never: owned most and played least", partSorts),
    reverse: toggle("reverse the order"),
    ...paging,
  },
  outputSchema: { type: "object", anyOf: [statsSchema, breakdownSchema] },
  async answer({ during: spanText, by, sort, reverse, page, limit }, shelf) {
    const span =
      spanText === null ? null : inTheirNames(() => parseSpan("--during", spanText, shelf.nowUts()));
    return shelf.read((database) => {
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
    });
  },
});

function partLine({
  value,
  records,
  plays,
}: {
  value: string | null;
  records: number;
  plays: number;
}): string {
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
    order: choice<"asc" | "desc">("ascending or descending", ["asc", "desc"], "desc"),
  },
  outputSchema: wantedPageSchema,
  answer: ({ page, limit, sort, order }, shelf) =>
    shelf.read((database) => {
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
