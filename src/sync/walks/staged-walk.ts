// What the walks of the collection, the wantlist and the album chart have in common: rows are staged in rounds, each
// page together with the state to go on from, and a walk that was interrupted goes on while it is fresh.
import {
  agreesWithRoundBefore,
  countSeen,
  dropWalk,
  newWalkId,
  readWalk,
  writeWalk,
  type PagedListing,
  type Walk,
} from "../../store/file/listings.ts";
import type { Progress, Run } from "./run.ts";
import { freshRound, type Listing, type RoundState } from "./walk.ts";

interface StagedListing<Row, State extends RoundState> extends Pick<
  Listing<Row>,
  "name" | "rowsPerPage" | "expectedRows" | "read" | "settle" | "isDoubtful"
> {
  readonly stageRows: (rows: readonly Row[], walkId: number, round: number) => void;
  /** What is kept beside the rounds. */
  readonly stateOf: (next: RoundState) => State;
}

/** A listing whose pages are staged under the walk's number. */
export function stagedListing<Row, State extends RoundState>(
  run: Run,
  step: PagedListing,
  { id, startedUts }: Pick<Walk<unknown>, "id" | "startedUts">,
  { stageRows, stateOf, ...listing }: StagedListing<Row, State>,
  progress: Progress,
): Listing<Row> {
  const { database } = run;
  const { rowsPerPage } = listing;
  const save = (next: RoundState): void =>
    writeWalk<State>(database, step, { id, startedUts, state: stateOf(next) });
  return {
    ...listing,
    stage: ({ rows }, next) =>
      run.write(() => {
        stageRows(rows, id, next.round);
        save(next);
      }),
    save: (next) => run.write(() => save(next)),
    countSeen: (since) => countSeen(database, step, { walkId: id, since }),
    agreesWithRoundBefore: (round) => agreesWithRoundBefore(database, step, id, round),
    onPage: (read, expected, rows) => progress(Math.min(read * rowsPerPage, rows), rows, read, expected),
  };
}

/** The walk that an earlier sync left, unless it is older than that. */
export function freshWalk<State>(
  run: Run,
  step: PagedListing,
  longestSeconds: number,
): Walk<State> | undefined {
  const staged = readWalk<State>(run.database, step);
  const age = staged ? run.nowUts() - staged.startedUts : Number.POSITIVE_INFINITY;
  return age >= 0 && age <= longestSeconds ? staged : undefined;
}

/** A walk with nothing read; what another one staged is forgotten. */
export function newWalk(run: Run, step: PagedListing): Walk<RoundState> {
  run.write(() => dropWalk(run.database, step));
  return { id: newWalkId(), startedUts: run.nowUts(), state: freshRound(1) };
}
