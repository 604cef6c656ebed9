// The wantlist: always read whole, written where it differs.
import type { Want } from "../model.ts";
import { PrivateListing } from "../sources/transport/failures.ts";
import {
  readPublication,
  writePublication,
  agreesWithRoundBefore,
  countSeen,
  requireStaged,
  dropWalk,
  newWalkId,
  readWalk,
  writeWalk,
  type Walk,
} from "../store/listings.ts";
import { countWants, missingWants, publishWants, stageWants } from "../store/wants.ts";
import { readDespiteEmpty } from "./empty-listing.ts";
import { refreshEditionKeys } from "./rematch.ts";
import { judgeRemovals } from "./removals.ts";
import type { Progress, Run, StepOutcome } from "./run.ts";
import { freshRound, walk, type Listing, type RoundState } from "./walk.ts";

const resumableSeconds = 3600;

export async function syncWantlist(run: Run, username: string, progress: Progress): Promise<StepOutcome> {
  try {
    return await walkWantlist(run, username, progress);
  } catch (error) {
    if (error instanceof PrivateListing) return notePrivate(run);
    throw error;
  }
}

async function walkWantlist(run: Run, username: string, progress: Progress): Promise<StepOutcome> {
  const { database } = run;
  const { id: walkId, startedUts, state } = beginWalk(run);
  const save = (next: RoundState): void =>
    writeWalk(database, "wantlist", { id: walkId, startedUts, state: next });
  const listing: Listing<Want> = {
    name: "wantlist",
    rowsPerPage: 100,
    // A wantlist does run empty: said twice, it is believed.
    read: (number) =>
      readDespiteEmpty(
        () => run.services.collection.wantsPage(username, number, run.call),
        () => countWants(database) > 0 || readPublication(database, "wantlist") === undefined,
      ),
    stage: ({ rows }, next) =>
      run.write(() => {
        stageWants(database, rows, walkId, next.round);
        save(next);
      }),
    save: (next) => run.write(() => save(next)),
    countSeen: (since) => countSeen(database, "wantlist", { walkId, since }),
    agreesWithRoundBefore: (round) => agreesWithRoundBefore(database, "wantlist", walkId, round),
    // A want removed and another added between two pages keep the total, but may hide a third.
    isDoubtful: ({ since, pages }) => pages.length > 1 && missingWants(database, { walkId, since }).count > 0,
    onPage: (read, expected, rows) => progress(Math.min(read * 100, rows), rows, read, expected),
  };
  const { since, total, rows } = await walk(listing, state);
  const staged = { walkId, since };
  const { removes, detail, ...told } = await judgeRemovals(run, {
    rowsName: "wants",
    service: run.services.collection,
    total,
    rows,
    cached: countWants(database),
    missing: missingWants(database, staged),
    before: readPublication(database, "wantlist")?.detail,
    witness: async () => (await run.services.collection.profile(username, run.call)).wantlistCount === rows,
  });
  const changes = run.write(() => {
    requireStaged(database, "wantlist", { ...staged, rows });
    const written = publishWants(database, staged, { isWhole: removes });
    refreshEditionKeys(database);
    dropWalk(database, "wantlist");
    writePublication(database, "wantlist", {
      startedUts,
      publishedUts: run.nowUts(),
      walkedUts: startedUts,
      detail: { total, ...detail },
    });
    return written;
  });
  return { changes, rows: countWants(database), ...told };
}

function beginWalk(run: Run): Walk<RoundState> {
  const { database } = run;
  const startedUts = run.nowUts();
  const staged = readWalk<RoundState>(database, "wantlist");
  const age = staged ? startedUts - staged.startedUts : Number.POSITIVE_INFINITY;
  if (staged && age >= 0 && age <= resumableSeconds) {
    // The first page is read again: its total tells whether the rest still holds.
    const pages = staged.state.pages.filter((page) => page !== 1);
    return { ...staged, state: { ...staged.state, pages } };
  }
  run.write(() => dropWalk(database, "wantlist"));
  return { id: newWalkId(), startedUts, state: freshRound(1) };
}

function notePrivate(run: Run): StepOutcome {
  const { database } = run;
  const published = readPublication(database, "wantlist");
  if (published && published.detail.isPrivate !== true) {
    const detail = { ...published.detail, isPrivate: true };
    run.write(() => writePublication(database, "wantlist", { ...published, detail }));
  }
  return {
    status: "private",
    rows: countWants(database),
    note: "The wantlist is private: only its owner's token can read it.",
  };
}
