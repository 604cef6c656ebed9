// Tools about plays and about the cache.
import { filterParameters, paging, filterOf } from "./tool-parameters.ts";
import { pageLine, tool } from "./tool.ts";
import { choice, phrase, whole } from "../../parameters/parameter.ts";
import { UsageError } from "../../../model/errors.ts";
import { inQuotes } from "../../../model/names.ts";
import { counted, thousands } from "../../../output/number-text.ts";
import { lastWeek, parseSpan } from "../../../queries/conditions/span.ts";
import { monthsSchema, recapSchema, topSchema } from "../../../queries/documents/play-documents.ts";
import { statusSchema } from "../../../queries/documents/statistics-documents.ts";
import { sourcesSchema } from "../../../queries/documents/sync-documents.ts";
import * as sources from "../../../queries/shelf/sources.ts";
import * as status from "../../../queries/shelf/status.ts";
import * as recap from "../../../queries/time/recap.ts";
import { monthsDocument } from "../../../queries/time/scrobble-figures.ts";
import * as top from "../../../queries/top/top.ts";

export const playsByMonthTool = tool({
  name: "plays_by_month",
  title: "Plays month by month",
  description: "Counts the scrobbles of each of the last whole months.",
  parameters: { months: whole("how many months back", { least: 1, most: 240, usual: 12 }) },
  outputSchema: monthsSchema,
  answer: ({ months: count }, shelf) =>
    shelf.read(({ database }) => {
      const document = monthsDocument(database, count);
      return {
        document,
        lines: [
          `${counted(document.plays, "play")} in ${counted(count, "month")}.`,
          ...document.data.map(({ month, plays }) => `${month}: ${plays}`),
        ],
      };
    }),
});

export const topTool = tool({
  name: "top",
  title: "Most played",
  description:
    "Lists the most played albums (editions added up), artists or tracks, owned or not, for all time or for one span.",
  parameters: {
    what: choice("what is listed", top.topSubjects, "albums"),
    ...paging,
    owned: choice("only what is on the shelf (yes) or not (no)", ["any", "yes", "no"], "any"),
    sort: choice("the order; spins only for albums", top.topSorts, "plays"),
    // An artist has no title, and a track no tracks.
    ...filterParameters("albums", ["title", "albumKind", "tracks", "wanted"]),
  },
  outputSchema: topSchema,
  answer: ({ what, page, limit, owned, sort, ...values }, shelf) =>
    shelf.read(({ database, nowUts }) => {
      if (sort === "spins" && what !== "albums") {
        throw new UsageError(`${what} have no spins`, "Leave sort out, or ask for albums.");
      }
      const filter = filterOf("albums", values, nowUts);
      const isOwned = owned === "any" ? null : owned === "yes";
      const answer = top.ask(database, { subject: what, filter, isOwned, sort, paging: { page, limit } });
      const document = top.document(answer);
      const lines = answer.rows.map(
        ({ rank, artist: by, title, plays: count }) =>
          `${rank}. ${inQuotes(by)}${title === null ? "" : ` · ${inQuotes(title)}`}: ${counted(count, "play")}`,
      );
      return { document, lines: [pageLine(document.pagination, lines.length, what.slice(0, -1)), ...lines] };
    }),
});

export const recapTool = tool({
  name: "recap",
  title: "Recap of a span",
  description:
    "Sums up the plays of a week, a month or a year: compared with the usual, on the shelf and off it, first plays, comebacks and gaps. A span of more than 92 days also has months, top albums and top artists.",
  parameters: { during: phrase("2025, 2024-06, 30d, last-month (the last seven days, today left out)") },
  outputSchema: recapSchema,
  answer: ({ during }, shelf) =>
    shelf.read(({ database, nowUts }) => {
      const span = during === null ? lastWeek(nowUts) : parseSpan("during", during, nowUts);
      const document = recap.document(recap.ask(database, { span, nowUts }));
      const { plays, usual_plays: usual } = document;
      const against = usual === null ? "" : `, usually ${thousands(usual)}`;
      return { document, lines: [`${counted(plays, "play")}${against}.`] };
    }),
});

export const sourcesTool = tool({
  name: "sources",
  title: "Where the plays come from",
  description:
    "Lists the listening sources (Last.fm, ListenBrainz, imported files): their plays, how many of these another source has too, and how far their clocks were off. A play that several sources have counts once.",
  parameters: {},
  outputSchema: sourcesSchema,
  answer: (_, shelf) =>
    shelf.read(({ database }) => {
      const answer = sources.ask(database);
      return {
        document: sources.document(answer),
        lines: [
          `${counted(answer.plays, "play")}, each counted once.`,
          ...answer.sources.map(
            ({ title, plays, shared }) =>
              `${inQuotes(title)}: ${counted(plays, "play")}, ${thousands(shared)} of them shared`,
          ),
        ],
      };
    }),
});

export const syncStatus = tool({
  name: "sync_status",
  title: "What is in the cache",
  description: "The accounts, size and age of the cache, what is missing, and whether a sync is running.",
  parameters: {},
  outputSchema: statusSchema,
  answer: (_, shelf) =>
    shelf.readAny(async (database) => {
      const document = status.document(status.ask(database, { path: shelf.cachePath }));
      const { syncing, listings } = document;
      return {
        document,
        lines: [
          syncing ? "A sync is running." : "No sync is running.",
          ...listings.map(
            ({ name, state, rows, synced_at: at }) =>
              `${name}: ${state}, ${counted(rows, "row")}${at === null ? "" : `, synced ${at}`}`,
          ),
        ],
      };
    }),
});
