// Syncs the wantlist: always reads it whole, and writes what changed.
import type { Want } from "../../model/model.ts";
import type { CollectionService } from "../../sources/services/service-clients.ts";
import { PrivateListing } from "../../sources/transport/service-errors.ts";
import { countPublished, readPublication } from "../../store/file/listings.ts";
import { publishWants, toStagedWant } from "../../store/shelf/stored-records.ts";
import { closeCheckpoint, readAgainIfEmpty, publishListing } from "../paging/publish-listing.ts";
import { refreshNameKeys } from "../matching/rematch.ts";
import { acceptShortPage } from "../paging/page-size.ts";
import type { ListingRun, Progress, StepOutcome } from "../paging/step.ts";
import {
  openCheckpoint,
  createRound,
  type Listing,
  readPages,
  type RoundState,
} from "../paging/read-pages.ts";

const maxResumeSeconds = 3600;

interface WantlistRun extends ListingRun {
  readonly service: CollectionService;
  readonly username: string;
}

export async function syncWantlist(run: WantlistRun, progress: Progress): Promise<StepOutcome> {
  try {
    return await readWantlist(run, progress);
  } catch (error) {
    if (error instanceof PrivateListing) return markPrivate(run);
    throw error;
  }
}

async function readWantlist(run: WantlistRun, progress: Progress): Promise<StepOutcome> {
  const { database, service, username } = run;
  const listing: Listing<Want, RoundState> = {
    step: "wantlist",
    name: "wantlist",
    rowsPerPage: 100,
    // A wantlist may really be empty, so a second empty answer is accepted.
    read: (number) =>
      readAgainIfEmpty(
        () => acceptShortPage(service.fetchWantsPage(username, number, run.call)),
        () => countPublished(database, "wantlist") > 0 || !readPublication(database, "wantlist")?.fullReadUts,
      ),
    toColumns: toStagedWant,
  };
  const { state, ...begun } = openCheckpoint(run, "wantlist", createRound(1), maxResumeSeconds);
  // The first page is read again: its total shows whether the other pages are still valid.
  const pages = state.pages.filter((page) => page !== 1);
  const result = await readPages(run, { ...begun, state: { ...state, pages } }, listing, progress);
  return publishListing(run, "wantlist", result, {
    rowsName: "wants",
    service,
    witness: async () => (await service.fetchProfile(username, run.call)).wantlistCount === result.rows,
    publish: (stagedRows, removal) => publishWants(database, stagedRows, removal),
    refresh: () => refreshNameKeys(database),
  });
}

function markPrivate(run: WantlistRun): StepOutcome {
  run.write(() => {
    const before = readPublication(run.database, "wantlist");
    const detail = { ...before?.detail, isPrivate: true };
    closeCheckpoint(run, "wantlist", { startedUts: 0, fullReadUts: 0, ...before, detail });
  });
  return {
    status: "private",
    note: "The wantlist is private: only its owner's token can read it.",
  };
}
