// The wantlist: always read whole, written where it differs.
import type { Want } from "../model.ts";
import { PrivateListing } from "../sources/failures.ts";
import { transact } from "../store/database.ts";
import { readPublication, writePublication } from "../store/publications.ts";
import { agreesWithRoundBefore, countSeen } from "../store/rounds.ts";
import { countWants, hasMissingWants, publishWants, stageWants } from "../store/wants.ts";
import { dropWalk, readWalk, writeWalk } from "../store/walks.ts";
import { readDespiteEmpty } from "./empty-listing.ts";
import type { Progress, Run, StepOutcome } from "./run.ts";
import { freshRound, walk } from "./walk.ts";
import type { Listing, RoundState } from "./walk.ts";

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
  const { startedUts, state } = beginWalk(run);
  const save = (next: RoundState): void => writeWalk(database, "wantlist", { startedUts, state: next });
  const listing: Listing<Want> = {
    name: "wantlist",
    rowsPerPage: 100,
    // A wantlist does run empty: said twice, it is believed.
    read: (number) =>
      readDespiteEmpty(
        () => run.services.discogs.wantsPage(username, number, run.call),
        () => countWants(database) > 0 || readPublication(database, "wantlist") === undefined,
      ),
    stage: ({ rows }, next) =>
      transact(database, () => {
        stageWants(database, rows, next.round);
        save(next);
      }),
    save: (next) => transact(database, () => save(next)),
    countSeen: (round) => countSeen(database, "staged_want", round),
    agreesWithRoundBefore: (round) => agreesWithRoundBefore(database, "staged_want", round),
    // A want removed and another added between two pages keep the total, but may hide a third.
    isDoubtful: ({ since, pages }) => pages.length > 1 && hasMissingWants(database, since),
    onPage: (read, expected, rows) => progress(Math.min(read * 100, rows), rows, read, expected),
  };
  const { since, total, missing } = await walk(listing, state);
  const changes = transact(database, () => {
    const written = publishWants(database, since);
    dropWalk(database, "wantlist");
    writePublication(database, "wantlist", {
      startedUts,
      publishedUts: run.nowUts(),
      walkedUts: startedUts,
      detail: { total },
    });
    return written;
  });
  const note =
    missing > 0 ? `Discogs counts ${total} wants but lists ${total - missing}, twice in a row.` : null;
  return { changes, rows: countWants(database), note };
}

function beginWalk(run: Run): { startedUts: number; state: RoundState } {
  const { database } = run;
  const startedUts = run.nowUts();
  const staged = readWalk<RoundState>(database, "wantlist");
  const age = staged ? startedUts - staged.startedUts : Number.POSITIVE_INFINITY;
  if (staged && age >= 0 && age <= resumableSeconds) {
    // The first page is read again: its total tells whether the rest still holds.
    const pages = staged.state.pages.filter((page) => page !== 1);
    return { startedUts: staged.startedUts, state: { ...staged.state, pages } };
  }
  transact(database, () => dropWalk(database, "wantlist"));
  return { startedUts, state: freshRound(1) };
}

function notePrivate(run: Run): StepOutcome {
  const { database } = run;
  const published = readPublication(database, "wantlist");
  if (published && published.detail.isPrivate !== true) {
    const detail = { ...published.detail, isPrivate: true };
    transact(database, () => writePublication(database, "wantlist", { ...published, detail }));
  }
  return {
    status: "private",
    rows: countWants(database),
    note: "The wantlist is private: only a token of its owner reads it.",
  };
}
