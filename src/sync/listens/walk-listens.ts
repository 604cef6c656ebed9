// Reads the listens of a user upward from a second on, page by page.
import type { Listen } from "../../model/listening-sources.ts";
import type { ListenService } from "../../sources/services/listening-service.ts";
import type { CallOptions } from "../../sources/services/remote-service.ts";
import { PageSize } from "../paging/page-size.ts";

interface ListenWalk {
  readonly service: ListenService;
  /** The service's own spelling. */
  readonly username: string;
  readonly call: CallOptions;
  /** Reads listens after this second. A search that begins before `oldestUts - 1` may end too early. */
  readonly afterUts: number;
  /** Reads to the end of this second; left out: to the end of the listing. */
  readonly untilUts?: number;
  /**
   * Takes a page, and returns how many of its listens are new. `getNextCursor` turns that number into the second after which
   * the walk goes on. `pageRows`: the page size that works now.
   */
  readonly takePage: (
    listens: readonly Listen[],
    getNextCursor: (newListens: number) => number,
    pageRows: number,
  ) => number;
}

/**
 * Reads until a page has nothing new and nothing later: no page size is relied on, since a server may list fewer than
 * were asked for. The last second of a page is read again, because the page may have cut it in two.
 */
export async function walkListens({
  service,
  username,
  call,
  afterUts,
  untilUts = Infinity,
  takePage,
}: ListenWalk) {
  const size = new PageSize(service.pageSizes);
  let cursorUts = afterUts;
  for (;;) {
    const askedUts = cursorUts;
    const { listens, latestUts } = await size.read((rows) =>
      service.fetchListensAfter(username, askedUts, rows, { ...call, ...size.attempts }),
    );
    const topUts = listens.reduce((top, { listenedUts }) => Math.max(top, listenedUts), 0);
    // A last second without new listens is complete, or has more listens than a page.
    const getNextCursor = (newListens: number): number =>
      Math.max(askedUts, newListens > 0 ? topUts - 1 : topUts);
    const newListens = takePage(listens, getNextCursor, size.rows);
    cursorUts = getNextCursor(newListens);
    const isEnd = newListens === 0 && (topUts <= askedUts || topUts >= latestUts);
    // A listen at `latestUts` that was promised and not listed makes it incomplete.
    if (isEnd || cursorUts > untilUts) return { latestUts, isWhole: cursorUts >= latestUts };
  }
}
