// Last.fm's side: the album chart, then the history. What little is due of a known history is read first, since it
// tells whether the chart has changed; nothing of it is published before the chart is.
import type { LastfmUser } from "../sources/services.ts";
import { countAlbums } from "../store/albums.ts";
import { readPublication, writePublication } from "../store/listings.ts";
import { countScrobbles } from "../store/scrobbles.ts";
import { isChartDue, syncAlbums } from "./albums.ts";
import {
  isHidden,
  isHistoryShort,
  noteHidden,
  publishHistory,
  readHistory,
  type ReadHistory,
} from "./history.ts";
import { requestsOf, runStep, skipStep, type Run } from "./run.ts";

export interface ListeningOptions {
  readonly history: boolean;
  /** Requests that were sent to verify the account. */
  readonly requestsBefore: number;
}

type Peek = { readonly read: ReadHistory } | { readonly error: unknown } | null;

export async function syncListening(
  run: Run,
  user: LastfmUser,
  { history, requestsBefore }: ListeningOptions,
): Promise<void> {
  const { database } = run;
  const requestsAtPeek = requestsOf(run, "lastfm");
  const peek = history && isHistoryShort(run) ? await peekAtHistory(run, user) : null;
  const peekRequests = requestsOf(run, "lastfm") - requestsAtPeek;
  const isHistoryNew = peek !== null && "read" in peek && peek.read.isNew;

  let isOver = false;
  if (run.signal.aborted) skipStep(run, "albums", countAlbums(database), "skipped");
  else {
    const isDue = isChartDue(run, user, isHistoryNew);
    const verdict = await runStep(run, {
      name: "albums",
      service: "lastfm",
      requestsBefore,
      countRows: () => countAlbums(database),
      work: (progress) => syncAlbums(run, user, isDue, progress),
    });
    isOver = verdict === "stop";
  }
  if (!history || run.signal.aborted || (isOver && peek === null)) {
    skipStep(run, "history", countScrobbles(database), history ? "failed" : "skipped");
    return;
  }
  await runStep(run, {
    name: "history",
    service: "lastfm",
    requestsBefore: peekRequests,
    countRows: () => countScrobbles(database),
    work: async (progress) => {
      try {
        if (peek && "error" in peek) throw peek.error;
        const read = peek ? peek.read : await readHistory(run, user.name, progress);
        if (isChartStale(run, read)) markChartDue(run);
        return await publishHistory(run, user, read);
      } catch (error) {
        if (isHidden(error)) return noteHidden(run, { username: user.name });
        throw error;
      }
    },
  });
}

async function peekAtHistory(run: Run, user: LastfmUser): Promise<Peek> {
  try {
    return { read: await readHistory(run, user.name, () => {}) };
  } catch (error) {
    return { error };
  }
}

/** The chart failed, and the history brings plays that it doesn't know. */
function isChartStale(run: Run, read: ReadHistory): boolean {
  return read.isNew && run.results.some(({ name, status }) => name === "albums" && status === "failed");
}

function markChartDue(run: Run): void {
  const { database } = run;
  run.write(() => {
    const published = readPublication(database, "albums");
    if (!published) return;
    writePublication(database, "albums", { ...published, detail: { ...published.detail, isDue: true } });
  });
}
