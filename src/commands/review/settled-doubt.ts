// What an answer in a review does to the cache, and how it is taken back.
import { counted } from "../../output/numbers.ts";
import type { AliasProposal } from "../../match/matcher.ts";
import { removeAlias, setAlias } from "../../decisions/aliases.ts";
import { changedDecision, type DecisionChange } from "../../decisions/decision-change.ts";
import type { Doubt } from "../../queries/doubts/doubts.ts";
import type { ChartAlbum } from "../../queries/find/find-albums.ts";
import {
  deleteDecision,
  readDecision,
  writeDecision,
  deleteReviewNote,
  writeReviewNote,
  type ReviewNote,
  type ReviewVerdict,
} from "../../store/decisions/user-decisions.ts";
import { transact, type Database } from "../../store/file/database.ts";
import { noteDecision } from "../shared/choosing/settle.ts";

export type Answer =
  | { readonly verdict: "yes"; readonly choice: number }
  /** None of the candidates: this one. */
  | { readonly verdict: "other"; readonly album: ChartAlbum }
  | { readonly verdict: "no" }
  | { readonly verdict: "skip" };

export interface Settled {
  /** Whether the matches follow from it. */
  readonly kind: "decided" | "dismissed" | "skipped";
  /** What was done, in words. */
  readonly told: string;
  readonly undo: () => void;
}

export function settleDoubt(database: Database, doubt: Doubt, answer: Answer, nowUts: number): Settled {
  const notes = doubt.releaseIds.map((releaseId) => ({ releaseId, subject: doubt.subject }));
  const name = doubt.recordIds.map((id) => `#${id}`).join(", ");
  const { candidates } = doubt;
  if (answer.verdict === "skip") {
    return { ...noted(database, notes, "skipped", nowUts), told: `${name} later` };
  }
  if (answer.verdict === "no") {
    const told = `${name} is another album`;
    // Nothing is credited yet, so there is nothing to take out: the artist stays known.
    return doubt.kind === "fuzzy"
      ? { ...decided(database, doubt, { not: candidates }, nowUts), told }
      : { ...noted(database, notes, "dismissed", nowUts), told };
  }
  if (answer.verdict === "other") {
    const { album } = answer;
    const not = doubt.kind === "fuzzy" ? candidates.filter(({ id }) => id !== album.id) : [];
    return {
      ...decided(database, doubt, { add: [album], not }, nowUts),
      told: creditedText(name, [album]),
    };
  }
  const chosen = doubt.kind === "fuzzy" ? candidates : candidates.slice(answer.choice, answer.choice + 1);
  return { ...decided(database, doubt, { add: chosen }, nowUts), told: creditedText(name, chosen) };
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
  answer: Answer,
  nowUts: number,
): Settled {
  if (answer.verdict === "skip") {
    return { ...noted(database, [note], "skipped", nowUts), told: `${name} and ${sameAs} later` };
  }
  if (answer.verdict !== "yes") {
    return { ...noted(database, [note], "dismissed", nowUts), told: `${name} and ${sameAs} are two artists` };
  }
  noteDecision(database, () => setAlias(database, { name, sameAs }));
  return {
    kind: "decided",
    told: `${name} and ${sameAs} are one artist`,
    undo: () => void noteDecision(database, () => removeAlias(database, name)),
  };
}

type Done = Omit<Settled, "told">;

function decided(database: Database, { releaseIds }: Doubt, change: DecisionChange, nowUts: number): Done {
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
): Done {
  transact(database, () => {
    for (const note of notes) writeReviewNote(database, note, verdict, nowUts);
  });
  const undo = (): void =>
    transact(database, () => {
      for (const note of notes) deleteReviewNote(database, note);
    });
  return { kind: verdict, undo };
}
