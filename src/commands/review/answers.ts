// What an answer in a review does to the cache, and how it is taken back.
import type { AliasProposal } from "../../match/matcher.ts";
import { removeAlias, setAlias } from "../../queries/decisions/aliases.ts";
import { changedDecision, type DecisionChange } from "../../queries/decisions/decision-change.ts";
import type { Doubt } from "../../queries/decisions/doubts.ts";
import { deleteDecision, readDecision, writeDecision } from "../../store/decision-book.ts";
import { transact, type Database } from "../../store/database.ts";
import {
  deleteReviewNote,
  writeReviewNote,
  type ReviewNote,
  type ReviewVerdict,
} from "../../store/memory.ts";
import { noteDecision } from "../shared/settle.ts";

export type Answer =
  | { readonly verdict: "yes"; readonly choice: number }
  | { readonly verdict: "no" }
  | { readonly verdict: "skip" };

export interface Settled {
  /** Whether the matches follow from it. */
  readonly kind: "decided" | "dismissed" | "skipped";
  readonly undo: () => void;
}

export function settleDoubt(database: Database, doubt: Doubt, answer: Answer, nowUts: number): Settled {
  const notes = doubt.releaseIds.map((releaseId) => ({ releaseId, subject: doubt.subject }));
  if (answer.verdict === "skip") return noted(database, notes, "skipped", nowUts);
  // Nothing is credited yet, so there is nothing to take out: the artist stays known.
  if (answer.verdict === "no" && doubt.kind !== "fuzzy") return noted(database, notes, "dismissed", nowUts);
  if (answer.verdict === "no") return decided(database, doubt, { not: doubt.candidates }, nowUts);
  const chosen =
    doubt.kind === "fuzzy" ? doubt.candidates : doubt.candidates.slice(answer.choice, answer.choice + 1);
  return decided(database, doubt, { add: chosen }, nowUts);
}

export function settleAlias(
  database: Database,
  { name, sameAs }: AliasProposal,
  note: ReviewNote,
  answer: Answer,
  nowUts: number,
): Settled {
  if (answer.verdict !== "yes") {
    return noted(database, [note], answer.verdict === "no" ? "dismissed" : "skipped", nowUts);
  }
  noteDecision(database, () => setAlias(database, { name, sameAs }));
  return { kind: "decided", undo: () => void noteDecision(database, () => removeAlias(database, name)) };
}

function decided(database: Database, { releaseIds }: Doubt, change: DecisionChange, nowUts: number): Settled {
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
  return { kind: "decided", undo };
}

function noted(
  database: Database,
  notes: readonly ReviewNote[],
  verdict: ReviewVerdict,
  nowUts: number,
): Settled {
  transact(database, () => {
    for (const note of notes) writeReviewNote(database, note, verdict, nowUts);
  });
  const undo = (): void =>
    transact(database, () => {
      for (const note of notes) deleteReviewNote(database, note);
    });
  return { kind: verdict, undo };
}
