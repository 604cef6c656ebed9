// Stores an answer of a review, and undoes it.
import { pluralize } from "../output/format-numbers.ts";
import type { AliasProposal } from "../match/alias-proposals.ts";
import { removeAlias, setAlias } from "./aliases.ts";
import { mergeDecision, type DecisionChange } from "./decision-list.ts";
import type { ReviewItem } from "../queries/review/review-items.ts";
import type { ChartAlbum } from "../queries/find/find-albums.ts";
import {
  deleteDecision,
  readDecision,
  saveDecision,
  deleteReviewAnswer,
  saveReviewAnswer,
  type ReviewKey,
  type ReviewVerdict,
  type StoredReviewAnswer,
} from "../store/decisions/user-decisions.ts";
import { transact, type Database } from "../store/file/database.ts";
import { refreshOwnedAlbums } from "../store/shelf/stored-albums.ts";
import { commitDecision } from "./apply-decision.ts";

export type ReviewAnswer =
  | { readonly verdict: "yes"; readonly choice: number }
  /** The album is not among the candidates. */
  | { readonly verdict: "other"; readonly album: ChartAlbum }
  | { readonly verdict: "no" }
  | { readonly verdict: "skip" };

export interface AppliedAnswer {
  /** Matches change only after "decided". */
  readonly kind: "decided" | "dismissed" | "skipped";
  /** The answer in words. */
  readonly summary: string;
  readonly undo: () => void;
}

export function applyAnswer(
  database: Database,
  item: ReviewItem,
  answer: ReviewAnswer,
  nowUts: number,
): AppliedAnswer {
  const { candidates, subject, releaseIds } = item;
  const isFuzzy = item.kind === "fuzzy";
  const answers = releaseIds.map((releaseId) => ({ releaseId, subject, answeredUts: nowUts }));
  const name = item.recordIds.map((id) => `#${id}`).join(", ");
  const applyChange = (change: DecisionChange, summary: string): AppliedAnswer =>
    applyDecisionChange(database, item, change, nowUts, summary);
  if (answer.verdict === "skip") return saveAnswers(database, answers, "skipped", `${name} later`);
  if (answer.verdict === "no") {
    const summary = `${name} is another album`;
    if (isFuzzy) return applyChange({ not: candidates }, summary);
    // A near miss or a tie has no credit to remove, so an answer that dismisses it is enough.
    return saveAnswers(database, answers, "dismissed", summary);
  }
  if (answer.verdict === "other") {
    const { album } = answer;
    const not = isFuzzy ? candidates.filter(({ id }) => id !== album.id) : [];
    return applyChange({ add: [album], not }, describeMatch(name, [album]));
  }
  const albums = isFuzzy ? candidates : candidates.slice(answer.choice, answer.choice + 1);
  return applyChange({ add: albums }, describeMatch(name, albums));
}

/** "#2221 credited with a1033, 99 plays" */
function describeMatch(name: string, albums: readonly ChartAlbum[]): string {
  const plays = albums.reduce((sum, { playCount }) => sum + playCount, 0);
  return `${name} credited with ${albums.map(({ id }) => `a${id}`).join(", ")}, ${pluralize(plays, "play")}`;
}

export function applyAliasAnswer(
  database: Database,
  { name, sameAs }: AliasProposal,
  key: ReviewKey,
  { verdict }: ReviewAnswer,
  nowUts: number,
): AppliedAnswer {
  const names = `${name} and ${sameAs}`;
  if (verdict === "yes") {
    commitDecision(database, () => setAlias(database, { name, sameAs }));
    return {
      kind: "decided",
      summary: `${names} are one artist`,
      undo: () => void commitDecision(database, () => removeAlias(database, name)),
    };
  }
  const answers = [{ ...key, answeredUts: nowUts }];
  return verdict === "skip"
    ? saveAnswers(database, answers, "skipped", `${names} later`)
    : saveAnswers(database, answers, "dismissed", `${names} are two artists`);
}

function applyDecisionChange(
  database: Database,
  { releaseIds }: ReviewItem,
  change: DecisionChange,
  nowUts: number,
  summary: string,
): AppliedAnswer {
  const keys = releaseIds.map((releaseId) => ({ releaseId, instanceId: 0 }));
  const before = keys.map((key) => readDecision(database, key));
  commitDecision(database, () => {
    keys.forEach((key, at) => {
      saveDecision(database, { ...key, decidedUts: nowUts, ...mergeDecision(before[at], change) });
    });
  });
  const undo = (): void =>
    commitDecision(database, () => {
      keys.forEach((key, at) => {
        const earlier = before[at];
        if (earlier === undefined) deleteDecision(database, key);
        else saveDecision(database, earlier);
      });
    });
  return { kind: "decided", summary, undo };
}

function saveAnswers(
  database: Database,
  answers: readonly Omit<StoredReviewAnswer, "verdict">[],
  verdict: ReviewVerdict,
  summary: string,
): AppliedAnswer {
  transact(database, () => {
    for (const answer of answers) saveReviewAnswer(database, { ...answer, verdict });
    refreshOwnedAlbums(database);
  });
  const undo = (): void =>
    transact(database, () => {
      for (const answer of answers) deleteReviewAnswer(database, answer);
      refreshOwnedAlbums(database);
    });
  return { kind: verdict, summary, undo };
}
