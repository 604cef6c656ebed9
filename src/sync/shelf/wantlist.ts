// Syncs the wantlist: always reads it whole, and writes what changed.
import type { Want } from "../../model/model.ts";
import type { CollectionService } from "../../sources/services/service-clients.ts";
import { PrivateListing } from "../../sources/transport/service-errors.ts";
import { countPublished, readPublication } from "../../store/file/listings.ts";
import { publishWants, stagedWant } from "../../store/shelf/stored-records.ts";
import { closeWalk, readDespiteEmpty, publishWalk } from "../walks/removals.ts";
import { refreshNameKeys } from "../matching/rematch.ts";
import { asListed } from "../walks/page-size.ts";
import type { ListingRun, Progress, StepOutcome } from "../walks/step.ts";
import { beginWalk, freshRound, type Listing, walk, type RoundState } from "../walks/walk.ts";

const resumableSeconds = 3600;

interface WantlistRun extends ListingRun {
  readonly service: CollectionService;
  readonly username: string;
}

export async function syncWantlist(run: WantlistRun, progress: Progress): Promise<StepOutcome> {
  try {
    return await walkWantlist(run, progress);
  } catch (error) {
    if (error instanceof PrivateListing) return notePrivate(run);
    throw error;
  }
}

async function walkWantlist(run: WantlistRun, progress: Progress): Promise<StepOutcome> {
  const { database, service, username } = run;
  const listing: Listing<Want, RoundState> = {
    step: "wantlist",
    name: "wantlist",
    rowsPerPage: 100,
    // A wantlist may really be empty, so a second empty answer is accepted.
    read: (number) =>
      readDespiteEmpty(
        () => asListed(service.wantsPage(username, number, run.call)),
        () => countPublished(database, "wantlist") > 0 || !readPublication(database, "wantlist")?.walkedUts,
      ),
    columnsOf: stagedWant,
  };
  const { state, ...begun } = beginWalk(run, "wantlist", freshRound(1), resumableSeconds);
  // The first page is read again: its total shows whether the other pages are still valid.
  const pages = state.pages.filter((page) => page !== 1);
  const result = await walk(run, { ...begun, state: { ...state, pages } }, listing, progress);
  return publishWalk(run, "wantlist", result, {
    rowsName: "wants",
    service,
    witness: async () => (await service.profile(username, run.call)).wantlistCount === result.rows,
    publish: (stagedRows, removal) => publishWants(database, stagedRows, removal),
    refresh: () => refreshNameKeys(database),
  });
}

function notePrivate(run: WantlistRun): StepOutcome {
  run.write(() => {
    const before = readPublication(run.database, "wantlist");
    const detail = { ...before?.detail, isPrivate: true };
    closeWalk(run, "wantlist", { startedUts: 0, walkedUts: 0, ...before, detail });
  });
  return {
    status: "private",
    note: "The wantlist is private: only its owner's token can read it.",
  };
}
