// Walks the listens of ListenBrainz upward from a second on. Each page is staged with the second from which to continue.
import type { ListenPage, ListenService } from "../../sources/services/listen-service.ts";
import { writeWalk, type Walk } from "../../store/file/listings.ts";
import { stageListens } from "../../store/plays/staged-listens.ts";
import { PageSize } from "../walks/page-size.ts";
import type { Progress } from "../walks/step-run.ts";
import type { Run } from "../walks/sync-run.ts";

export interface ListenWalkState {
  /** Listens after this second are read; null: all. */
  readonly afterUts: number | null;
  /** The next page has the oldest listens after this second. */
  readonly cursorUts: number;
  /** Listens that were staged so far. */
  readonly listed: number;
  readonly pages: number;
}

export interface ListenWalkEnd {
  readonly state: ListenWalkState;
  /** The latest second with a listen, by the last page. */
  readonly latestUts: number;
  /** false: a listen at `latestUts` was promised and not listed. */
  readonly isWhole: boolean;
}

/**
 * Reads until a page has nothing new and nothing later: no page size is relied on, since a server may list fewer than
 * were asked for. The last second of a page is read again, because the page may have cut it in two.
 */
export async function walkListens(
  run: Run,
  service: ListenService,
  { username, expectedListens }: { readonly username: string; readonly expectedListens: number },
  walk: Walk<ListenWalkState>,
  progress: Progress,
): Promise<ListenWalkEnd> {
  const { database } = run;
  const size = new PageSize(service.pageSizes);
  let { state } = walk;
  for (;;) {
    const { cursorUts } = state;
    const { listens, latestUts } = await readPage(run, service, username, cursorUts, size);
    const topUts = listens.reduce((top, { listenedUts }) => Math.max(top, listenedUts), 0);
    const fresh = run.write(() => {
      const newListens = stageListens(database, listens, walk.id);
      state = {
        ...state,
        // Nothing new: that second is complete, or has more listens than a page.
        cursorUts: Math.max(cursorUts, newListens > 0 ? topUts - 1 : topUts),
        listed: state.listed + newListens,
        pages: state.pages + 1,
      };
      writeWalk(database, "listens", { ...walk, state });
      return newListens;
    });
    const toCome = Math.max(0, expectedListens - state.listed);
    progress(state.listed, state.listed + toCome, state.pages, state.pages + Math.ceil(toCome / size.rows));
    if (fresh === 0 && (topUts <= cursorUts || topUts >= latestUts)) {
      return { state, latestUts, isWhole: state.cursorUts >= latestUts };
    }
  }
}

async function readPage(
  { call }: Run,
  service: ListenService,
  username: string,
  afterUts: number,
  size: PageSize,
): Promise<ListenPage> {
  for (;;) {
    const { rows } = size;
    try {
      const page = await service.listensAfter(username, afterUts, rows, { ...call, ...size.attempts });
      size.succeeded();
      return page;
    } catch (error) {
      if (!size.failed(error, rows)) throw error;
    }
  }
}
