// Joins and matches what a sync has published.
import { noChanges } from "../store/file/listings.ts";
import { findField } from "../store/shelf/custom-fields.ts";
import { isEvidenceNew, isMatchOutdated, refreshNameKeys, rematch } from "./matching/rematch.ts";
import { refreshUnmatchedSongs } from "./matching/unmatched-songs.ts";
import { mergeSources } from "./merging/merge-sources.ts";
import { reportUnknownField, syncFieldPlays } from "./plays/field-plays.ts";
import type { AddNote, StepOutcome, StepRun } from "./paging/step.ts";

interface MatchRun extends StepRun {
  /** The custom field with days of plays, by name or id; null: none. */
  readonly playedField: string | null;
  /** The custom field with prices, by name or id; null: none. */
  readonly priceField: string | null;
  readonly note: AddNote;
}

/** Publications match as they go. This step matches again if the rules or the evidence changed since. */
export async function syncMatches(run: MatchRun): Promise<StepOutcome> {
  const { database, priceField } = run;
  run.write(() => mergeSources(database));
  if (isMatchOutdated(database) || isEvidenceNew(database)) run.write(() => rematch(database));
  else run.write(() => refreshNameKeys(database));
  refreshUnmatchedSongs(database);
  syncFieldPlays(run);
  if (priceField !== null && findField(database, priceField) === undefined)
    reportUnknownField(run, "price_field");
  return { status: "done", changes: noChanges };
}
