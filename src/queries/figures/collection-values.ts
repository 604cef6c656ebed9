// The course of the collection's value.
import { amountOf } from "../../model/price.ts";
import type { Database } from "../../store/file/database.ts";
import { isoSeconds } from "../../model/times.ts";

/** Discogs' estimate on one day, in hundredths of the currency. */
export interface ValueOnDay {
  readonly fetchedUts: number;
  readonly minimumCents: number;
  readonly medianCents: number;
  readonly maximumCents: number;
  readonly currency: string | null;
}

/** Oldest first. Values in another currency than the newest are left out: they can't be compared. */
export function collectionValues(database: Database): ValueOnDay[] {
  return database
    .prepare<[], ValueOnDay>(
      `SELECT fetched_uts AS fetchedUts, minimum_cents AS minimumCents, median_cents AS medianCents,
         maximum_cents AS maximumCents, currency FROM collection_value
       WHERE currency IS (SELECT currency FROM collection_value ORDER BY fetched_uts DESC LIMIT 1) ORDER BY fetched_uts`,
    )
    .all();
}

export function contractValues(values: readonly ValueOnDay[]): {
  readonly fetched_at: string | null;
  readonly minimum: number;
  readonly median: number;
  readonly maximum: number;
  readonly currency: string | null;
}[] {
  return values.map(({ fetchedUts, minimumCents, medianCents, maximumCents, currency }) => ({
    fetched_at: isoSeconds(fetchedUts),
    minimum: amountOf(minimumCents),
    median: amountOf(medianCents),
    maximum: amountOf(maximumCents),
    currency,
  }));
}
