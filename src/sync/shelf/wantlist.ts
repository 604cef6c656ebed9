// Syncs the wantlist: always reads it whole, and writes what changed.
import type { Want } from "../../model/model.ts";
import { PrivateListing } from "../../sources/transport/service-errors.ts";
import { readPublication, writePublication, type Walk, missingFrom } from "../../store/file/listings.ts";
import { countWants, publishWants, stageWants } from "../../store/shelf/stored-wants.ts";
import { readDespiteEmpty, publishWalk, closeWalk } from "../walks/removals.ts";
import { refreshNameKeys } from "../matching/rematch.ts";
import type { Progress, StepOutcome } from "../walks/step-run.ts";
import type { Run } from "../walks/sync-run.ts";
import { freshWalk, newWalk, stagedListing, walk, type RoundState } from "../walks/walk.ts";

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
  const listing = stagedListing<Want, RoundState>(
    run,
    "wantlist",
    { id: walkId, startedUts },
    {
      name: "wantlist",
      rowsPerPage: 100,
      // A wantlist may really be empty, so a second empty answer is accepted.
      read: (number) =>
        readDespiteEmpty(
          () => run.services.collection.wantsPage(username, number, run.call),
          () => countWants(database) > 0 || readPublication(database, "wantlist") === undefined,
        ),
      stageRows: (rows, id, round) => stageWants(database, rows, id, round),
      stateOf: (next) => next,
      // A want that is removed and another that is added between two pages keep the total, but may hide a third.
      isDoubtful: ({ since, pages }) =>
        pages.length > 1 && missingFrom(database, "wantlist", { walkId, since }).count > 0,
    },
    progress,
  );
  const result = await walk(listing, state);
  return publishWalk(run, "wantlist", {
    walk: { id: walkId, startedUts },
    result,
    rowsName: "wants",
    service: run.services.collection,
    witness: async () =>
      (await run.services.collection.profile(username, run.call)).wantlistCount === result.rows,
    publish: (stagedRows, { isWhole, publication }) => {
      const changes = publishWants(database, stagedRows, { isWhole });
      refreshNameKeys(database);
      closeWalk(run, "wantlist", publication);
      return changes;
    },
  });
}

function beginWalk(run: Run): Walk<RoundState> {
  const stagedWalk = freshWalk<RoundState>(run, "wantlist", resumableSeconds);
  if (!stagedWalk) return newWalk(run, "wantlist");
  // The first page is read again: its total shows whether the other pages are still valid.
  const pages = stagedWalk.state.pages.filter((page) => page !== 1);
  return { ...stagedWalk, state: { ...stagedWalk.state, pages } };
}

function notePrivate(run: Run): StepOutcome {
  const { database } = run;
  const publication = readPublication(database, "wantlist");
  if (publication && publication.detail.isPrivate !== true) {
    const detail = { ...publication.detail, isPrivate: true };
    run.write(() => writePublication(database, "wantlist", { ...publication, detail }));
  }
  return {
    status: "private",
    note: "The wantlist is private: only its owner's token can read it.",
  };
}
