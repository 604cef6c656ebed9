// Syncs the album chart: reads the whole chart whenever something was played since the last reading.
import type { Album } from "../../model/model.ts";
import { BadAnswer, ShortPage } from "../../sources/transport/service-errors.ts";
import type { ListeningUser, ReadChartPage } from "../../sources/services/listening-service.ts";
import { countAlbums, publishAlbums, stageAlbums } from "../../store/shelf/stored-albums.ts";
import {
  isUnchanged,
  readPublication,
  writePublication,
  type Changes,
  type Staged,
  type Walk,
  missingFrom,
} from "../../store/file/listings.ts";
import { refreshLastPlayed } from "../../store/plays/track-albums.ts";
import { clearSpins, refreshSpins } from "../../store/plays/spins.ts";
import { arePlaysPartial } from "../../store/plays/merged-plays.ts";
import { refreshAlbums } from "../merging/album-links.ts";
import {
  readDespiteEmpty,
  refuseEmpty,
  isDoubted,
  publishWalk,
  type ClosedWalk,
  closeWalk,
} from "../walks/removals.ts";
import { isMatchOutdated, rematch } from "../matching/rematch.ts";
import type { Progress, StepOutcome } from "../walks/step-run.ts";
import type { Run } from "../walks/sync-run.ts";
import { freshWalk, newWalk, stagedListing, walk, type RoundState } from "../walks/walk.ts";

const resumableSeconds = 3600;

/** Tries of a page that could also be read in smaller ones. */
const attemptsOfLargePages = 3;

/** What a walk began with. A walk with another basis can't be continued. */
interface ChartBasis {
  /** The user's counts. With other counts the staged rows are old. */
  readonly playCount: number;
  readonly albumCount: number | null;
  readonly rowsPerPage: number;
}

type ChartState = RoundState & ChartBasis;

/** Whether the chart may differ from the cached one. `isHistoryNew`: the history has changed, as far as known. */
export function isChartDue(run: Run, user: ListeningUser, isHistoryNew: boolean): boolean {
  const publication = readPublication(run.database, "albums");
  if (!publication || run.full || isHistoryNew || publication.detail.isDue === true) return true;
  if (isDoubted(publication.detail, publication.walkedUts)) return true;
  const { playCount, albumCount } = publication.detail;
  return playCount !== user.playCount || albumCount !== user.albumCount;
}

export function stampChart(run: Run): StepOutcome {
  const { database } = run;
  run.write(() => {
    const publication = readPublication(database, "albums");
    if (publication) writePublication(database, "albums", { ...publication, publishedUts: run.nowUts() });
    if (isMatchOutdated(database)) rematch(database);
  });
  return {};
}

/** If a service fails on large pages of large accounts, reads the chart again in smaller ones. */
export async function walkChart(
  run: Run,
  user: ListeningUser,
  readPage: ReadChartPage,
  progress: Progress,
  [rowsPerPage, next, ...smaller]: readonly number[] = run.services.listening.traits.pageSizes,
): Promise<StepOutcome> {
  if (rowsPerPage === undefined) throw new RangeError("the chart has no page size");
  try {
    return await walkPages(run, user, readPage, progress, rowsPerPage, next === undefined);
  } catch (error) {
    if (next === undefined || !(error instanceof BadAnswer)) throw error;
    return walkChart(run, user, readPage, progress, [next, ...smaller]);
  }
}

async function walkPages(
  run: Run,
  user: ListeningUser,
  readPage: ReadChartPage,
  progress: Progress,
  rowsPerPage: number,
  isSmallest: boolean,
): Promise<StepOutcome> {
  const { database } = run;
  const { playCount, albumCount } = user;
  const basis = { playCount, albumCount, rowsPerPage };
  const { id: walkId, startedUts, state } = beginWalk(run, basis);
  const call = isSmallest ? run.call : { ...run.call, attempts: attemptsOfLargePages };
  const listing = stagedListing<Album, ChartState>(
    run,
    "albums",
    { id: walkId, startedUts },
    {
      name: "album chart",
      rowsPerPage,
      read: async (page) => {
        try {
          return await readDespiteEmpty(
            () => readPage(user.name, page, rowsPerPage, call),
            () => (albumCount ?? playCount) > 0 || countAlbums(database) > 0,
          );
        } catch (error) {
          // A smaller page may hold what is missing.
          if (error instanceof ShortPage && !isSmallest) throw new BadAnswer(error.message, error.hint);
          throw error;
        }
      },
      stageRows: (rows, id, round) => stageAlbums(database, rows, id, round),
      stateOf: (next) => ({ ...next, ...basis }),
      isDoubtful: ({ since, pages }) =>
        pages.length > 1 && missingFrom(database, "albums", { walkId, since }).count > 0,
    },
    progress,
  );
  const result = await walk(listing, state);
  const cached = countAlbums(database);
  if (result.total === 0 && ((albumCount ?? 0) > 0 || (cached > 0 && !run.full))) {
    throw refuseEmpty(`the album chart of ${run.services.listening.name}`, Math.max(cached, albumCount ?? 0));
  }
  return publishWalk(run, "albums", {
    walk: { id: walkId, startedUts },
    result,
    rowsName: "albums",
    service: run.services.listening,
    detail: { playCount, albumCount },
    witness: async () =>
      albumCount === result.rows ||
      (await run.services.listening.user(user.name, run.call)).albumCount === result.rows,
    publish: (stagedRows, verdict) => publishChart(run, stagedRows, verdict),
  });
}

/** Publishes the staged albums and updates what depends on them. Runs inside the caller's transaction. */
export function publishChart(
  run: Run,
  stagedRows: Staged,
  { isWhole, publication }: { readonly isWhole: boolean; readonly publication: ClosedWalk },
): Changes {
  const { database } = run;
  const changes = publishAlbums(database, stagedRows, { isWhole });
  closeWalk(run, "albums", publication);
  if (!isUnchanged(changes)) {
    const { relinked } = refreshAlbums(database);
    const isPartial = arePlaysPartial(database);
    refreshLastPlayed(database, { isHidden: isPartial });
    if (isPartial) clearSpins(database);
    else if (relinked > 0) refreshSpins(database);
  }
  if (!isUnchanged(changes) || isMatchOutdated(database)) rematch(database);
  return changes;
}

function beginWalk(run: Run, basis: ChartBasis): Walk<RoundState> {
  const stagedWalk = freshWalk<ChartState>(run, "albums", resumableSeconds);
  const isSame =
    stagedWalk?.state.playCount === basis.playCount &&
    stagedWalk.state.albumCount === basis.albumCount &&
    stagedWalk.state.rowsPerPage === basis.rowsPerPage;
  return stagedWalk && isSame ? stagedWalk : newWalk(run, "albums");
}
