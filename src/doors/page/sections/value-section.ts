// The collection's value, as Discogs estimated it at the end of each month.
import { priceText } from "../../../model/price.ts";
import { thousands } from "../../../output/number-text.ts";
import { localDayInWords } from "../../../output/dates.ts";
import type { ValueOnDay } from "../../../queries/figures/money.ts";
import { barRows } from "../plots/bars.ts";
import { type D3, figure } from "../plots/figure.ts";
import type { Section } from "./section.ts";

const mostMonths = 36;

/** `values`: at least one, oldest first, all in one currency. */
export function valueSection(d3: D3, values: readonly ValueOnDay[]): Section {
  const months = new Map(
    values.map((value) => [new Date(value.fetchedUts * 1000).toISOString().slice(0, 7), value]),
  );
  const rows = [...months].slice(-mostMonths);
  const last = values.at(-1);
  const lead =
    last === undefined
      ? ""
      : `Discogs estimated it at ${written(last.medianCents, last)} on ${localDayInWords(last.fetchedUts)}.`;
  return {
    id: "value",
    short: "Value",
    title: "What it is worth",
    lead,
    body: figure({
      id: "values",
      title: "The value of the collection",
      units: "Discogs' median estimate, the last of each month",
      words: `${rows.length} months. ${lead}`,
      drawing: barRows(d3, {
        rows: rows.map(([name, { medianCents }]) => ({
          name,
          bars: [{ tone: "played", amount: medianCents / 100 }],
        })),
        how: "stacked",
        tick: (amount) => thousands(amount),
      }),
      table: {
        header: ["Month", "Minimum", "Median", "Maximum"],
        rows: rows.map(([name, value]) => [
          name,
          written(value.minimumCents, value),
          written(value.medianCents, value),
          written(value.maximumCents, value),
        ]),
      },
    }),
  };
}

function written(cents: number, { currency }: ValueOnDay): string {
  return priceText({ cents, currency });
}
