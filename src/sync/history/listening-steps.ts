// The steps of the listening service: the album chart, then the history. If only the last weeks are due, the history
// is read first, because it shows whether the chart has changed. It is never published before the chart.
import { HiddenHistory } from "../../sources/transport/service-errors.ts";
import type { ListeningUser, ReadChartPage } from "../../sources/services/listening-service.ts";
import { stageCountedAlbums } from "../../store/shelf/stored-albums.ts";
import { isChartDue, publishChart, stampChart, walkChart } from "./album-chart.ts";
import { isHistoryShort, readHistory, type ReadHistory } from "./history-reader.ts";
import { noteHidden, publishHistory } from "./history-publication.ts";
import { type Progress, requestsOf, runStep, skipStep, type StepOutcome } from "../walks/step-run.ts";
import type { Run } from "../walks/sync-run.ts";
import {
  dropWalk,
  newWalkId,
  readPublication,
  readPublications,
  writePublication,
} from "../../store/file/listings.ts";

type Peek = { readonly read: ReadHistory } | { readonly error: unknown } | null;

export async function syncListening(run: Run, user: ListeningUser): Promise<void> {
  const { albumsPage } = run.services.listening;
  return albumsPage === null ? syncHistoryAlone(run, user) : syncChartAndHistory(run, user, albumsPage);
}

async function syncChartAndHistory(run: Run, user: ListeningUser, readPage: ReadChartPage): Promise<void> {
  const { history } = run;
  const requestsAtPeek = requestsOf(run, "listening");
  const peek = history && isHistoryShort(run) ? await peekAtHistory(run, user) : null;
  const peekRequests = requestsOf(run, "listening") - requestsAtPeek;
  const isHistoryNew = peek !== null && "read" in peek && peek.read.isNew;

  let isOver = false;
  if (run.signal.aborted) skipStep(run, "albums", "skipped");
  else {
    const isDue = isChartDue(run, user, isHistoryNew);
    const verdict = await runStep(run, "albums", async (progress) =>
      isDue ? walkChart(run, user, readPage, progress) : stampChart(run),
    );
    isOver = verdict === "stop";
  }
  if (!history || run.signal.aborted || (isOver && peek === null)) {
    skipStep(run, "history", history ? "failed" : "skipped");
    return;
  }
  run.uncounted.set("listening", peekRequests);
  await runHistory(run, user, async (progress) => {
    if (peek && "error" in peek) throw peek.error;
    const read = peek ? peek.read : await readHistory(run, user, progress);
    if (isChartStale(run, read)) markAlbumsDue(run);
    return publishHistory(run, user, read);
  });
}

/** A service without a chart: the history comes first, and the albums are counted from it. */
async function syncHistoryAlone(run: Run, user: ListeningUser): Promise<void> {
  const { history } = run;
  if (!history || run.signal.aborted) skipStep(run, "history", "skipped");
  else {
    await runHistory(run, user, async (progress) => {
      const read = await readHistory(run, user, progress);
      if (read.isNew) markAlbumsDue(run);
      return publishHistory(run, user, read);
    });
  }
  if (run.signal.aborted || !areAlbumsCountable(run)) {
    skipStep(run, "albums", history ? "failed" : "skipped");
    return;
  }
  await runStep(run, "albums", async () => countAlbumsOfHistory(run, user));
}

async function runHistory(
  run: Run,
  user: ListeningUser,
  work: (progress: Progress) => Promise<StepOutcome>,
): Promise<void> {
  await runStep(run, "history", async (progress) => {
    try {
      return await work(progress);
    } catch (error) {
      if (error instanceof HiddenHistory) return noteHidden(run, user.name);
      throw error;
    }
  });
}

async function peekAtHistory(run: Run, user: ListeningUser): Promise<Peek> {
  try {
    return { read: await readHistory(run, user, () => {}) };
  } catch (error) {
    return { error };
  }
}

/** The chart failed, and the history has plays that the cached chart does not know. */
function isChartStale(run: Run, read: ReadHistory): boolean {
  return read.isNew && run.results.some(({ name, status }) => name === "albums" && status === "failed");
}

// The albums of a service without a chart are counted from the published history. Each gets the artist of its tracks,
// since a history names no other.

/** Marks the albums as older than the history, in case the sync stops before they are counted. */
function markAlbumsDue(run: Run): void {
  const { database } = run;
  run.write(() => {
    const publication = readPublication(database, "albums");
    if (!publication) return;
    writePublication(database, "albums", { ...publication, detail: { ...publication.detail, isDue: true } });
  });
}

function areAlbumsCountable(run: Run): boolean {
  const history = readPublication(run.database, "history");
  return history !== undefined && history.walkedUts > 0 && history.detail.hidden !== true;
}

function countAlbumsOfHistory(run: Run, { playCount }: ListeningUser): StepOutcome {
  const { database } = run;
  const publications = readPublications(database);
  const albums = publications.get("albums");
  if (albums !== undefined && albums.detail.isDue !== true && !run.full) return stampChart(run);
  const walkId = newWalkId();
  const changes = run.write(() => {
    dropWalk(database, "albums");
    const total = stageCountedAlbums(database, walkId);
    const readUts = publications.get("history")?.startedUts ?? run.nowUts();
    return publishChart(
      run,
      { walkId, since: 1 },
      {
        isWhole: true,
        publication: { startedUts: readUts, walkedUts: readUts, detail: { total, playCount } },
      },
    );
  });
  return { changes };
}
