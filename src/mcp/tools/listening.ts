// Questions about what was played, and about the cache itself.
import * as months from "../../queries/months.ts";
import * as status from "../../queries/status.ts";
import { counted } from "../../output/numbers.ts";
import { whole } from "../parameters.ts";
import { tool } from "../tool.ts";

export const playsByMonthTool = tool({
  name: "plays_by_month",
  title: "Plays month by month",
  description: "How many tracks were scrobbled in each of the last whole months.",
  parameters: { months: whole("how many months back", { least: 1, most: 240, usual: 12 }) },
  keys: months.keys,
  answer: ({ months: count }, shelf) =>
    shelf.read((database) => {
      const document = months.document(months.ask(database, { count }));
      return {
        document,
        lines: [
          `${counted(document.plays, "play")} in ${counted(count, "month")}.`,
          ...document.data.map(({ month, plays }) => `${month}: ${plays}`),
        ],
      };
    }),
});

export const syncStatus = tool({
  name: "sync_status",
  title: "What is in the cache",
  description:
    "Whose collection and listening is in the cache, how much of it, how old it is, what is missing, and whether a sync is running.",
  parameters: {},
  keys: status.keys,
  answer: (_, shelf) =>
    shelf.readAny(async (database) => {
      const document = status.document(await status.ask(database, { path: shelf.cachePath }));
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
