// Syncs the album chart: reads the whole chart whenever something was played since the last reading.
import type { Album } from "../../model/model.ts";
import type { Database } from "../../store/file/database.ts";
import { publishAlbums, toStagedAlbum } from "../../store/shelf/stored-albums.ts";
import {
  amendPublication,
  countPublished,
  deleteCheckpoint,
  isUnchanged,
  readPublication,
  type Changes,
} from "../../store/file/listings.ts";
import { refreshLastPlayed } from "../../store/plays/track-albums.ts";
import { refreshAlbumGroups } from "../../store/plays/album-groups.ts";
import { refreshSpins } from "../../store/plays/spins.ts";
import { arePlaysPartial } from "../../store/plays/merged-plays.ts";
import { refreshAlbums } from "../merging/album-links.ts";
import {
  readAgainIfEmpty,
  createEmptyListingError,
  isListingUncertain,
  publishListing,
} from "../paging/publish-listing.ts";
import { isMatchOutdated, refreshNameKeys, rematch } from "../matching/rematch.ts";
import { PageSize } from "../paging/page-size.ts";
import type { Progress, StepOutcome } from "../paging/step.ts";
import type { ListeningRun } from "./history-segment.ts";
import {
  openCheckpoint,
  createRound,
  readPages,
  type Listing,
  type RoundState,
} from "../paging/read-pages.ts";

const maxResumeSeconds = 3600;

interface ChartState extends RoundState {
  /** The user's counts and the size of pages. With other counts the staged rows are old; other pages hold other rows. */
  readonly basis: string;
}

interface ChartRun extends ListeningRun {
  /** True if the history has changed, as far as it is known. */
  readonly isHistoryNew: boolean;
}

export async function syncAlbumChart(run: ChartRun, progress: Progress): Promise<StepOutcome> {
  return isChartDue(run) ? readAlbumChart(run, progress) : touchAlbumChart(run);
}

/** Returns true if the chart may differ from the cached one. */
function isChartDue({ database, full, user, isHistoryNew }: ChartRun): boolean {
  const publication = readPublication(database, "albums");
  if (!publication || full || isHistoryNew || publication.detail.isDue === true) return true;
  if (isListingUncertain(publication.detail, publication.fullReadUts)) return true;
  const { playCount, albumCount } = publication.detail;
  return playCount !== user.playCount || albumCount !== user.albumCount;
}

function touchAlbumChart(run: ListeningRun): StepOutcome {
  const { database } = run;
  run.write(() => {
    amendPublication(database, "albums", { publishedUts: run.nowUts() });
    if (isMatchOutdated(database)) rematch(database);
  });
  return {};
}

/** Reads the chart again in smaller pages if a service fails on large pages of large accounts. */
function readAlbumChart(run: ListeningRun, progress: Progress): Promise<StepOutcome> {
  const { database, service, user } = run;
  const { playCount, albumCount } = user;
  const size = new PageSize(service.traits.pageSizes);
  return size.read(async (rowsPerPage) => {
    const listing: Listing<Album, ChartState> = {
      step: "albums",
      name: "album chart",
      rowsPerPage,
      read: (number) =>
        readAgainIfEmpty(
          () =>
            size.acceptIfSmallest(
              service.fetchAlbumPage(user.name, number, rowsPerPage, { ...run.call, ...size.attempts }),
            ),
          () => (albumCount ?? playCount) > 0 || countPublished(database, "albums") > 0,
        ),
      toColumns: toStagedAlbum,
    };
    const basis = [playCount, albumCount, rowsPerPage].join(" ");
    const first: ChartState = { ...createRound(1), basis };
    const begun = openCheckpoint(run, "albums", first, maxResumeSeconds, (state) => state.basis === basis);
    const result = await readPages(run, begun, listing, progress);
    const cached = countPublished(database, "albums");
    if (result.total === 0 && ((albumCount ?? 0) > 0 || (cached > 0 && !run.full))) {
      // The next sync must ask again.
      run.write(() => deleteCheckpoint(database, "albums"));
      throw createEmptyListingError(`the album chart of ${service.name}`, Math.max(cached, albumCount ?? 0));
    }
    return publishListing(run, "albums", result, {
      rowsName: "albums",
      service,
      detail: { playCount, albumCount },
      witness: async () =>
        albumCount === result.rows ||
        (await service.fetchUser(user.name, run.call)).albumCount === result.rows,
      publish: (stagedRows, removal) => publishAlbums(database, stagedRows, removal),
      refresh: (changes) => refreshChart(database, changes),
    });
  });
}

/** Updates what depends on the albums. */
function refreshChart(database: Database, changes: Changes): void {
  if (!isUnchanged(changes)) {
    const { relinked } = refreshAlbums(database);
    refreshLastPlayed(database);
    refreshNameKeys(database);
    refreshAlbumGroups(database);
    if (relinked > 0 || arePlaysPartial(database)) refreshSpins(database);
  }
  if (!isUnchanged(changes) || isMatchOutdated(database)) rematch(database);
}
