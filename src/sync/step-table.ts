// The function of each step, and how its rows are counted. The other facts of a step are a row in src/model/sync-steps.ts.
import type { StepName } from "../model/sync-steps.ts";
import { countInStates } from "../store/decisions/logged-plays.ts";
import type { Database } from "../store/file/database.ts";
import { countPublished } from "../store/file/listings.ts";
import { queryValue } from "../store/file/sql.ts";
import { countMasters } from "../store/shelf/derived-columns.ts";
import { countKnownToMusicBrainz } from "../store/shelf/musicbrainz-cache.ts";
import { countCovers } from "../store/shelf/stored-covers.ts";
import { countTracklists } from "../store/shelf/tracklists.ts";
import { syncAlbumChart } from "./history/album-chart.ts";
import { syncHistory } from "./history/sync-history.ts";
import { syncListens } from "./listens/listens.ts";
import { syncCovers } from "./lookups/cover-lookups.ts";
import { syncMasters, syncTracklists } from "./lookups/discogs-lookups.ts";
import { syncMusicBrainz } from "./lookups/musicbrainz-lookups.ts";
import { syncMatches } from "./match-step.ts";
import { syncSending } from "./plays/send-to-services.ts";
import { syncCollection } from "./shelf/collection.ts";
import { syncWantlist } from "./shelf/wantlist.ts";
import type { Progress, StepOutcome } from "./paging/step.ts";

interface Step<Run> {
  /** The rows in the cache. */
  countRows(this: void, database: Database): number;
  work(this: void, run: Run, progress: Progress): Promise<StepOutcome>;
}

function countMatchRows(database: Database): number {
  return queryValue(database, 0)`SELECT count(*) FROM match`;
}

const table = {
  collection: { countRows: (database) => countPublished(database, "collection"), work: syncCollection },
  wantlist: { countRows: (database) => countPublished(database, "wantlist"), work: syncWantlist },
  albums: { countRows: (database) => countPublished(database, "albums"), work: syncAlbumChart },
  history: { countRows: (database) => countPublished(database, "history"), work: syncHistory },
  listens: { countRows: (database) => countPublished(database, "listens"), work: syncListens },
  sending: { countRows: (database) => countInStates(database, "lastfm", ["sent"]), work: syncSending },
  submitting: {
    countRows: (database) => countInStates(database, "listenbrainz", ["sent", "queued"]),
    work: syncSending,
  },
  musicbrainz: { countRows: countKnownToMusicBrainz, work: syncMusicBrainz },
  masters: { countRows: countMasters, work: syncMasters },
  match: { countRows: countMatchRows, work: syncMatches },
  tracklists: { countRows: countTracklists, work: syncTracklists },
  covers: { countRows: countCovers, work: syncCovers },
} satisfies Readonly<Record<StepName, Step<never>>>;

/** The input of each step. */
export type StepRuns = { readonly [Name in StepName]: Parameters<(typeof table)[Name]["work"]>[0] };

export const stepTable: { readonly [Name in StepName]: Step<StepRuns[Name]> } = table;
