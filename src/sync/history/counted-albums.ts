// The albums of a listening service that has no chart: counted from its history, once that is published. Each stands
// under the artist of its tracks, since a history names no other.
import type { ListeningUser } from "../../sources/services/listening-service.ts";
import { countAlbums, stageCountedAlbums } from "../../store/shelf/albums.ts";
import {
  dropWalk,
  newWalkId,
  readPublication,
  readPublications,
  writePublication,
} from "../../store/file/listings.ts";
import { publishChart, stampChart } from "./albums.ts";
import type { Run, StepOutcome } from "../walks/run.ts";

/** Notes that the albums are older than the history from now on, whatever happens before they are counted. */
export function markAlbumsDue(run: Run): void {
  const { database } = run;
  run.write(() => {
    const published = readPublication(database, "albums");
    if (!published) return;
    writePublication(database, "albums", { ...published, detail: { ...published.detail, isDue: true } });
  });
}

/** Whether there is a history to count the albums of. */
export function areAlbumsCountable(run: Run): boolean {
  const history = readPublication(run.database, "history");
  return history !== undefined && history.walkedUts > 0 && history.detail.hidden !== true;
}

export function countAlbumsOfHistory(run: Run, { playCount }: ListeningUser): StepOutcome {
  const { database } = run;
  const published = readPublications(database);
  const albums = published.get("albums");
  if (albums !== undefined && albums.detail.isDue !== true && !run.full) return stampChart(run);
  const walkId = newWalkId();
  const changes = run.write(() => {
    dropWalk(database, "albums");
    const total = stageCountedAlbums(database, walkId);
    const readUts = published.get("history")?.startedUts ?? run.nowUts();
    return publishChart(
      run,
      { walkId, since: 1 },
      {
        isWhole: true,
        publication: { startedUts: readUts, walkedUts: readUts, detail: { total, playCount } },
      },
    );
  });
  return { changes, rows: countAlbums(database) };
}
