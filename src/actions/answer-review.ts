// Stores an answer of a review, and undoes it.
import { counted } from "../output/number-text.ts";
import type { AliasProposal } from "../match/alias-proposals.ts";
import { removeAlias, setAlias } from "./aliases.ts";
import { changedDecision, type DecisionChange } from "./decision-list.ts";
import type { Doubt } from "../queries/doubts/doubts.ts";
import type { ChartAlbum } from "../queries/find/find-albums.ts";
import {
  deleteDecision,
  readDecision,
  writeDecision,
  deleteReviewNote,
  writeReviewNote,
  type ReviewNote,
  type ReviewVerdict,
  type StoredReviewNote,
} from "../store/decisions/user-decisions.ts";
import { transact, type Database } from "../store/file/database.ts";
import { noteDecision } from "./apply-decision.ts";

export type Answer =
  | { readonly verdict: "yes"; readonly choice: number }
  /** None of the candidates, but this album. */
  | { readonly verdict: "other"; readonly album: ChartAlbum }
  | { readonly verdict: "no" }
  | { readonly verdict: "skip" };

export interface SettledDoubt {
  /** Only "decided" changes matches. */
  readonly kind: "decided" | "dismissed" | "skipped";
  /** The answer in words. */
  readonly summary: string;
  readonly undo: () => void;
}

export function settleDoubt(database: Database, doubt: Doubt, answer: Answer, nowUts: number): SettledDoubt {
  const { candidates, subject, releaseIds } = doubt;
  const isFuzzy = doubt.kind === "fuzzy";
  const notes = releaseIds.map((releaseId) => ({ releaseId, subject, notedUts: nowUts }));
  const name = doubt.recordIds.map((id) => `#${id}`).join(", ");
  const store = (change: DecisionChange, summary: string): SettledDoubt =>
    storeDecision(database, doubt, change, nowUts, summary);
  if (answer.verdict === "skip") return storeNotes(database, notes, "skipped", `${name} later`);
  if (answer.verdict === "no") {
    const summary = `${name} is another album`;
    if (isFuzzy) return store({ not: candidates }, summary);
    // A near miss or a tie has no credit to remove, so a note that dismisses it is enough.
    return storeNotes(database, notes, "dismissed", summary);
  }
  if (answer.verdict === "other") {
    const { album } = answer;
    const not = isFuzzy ? candidates.filter(({ id }) => id !== album.id) : [];
    return store({ add: [album], not }, creditedText(name, [album]));
  }
  const albums = isFuzzy ? candidates : candidates.slice(answer.choice, answer.choice + 1);
  return store({ add: albums }, creditedText(name, albums));
}

/** "#2221 credited with a1033, 99 plays" */
function creditedText(name: string, albums: readonly ChartAlbum[]): string {
  const plays = albums.reduce((sum, { playCount }) => sum + playCount, 0);
  return `${name} credited with ${albums.map(({ id }) => `a${id}`).join(", ")}, ${counted(plays, "play")}`;
}

export function settleAlias(
  database: Database,
  { name, sameAs }: AliasProposal,
  note: ReviewNote,
  { verdict }: Answer,
  nowUts: number,
): SettledDoubt {
  const names = `${name} and ${sameAs}`;
  if (verdict === "yes") {
    noteDecision(database, () => setAlias(database, { name, sameAs }));
    return {
      kind: "decided",
      summary: `${names} are one artist`,
      undo: () => void noteDecision(database, () => removeAlias(database, name)),
    };
  }
  const notes = [{ ...note, notedUts: nowUts }];
  return verdict === "skip"
    ? storeNotes(database, notes, "skipped", `${names} later`)
    : storeNotes(database, notes, "dismissed", `${names} are two artists`);
}

function storeDecision(
  database: Database,
  { releaseIds }: Doubt,
  change: DecisionChange,
  nowUts: number,
  summary: string,
): SettledDoubt {
  const keys = releaseIds.map((releaseId) => ({ releaseId, instanceId: 0 }));
  const before = keys.map((key) => readDecision(database, key));
  noteDecision(database, () => {
    keys.forEach((key, at) => {
      writeDecision(database, { ...key, decidedUts: nowUts, ...changedDecision(before[at], change) });
    });
  });
  const undo = (): void =>
    noteDecision(database, () => {
      keys.forEach((key, at) => {
        const earlier = before[at];
        if (earlier === undefined) deleteDecision(database, key);
        else writeDecision(database, earlier);
      });
    });
  return { kind: "decided", summary, undo };
}

function storeNotes(
  database: Database,
  notes: readonly Omit<StoredReviewNote, "verdict">[],
  verdict: ReviewVerdict,
  summary: string,
): SettledDoubt {
  transact(database, () => {
    for (const note of notes) writeReviewNote(database, { ...note, verdict });
  });
  const undo = (): void =>
    transact(database, () => {
      for (const note of notes) deleteReviewNote(database, note);
    });
  return { kind: verdict, summary, undo };
}
