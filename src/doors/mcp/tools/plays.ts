// Tools about plays.
import { filterParameters, smallPages, filterOf } from "./tool-parameters.ts";
import { pageLine, question, tool, type Tool } from "./tool.ts";
import { choice, phrase, whole } from "../../parameters/parameter.ts";
import { UsageError } from "../../../model/errors.ts";
import { inQuotes, quotedName } from "../../../model/names.ts";
import { counted, thousands } from "../../../output/number-text.ts";
import { lastWeek, parseSpan } from "../../../queries/conditions/span.ts";
import { monthsSchema, recapSchema, topSchema } from "../../../queries/documents/play-documents.ts";
import * as recap from "../../../queries/time/recap.ts";
import { monthsDocument } from "../../../queries/time/scrobble-figures.ts";
import * as top from "../../../queries/top/top.ts";

export const playTools: readonly Tool[] = [
  question({
    name: "plays_by_month",
    title: "Plays month by month",
    description: "Counts the plays of each of the last whole months.",
    parameters: { months: whole("how many months back", { least: 1, most: 240, usual: 12 }) },
    outputSchema: monthsSchema,
    answer: ({ months: count }, { database }) => monthsDocument(database, count),
    lines: ({ data, plays: total }, { months: count }) => [
      `${counted(total, "play")} in ${counted(count, "month")}.`,
      ...data.map(({ month, plays }) => `${month}: ${plays}`),
    ],
  }),
  tool({
    name: "top",
    title: "Most played",
    description:
      "Lists the most played albums (editions added up), artists or tracks, owned or not, for all time or for one span.",
    parameters: {
      what: choice("what is listed", top.topSubjects, "albums"),
      ...smallPages,
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
        const lines = answer.rows.map(({ rank, artist, title, plays: count }) => {
          const name = what === "artists" ? inQuotes(artist) : quotedName({ artist, title });
          return `${rank}. ${name}: ${counted(count, "play")}`;
        });
        return {
          document,
          lines: [pageLine(document.pagination, lines.length, what.slice(0, -1)), ...lines],
        };
      }),
  }),
  question({
    name: "recap",
    title: "Recap of a span",
    description:
      "Sums up the plays of a week, a month or a year: compared with the usual, on the shelf and off it, first plays, comebacks and gaps. A span of more than 92 days also has months, top albums and top artists.",
    parameters: { during: phrase("2025, 2024-06, 30d, last-month (the last seven days, today left out)") },
    outputSchema: recapSchema,
    answer({ during }, { database, nowUts }) {
      const span = during === null ? lastWeek(nowUts) : parseSpan("during", during, nowUts);
      return recap.document(recap.ask(database, { span, nowUts }));
    },
    lines({ plays, usual_plays: usual }) {
      const against = usual === null ? "" : `, usually ${thousands(usual)}`;
      return [`${counted(plays, "play")}${against}.`];
    },
  }),
];
