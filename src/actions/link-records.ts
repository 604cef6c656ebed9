// Decides which albums are credited to records, in place of the matcher, and takes such decisions back.
import type { ActionAccess } from "./action-access.ts";
import { areMatchesCurrent, commitDecision, refreshMatches } from "./apply-decision.ts";
import { mergeDecision, type DecisionChange } from "./decision-list.ts";
import {
  groupByRelease,
  resolveAlbums,
  resolveRecord,
  type Ambiguous,
  type ResolvedRecord,
} from "./resolve-target.ts";
import { UsageError } from "../model/errors.ts";
import { explainRecord, type Explanation } from "../queries/explain/explanation.ts";
import type { Copy, Hit } from "../queries/find/find-records.ts";
import {
  deleteDecision,
  deleteDismissals,
  readStoredDecisions,
  createDecisionFinder,
  saveDecision,
  type AlbumName,
} from "../store/decisions/user-decisions.ts";
import { transact, type Database } from "../store/file/database.ts";
import { refreshOwnedAlbums } from "../store/shelf/stored-albums.ts";

/** Albums are ids like "a12", several with commas, an address on Last.fm, or words that fit one album. */
export interface LinkRequest {
  /** Each is a record's number, an address, or words. */
  readonly records: readonly string[];
  /** Count the plays of these as well. */
  readonly add?: readonly string[] | undefined;
  /** Don't count the plays of these. */
  readonly not?: readonly string[] | undefined;
  /** Count the plays of these alone. */
  readonly only?: readonly string[] | undefined;
  /** true: count no plays. */
  readonly none?: boolean | undefined;
  /** true: take back what the user decided, so that the matcher decides again. */
  readonly clear?: boolean | undefined;
  /** true: decide about this copy of the release alone. */
  readonly thisCopy?: boolean | undefined;
}

/** The release or copy to decide about. */
export interface LinkTarget {
  /** 0: all copies of the release. */
  readonly instanceId: number;
  readonly copy: Copy;
}

export type LinkResult =
  | {
      readonly kind: "linked" | "cleared";
      readonly records: readonly ResolvedRecord[];
      readonly targets: readonly LinkTarget[];
      /** How many decisions were written or deleted. */
      readonly decisions: number;
      /** How many answers of reviews were deleted. */
      readonly answers: number;
      /** false: a sync is running, and the matches follow when it ends. */
      readonly isApplied: boolean;
      /** The explanation of each target that is still a record. */
      readonly explanations: readonly Explanation[];
    }
  | Ambiguous;

/** Throws UsageError for a record or an album that doesn't exist, and for changes that contradict each other. */
export async function linkRecords(access: ActionAccess, request: LinkRequest): Promise<LinkResult> {
  requireOneChange(request);
  const { database, nowUts } = access;
  const records: ResolvedRecord[] = [];
  for (const text of request.records) {
    const resolution = resolveRecord(database, [text]);
    if (resolution.kind === "ambiguous") return resolution;
    records.push(resolution.found);
  }
  const change = resolveChange(database, request);
  if ("kind" in change) return change;
  const isCopy = request.thisCopy === true;
  const targets = records.flatMap((record) => listTargets(record, isCopy));
  const only = areMatchesCurrent(database) ? targets.map(({ copy }) => copy.releaseId) : undefined;
  const { decisions, answers } =
    request.clear === true
      ? clear(database, targets, isCopy)
      : { decisions: decide(database, targets, change, nowUts), answers: 0 };
  const isApplied = decisions === 0 || (await refreshMatches(database, only)) !== "later";
  return {
    kind: request.clear === true ? "cleared" : "linked",
    records,
    targets,
    decisions,
    answers,
    isApplied,
    explanations: targets.flatMap(({ copy }) => explainRecord(database, copy.id) ?? []),
  };
}

function requireOneChange({ add = [], not = [], only = [], none, clear: isClear }: LinkRequest): void {
  const alone = { only: only.length > 0, none: none === true, clear: isClear === true };
  const isMixed = add.length > 0 || not.length > 0;
  const changes = Object.values(alone).filter(Boolean).length + Number(isMixed);
  if (changes === 1) return;
  const name = Object.entries(alone).find(([, isGiven]) => isGiven)?.[0];
  throw new UsageError(
    changes === 0 ? "no decision given" : `${name ?? ""} can't be combined with other changes`,
    "Give add, not or both; or else one of only, none and clear.",
  );
}

function resolveChange(
  database: Database,
  { add = [], not = [], only = [], none }: LinkRequest,
): DecisionChange | Ambiguous {
  const names: Record<"add" | "not" | "only", AlbumName[]> = { add: [], not: [], only: [] };
  for (const [key, texts] of [
    ["add", add],
    ["not", not],
    ["only", only],
  ] as const) {
    for (const text of texts) {
      const resolution = resolveAlbums(database, text);
      if (resolution.kind === "ambiguous") return resolution;
      names[key] = [...names[key], ...resolution.found];
    }
  }
  return {
    none: none === true,
    add: names.add,
    not: names.not,
    ...(only.length === 0 ? {} : { only: names.only }),
  };
}

/** A number means one pressing. A master or words mean every pressing of the album. */
function listTargets({ hit, by }: ResolvedRecord, isCopy: boolean): LinkTarget[] {
  const [copy] = hit;
  if (isCopy) {
    const ofRelease = hit.filter(({ releaseId }) => releaseId === copy.releaseId);
    const candidates = by === "record" ? [copy] : by === "release" ? ofRelease : hit;
    if (candidates.length > 1) {
      throw new UsageError(
        `several copies fit: ${candidates.map(({ id }) => `#${id}`).join(", ")}`,
        `Give its number: rewind link ${copy.id} --this-copy …`,
      );
    }
    return [{ instanceId: copy.instanceId, copy }];
  }
  const copies: Hit = by === "record" || by === "release" ? [copy] : hit;
  return groupByRelease(copies).map(([pressing]) => ({ instanceId: 0, copy: pressing }));
}

/** Returns how many decisions were written. */
function decide(
  database: Database,
  targets: readonly LinkTarget[],
  change: DecisionChange,
  decidedUts: number,
): number {
  return commitDecision(database, () => {
    for (const { instanceId, copy } of targets) {
      const { releaseId } = copy;
      const decision = mergeDecision(createDecisionFinder(database)(releaseId, instanceId), change);
      saveDecision(database, { releaseId, instanceId, decidedUts, ...decision });
    }
    return targets.length;
  });
}

/** Clearing a release also clears the decisions about its single copies, and what the user answered about it in reviews. */
function clear(
  database: Database,
  targets: readonly LinkTarget[],
  isCopy: boolean,
): Record<"decisions" | "answers", number> {
  const decisions = readStoredDecisions(database);
  const keys = targets.flatMap(({ instanceId, copy: { releaseId } }) =>
    isCopy ? [{ releaseId, instanceId }] : decisions.filter((decision) => decision.releaseId === releaseId),
  );
  const releaseIds = isCopy ? [] : targets.map(({ copy }) => copy.releaseId);
  const answers = transact(database, () => {
    const count = releaseIds.reduce((sum, releaseId) => sum + deleteDismissals(database, releaseId), 0);
    if (count > 0) refreshOwnedAlbums(database);
    return count;
  });
  if (keys.length === 0) return { decisions: 0, answers };
  return {
    decisions: commitDecision(database, () => keys.filter((key) => deleteDecision(database, key)).length),
    answers,
  };
}
