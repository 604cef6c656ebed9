// Syncs the album chart: reads the whole chart whenever something was played since the last reading.
import type { Album } from "../../model/model.ts";
import { ShortPage } from "../../sources/transport/service-errors.ts";
import type { ListeningUser, ReadChartPage } from "../../sources/services/listening-service.ts";
import type { Page } from "../../sources/services/remote-service.ts";
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
import { PageSize } from "../walks/page-size.ts";
import { isMatchOutdated, rematch } from "../matching/rematch.ts";
import type { Progress, Run, StepOutcome } from "../walks/step-run.ts";
import { freshWalk, newWalk, stagedListing, walk, type RoundState } from "../walks/walk.ts";

const resumableSeconds = 3600;

interface ChartState extends RoundState {
  /** The user's counts when the walk began. With other counts its rows are old. */
  readonly playCount: number;
  readonly albumCount: number | null;
}

/** Whether the chart may differ from the cached one. `isHistoryNew`: the history has changed, as far as known. */
export function isChartDue(run: Run, user: ListeningUser, isHistoryNew: boolean): boolean {
  const published = readPublication(run.database, "albums");
  if (!published || run.full || isHistoryNew || published.detail.isDue === true) return true;
  if (isDoubted(published.detail, published.walkedUts)) return true;
  const { playCount, albumCount } = published.detail;
  return playCount !== user.playCount || albumCount !== user.albumCount;
}

/** Notes that the albums are still up to date, because nothing was played. */
export function stampChart(run: Run): StepOutcome {
  const { database } = run;
  run.write(() => {
    const published = readPublication(database, "albums");
    if (published) writePublication(database, "albums", { ...published, publishedUts: run.nowUts() });
    if (isMatchOutdated(database)) rematch(database);
  });
  return {};
}

export async function walkChart(
  run: Run,
  user: ListeningUser,
  readPage: ReadChartPage,
  progress: Progress,
): Promise<StepOutcome> {
  const { database } = run;
  const { id: walkId, startedUts, state } = beginWalk(run, user);
  const { playCount, albumCount } = user;
  const chart = chartReader(run, readPage, user.name);
  const listing = stagedListing<Album, ChartState>(
    run,
    "albums",
    { id: walkId, startedUts },
    {
      name: "album chart",
      rowsPerPage: run.services.listening.traits.pageSizes[0],
      read: (page) =>
        readDespiteEmpty(
          () => chart.read(page),
          () => mayHaveAlbums(run, user),
        ),
      stageRows: (rows, id, round) => stageAlbums(database, rows, id, round),
      stateOf: (next) => ({ ...next, playCount, albumCount }),
      settle: async ({ leastTotal, mostTotal }) =>
        leastTotal === mostTotal && !chart.changedWithinPage() ? mostTotal : null,
      isDoubtful: ({ since, pages }) =>
        pages.length > 1 && missingFrom(database, "albums", { walkId, since }).count > 0,
    },
    progress,
  );
  const walked = await walk(listing, state);
  const cached = countAlbums(database);
  if (walked.total === 0 && ((albumCount ?? 0) > 0 || (cached > 0 && !run.full))) {
    throw refuseEmpty(`the album chart of ${run.services.listening.name}`, Math.max(cached, albumCount ?? 0));
  }
  return publishWalk(run, "albums", {
    walk: { id: walkId, startedUts },
    walked,
    rowsName: "albums",
    service: run.services.listening,
    detail: { playCount, albumCount },
    witness: async () =>
      albumCount === walked.rows ||
      (await run.services.listening.user(user.name, run.call)).albumCount === walked.rows,
    publish: (staged, found) => publishChart(run, staged, found),
  });
}

/** Publishes the staged albums and updates what depends on them. Runs inside the caller's transaction. */
export function publishChart(
  run: Run,
  staged: Staged,
  { isWhole, publication }: { readonly isWhole: boolean; readonly publication: ClosedWalk },
): Changes {
  const { database } = run;
  const written = publishAlbums(database, staged, { isWhole });
  closeWalk(run, "albums", publication);
  if (!isUnchanged(written)) {
    const { relinked } = refreshAlbums(database);
    const isPartial = arePlaysPartial(database);
    refreshLastPlayed(database, { isHidden: isPartial });
    if (isPartial) clearSpins(database);
    else if (relinked > 0) refreshSpins(database);
  }
  if (!isUnchanged(written) || isMatchOutdated(database)) rematch(database);
  return written;
}

function mayHaveAlbums(run: Run, { playCount, albumCount }: ListeningUser): boolean {
  return (albumCount ?? playCount) > 0 || countAlbums(run.database) > 0;
}

function beginWalk(run: Run, user: ListeningUser): Walk<RoundState> {
  const staged = freshWalk<ChartState>(run, "albums", resumableSeconds);
  const isSame = staged?.state.playCount === user.playCount && staged.state.albumCount === user.albumCount;
  return staged && isSame ? staged : newWalk(run, "albums");
}

interface ChartReader {
  read(page: number): Promise<Page<Album>>;
  /** Returns true if the total changed within a page that was joined from smaller ones, since the last call. */
  changedWithinPage(): boolean;
}

/** Reads pages of the largest size, joined from smaller ones if the service can't serve them. */
function chartReader(run: Run, readPage: ReadChartPage, username: string): ChartReader {
  const size = new PageSize(run.services.listening.traits.pageSizes);
  let changed = false;

  async function read(page: number, rows: number): Promise<Page<Album>> {
    if (rows <= size.rows) {
      try {
        const answer = await readPage(username, page, rows, {
          ...run.call,
          ...size.attempts,
        });
        size.succeeded();
        return answer;
      } catch (error) {
        if (error instanceof ShortPage && size.isSmallest) return error.page as Page<Album>;
        if (!size.failed(error, rows)) throw error;
      }
    }
    return readInParts(page, rows);
  }

  async function readInParts(page: number, rows: number): Promise<Page<Album>> {
    const partRows = size.below(rows);
    const parts = rows / partRows;
    const all: Album[] = [];
    let total: number | null = null;
    for (let part = 1; part <= parts; part += 1) {
      const number = (page - 1) * parts + part;
      if (total !== null && (number - 1) * partRows >= total) break;
      const answer = await read(number, partRows);
      if (total !== null && answer.total !== total) changed = true;
      total = answer.total;
      for (const row of answer.rows) all.push(row);
    }
    return { page, pages: Math.max(1, Math.ceil((total ?? 0) / rows)), total: total ?? 0, rows: all };
  }

  return {
    read: (page) => read(page, run.services.listening.traits.pageSizes[0]),
    changedWithinPage: () => {
      const was = changed;
      changed = false;
      return was;
    },
  };
}
